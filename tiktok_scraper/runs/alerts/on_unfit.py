"""TIKTOK_ON_UNFIT: a command of the user's, run after a run that is not fit for use."""

from __future__ import annotations

import contextlib
import json
import logging
import os
import signal
import subprocess
from collections.abc import Mapping
from typing import Any, Self

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured

from ...config import data_dir
from ...config.alerts import COMMAND, command
from ..record import SPIDER
from .aside import Aside
from .words import verdict_of

logger = logging.getLogger(__name__)

LIMIT_S = 60.0
MOST_TEXT = 10_000  # characters of a variable
SHELL = "/bin/sh"


class OnUnfit:
    """Scrapy extension: runs the command. Stands behind the record, so that the command finds the run's end there."""

    def __init__(self, crawler: Crawler, line: str) -> None:
        self._stats = crawler.stats
        self._line = line
        self._data_dir = str(data_dir(crawler.settings).absolute())
        self._aside = Aside(COMMAND, LIMIT_S + 10)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Connect to the end of the spider.

        Raises:
            NotConfigured: there is no command, or the spider is not ours.
            BadSetting: TIKTOK_ON_UNFIT is no command line.
        """
        if crawler.spidercls.name != SPIDER or (line := command(crawler.settings)) is None:
            raise NotConfigured
        hook = cls(crawler, line)
        crawler.signals.connect(hook.spider_closed, signals.spider_closed)
        return hook

    def spider_closed(self) -> None:
        """Have the command run where the run was not fit."""
        told = {**verdict_of(self._stats.get_stats()), "data_dir": self._data_dir}
        if told["verdict"] != "fit":
            self._aside.do(lambda: run_command(self._line, told))

    def wait(self) -> bool:
        """Wait until the command has ended; return whether it has."""
        return self._aside.wait()


def run_command(line: str, told: Mapping[str, Any], limit: float = LIMIT_S) -> None:
    """Run *line* by the shell, with *told* as JSON on its stdin; how it failed is logged and changes nothing.

    The line is the user's alone: what the run met reaches the command as data, by stdin and the environment. It leads
    a process group of its own, which is killed with all that it started after *limit* seconds.
    """
    try:
        process = subprocess.Popen(
            [SHELL, "-c", line], stdin=subprocess.PIPE, env={**os.environ, **_environment(told)}, start_new_session=True
        )
    except OSError as error:
        logger.error("%s could not be run: %s", COMMAND, error.strerror)
        return
    try:
        process.communicate(json.dumps(told).encode() + b"\n", timeout=limit)
    except subprocess.TimeoutExpired:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        logger.error("%s had not ended after %g s and was killed", COMMAND, limit)
        return
    if process.returncode:
        logger.error("%s ended with exit code %d", COMMAND, process.returncode)


def _environment(told: Mapping[str, Any]) -> dict[str, str]:
    """The environment holds no NUL, and Linux no longer text than 128 kB in it; all of it is on stdin."""
    texts = {
        "TIKTOK_RUN": told["run"],
        "TIKTOK_REASON": told["reason"],
        "TIKTOK_VERDICT": told["verdict"],
        "TIKTOK_BECAUSE": "; ".join(told["because"] or []),
    }
    return {name: str(text or "").replace("\0", "")[:MOST_TEXT] for name, text in texts.items()}

"""A crawl that goes on beside the test, and the processes below it."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import psutil

from replica.serving.server import Replica
from tests.e2e.conftest import ROOT, command, environment

# Far more than an end takes, on a machine with much else to do as well, and less than the two minutes that Selenium
# waits for a browser that does not answer; the bench measures how fast an end really is.
GONE_WITHIN_S = 110.0


@contextmanager
def crawling(
    url: str,
    folder: Path,
    *,
    limit: int = 100,
    start_new_session: bool = False,
    more: tuple[str, ...] = (),
    **settings: Any,
) -> Iterator[subprocess.Popen[str]]:
    """A crawl that goes on beside the test. more: of its command line, behind the settings."""
    with subprocess.Popen(
        command(url, folder, limit, {"TIKTOK_MIN_TIKTOKS": 1, **settings}, *more),
        cwd=ROOT,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=start_new_session,
    ) as process:
        try:
            yield process
        except BaseException as error:
            process.kill()
            error.add_note(f"the crawl printed: {printed_by(process, error)}")
            raise
        finally:
            process.kill()


def printed_by(process: subprocess.Popen[str], error: BaseException) -> str:
    """What a crawl that is gone printed and nobody has read."""
    told = error.output if isinstance(error, subprocess.TimeoutExpired) else ""
    left = "" if process.stdout is None or process.stdout.closed else process.stdout.read()
    return f"{told or ''}{left}"


def shown(site: Replica) -> int:
    """How many creators the page has asked for: one a TikTok."""
    return sum(path == "/api/user/detail/" for _, path, _ in site.requests)


def wait_until(done: Any, seconds: float = 300.0) -> None:
    end = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < end, "it did not come to pass"
        time.sleep(0.02)


def family(process: subprocess.Popen[str]) -> list[psutil.Process]:
    return psutil.Process(process.pid).children(recursive=True)


def alive(processes: list[psutil.Process]) -> list[str]:
    names = []
    for process in processes:
        with suppress(psutil.NoSuchProcess):  # gone between two questions
            if process.is_running() and process.status() != psutil.STATUS_ZOMBIE:
                names.append(process.name())
    return names

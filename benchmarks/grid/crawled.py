"""A crawl by several browsers, timed, and the processor's seconds of all that served it."""

from __future__ import annotations

import json
import subprocess
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from benchmarks.endurance.parts import cpu_seconds
from benchmarks.grid.measures import Run
from benchmarks.processes import Process, descendants
from benchmarks.started import TIKTOKS, started

LOOK_EVERY_S = 0.25


class Seconds:
    """Processor seconds of processes and of all below them, by looking at them often: the last look counts."""

    def __init__(self, roots: Sequence[int]) -> None:
        self._roots = roots
        self._first: dict[Process, float] = {}
        self._last: dict[Process, float] = {}
        self.look()
        self._first = dict(self._last)  # what a grid used before is none of the run's

    def look(self) -> None:
        """Look now; what a process used after the last look before it ended is not counted."""
        for root in self._roots:
            for process in {Process(root, 0), *descendants(root)}:
                with suppress(OSError):  # gone since
                    self._last[process] = cpu_seconds(process.pid)

    def used(self) -> float:
        """Seconds since the beginning."""
        return sum(self._last.values()) - sum(self._first.values())


def run(url: str, tiktoks: int, browsers: int, **settings: Any) -> Run:
    """Crawl *tiktoks* of the feed at *url* with *browsers* at pace 0, and media blocked."""
    return served(url, tiktoks, browsers, (), here=True, **settings)


def served(url: str, tiktoks: int, browsers: int, grid: Sequence[int], *, here: bool, **settings: Any) -> Run:
    """The same with a *grid* of such processes. here: all that serves the run is on this machine.

    Raises:
        RuntimeError: it ended with an exit code; what it said stands in the message.
    """
    with tempfile.TemporaryDirectory(prefix="b-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        told = {"TIKTOK_PACE": 0, "TIKTOK_BLOCK_MEDIA": True, **settings}
        with (folder / "said").open("w+") as said:
            began = time.monotonic()
            crawl = started(url, folder, tiktoks, said, browsers=browsers, **told)
            python, rest = 0.0, Seconds(grid)
            below = Seconds([crawl.pid])
            while crawl.poll() is None:
                with suppress(OSError):
                    python = cpu_seconds(crawl.pid)
                rest.look()
                below.look()
                with suppress(subprocess.TimeoutExpired):
                    crawl.wait(LOOK_EVERY_S)
            seconds = time.monotonic() - began
            said.seek(0)
            if crawl.returncode:
                raise RuntimeError(f"a crawl by {browsers} browsers ended with {crawl.returncode}: {said.read()}")
        ids = [json.loads(line)["id"] for line in (folder / TIKTOKS).read_text(encoding="utf-8").splitlines()]
    others = rest.used() + below.used() - python
    return Run(len(ids), len(set(ids)), seconds, python, others if here else None)

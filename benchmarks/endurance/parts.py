"""A crawl beside the bench: its Python, its driver and its browser, and what each takes, by /proc."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal

from benchmarks.costs import in_memory
from benchmarks.crawl.site import served
from benchmarks.processes import Process, descendants
from benchmarks.started import TIKTOKS, lines, started

Part = Literal["Python", "driver", "browser"]
PARTS: tuple[Part, ...] = ("Python", "driver", "browser")
EVERY_S = 0.5
HANGS_AFTER_S = 3_600.0
TICKS = os.sysconf("SC_CLK_TCK")  # of a second


@contextmanager
def crawling(tiktoks: int, **told: Any) -> Iterator[tuple[Path, Iterator[int]]]:
    """Crawl *tiktoks* of the replica with the settings *told*; gives the data folder, and looks at the crawl.

    A look is its pid, twice a second until it has ended. Whatever becomes of the bench, it does not outlive it.

    Raises:
        RuntimeError: it ended with another number, or with an exit code.
    """
    with served("--era", "b") as url, TemporaryDirectory(prefix="t-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        with (folder / "complaints").open("w+") as said, started(url, folder, tiktoks, said, **told) as crawl:
            try:
                yield folder, _looks(crawl)
            finally:
                crawl.kill()
            said.seek(0)
            complained = said.read()
        written = lines(folder / TIKTOKS)
    if crawl.returncode or written != tiktoks:
        raise RuntimeError(f"{written} of {tiktoks} TikToks, exit code {crawl.returncode}:\n{complained}")


def _looks(crawl: subprocess.Popen[bytes]) -> Iterator[int]:
    by = time.monotonic() + HANGS_AFTER_S
    while crawl.poll() is None and time.monotonic() < by:
        yield crawl.pid
        time.sleep(EVERY_S)


def held(processes: Iterable[tuple[Part, Process]]) -> dict[Part, float]:
    """What each part of a crawl, by its *processes*, holds in memory, MB."""
    found = dict.fromkeys(PARTS, 0.0)
    for part, process in processes:
        with suppress(OSError):  # gone since
            found[part] += megabytes(process.pid, part)
    return found


def parts(crawl: int) -> Iterator[tuple[Part, Process]]:
    """Each process of the crawl of that pid, and what it is a part of."""
    yield "Python", Process(crawl, 0)
    for process in descendants(crawl):
        with suppress(OSError):  # gone since
            name = Path(f"/proc/{process.pid}/comm").read_text(encoding="utf-8")
            yield ("driver" if "driver" in name else "browser"), process


def megabytes(pid: int, part: Part) -> float:
    """What a process holds in memory: resident, but of the browser's its proportional share, as they share much.

    Raises:
        OSError: it is gone.
    """
    return in_memory(pid, "Pss" if part == "browser" else "Rss")


def cpu_seconds(pid: int) -> float:
    """The processor time of a process by itself, in user and system mode.

    Raises:
        OSError: it is gone.
    """
    told = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
    return (int(told[11]) + int(told[12])) / TICKS

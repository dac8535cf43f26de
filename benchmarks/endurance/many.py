"""Many crawls one after another in one process: what each leaves open there, or lying about.

    python -m benchmarks.endurance.many URL FOLDER RUNS TIKTOKS

prints a JSON line a crawl, as `Left`.
"""

from __future__ import annotations

import gc
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from scrapy.crawler import AsyncCrawlerRunner
from scrapy.utils.defer import deferred_from_coro
from scrapy.utils.project import get_project_settings
from scrapy.utils.reactor import install_reactor
from twisted.internet.task import react

from benchmarks.crawl.site import served
from benchmarks.places import ROOT
from benchmarks.processes import descendants
from benchmarks.started import TIKTOKS, environment, lines

LASTING = {TIKTOKS, "runs.jsonlines", "rejected.jsonlines"}  # what a data folder is for


@dataclass(frozen=True, slots=True)
class Left:
    """After a crawl: TikToks in the file, descriptors, threads, processes below, files in TMPDIR, others in data."""

    tiktoks: int
    descriptors: int
    threads: int
    processes: int
    temporary: int
    others: int


def crawled(runs: int, tiktoks: int) -> list[Left]:
    """What was left after each of *runs* crawls of *tiktoks*.

    Raises:
        RuntimeError: one did not bring them.
    """
    with served("--era", "b") as url, TemporaryDirectory(prefix="t-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        (folder / "tmp").mkdir()
        command = [sys.executable, "-m", "benchmarks.endurance.many", url, name, str(runs), str(tiktoks)]
        around = environment(TMPDIR=str(folder / "tmp"), SCRAPY_SETTINGS_MODULE="tiktok_scraper.settings")
        done = subprocess.run(command, cwd=ROOT, env=around, capture_output=True, text=True, check=False)
    left = [Left(**json.loads(line)) for line in done.stdout.splitlines() if line.startswith("{")]
    if done.returncode or [each.tiktoks for each in left] != [tiktoks * run for run in range(1, runs + 1)]:
        raise RuntimeError(f"exit code {done.returncode}, {left}:\n{done.stderr}")
    return left


def growing(left: list[Left]) -> Iterator[str]:
    """Name what the last crawl left more of than the second did: the first one opens what the process keeps."""
    second, last = left[1], left[-1]
    for name in ("descriptors", "threads", "processes", "temporary", "others"):
        before, after = getattr(second, name), getattr(last, name)
        if after > before:
            yield f"{name}: {before} after the second crawl, {after} after the last"


async def _crawl(url: str, folder: Path, runs: int, tiktoks: int) -> None:
    settings = get_project_settings()
    told = {"TIKTOK_DATA_DIR": str(folder / "data"), "TIKTOK_PACE": 0, "TIKTOK_MIN_TIKTOKS": 1, "LOG_LEVEL": "WARNING"}
    settings.setdict(told, priority="cmdline")
    runner = AsyncCrawlerRunner(settings)
    for _ in range(runs):
        await runner.crawl("tiktok", url=url, limit=str(tiktoks))
        gc.collect()
        print(json.dumps(asdict(_left(folder))), flush=True)


def _left(folder: Path) -> Left:
    data = folder / "data"
    return Left(
        tiktoks=lines(data / TIKTOKS),
        descriptors=len(list(Path("/proc/self/fd").iterdir())),
        threads=threading.active_count(),
        processes=len(descendants(os.getpid())),
        temporary=len(list((folder / "tmp").rglob("*"))),
        others=len([path for path in data.rglob("*") if path.name not in LASTING]),
    )


def _main(url: str, folder: str, runs: str, tiktoks: str) -> None:
    install_reactor("twisted.internet.asyncioreactor.AsyncioSelectorReactor")
    react(lambda _: deferred_from_coro(_crawl(url, Path(folder), int(runs), int(tiktoks))))


if __name__ == "__main__":
    _main(*sys.argv[1:])

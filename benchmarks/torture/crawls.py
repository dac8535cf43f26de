"""Whole crawls of the replica into one folder, killed at random moments; the next one goes on."""

from __future__ import annotations

import json
import random
import subprocess
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.crawl.site import served
from benchmarks.printed import say
from benchmarks.processes import descendants, living
from benchmarks.started import TIKTOKS, started

LIMIT = 8
GONE_WITHIN_S = 110.0  # far more than it takes, on a machine with much else to do as well
ENDS_WITHIN_S = 600.0
OPTIONS = ("--era", "b", "--author-stats", "none")  # every creator has to be asked for
ENDLESS = 250  # times as long: of a crawl that is not to end by itself


@dataclass(slots=True)
class Crawls:
    """What came of kills.

    kills; lines: in the file at last; browsers: kills that a browser was there at; torn: those that left a torn tail;
    lost, twice: lines; left: processes that outlived their run; most_folders: of browsers, between two runs; seconds;
    faults: what may never be.
    """

    kills: int = 0
    lines: int = 0
    browsers: int = 0
    torn: int = 0
    lost: int = 0
    twice: int = 0
    left: int = 0
    most_folders: int = 0
    seconds: float = 0.0
    faults: list[str] = field(default_factory=list)


def killed(kills: int, seed: int, *, within_s: float = float("inf"), limit: int = LIMIT) -> Crawls:
    """Kill *kills* crawls of *limit* TikToks, or as many as *within_s* seconds allow; one at either end is left alone.

    Every other one is killed at a moment after its first line, and would go on for long: a start takes most of so short
    a crawl, and on a busy machine its end comes before the line is seen.

    Raises:
        RuntimeError: a crawl that nobody killed did not end well.
    """
    drawn, found, began = random.Random(seed), Crawls(), time.monotonic()
    with served(*OPTIONS) as url, TemporaryDirectory(prefix="t-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        (folder / "tmp").mkdir()
        start_s, walk_s = _whole(url, folder, limit)
        while found.kills < kills and time.monotonic() - began < within_s:
            walked = found.kills % 2 == 1
            crawl = _start(url, folder, limit * (ENDLESS if walked else 1), subprocess.DEVNULL)
            if walked:
                _await_line(crawl, folder)
            time.sleep(drawn.uniform(0, walk_s if walked else start_s + walk_s))  # the moment is to be random
            _kill(crawl, folder, found)
            if found.kills % 10 == 0:
                say(f"{found.kills} crawls killed, {found.lost} lines lost")
        _whole(url, folder, limit)
        _judge(folder, found)
    found.seconds = time.monotonic() - began
    return found


def _kill(crawl: subprocess.Popen[bytes], folder: Path, found: Crawls) -> None:
    """Kill a crawl, and wait until nothing of it runs."""
    path = folder / TIKTOKS
    family = descendants(crawl.pid)
    before = path.read_bytes()
    crawl.kill()
    crawl.wait()
    found.kills += 1
    found.browsers += bool(family)
    by = time.monotonic() + GONE_WITHIN_S
    while (left := living(family, str(folder))) and time.monotonic() < by:
        time.sleep(0.02)
    found.left += len(left)
    after = path.read_bytes()
    whole = before[: before.rfind(b"\n") + 1]
    if not after.startswith(whole):
        found.lost += len(set(whole.splitlines()) - set(after.splitlines())) or 1
        found.faults.append(f"kill {found.kills}: what stood in the file has changed")
    found.torn += not after.endswith(b"\n")
    found.most_folders = max(found.most_folders, len(_folders(folder)))


def _judge(folder: Path, found: Crawls) -> None:
    lines = _records(folder / TIKTOKS, found)
    runs = _records(folder / "runs.jsonlines", found)
    found.lines = len(lines)
    shown = Counter((line["run"], line["id"]) for line in lines)
    found.twice = sum(shown.values()) - len(shown)
    started = {run["run"] for run in runs if run["event"] == "start"}
    if strangers := {line["run"] for line in lines} - started:
        found.faults.append(f"{len(strangers)} runs have lines and no record")
    if folders := _folders(folder):
        found.faults.append(f"{len(folders)} folders of browsers are left after a run that ended")
    if files := list((folder / "tmp").rglob("browser-*")):
        found.faults.append(f"{len(files)} folders of browsers are left in TMPDIR")


def _folders(folder: Path) -> list[Path]:
    return list((folder / "runs").glob("browser-*"))


def _records(path: Path, found: Crawls) -> list[dict[str, Any]]:
    raw = path.read_bytes()
    if not raw.endswith(b"\n"):
        found.faults.append(f"{path.name} ends in a torn line after a run that ended")
    records = []
    for number, line in enumerate(raw.split(b"\n")[:-1], start=1):
        try:
            records.append(json.loads(line))
        except ValueError as error:
            found.faults.append(f"line {number} of {path.name}: {error}")
    return records


def _whole(url: str, folder: Path, limit: int) -> tuple[float, float]:
    """A crawl that nobody kills; returns how many seconds it took to its first line, and from there to its end."""
    began = time.monotonic()
    crawl = _start(url, folder, limit, subprocess.PIPE)
    _await_line(crawl, folder)
    first = time.monotonic()
    _, complained = crawl.communicate(timeout=ENDS_WITHIN_S)
    if crawl.returncode:
        raise RuntimeError(f"a crawl ended with exit code {crawl.returncode}:\n{complained.decode()}")
    return first - began, time.monotonic() - first


def _await_line(crawl: subprocess.Popen[bytes], folder: Path) -> None:
    """Wait until a crawl that just started has written a line, or has ended without one.

    Raises:
        RuntimeError: it hangs, and was killed.
    """
    path = folder / TIKTOKS
    before, by = _size(path), time.monotonic() + ENDS_WITHIN_S
    while _size(path) <= before and crawl.poll() is None:
        if time.monotonic() > by:
            crawl.kill()
            raise RuntimeError(f"a crawl wrote no line in {ENDS_WITHIN_S:.0f} s")
        time.sleep(0.01)


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def _start(url: str, folder: Path, limit: int, complaints: int) -> subprocess.Popen[bytes]:
    told = {"TIKTOK_PACE": 0, "TIKTOK_MIN_TIKTOKS": 1}
    return started(url, folder, limit, complaints, temporary=folder / "tmp", **told)

"""Hours of the hourly job with whatever may come between, drawn by a seed, and what the calendar has to say of each.

What is expected comes from the plan that was drawn and from docs/hourly.md, never from the code that is tried.
`python -m tests.e2e.drawn_hours --seed 1 --hours 168` lives through a week of them with real crawls and tells.
"""

from __future__ import annotations

import argparse
import contextlib
import fcntl
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from replica.options import Options
from replica.serving.server import Replica
from tests.e2e.job_copy import copy_job, run_of
from tests.project import ROOT

# What may become of an hour -> how likely a spell of it begins, and how many hours that may last.
SPELLS = {
    "fit": (8, 4),
    "wall": (3, 6),  # a captcha
    "refusal": (1, 2),  # no wall by docs/hourly.md: it ends a row of walls
    "too-little": (2, 1),
    "killed": (2, 1),
    "broken": (1, 2),  # no virtual environment
    "locked": (1, 1),
    "not-fired": (1, 2),
    "off": (2, 3),
}
CRAWLS = {"fit": "#", "wall": "x", "refusal": "x", "too-little": "+", "killed": "k"}
OTHERS = {"broken": "s", "locked": "l", "not-fired": "n", "off": "o"}
OBSTACLES = {"wall": "captcha", "refusal": "empty-reply"}
PATIENCE, FIRST_WAIT, LONGEST_WAIT = 3, 2, 24
LIMIT = 5
# Whole days from now on, so that no post of the replica is of a time to come.
BEGINS = (datetime.now(UTC) + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
UNDER = 'mount --bind "$0" /proc/uptime && exec "$@"'
# The clock of the job and of its crawl, not of the browser. libfaketime would do, but its sleep fails Python's threads.
DATE = """#!/bin/sh
exec /bin/date -d "@$(($(/bin/date +%s) + AHEAD_S))" "$@"
"""
SITECUSTOMIZE = """
import datetime, os, time
real, ahead = time.time, int(os.environ["AHEAD_S"])
class Ahead(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return cls.fromtimestamp(time.time(), tz)
time.time, datetime.datetime = lambda: real() + ahead, Ahead
"""
PYTHON = """#!/bin/sh
PYTHONPATH='{}' exec '{}' "$@"
"""


def draw(seed: int, hours: int) -> list[str]:
    """What becomes of each hour; in the first and in the last one a crawl is due, which tells of those before it."""
    drawn, left = random.Random(seed), list[str]()
    while len(left) < hours - 2:
        (kind,) = drawn.choices(list(SPELLS), [likely for likely, _ in SPELLS.values()])
        left += [kind] * drawn.randint(1, SPELLS[kind][1])
    return ["fit", *left[: hours - 2], "fit"]


def expected(plan: list[str]) -> str:
    """The marks of the hours of *plan*, by docs/hourly.md."""
    marks, row, last = "", 0, 0
    for hour, kind in enumerate(plan):
        wait = min(FIRST_WAIT * 2 ** (row - PATIENCE), LONGEST_WAIT) if row >= PATIENCE else 0
        if kind in CRAWLS and hour < last + wait:
            marks += "b"
        else:
            marks += {**CRAWLS, **OTHERS}[kind]
            if kind == "wall":
                row, last = row + 1, hour
            elif kind in CRAWLS and kind != "killed":
                row = 0
    # Where the machine was started after it, nobody can tell that it had been on.
    for hour, kind in enumerate(plan):
        told_by = next((later for later in range(hour + 1, len(plan)) if plan[later] in CRAWLS), len(plan))
        if kind == "not-fired" and "off" in plan[hour:told_by]:
            marks = f"{marks[:hour]}o{marks[hour + 1 :]}"
    return marks


@dataclass
class Hours:
    """A checkout whose job is started hour after hour of a clock of its own."""

    folder: Path
    sites: dict[str | None, Replica]
    hour: int = 0
    booted: datetime = field(default=BEGINS - timedelta(days=3))

    def __post_init__(self) -> None:
        self.home, self.data = self.folder / "it's 100% home", self.folder / "data"
        self.home.mkdir()
        (self.folder / "tmp").mkdir()
        copy_job(self.home, LOCK_S=1)
        for name in ("tiktok_scraper", "tools", "scrapy.cfg"):
            (self.home / name).symlink_to(ROOT / name)
        self.python = self.home / ".venv" / "bin" / "python"
        program(self.python, PYTHON.format(self.folder / "clock", sys.executable))
        program(self.folder / "bin" / "date", DATE)
        program(self.folder / "clock" / "sitecustomize.py", SITECUSTOMIZE)

    @property
    def now(self) -> datetime:
        return BEGINS + timedelta(hours=self.hour, seconds=2)

    def live(self, kind: str) -> None:
        """Have the present hour come to what *kind* says, and the next one begin."""
        if kind == "off":
            self.booted = self.now + timedelta(minutes=50)
        elif kind == "locked":
            with self._locked():
                self._job("fit").wait(120)
        elif kind == "broken":
            (self.home / ".venv").rename(self.home / "away")
            self._job("fit").wait(120)
            (self.home / "away").rename(self.home / ".venv")
        elif kind == "killed":
            self._kill(self._job("fit"))
        elif kind != "not-fired":
            self._job(kind).wait(240)
        self.hour += 1

    def marks(self) -> str:
        """The marks that `python -m tiktok_scraper.runs` prints for the hours so far, seen in the last of them."""
        self.hour -= 1
        words = [str(self.python), "-m", "tiktok_scraper.runs", str(self.data)]
        shown = subprocess.run(words, cwd=ROOT, env=self._clock(), capture_output=True, text=True, check=True).stdout
        self.hour += 1
        rows = {line[:10]: line[12:].ljust(24) for line in shown.splitlines() if line[:2] == "20" and line[4] == "-"}
        hours = [BEGINS + timedelta(hours=hour) for hour in range(self.hour)]
        return "".join(rows[f"{hour:%Y-%m-%d}"][hour.hour] for hour in hours)

    def _clock(self) -> dict[str, str]:
        ahead = int((self.now - datetime.now(UTC)).total_seconds())
        return {
            "PATH": f"{self.folder / 'bin'}:/usr/bin:/bin",
            "HOME": str(self.folder),
            "TMPDIR": str(self.folder / "tmp"),
            "TZ": "UTC",
            "AHEAD_S": str(ahead),
        }

    def _job(self, kind: str) -> subprocess.Popen[bytes]:
        uptime = self.folder / "uptime"
        uptime.write_text(f"{(self.now - self.booted).total_seconds():.2f} 1.00\n")
        told = {
            "TIKTOK_DATA_DIR": self.data,
            "TIKTOK_PACE": 0,
            "TIKTOK_BLOCK_MEDIA": True,
            "TIKTOK_CREATOR_COUNTS": "never",
            "TIKTOK_STEP_TIMEOUT": 5,
            "TIKTOK_SCHEDULE": "0 * * * *",
            "TIKTOK_MIN_TIKTOKS": LIMIT + 1 if kind == "too-little" else LIMIT,
        }
        given = [part for name, value in told.items() for part in ("-s", f"{name}={value}")]
        clock = [f"{name}={value}" for name, value in self._clock().items()]
        return subprocess.Popen(
            [
                *("unshare", "--mount", "--propagation", "private", "sh", "-c", UNDER, str(uptime)),
                *("env", "-i", *clock, str(self.home / "tiktok_scraper.cron")),
                *("-a", f"url={self.sites[OBSTACLES.get(kind)].url}", "-a", f"limit={LIMIT}", *given),
            ],
            stderr=subprocess.DEVNULL,
        )

    def _kill(self, job: subprocess.Popen[bytes]) -> None:
        """Kill the crawl once it has told of its start, as a machine without memory does."""
        before = self._starts()
        while job.poll() is None and self._starts() == before:
            time.sleep(0.02)
        if job.poll() is None:  # else it waits for a wall to go
            os.kill(run_of(self.home), signal.SIGKILL)
        job.wait(120)

    def _starts(self) -> int:
        record = self.data / "runs.jsonlines"
        return record.read_text().count('"event":"start"') if record.exists() else 0

    @contextlib.contextmanager
    def _locked(self) -> Iterator[None]:
        with (self.home / "runs" / "cron.lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def program(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    path.chmod(0o755)


@contextlib.contextmanager
def begun(folder: Path) -> Iterator[Hours]:
    """Hours to be lived through in *folder*, with the sites that their crawls will meet."""
    with contextlib.ExitStack() as stack:
        yield Hours(
            folder,
            {name: stack.enter_context(Replica(Options(obstacle=name))) for name in (None, *OBSTACLES.values())},
        )


def lived(plan: list[str], folder: Path, after_each: Callable[[Hours, str], None]) -> str:
    """Live through the *plan* in *folder*; return the marks that the calendar shows at its end."""
    with begun(folder) as hours:
        for kind in plan:
            hours.live(kind)
            after_each(hours, kind)
        return hours.marks()


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--hours", type=int, default=168)
    told = parser.parse_args()
    plan = draw(told.seed, told.hours)
    began = time.monotonic()

    def tell(hours: Hours, kind: str) -> None:
        sys.stdout.write(f"{hours.hour:>4} {time.monotonic() - began:6.0f} s  {kind}\n")
        sys.stdout.flush()

    with tempfile.TemporaryDirectory(prefix="h-") as folder:
        found, wanted = lived(plan, Path(folder), tell), expected(plan)
    right = sum(one == other for one, other in zip(found, wanted, strict=True))
    sys.stdout.write(f"expected {wanted}\nfound    {found}\n{right} of {told.hours} hours told as they were\n")
    return 0 if right == told.hours else 1


if __name__ == "__main__":
    sys.exit(main())

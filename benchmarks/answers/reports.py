"""The whole report, from the lines to the page: how long it takes, and whether that is what is promised."""

from __future__ import annotations

import statistics
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.answers.measured import LOOK_EVERY_S
from benchmarks.answers.written import NOW
from benchmarks.costs import MB, run
from benchmarks.verdicts import Verdict
from replica.history.plan import Plan
from replica.history.write import write

DAYS = (12, 52)  # of hourly runs and bursts, 100 TikToks each
LIMIT = 100
# Sightings -> seconds: a file of up to so many has its report in that time.
WITHIN_S = {30_000: 8.0, 110_000: 20.0}


@dataclass(frozen=True, slots=True)
class Report:
    """A report of so many sightings. seconds: of each try, in order of size; peak: bytes of all its processes."""

    sightings: int
    seconds: tuple[float, ...]
    peak: int

    @property
    def median(self) -> float:
        """The middle of its tries."""
        return statistics.median(self.seconds)


def report(days: int, tries: int) -> Report:
    """Write the replica's history of so many *days*, and its report *tries* times.

    Raises:
        subprocess.CalledProcessError: there is no report of it.
    """
    with TemporaryDirectory() as name:
        folder = Path(name)
        write(Plan(now=NOW, days=days, limit=LIMIT), folder)
        ran = [_once(folder) for _ in range(tries)]
        sightings = (folder / "tiktoks.jsonlines").read_bytes().count(b"\n")
    return Report(sightings, tuple(sorted(seconds for seconds, _ in ran)), max(peak for _, peak in ran))


def _once(folder: Path) -> tuple[float, int]:
    command = [sys.executable, "-m", "analysis", "report", str(folder), "-o", str(folder / "report.html")]
    told = run(command, look_every=LOOK_EVERY_S)
    if told.exit_code != 0:
        raise subprocess.CalledProcessError(told.exit_code, command, stderr=told.stderr)
    return told.seconds, int(told.memory * MB)


def verdicts(found: Sequence[Report]) -> list[Verdict]:
    """Judge each report whose size was promised anything."""
    return [_in_time(each) for each in found if each.sightings <= max(WITHIN_S)]


def _in_time(each: Report) -> Verdict:
    within = next(seconds for most, seconds in sorted(WITHIN_S.items()) if each.sightings <= most)
    promise = f"the report of {each.sightings:,} sightings within {within:g} s"
    return Verdict(promise, f"{each.median:.1f} s", each.median <= within)

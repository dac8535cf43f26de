"""How long each tool took and how much memory, and what it said."""

from __future__ import annotations

import json
import statistics
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from benchmarks.answers.asked import Answers, of_json
from benchmarks.answers.run import TOOLS
from benchmarks.answers.written import Written
from benchmarks.costs import MB, run

HANGS_AFTER_S = 7_200.0  # 20 million lines take their time
LOOK_EVERY_S = 0.1  # at memory: the quickest are over in a third of a second


@dataclass(frozen=True, slots=True)
class Ran:
    """One tool on one size. seconds: of each try, the process's start included; peak: bytes of all its processes.

    failed: why it could not read the lines with bad ones among them; then all else is of the clean ones.
    """

    tool: str
    sightings: int
    seconds: tuple[float, ...]
    peak: int
    answers: Answers | None
    true: Answers
    failed: str = ""

    @property
    def right(self) -> bool:
        """Whether it says what is true of the lines, whatever it says of bad ones."""
        return self.answers is not None and self.answers.agrees(self.true)

    @property
    def counts_bad(self) -> bool:
        """Whether it read the lines as they are, and told each bad one."""
        return self.answers is not None and not self.failed and self.answers.bad == self.true.bad

    @property
    def median(self) -> float:
        """The middle of its tries; infinite where it has no answer."""
        return statistics.median(self.seconds) if self.answers else float("inf")


class _Try(NamedTuple):
    """One run of a tool. failed: why there is no answer."""

    seconds: float
    peak: int
    answers: Answers | None
    failed: str = ""


def measure(tool: str, written: Written, tries: int) -> Ran:
    """Let *tool* answer from the lines, bad ones among them, *tries* times; from the clean ones where it can't.

    It has an answer only if it has the same each time.
    """
    first = _once(tool, written.dirty)
    folder = written.clean if first.failed else written.dirty
    again = [_once(tool, folder) for _ in range(tries - (not first.failed))]
    ran = again if first.failed else [first, *again]
    same = all(each.answers == ran[0].answers for each in ran)
    return Ran(
        tool=tool,
        sightings=written.sightings,
        seconds=tuple(sorted(each.seconds for each in ran)),
        peak=max(each.peak for each in ran),
        answers=ran[0].answers if same else None,
        true=written.true,
        failed="; ".join(dict.fromkeys(filter(None, (first.failed, *(each.failed for each in again))))),
    )


def _once(tool: str, folder: Path) -> _Try:
    command = [sys.executable, "-m", "benchmarks.answers.run", tool, str(folder)]
    told = run(command, within=HANGS_AFTER_S, look_every=LOOK_EVERY_S)
    peak = int(told.memory * MB)
    if told.exit_code == 0:
        return _Try(told.seconds, peak, of_json(json.loads(told.stdout)))
    why = told.stderr.strip().splitlines()[-1:] or [f"exit code {told.exit_code}"]
    return _Try(told.seconds, peak, None, why[0][:90])


def tools(sightings: int, row_by_row_up_to: int) -> list[str]:
    """Who is asked at that size: a loop over rows is for small files alone."""
    return [name for name, (_, how) in TOOLS.items() if how != "row_by_row" or sightings <= row_by_row_up_to]

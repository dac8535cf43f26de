"""Do the intervals that the analysis states hold the truth as often as they say? One table.

`python -m benchmarks.analysis.coverage [--replicates 1000] [--seed 1]`. A miss is a share below the stated level by
more than 3 Monte Carlo standard errors; exit code 1 if there is any. An interval that holds more often is only wide.
Where the analysis gives no answer there is no interval to hold anything: shares are of the replicates answered.
"""

from __future__ import annotations

import argparse
import math
import os
import sys
import warnings
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

import numpy as np

from benchmarks.analysis.scenarios import Scenario, scenarios

STANDARD_ERRORS = 3


@dataclass(frozen=True)
class Row:
    """What one scenario gave."""

    interval: str
    world: str
    seed: tuple[int, int]
    replicates: int
    answered: int
    level: float
    held: float
    """Of those answered; NaN where none is."""

    @property
    def error(self) -> float:
        """The Monte Carlo standard error of a share that is at its level."""
        return math.sqrt(self.level * (1 - self.level) / self.answered) if self.answered else math.nan

    @property
    def missed(self) -> bool:
        """Whether the interval holds the truth less often than it says, beyond chance."""
        return self.held < self.level - STANDARD_ERRORS * self.error


def measure(number: int, replicates: int, seed: int) -> Row:
    """Run the scenario of that number, by a seed of its own."""
    scenario: Scenario = list(scenarios())[number]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # statsmodels on a variance at its edge: counted by what it holds
        held = scenario.held(np.random.default_rng([seed, number]), replicates)
    share = float(held.mean()) if len(held) else math.nan
    return Row(scenario.interval, scenario.world, (seed, number), replicates, len(held), scenario.level, share)


HEAD = ("interval", "world", "seed", "replicates", "answered", "stated", "held", "allowed from", "verdict")
WIDTHS = (34, 33, 6, 10, 8, 7, 7, 12, 7)


def line(cells: Sequence[str]) -> str:
    """One line of the table."""
    return "  ".join(map(str.ljust, cells, WIDTHS)).rstrip()


def told(row: Row) -> tuple[str, ...]:
    """The cells of one row."""
    allowed = row.level - STANDARD_ERRORS * row.error
    shares = (f"{100 * share:.1f} %" if not math.isnan(share) else "-" for share in (row.level, row.held, allowed))
    seed, number = row.seed
    verdict = "no answer" if not row.answered else "MISS" if row.missed else "held"
    return row.interval, row.world, f"{seed}, {number}", f"{row.replicates:,}", f"{row.answered:,}", *shares, verdict


def summary(rows: Sequence[Row]) -> str:
    """How many missed, and the worst by name."""
    answered = [row for row in rows if row.answered]
    misses = sum(row.missed for row in answered)
    told = f"{misses} of {len(answered)} missed"
    if answered:
        worst = min(answered, key=lambda row: (row.held - row.level) / row.error)
        told += f"; the worst: {worst.interval}, {worst.world} (seed {worst.seed})"
    return told + f"; {len(rows) - len(answered)} without an answer"


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table; 1 if an interval missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--replicates", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="only intervals whose name holds this text")
    options = parser.parse_args(arguments)
    chosen = [number for number, scenario in enumerate(scenarios()) if options.only in scenario.interval]
    if not chosen:
        parser.error(f"no interval's name holds {options.only!r}")
    with ProcessPoolExecutor(max_workers=len(os.sched_getaffinity(0))) as pool:
        jobs = [pool.submit(measure, number, options.replicates, options.seed) for number in chosen]
        print(line(HEAD), flush=True)
        rows = []
        for job in jobs:
            rows.append(job.result())
            print(line(told(rows[-1])), flush=True)
    print(summary(rows))
    return int(any(row.missed for row in rows))


if __name__ == "__main__":
    sys.exit(main())

"""python -m benchmarks.answers: the same answers from the same lines, ours and others', one table.

Exit code 0: every target met; 1: one was missed. The large files take minutes and gigabytes of disk (--sizes).
"""

from __future__ import annotations

import argparse
import importlib.util
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import machine
from benchmarks.answers import reports
from benchmarks.answers.judged import verdicts
from benchmarks.answers.measured import Ran, measure, tools
from benchmarks.answers.run import TOOLS
from benchmarks.answers.written import write
from benchmarks.printed import aligned, positive, say
from benchmarks.verdicts import judged

SIZES = "26000,2000000"
ROW_BY_ROW_UP_TO = 100_000
# The larger, the less the moment of the machine matters, and the longer all of it takes.
TRIES = {100_000: 5, 5_000_000: 3}
OTHERS_PACKAGES = {"Polars": "polars"}


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, and return the exit code."""
    told = _parser().parse_args(arguments)
    is_wanted = wanted(told.tools)
    found: list[Ran] = []
    for size in map(int, filter(None, told.sizes.split(","))):
        with TemporaryDirectory(dir=told.folder) as name:
            say(f"writing {size:,} sightings, twice")
            written = write(size, Path(name) / "data")
            for tool in filter(is_wanted, tools(size, ROW_BY_ROW_UP_TO)):
                if (package := OTHERS_PACKAGES.get(tool)) and not importlib.util.find_spec(package):
                    say(f"{tool} is not installed: make bench installs it")
                    continue
                say(f"{tool}, {size:,} sightings")
                found.append(measure(tool, written, told.tries or tries(size)))
    written_up = []
    for days in map(int, filter(None, told.report_days.split(","))):
        say(f"the report of {days} days")
        written_up.append(reports.report(days, told.tries or tries(0)))
    print(f"{machine.machine()}; {machine.load()}\n")
    if found:
        print(table(found))
    if written_up:
        print(_reports(written_up))
    all_of_it = [*verdicts(found), *reports.verdicts(written_up)]
    print(judged(all_of_it), end="")
    return int(any(not verdict.met for verdict in all_of_it))


def tries(size: int) -> int:
    """How often a file of that size is read."""
    return next((number for least, number in TRIES.items() if size <= least), 1)


def wanted(parts: str) -> Callable[[str], bool]:
    """Whether a tool's name has one of *parts*, which are divided by commas; all are wanted where there is none.

    Raises:
        SystemExit: no tool is named so.
    """
    asked = [part for each in parts.split(",") if (part := each.strip().lower())]
    if lacking := [part for part in asked if not any(part in tool.lower() for tool in TOOLS)]:
        raise SystemExit(f"--tools {', '.join(lacking)}: no such tool; there are {', '.join(TOOLS)}")
    return lambda tool: not asked or any(part in tool.lower() for part in asked)


def table(found: Sequence[Ran]) -> str:
    """A row a tool and size."""
    rows = [("sightings", "tool", "s", "of all tries", "peak GB", "says", "bad lines")]
    for ran in found:
        fails = f"; with bad lines it fails: {ran.failed}" if ran.failed else ""
        rows.append(
            (
                f"{ran.sightings:,}",
                ran.tool,
                f"{ran.median:.1f}",
                ", ".join(f"{seconds:.1f}" for seconds in ran.seconds),
                f"{ran.peak / 1e9:.2f}",
                "what is true" if ran.right else "OTHER ANSWERS" if ran.answers else "nothing",
                (f"{ran.answers.bad:,}" if ran.answers and ran.answers.bad is not None else "not told") + fails,
            )
        )
    return aligned(rows)


def _reports(found: Sequence[reports.Report]) -> str:
    rows = [("report of", "s", "of all tries", "peak GB")]
    for each in found:
        seconds = ", ".join(f"{seconds:.1f}" for seconds in each.seconds)
        rows.append((f"{each.sightings:,} sightings", f"{each.median:.1f}", seconds, f"{each.peak / 1e9:.2f}"))
    return aligned(rows)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.answers", description=__doc__)
    parser.add_argument("--sizes", default=SIZES, help=f"numbers of sightings, by commas (default {SIZES})")
    parser.add_argument("--tools", default="", help="only those whose name has one of these, by commas: buckets,DuckDB")
    days = ",".join(map(str, reports.DAYS))
    parser.add_argument("--report-days", default=days, help=f"of whose history a report is made (default {days})")
    parser.add_argument("--tries", type=positive, help="of each tool (default: fewer, the larger the file)")
    parser.add_argument("--folder", type=Path, help="where the files are written (default: the system's)")
    return parser


if __name__ == "__main__":
    sys.exit(main())

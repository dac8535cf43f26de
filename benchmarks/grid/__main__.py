"""python -m benchmarks.grid: TikToks a minute against the number of browsers, here and on a Selenium Grid.

The browsers of one run share its limit. Without --address a hub and a node of this machine are started.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.crawl.site import served as serving
from benchmarks.grid.crawled import run, served
from benchmarks.grid.measures import Run, grid_a_minute, spread
from benchmarks.grid.server import Grid, found_jar
from benchmarks.machine import caveat, machine
from benchmarks.printed import aligned, positive, say

MACHINES = (1, 2, 5, 10, 20)


def main(arguments: list[str] | None = None) -> int:
    """Crawl, print, and return the exit code."""
    told = parser().parse_args(arguments)
    load = os.getloadavg()[0]
    rows: list[tuple[str, ...]] = [("browsers", "where", "s", "TikToks a minute", "processor s each", "of it Python")]
    found: list[tuple[int, list[Run]]] = []
    whole: list[bool] = []
    with serving() as url, grid_at(told.address, max(told.browsers)) as (address, pids):
        for browsers in told.browsers:
            local = []
            for number in range(told.repeats if told.where != "grid" else 0):
                say(f"{browsers} here, {number + 1} of {told.repeats}")
                local.append(run(url, told.tiktoks, browsers))
            far = []
            for number in range(told.repeats if told.where != "here" else 0):
                say(f"{browsers} on the grid, {number + 1} of {told.repeats}")
                settings = {"SELENIUM_COMMAND_EXECUTOR": address}
                far.append(served(url, told.tiktoks, browsers, pids, here=told.address is None, **settings))
            rows += [row(browsers, where, runs) for where, runs in (("here", local), ("grid", far)) if runs]
            found.append((browsers, far))
            whole += [run.tiktoks == run.unique == told.tiktoks for run in (*local, *far)]
    print(f"{machine()}; {caveat(load)}")
    print(f"{told.tiktoks} TikToks a run, median of {told.repeats} and their least and most\n{aligned(rows)}", end="")
    print(by_arithmetic(found), end="")
    print(f"{sum(whole)} of {len(whole)} runs brought every TikTok, and each once")
    return int(not all(whole))


@contextmanager
def grid_at(address: str | None, slots: int) -> Iterator[tuple[str, list[int]]]:
    """The grid at *address*, or one of this machine; with the processes of the latter.

    Raises:
        SystemExit: there is no jar, or no Java.
    """
    if address is not None:
        yield address, []
        return
    jar = found_jar()
    if jar is None:
        raise SystemExit("there is no Selenium server, or no Java to run it: sh tools/grid.sh says what to type")
    with tempfile.TemporaryDirectory(prefix="g-") as folder, Grid(Path(folder), jar) as grid:
        grid.node("node", slots)
        grid.await_nodes(1)
        yield grid.address, grid.pids()


def row(browsers: int, where: str, runs: list[Run]) -> tuple[str, ...]:
    """One line of the table."""
    each = [run.each for run in runs if run.each is not None]
    seconds, a_minute = spread([run.seconds for run in runs]), spread([run.a_minute for run in runs])
    python = spread([run.python_each for run in runs])
    return str(browsers), where, str(seconds), str(a_minute), str(spread(each)) if each else "-", str(python)


def by_arithmetic(found: list[tuple[int, list[Run]]]) -> str:
    """What so many machines like this one would bring, by the medians of most browsers on the grid."""
    runs = max(found, key=lambda each: each[0])[1]
    each = [run.each for run in runs if run.each is not None]
    if not each:
        return ""
    processors = len(os.sched_getaffinity(0))
    costs = spread(each).median, spread([run.python_each for run in runs]).median
    rows = [("machines", f"TikToks a minute at pace 0, {processors} processors each, by arithmetic")]
    rows += [(str(count), f"{grid_a_minute(count, processors, *costs):,.0f}") for count in MACHINES]
    return aligned(rows)


def counts(told: str) -> list[int]:
    """Numbers of browsers, with commas between."""
    return [positive(part) for part in told.split(",")]


def parser() -> argparse.ArgumentParser:
    """The options."""
    made = argparse.ArgumentParser(prog="python -m benchmarks.grid", description=__doc__)
    made.add_argument("--tiktoks", type=positive, default=100, help="of each run (default 100)")
    made.add_argument("--browsers", type=counts, default=[1, 2, 4], help="numbers of browsers (default 1,2,4)")
    made.add_argument("--repeats", type=positive, default=5, help="runs of each kind (default 5)")
    made.add_argument("--where", choices=("both", "here", "grid"), default="both", help="what is run (default both)")
    made.add_argument("--address", help="a grid that is there, which can reach this machine's replica")
    return made


if __name__ == "__main__":
    sys.exit(main())

"""python -m benchmarks.endurance: memory over one long crawl, what is left open and lying about over many.

Exit code 0: Python's memory is flat and nothing grows from run to run; 1: something does.
A thousand TikToks take six minutes on two cores, fifty crawls about as long.
"""

from __future__ import annotations

import argparse
import sys

from benchmarks.endurance import long, many
from benchmarks.printed import aligned, positive, say

# By which Python may grow a hundred TikToks: who was seen and asked for is kept to the end.
FLAT_MB = 2.0


def main(arguments: list[str] | None = None) -> int:
    """Measure, print, and return the exit code."""
    told = _parser().parse_args(arguments)
    faults: list[str] = []
    say(f"one crawl of {told.tiktoks} TikToks")
    held = long.crawled(told.tiktoks, max(1, told.tiktoks // 10))
    print(aligned([["TikToks", "Python, MB", "driver", "browser"], *map(_row, held)]), end="")
    try:
        grown = long.growth(held)
    except ValueError as error:
        say(str(error))
        return 1
    print(f"Python, over the second half: {grown:+.2f} MB a hundred TikToks (at most {FLAT_MB})")
    if grown > FLAT_MB:
        faults.append("Python's memory grows")
    if told.runs:
        say(f"{told.runs} crawls in one process")
        left = many.crawled(told.runs, told.each)
        print(f"after crawl 1: {left[0]}\nafter crawl 2: {left[1]}\nafter crawl {len(left)}: {left[-1]}")
        faults += many.growing(left)
    print("".join(f"FAULT: {fault}\n" for fault in faults) or "Nothing grows.\n", end="")
    return int(bool(faults))


def _row(held: long.Held) -> list[str]:
    return [f"{held.lines:,}", f"{held.python:.1f}", f"{held.driver:.1f}", f"{held.browser:,.0f}"]


def _several(told: str) -> int:
    """None, or at least the two that are compared."""
    if told != "0" and positive(told) < 2:
        raise argparse.ArgumentTypeError("must be 0, or 2 or more: the last is held against the second")
    return int(told)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.endurance", description=__doc__)
    parser.add_argument("--tiktoks", type=positive, default=1_000, help="of the long crawl (default 1000)")
    parser.add_argument("--runs", type=_several, default=50, help="one after another; 0: none (default 50)")
    parser.add_argument("--each", type=positive, default=3, help="TikToks of each of those runs (default 3)")
    return parser


if __name__ == "__main__":
    sys.exit(main())

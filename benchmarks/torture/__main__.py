"""python -m benchmarks.torture: SIGKILL at random moments of writers and of whole crawls, and what was lost by it.

Exit code 0: nothing; 1: a line was lost or stands twice, a torn one is read, or something outlived its crawl.
Well under an hour on two cores; what else runs only makes it slower.
"""

from __future__ import annotations

import argparse
import random
import sys
from dataclasses import astuple, fields

from benchmarks.printed import aligned, positive, say
from benchmarks.torture import crawls, writers


def main(arguments: list[str] | None = None) -> int:
    """Kill, print, and return the exit code."""
    told = _parser().parse_args(arguments)
    seed = told.seed if told.seed is not None else random.SystemRandom().randrange(1 << 32)
    say(f"seed {seed}")
    rows: list[tuple[str, writers.Killed | crawls.Crawls]] = []
    for at_once in (1, 2):
        say(f"{told.kills} kills of writers, {at_once} at once")
        rows.append((f"writers, {at_once} at once", writers.killed(told.kills, at_once, seed + at_once)))
    if told.crawls:
        say(f"{told.crawls} kills of crawls")
        rows.append(("crawls", crawls.killed(told.crawls, seed, within_s=told.crawl_minutes * 60)))
    print(table(rows), end="")
    return int(any(bad(found) for _, found in rows))


def bad(found: writers.Killed | crawls.Crawls) -> list[str]:
    """What may not be, in words."""
    counted = {name: getattr(found, name, 0) for name in ("lost", "twice", "left")}
    return [*(f"{count} {name}" for name, count in counted.items() if count), *found.faults]


def table(rows: list[tuple[str, writers.Killed | crawls.Crawls]]) -> str:
    """What was killed as a line each with all its figures, and the faults below."""
    said = ""
    for what, found in rows:
        names = [field.name.replace("_", " ") for field in fields(found)]
        figures = [(name, value) for name, value in zip(names, astuple(found), strict=True) if name != "faults"]
        shown = [f"{value:,.0f}" if isinstance(value, float) else f"{value:,}" for _, value in figures]
        said += f"{what}\n{aligned([[f'  {name}', text] for (name, _), text in zip(figures, shown, strict=True)])}"
        said += "".join(f"  FAULT: {fault}\n" for fault in bad(found))
    return said


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.torture", description=__doc__)
    parser.add_argument("--kills", type=positive, default=2_000, help="of writers, alone and as pairs (default 2000)")
    parser.add_argument("--crawls", type=int, default=200, help="how many crawls to kill; 0: none (default 200)")
    parser.add_argument(
        "--crawl-minutes", type=positive, default=40, help="after which no further crawl is killed (default 40)"
    )
    parser.add_argument("--seed", type=int, help="of sizes and moments (default: drawn, and told)")
    return parser


if __name__ == "__main__":
    sys.exit(main())

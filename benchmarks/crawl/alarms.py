"""How often the monitors raise a false alarm: every run of a folder of lines, held against the runs before it.

    python -m benchmarks.crawl.alarms DIR [DIR ...]

DIR holds tiktoks.jsonlines and runs.jsonlines (xz too) in which nothing is known to be wrong, such as
`python -m replica history --days 15` writes. What the feed was like is told anew from the lines.
"""

from __future__ import annotations

import json
import lzma
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tiktok_scraper.config import Thresholds
from tiktok_scraper.pipelines.lines import NEEDED
from tiktok_scraper.runs.monitors import Feed, Finding, compared, last_runs

Record = dict[str, Any]
EARLIER_LINES = 3_000  # about as many as the crawl reads of the file's end


@dataclass(slots=True)
class Alarms:
    """ended: runs with lines; compared: those with enough runs like them before."""

    ended: int = 0
    compared: int = 0
    found: list[tuple[str, Finding]] = field(default_factory=list)

    @property
    def by_monitor(self) -> Counter[str]:
        """How many runs each monitor spoke in."""
        return Counter(monitor for _, monitor in {(run, finding.monitor) for run, finding in self.found})


def alarms(folder: Path, thresholds: Thresholds) -> Alarms:
    """Judge every run of *folder* as it would have been judged at its end."""
    told, before = Alarms(), list[Record]()
    for record in ends(folder):
        told.ended += 1
        last = last_runs(before, record, thresholds.last_runs)
        told.compared += len(last) >= 5
        told.found += [(record["run"], finding) for finding in compared(record, last, thresholds)]
        before.append(record)
    return told


def ends(folder: Path) -> Iterator[Record]:
    """Yield the end of each run, in order, with its feed told from its lines."""
    lines: dict[str, list[Record]] = {}
    for line in read(folder, "tiktoks.jsonlines"):
        lines.setdefault(line["run"], []).append(line)
    earlier: dict[str, int] = {}
    for end in read(folder, "runs.jsonlines"):
        if end["event"] != "end" or end["run"] not in lines:
            continue
        of_run = lines[end["run"]]
        yield {**end, "null": _nulls(of_run), "feed": _feed(of_run, earlier)}
        for line in of_run:
            if line["likes"] is not None:
                earlier.pop(line["id"], None)
                earlier[line["id"]] = line["likes"] - line["likes_step"] // 2
        earlier = dict(list(earlier.items())[-EARLIER_LINES:])


def _nulls(lines: list[Record]) -> dict[str, int]:
    return {name: sum(line[name] is None for line in lines) for name in NEEDED}


def _feed(lines: list[Record], earlier: dict[str, int]) -> Record:
    feed = Feed(earlier)
    for line in lines:
        feed.add(line)
    return feed.told()


def read(folder: Path, name: str) -> Iterator[Record]:
    """Yield the records of the file *name* in *folder*, plain or compressed with xz."""
    plain = folder / name
    with plain.open("rb") if plain.exists() else lzma.open(folder / f"{name}.xz") as file:
        yield from map(json.loads, file)


def main(arguments: list[str]) -> int:
    """Print the rates of each folder."""
    if not arguments or arguments[0].startswith("-"):
        print(__doc__)
        return 1
    for folder in arguments:
        for name in ("tiktoks.jsonlines", "runs.jsonlines"):
            if not any((Path(folder) / f"{name}{suffix}").exists() for suffix in ("", ".xz")):
                print(f"there is no {name} in {folder}: name a folder of lines", file=sys.stderr)
                return 1
        told = alarms(Path(folder), Thresholds())
        runs = len({run for run, _ in told.found})
        faults = len({run for run, finding in told.found if finding.fault})
        print(f"{folder}: {told.ended} runs, {told.compared} compared, {runs} warned of, {faults} of them unfit by it")
        for monitor, count in sorted(told.by_monitor.items()):
            print(f"  {monitor}: {count}")
        for run, finding in told.found:
            print(f"    {run} {finding.says}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

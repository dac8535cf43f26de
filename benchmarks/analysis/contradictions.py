"""How often a later sighting contradicts a gain that was called guaranteed, on a real history.

    python -m benchmarks.analysis.contradictions [DIR]

DIR: a data folder; without one, the real history among the saved pages beside the checkout. A guaranteed daily gain is
one between two sightings of a TikTok at most a day apart; a later sighting contradicts it where the most that can have
been gained until then, by that line alone, is less. The lines are read here again, by plain loops. Exit code 1 where
0.5 % or more of the gains of likes are contradicted.
"""

from __future__ import annotations

import argparse
import json
import lzma
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np

from analysis.counts import growth
from analysis.counts.bounds import with_bounds
from analysis.counts.line import HOUR, Line
from analysis.load import load
from analysis.terms.definitions import DAY_HOURS, NEVER_FALL
from benchmarks.places import CAPTURES
from benchmarks.printed import aligned

AT_MOST = 0.005
EDGES = {100: (10_000, 999_998), 100_000: (999_999, 999_999_998)}
Seen = tuple[datetime, int, int]  # when, and the least and most that was shown so
Gain = tuple[str, datetime, datetime, int]  # TikTok, from, to, at least so many


@dataclass(frozen=True, slots=True)
class Contradicted:
    """Of one count: gains called guaranteed, and how many of them a later sighting contradicts."""

    count: str
    how: str
    gains: int
    contradicted: int

    @property
    def share(self) -> float:
        """Not a number where nothing was called guaranteed."""
        return self.contradicted / self.gains if self.gains else float("nan")


def main(arguments: list[str] | None = None) -> int:
    """Print the table; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.analysis.contradictions")
    parser.add_argument("directory", nargs="?", type=Path)
    asked = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        directory = asked.directory or unpacked(Path(folder))
        if directory is None:
            print(f"no real history at {CAPTURES / 'real-history'}: name a data folder")
            return 0
        found = list(contradictions(directory))
    print(page(found))
    likes = next(row for row in found if row.count == "likes" and row.how == "guaranteed")
    return int(likes.share >= AT_MOST)


def unpacked(into: Path, captures: Path = CAPTURES) -> Path | None:
    """The real history as a data folder; None where it is not beside the checkout."""
    packed = sorted((captures / "real-history").glob("*.jsonlines.xz"))
    for path in packed:
        (into / path.stem).write_bytes(lzma.decompress(path.read_bytes()))
    return into if packed else None


def page(found: Iterable[Contradicted]) -> str:
    """The table."""
    head = ("count", "gains", "how many", "contradicted", "share")
    rows = [(row.count, row.how, f"{row.gains:,}", f"{row.contradicted:,}", f"{row.share:.3%}") for row in found]
    return aligned([head, *rows])


def contradictions(directory: Path) -> Iterator[Contradicted]:
    """For each count, of the gains that the analysis guarantees, and of those that the lines show as they stand."""
    bounded = with_bounds(load(directory, force=True).sightings)
    lines = [json.loads(line) for line in (directory / "tiktoks.jsonlines").read_text(encoding="utf-8").splitlines()]
    for count in NEVER_FALL:
        seen, every = shown(lines, count), shown(lines, count, zeroed=True)
        for how, gains, by in (
            ("guaranteed", list(guaranteed(Line.of(growth.settled(bounded, count), count), count)), seen),
            ("as shown", list(differences(every)), every),
        ):
            yield Contradicted(count, how, len(gains), sum(is_contradicted(gain, by[gain[0]]) for gain in gains))


def shown(lines: Iterable[dict[str, object]], count: str, *, zeroed: bool = False) -> dict[str, list[Seen]]:
    """Each TikTok's sightings that tell *count*, by time; with *zeroed* those too whose counts failed to 0."""
    seen: dict[str, dict[datetime, tuple[int, int]]] = defaultdict(dict)
    for line in lines:
        value, step = line[count], line[f"{count}_step"]
        if isinstance(value, int) and isinstance(step, int) and (zeroed or line["views"] or not line["comments"]):
            at = datetime.fromisoformat(str(line["scraped_at"])).astimezone(UTC)
            seen[str(line["id"])][at] = ends(value, step)
    return {key: sorted((at, *ends) for at, ends in course.items()) for key, course in seen.items()}


def ends(value: int, step: int) -> tuple[int, int]:
    """Return the least and the most that is shown as *value* on a grid of *step* (site.md 7.1)."""
    low, high = value - step // 2, value + (step + 1) // 2 - 1
    if step in EDGES:
        low, high = max(low, EDGES[step][0]), min(high, EDGES[step][1])
    return (999_950 if value == 1_000_000 and step > 1 else low), high


def guaranteed(line: Line, count: str) -> Iterator[Gain]:
    """The daily gains that the analysis guarantees between any two sightings of a series."""
    rows, lag = np.arange(len(line.code)), 1
    while len(rows := rows[rows + lag < len(line.code)]):
        near = line.time[rows + lag] - line.time[rows] <= DAY_HOURS * HOUR
        rows = rows[near & (line.segment[rows] == line.segment[rows + lag])]
        sure = line.surely(rows, rows + lag, count)
        for row, gain in zip(rows[sure > 0], sure[sure > 0], strict=True):
            start, end = _moment(int(line.time[row])), _moment(int(line.time[row + lag]))
            yield str(line.keys[line.code[row]]), start, end, int(gain)
        lag += 1


def differences(seen: dict[str, list[Seen]]) -> Iterator[Gain]:
    """The daily gains that the lines show as they stand, rounding taken against them."""
    for key, course in seen.items():
        for at, (start, _, most) in enumerate(course):
            for end, least, _ in course[at + 1 :]:
                if end - start <= timedelta(hours=DAY_HOURS) and least > most:
                    yield key, start, end, least - most


def is_contradicted(gain: Gain, course: list[Seen]) -> bool:
    """Whether by a later sighting at most less than *gain* had been gained since it began."""
    _, start, end, least = gain
    began = next(low for at, low, _ in course if at == start)
    return any(high - began < least for at, _, high in course if at > end)


def _moment(microseconds: int) -> datetime:
    return datetime.fromtimestamp(0, UTC) + timedelta(microseconds=microseconds)


if __name__ == "__main__":
    sys.exit(main())

"""What was read of a file and what was made of it: nothing is dropped without a number here."""

from __future__ import annotations

from dataclasses import dataclass, field

from analysis.reading.lines.line_by_line import BadLine


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What `analysis.load` tells of its reading.

    where: the file. lines: lines with a newline, good and bad (and a whole last one without). bytes, sha256: of the
    whole file as read. schemas: sightings by schema version. bad: each bad line. salvaged: records found whole on bad
    lines. torn_tail: what stands after the last newline and is no whole record yet. duplicates: lines that repeat an
    earlier one (see `repeats`). set_aside: gate -> lines that failed it. falls, pairs: likes that fell between
    consecutive sightings of a TikTok, beyond rounding. naive_lines, naive_zone, zone_assumed: lines with local times,
    the zone they were read in, and whether nobody named it; ambiguous, nonexistent: those in the hour that comes twice
    or never. rejected: reason -> lines of rejected.jsonlines. runs_bad, rejected_bad: bad lines of runs.jsonlines and
    rejected.jsonlines. marked: the file begins with a byte order mark. simulated: all lines come from the replica.
    zeroed: sightings with counts that failed to 0, now not told; lone_zeros: with a 0 alone between two that agree on
    more (analysis.reading.zeroed). warnings: sentences a report must show.
    """

    where: str
    lines: int
    bytes: int
    sha256: str
    schemas: dict[int, int] = field(default_factory=dict)
    bad: tuple[BadLine, ...] = ()
    salvaged: int = 0
    torn_tail: BadLine | None = None
    duplicates: int = 0
    set_aside: dict[str, int] = field(default_factory=dict)
    falls: int = 0
    pairs: int = 0
    zeroed: int = 0
    lone_zeros: int = 0
    naive_lines: int = 0
    naive_zone: str | None = None
    zone_assumed: bool = False
    ambiguous: int = 0
    nonexistent: int = 0
    rejected: dict[str, int] = field(default_factory=dict)
    runs_bad: tuple[BadLine, ...] = ()
    rejected_bad: tuple[BadLine, ...] = ()
    marked: bool = False
    simulated: bool = False
    warnings: tuple[str, ...] = ()

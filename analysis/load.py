"""Read tiktoks.jsonlines, and what stands beside it, into frames."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from .coverage import Coverage


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that is no sighting: its byte offset, its length in bytes with the newline, and why.

    salvaged: how many whole records were found on it all the same.
    """

    offset: int
    length: int
    reason: str
    salvaged: int = 0


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What was read and what was made of it. Nothing is dropped without a number here.

    where: the file. lines: lines with a newline, good and bad (and a whole last one without). bytes, sha256: of the
    whole file as read. schemas: sightings by schema version. bad: each bad line. salvaged: records found whole on bad
    lines. torn_tail: what stands after the last newline and is no whole record yet. duplicates: lines of an id that
    its run already has. set_aside: gate -> lines that failed it. falls, pairs: likes that fell between consecutive
    sightings of a TikTok, beyond rounding. naive_lines, naive_zone, zone_assumed: lines with local times, the zone
    they were read in, and whether nobody named it; ambiguous, nonexistent: those in the hour that comes twice or
    never. rejected: reason -> lines of rejected.jsonlines. runs_bad: bad lines of runs.jsonlines. simulated: all
    lines come from the replica. warnings: sentences a report must show.
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
    naive_lines: int = 0
    naive_zone: str | None = None
    zone_assumed: bool = False
    ambiguous: int = 0
    nonexistent: int = 0
    rejected: dict[str, int] = field(default_factory=dict)
    runs_bad: tuple[BadLine, ...] = ()
    simulated: bool = False
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Loaded:
    """The data: sightings and runs (frames of analysis/schema.py), coverage (hours, changes), and the report."""

    sightings: pd.DataFrame
    runs: pd.DataFrame
    coverage: Coverage
    report: LoadReport


def load(where: Path, *, naive_zone: str | None = None, force: bool = False, cache: Path | None = None) -> Loaded:
    """Read a folder with tiktoks.jsonlines (runs.jsonlines, rejected.jsonlines beside it), or a .jsonlines file.

    naive_zone: IANA name of the zone in which lines of 2022, which have local times, were written; UTC if not
    given, and the report says so. force: go on where a gate fails. cache: a directory for Parquet parts, so that
    only what was appended is read next time; the result is the same.

    Raises:
        NoFile, NoGoodLines, MixedData, GateFailed, BadArgument: see analysis/errors.py.
    """
    raise NotImplementedError

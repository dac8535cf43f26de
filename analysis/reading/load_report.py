"""What was read of a file and what was made of it: nothing is dropped without a number here."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field

from analysis.reading.lines.line_by_line import BadLine


@dataclass(frozen=True, slots=True)
class FileRead:
    """One of the files: its name, bytes and hash as it lies there, and its lines, good and bad.

    bad: how many of the lines are bad. repeated: how many sightings of it were left out, since an earlier file or line
    tells the same. marked: it begins with a byte order mark.
    """

    name: str
    bytes: int
    sha256: str
    lines: int
    bad: int = 0
    repeated: int = 0
    marked: bool = False


def sha256_of(files: Sequence[FileRead]) -> str:
    """The hash of one file; of several that of their hashes, as `sha256sum FILE ... | sha256sum` gives it."""
    if len(files) == 1:
        return files[0].sha256
    return hashlib.sha256("".join(f"{file.sha256}  {file.name}\n" for file in files).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What `analysis.load` tells of its reading.

    where: the file, or the folder of several. files: each of them. lines: lines with a newline, good and bad (and a
    whole last one without). bytes, sha256: of the whole file as read, of several see `sha256_of`. schemas: sightings by
    schema version. bad: each bad line. salvaged: records found whole on bad lines. torn: what stands after a file's
    last newline and is no whole record yet. duplicates: lines that repeat an earlier one (see `repeats`); copies: those
    of them that only repeat what stands in another file. set_aside: gate -> lines that failed it. falls, pairs: likes
    that fell between consecutive sightings of a TikTok, beyond rounding. naive_lines, naive_zone, zone_assumed: lines
    with local times, the zone they were read in, and whether nobody named it; ambiguous, nonexistent: those in the hour
    that comes twice or never. rejected: reason -> lines of rejected.jsonlines. runs_bad, rejected_bad: bad lines of
    runs.jsonlines and rejected.jsonlines. marked: a file begins with a byte order mark. simulated: all lines come from
    the replica. zeroed: sightings with counts that failed to 0, now not told; lone_zeros: with a 0 alone between two
    that agree on more (analysis.reading.zeroed). warnings: sentences a report must show.
    """

    where: str
    lines: int
    bytes: int
    sha256: str
    files: tuple[FileRead, ...] = ()
    schemas: dict[int, int] = field(default_factory=dict)
    bad: tuple[BadLine, ...] = ()
    salvaged: int = 0
    torn: tuple[BadLine, ...] = ()
    duplicates: int = 0
    copies: int = 0
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

    @property
    def torn_tail(self) -> BadLine | None:
        """The first torn tail; None where no file has one."""
        return self.torn[0] if self.torn else None

"""Reading: every line, whole or bad, with where it stands; a bad line never hides the good one after it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .record import BEGINNINGS, LONGEST, MARK, NotARecord, beginning, record_of, records_on


@dataclass(frozen=True, slots=True)
class Line:
    """A whole line: its object, its byte offset and its length with the newline. marked: a byte order mark is on it."""

    offset: int
    length: int
    record: dict[str, Any]
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Bad:
    """A line that is no whole object: byte offset, length, why. torn: it is the last and has no newline.

    records: where whole records stand on it all the same, from which byte of the file to which.
    """

    offset: int
    length: int
    reason: str
    torn: bool = False
    records: tuple[tuple[int, int], ...] = ()


def read_lines(path: Path, start: int = 0) -> Iterator[Line | Bad]:
    """Yield what stands in *path* from byte *start* on, line by line, good and bad.

    Raises:
        OSError: the file can't be opened or read.
    """
    beginnings = Beginnings()
    with path.open("rb") as file:
        file.seek(start)
        offset = start
        while raw := file.readline(LONGEST):
            length = len(raw)
            while not raw.endswith(b"\n") and len(raw) == LONGEST and (more := file.readline(LONGEST)):
                length += len(more)
                raw = raw if len(more) == LONGEST else raw + more
            yield judged(raw, offset, length, beginnings)
            offset += length


class Beginnings:
    """With which keys the lines of a file begin, so that a record glued to a torn one is told from a part of it."""

    def __init__(self) -> None:
        self._seen: set[str] = set()

    def note(self, key: str | None) -> None:
        """Note the first key of a line."""
        if key is not None:
            self._seen.add(key)

    def known(self) -> frozenset[str]:
        """The keys seen, and those of our files where none of them was seen yet."""
        seen = frozenset(self._seen)
        return seen if seen & BEGINNINGS else seen | BEGINNINGS


def judged(raw: bytes, offset: int, length: int, beginnings: Beginnings) -> Line | Bad:
    """Judge one line of *length* bytes at byte *offset*, of which *raw* is all unless it is longer than LONGEST."""
    torn = not raw.endswith(b"\n")
    if length > LONGEST:
        return Bad(offset, length, f"longer than {LONGEST} bytes", torn)
    try:
        record = record_of(raw)
    except NotARecord as wrong:
        beginnings.note(beginning(raw))
        found = records_on(raw, beginnings.known()) if wrong.salvageable else []
        reason = "cut short" if torn and str(wrong).startswith("no JSON") else str(wrong)
        return Bad(offset, length, reason, torn, tuple((offset + begin, offset + end) for begin, end in found))
    beginnings.note(next(iter(record), None))
    return Line(offset, length, record, marked=raw.startswith(MARK))

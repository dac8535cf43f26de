"""Reading: every line, whole or bad, with where it stands; a bad line never hides the good one after it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

LONGEST = 1 << 24  # bytes; our lines have about 2,000, and a run of NULs after a power cut may have many more


@dataclass(frozen=True, slots=True)
class Line:
    """A whole line: its object, its byte offset and its length with the newline."""

    offset: int
    length: int
    record: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Bad:
    """A line that is no whole object: byte offset, length, why. torn: it is the last and has no newline."""

    offset: int
    length: int
    reason: str
    torn: bool = False


def read_lines(path: Path, start: int = 0) -> Iterator[Line | Bad]:
    """Yield what stands in *path* from byte *start* on, line by line, good and bad.

    Raises:
        OSError: the file can't be opened or read.
    """
    with path.open("rb") as file:
        file.seek(start)
        offset = start
        while raw := file.readline(LONGEST):
            length = len(raw)
            while not raw.endswith(b"\n") and len(raw) == LONGEST and (more := file.readline(LONGEST)):
                length += len(more)
                raw = raw if len(more) == LONGEST else raw + more
            yield _judged(raw, offset, length)
            offset += length


def _judged(raw: bytes, offset: int, length: int) -> Line | Bad:
    torn = not raw.endswith(b"\n")
    if length > LONGEST:
        return Bad(offset, length, f"longer than {LONGEST} bytes", torn)
    if not raw.strip():
        return Bad(offset, length, "empty", torn)
    if b"\0" in raw:
        return Bad(offset, length, "holds NUL bytes, as after a power cut", torn)
    try:
        record = orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        return Bad(offset, length, "cut short" if torn else f"no JSON: {error}", torn)
    if not isinstance(record, dict):
        return Bad(offset, length, f"no object but {type(record).__name__}", torn)
    return Line(offset, length, record)

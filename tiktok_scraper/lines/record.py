"""What a line is: one JSON object. And which whole ones stand on a line that is none.

The analysis decides the same on its own (analysis/reading/lines/); tests/contract/lines.json is the table
of lines and verdicts that both are held to.

A line is read as widely as anybody may have written it: behind a byte order mark, with NaN and Infinity as Python's
json writes them, with half a surrogate pair, with numbers of any length, before "\\r\\n". It is not read where bytes
are broken, where it is empty, longer than LONGEST or nested deeper than DEEPEST.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import orjson

LONGEST = 1 << 24  # bytes; our lines have about 2,000, and a run of NULs after a power cut may have many more
DEEPEST = 128  # levels; real replies have less than twenty, and no reader's stack ends before
MARK = b"\xef\xbb\xbf"  # what Windows puts before UTF-8; `cat` brings it into the middle of files
BEGINNINGS = frozenset({"scraped_at", "event", "run"})  # the first key of a sighting, a run's event, a rejected item
_MOST_DIGITS = 20  # of an integer that could fit 64 bits, with its sign
_MOST_FAILURES = 100  # places on one line that only look like a record's beginning; each costs time
_BRACKETS = re.compile(r'"(?:[^"\\]++|\\.)*+"|[\[\]{}]', re.DOTALL)
_BEGINNING = re.compile(rb'[ \t\r]*\{\s*"((?:[^"\\]++|\\.)*+)"\s*:')


class NotARecord(ValueError):
    """Why a line is no whole object. salvageable: whole records may stand on it all the same."""

    def __init__(self, reason: str, *, salvageable: bool = False) -> None:
        self.salvageable = salvageable
        super().__init__(reason)


def record_of(raw: bytes) -> dict[str, Any]:
    """Return the object that the line is.

    Raises:
        NotARecord: it is none; the message is the reason.
    """
    if len(raw) > LONGEST:
        raise NotARecord(f"longer than {LONGEST} bytes")
    found = _parsed(raw)
    if not isinstance(found, dict):
        raise NotARecord(f"no object but {_kind(found)}")
    return found


def is_record(raw: bytes) -> bool:
    """Whether the line is one whole object: then nothing but its newline can be missing."""
    try:
        record_of(raw)
    except NotARecord:
        return False
    return True


def beginning(raw: bytes) -> str | None:
    """Return the first key of the object that the line begins, whole or torn; None where it begins none."""
    found = _BEGINNING.match(raw.removeprefix(MARK))
    return found[1].decode("utf-8", "replace") if found else None


def records_on(raw: bytes, beginnings: frozenset[str] = BEGINNINGS) -> list[tuple[int, int]]:
    """Return where whole records stand on a line that is none: from which of its bytes to which.

    beginnings: the first keys of what may be a record of its own: other objects are parts of a torn one.
    """
    return list(_spans(raw, beginnings))


def _spans(raw: bytes, beginnings: frozenset[str]) -> Iterator[tuple[int, int]]:
    text = raw.decode("utf-8", "surrogateescape")  # what is no UTF-8 stays in place and is known again
    start = re.compile(rf'\{{\s*"(?:{"|".join(map(re.escape, sorted(beginnings)))})"\s*:')
    position = counted = counted_bytes = failures = 0
    while failures < _MOST_FAILURES and (begins := start.search(text, position)) is not None:
        try:
            _, position = _DECODER.raw_decode(text, begins.start())
        except (json.JSONDecodeError, RecursionError):
            failures, position = failures + 1, begins.start() + 1
            continue
        piece = text[begins.start() : position]
        try:
            length = len(piece.encode())
        except UnicodeEncodeError:
            continue  # broken bytes are in its text
        if _deeper(piece):
            continue
        counted_bytes += len(text[counted : begins.start()].encode("utf-8", "surrogateescape"))
        counted = begins.start()
        yield counted_bytes, counted_bytes + length


def _parsed(raw: bytes) -> Any:
    if raw.count(b"{") + raw.count(b"[") <= DEEPEST:
        try:
            return orjson.loads(raw)
        except orjson.JSONDecodeError:
            pass  # it is stricter than we are, and doesn't say what is wrong in our words
    if b"\0" in raw:
        raise NotARecord("holds NUL bytes, as after a power cut", salvageable=True)
    try:
        text = raw.decode().removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise NotARecord(f"no UTF-8 at its byte {error.start}", salvageable=True) from error
    if not text.strip(" \t\r\n"):
        raise NotARecord("empty")
    if _deeper(text):
        raise NotARecord(f"nested deeper than {DEEPEST} levels")
    try:
        return _DECODER.decode(text)
    except json.JSONDecodeError as error:
        raise NotARecord(f"no JSON: {error.msg} at its character {error.pos}", salvageable=True) from error


def _deeper(text: str) -> bool:
    """Whether brackets stand in each other DEEPEST times and more."""
    if text.count("{") + text.count("[") <= DEEPEST:
        return False
    level = 0
    for found in _BRACKETS.finditer(text):
        level += {"{": 1, "[": 1, "}": -1, "]": -1}.get(found[0], 0)
        if level > DEEPEST:
            return True
    return False


def _integer(digits: str) -> int:
    # int() refuses thousands of digits, and a field that nobody reads may well have them.
    return int(digits) if len(digits) <= _MOST_DIGITS else 1 << 64


_DECODER = json.JSONDecoder(parse_int=_integer)


def _kind(value: Any) -> str:
    kinds = {bool: "true or false", int: "a number", float: "a number", str: "text", list: "a list"}
    return kinds.get(type(value), "null")

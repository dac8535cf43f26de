"""What a line is: one JSON object. And which whole ones stand on a line that is none.

The crawl decides the same on its own (tiktok_scraper/lines/record.py); tests/contract/lines.json is the table of lines
and verdicts that both are held to. A line may begin with a byte order mark, hold NaN and Infinity where nobody reads,
half surrogate pairs and numbers of any length; bytes that are no UTF-8, NULs, and a nesting beyond DEEPEST are refused.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

LONGEST = 1 << 24  # bytes; our lines have about 2,000, and a run of NULs after a power cut may have many more
DEEPEST = 128  # levels; real replies have less than twenty, and the json module's stack ends at about a thousand
EMPTY = "empty"
MARK = "\ufeff"
_SPACE = " \t\r\n"  # JSON's own; no other space may stand between its words
_MOST_DIGITS = 20  # of an integer that could fit 64 bits, with its sign
_BEYOND = 1 << 64
_MOST_FAILURES = 100  # places on one line that only look like a record's beginning; each costs time
_TOKEN = re.compile(r'"(?:[^"\\]++|\\.)*+"|[\[\]{}]', re.DOTALL)


class Wrong(ValueError):
    """Why a line is no record."""


class NoJson(Wrong):
    """It isn't even JSON: torn, or glued to another. Whole records may stand on it."""


def parsed(raw: bytes) -> dict[str, Any]:
    """Return the object that the line is.

    Raises:
        Wrong: it is none; the message is the reason.
    """
    if len(raw) > LONGEST:
        raise Wrong(f"longer than {LONGEST} bytes")
    if b"\0" in raw:
        raise NoJson("holds NUL bytes, as after a power cut")
    try:
        text = raw.decode().removeprefix(MARK)
    except UnicodeDecodeError as error:
        raise NoJson(f"no UTF-8 at its byte {error.start}") from error
    if not text.strip(_SPACE):
        raise Wrong(EMPTY)
    if _too_deep(text):
        raise Wrong(f"nested deeper than {DEEPEST} levels")
    try:
        found = _DECODER.decode(text)
    except json.JSONDecodeError as error:
        raise NoJson(f"no JSON: {error.msg} at its character {error.pos}") from error
    if not isinstance(found, dict):
        raise Wrong(f"no object but {kind_of(found)}")
    return found


def is_whole(raw: bytes) -> bool:
    """Whether *raw* is one whole JSON object, so that nothing but its newline can be missing."""
    try:
        parsed(raw)
    except Wrong:
        return False
    return True


def salvaged(raw: bytes, begins: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield the whole objects on a line that is none, each with its first byte's place on the line.

    begins: the first key of every record of such a file; an object that begins otherwise is a part of a torn one.
    """
    text = raw.decode("utf-8", "surrogateescape")  # what is no UTF-8 stays in place and is known again
    start = re.compile(rf'\{{\s*"{re.escape(begins)}"\s*:')
    position = measured = place = failures = 0
    while failures < _MOST_FAILURES and (beginning := start.search(text, position)) is not None:
        try:
            found, position = _DECODER.raw_decode(text, beginning.start())
        except (json.JSONDecodeError, RecursionError):
            position, failures = beginning.start() + 1, failures + 1
            continue
        told = text[beginning.start() : position]
        if _broken(told) or _too_deep(told):
            continue
        place += len(text[measured : beginning.start()].encode("utf-8", "surrogateescape"))
        measured = beginning.start()
        yield place, found


def kind_of(value: Any) -> str:
    """What a JSON value is, in words."""
    kinds = {bool: "true or false", int: "a number", float: "a number", str: "text", list: "a list", dict: "an object"}
    return kinds.get(type(value), "null")


def _broken(text: str) -> bool:
    """Whether bytes that are no UTF-8 are in it."""
    return not text.isascii() and re.search("[\udc80-\udcff]", text) is not None


def _too_deep(text: str) -> bool:
    """Whether more than DEEPEST brackets stand in each other; those in texts don't count."""
    if text.count("[") + text.count("{") <= DEEPEST:
        return False
    open_ = 0
    for token in _TOKEN.finditer(text):
        bracket = token[0]
        if bracket in "[{":
            open_ += 1
        elif bracket in "]}":
            open_ -= 1
        if open_ > DEEPEST:
            return True
    return False


def _integer(digits: str) -> int:
    # int() refuses thousands of digits, and a field that nobody reads may well have them.
    return int(digits) if len(digits) <= _MOST_DIGITS else _BEYOND


_DECODER = json.JSONDecoder(parse_int=_integer)

"""JSON as a site sends it: neither a cut emoji nor a number without end may hide the TikToks beside it."""

from __future__ import annotations

import json
import math
import re
from typing import Any

import orjson

_UNKNOWN = "\\ufffd"
_HALF = re.compile("[\ud800-\udfff]")
# A whole pair and any other escape are matched first, so that what is left of the kind is half a pair.
_ESCAPES = re.compile(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(\\u[dD][89a-fA-F][0-9a-fA-F]{2})|\\."
)
# Digits or an exponent that may lead beyond a double, 1.8e308; whether they do, the number itself tells.
_HUGE = re.compile(r"[0-9]{300}|[eE]\+?[0-9]{3}")
_FRACTION = re.compile("[.eE]")


def loads(body: str) -> Any:
    """Return what the JSON says, although one place of it is beyond what the quick parser takes.

    Half a surrogate pair, which scripts leave of a cut emoji, becomes U+FFFD; a number beyond a double stays text,
    which no reader of counts takes for a number.

    Raises:
        orjson.JSONDecodeError: it is no JSON.
    """
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError:
        mended = _ESCAPES.sub(lambda found: _UNKNOWN if found[1] else found[0], _HALF.sub("\ufffd", body))
        huge = _HUGE.search(body) is not None
        if mended == body and not huge:
            raise
        return _with_huge(mended) if huge else orjson.loads(mended)


def _with_huge(body: str) -> Any:
    try:
        return json.loads(body, parse_int=_number, parse_float=_number, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise orjson.JSONDecodeError(str(error), body, 0) from error


def _number(text: str) -> int | float | str:
    """As the quick parser has it: a whole number within 64 bits is an int, any other a float."""
    value = float(text)
    if math.isinf(value):
        return text
    whole = not _FRACTION.search(text) and -(1 << 63) <= int(text) < 1 << 64
    return int(text) if whole else value


def _refuse(name: str) -> Any:
    raise ValueError(f"{name} is no JSON")

"""A count out of a file of real items, in whatever form it stands there -> the number it tells, if it tells one."""

from __future__ import annotations

import re
from typing import Any

_UNITS = {"": 1, "K": 1_000, "M": 1_000_000, "B": 1_000_000_000}
_TEXT = re.compile(r"(?P<whole>-?\d{1,15})(?:\.(?P<tenth>\d))?(?P<unit>[KMB]?)", re.IGNORECASE | re.ASCII)
# Digits in groups of three, with the marks that the site or its reader may group by.
_GROUPED = re.compile(r"-?\d{1,3}(?:([, ])\d{3})(?:\1\d{3})*", re.ASCII)


def told_count(told: Any) -> int | None:
    """The number of *told*: JSON's own, or text such as "22609", "1,234,567" or "1.2M". None: it tells none."""
    if isinstance(told, bool):
        return None
    if isinstance(told, int):
        return told
    if isinstance(told, float):
        return int(told) if told.is_integer() else None
    text = " ".join(told.split()) if isinstance(told, str) else ""
    if _GROUPED.fullmatch(text):
        return int(re.sub("[, ]", "", text))
    found = _TEXT.fullmatch(text)
    if found is None:
        return None
    tenths = int(found["whole"]) * 10 + int(found["tenth"] or 0)
    number, rest = divmod(tenths * _UNITS[found["unit"].upper()], 10)
    return None if rest else number


def counted(told: Any) -> int | None:
    """The same, of what can't be less than 0: -1 tells nothing."""
    number = told_count(told)
    return None if number is None or number < 0 else number

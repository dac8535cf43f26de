"""How values are written in the report: numbers, shares, intervals, times; what is missing is called so."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

MISSING = "not told"
UNITS = ((1e9, "B"), (1e6, "M"), (1e3, "K"))
TEN_THOUSAND = 10_000


def missing(value: Any) -> bool:
    """Whether there is no value: None, NA, NaN, NaT."""
    return value is None or bool(pd.api.types.is_scalar(value) and pd.isna(value))


def whole(value: Any) -> str:
    """12345 -> "12,345"."""
    return MISSING if missing(value) else f"{round(value):,}"


def short(value: Any, digits: int = 3) -> str:
    """2360953711 -> "2.36B", to so many digits; below ten thousand whole, as the site has it."""
    if missing(value):
        return MISSING
    size = abs(float(value))
    if math.isinf(size):
        return "without bound" if value > 0 else "minus without bound"
    if size < TEN_THOUSAND:
        return number(value, digits)
    unit, letter = next((unit, letter) for unit, letter in UNITS if size >= unit * 0.9995)
    scaled = float(value) / unit
    return f"{scaled:,.0f}{letter}" if size >= 999.5 * unit and digits == 3 else f"{scaled:,.{digits}g}{letter}"


def number(value: Any, digits: int = 3) -> str:
    """A measured value with three significant digits, whole numbers whole, never in powers of ten unless it must."""
    if missing(value):
        return MISSING
    value = float(value)
    if math.isinf(value):
        return "without bound" if value > 0 else "minus without bound"
    if value == int(value) and abs(value) < 1e15:
        return f"{int(value):,}"
    if abs(value) >= 10**digits:
        return f"{value:,.0f}"
    return f"{value:.{digits}g}"


def share(value: Any, digits: int = 3) -> str:
    """0.1234 -> "12.3 %", which no line breaks in two."""
    if missing(value):
        return MISSING
    return f"{number(float(value) * 100, digits)}\u00a0%"


def interval(low: Any, high: Any, form: Any = number, level: str = "95 %") -> str:
    """ "95 %: 1 to 3"; an end that is missing or infinite is open."""
    low, high = (None if missing(end) or math.isinf(float(end)) else end for end in (low, high))
    if missing(low) and missing(high):
        return "no interval could be formed"
    if missing(high):
        ends = f"at least {form(low)}"
    else:
        ends = f"at most {form(high)}" if missing(low) else f"{form(low)} to {form(high)}"
    return f"{level}: {ends}" if level else ends


def moment(value: Any) -> str:
    """A time in UTC to the minute."""
    return MISSING if missing(value) else f"{pd.Timestamp(value):%Y-%m-%d %H:%M} UTC"


def day(value: Any) -> str:
    """A date in UTC."""
    return MISSING if missing(value) else f"{pd.Timestamp(value):%Y-%m-%d}"


def ordinal(count: int) -> str:
    """2 -> "2nd", 11 -> "11th", 23 -> "23rd"."""
    ending = "th" if count // 10 % 10 == 1 else {1: "st", 2: "nd", 3: "rd"}.get(count % 10, "th")
    return f"{count:,}{ending}"


def plural(count: int, one: str, many: str | None = None) -> str:
    """1 -> "1 run"; 2 -> "2 runs"."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"

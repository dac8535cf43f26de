"""A value with the ends it may lie between, as one text: "3 (2-5)", with as many digits as tell the ends apart."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from analysis.report.wording import MISSING, missing, number, short, whole

Form = Callable[[Any, int], str]
"""How a number is written with so many significant digits: `number`, `short`, `share`, `count`."""
DIGITS = range(3, 11)  # ten tell any two counts apart that the site prints differently
MILLION = 1_000_000


def count(value: Any, digits: int = 3) -> str:
    """A whole count beside its bounds; a mean takes `short`, or 0.4 would be told as 0.

    Whole below a million, as "341K (341K-341K)" says nothing; then as `short` has it.
    """
    if missing(value) or abs(float(value)) < MILLION:
        return whole(value)
    return short(value, digits)


def around(value: Any, low: Any, high: Any, form: Form = number) -> tuple[str, str]:
    """A value within its ends: ("12,300", "(12,250-12,349)" with an en dash); the second is empty where both are it.

    An end that is missing or infinite is open.
    """
    low, high = _closed(low), _closed(high)
    if low == high:  # also where both are open
        return form(value, DIGITS[0]), ""
    digits = _digits(form, value, low, high)
    told = form(value, digits)
    if high is None:
        least = form(low, digits)
        return told, "(or more)" if least == told else f"({least} or more)"
    return told, f"(up to {form(high, digits)})" if low is None else f"({_span(low, high, form, digits)})"


def between(low: Any, high: Any, form: Form = number) -> str:
    """What is known by its ends: "11,800-12,700" with an en dash; "11,800 or more" where the upper one is open."""
    if missing(low):
        return MISSING
    least, most = _closed(low), _closed(high)
    if most is None:
        return f"{form(low, DIGITS[0])} or more"
    if least is None:
        return f"up to {form(most, DIGITS[0])}"
    if least == most:
        return form(most, DIGITS[0])
    return _span(least, most, form, _digits(form, least, most))


def _closed(end: Any) -> float | None:
    """An end as a number; None where it is missing or infinite."""
    return None if missing(end) or math.isinf(float(end)) else float(end)


def _span(low: float, high: float, form: Form, digits: int) -> str:
    """From one end to the other; below zero in a word, as a dash beside a minus is read as one."""
    return (" to " if low < 0 else "\u2013").join((form(low, digits), form(high, digits)))


def _digits(form: Form, *values: Any) -> int:
    """The fewest significant digits that tell numbers apart that differ."""
    told = {float(value) for value in values if value is not None}
    return next((digits for digits in DIGITS if len({form(one, digits) for one in told}) == len(told)), DIGITS[-1])

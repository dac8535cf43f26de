"""A median as the text tells it: its interval by order statistics, and how the values lie around it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

from analysis.report.answers.said import unanswered
from analysis.report.context import Context
from analysis.report.markup import Child, Html
from analysis.report.wording import interval, number, short
from analysis.statistics.answer import RATIO, Scale
from analysis.statistics.intervals import Estimate, quantile_estimate

ORDER = "order statistics, as if {units} were drawn independently"


def middle(
    context: Context,
    values: pd.Series,
    what: str,
    definition: str,
    units: str,
    *,
    form: Callable[[Any], str] = short,
    rounding: str = "",
    scale: Scale = RATIO,
) -> list[Child]:
    """The median of *values* and, after it, between which numbers half of them lie; each opens its interval.

    values: numbers, one a unit, NA where not told; units: what one is, in the plural; rounding: what the rounding of
    the counts alone leaves open, if known; scale: by which it is judged whether the intervals are answers. Raises
    NotEnoughData where the median's is none; where a quartile's is none, the quartiles are left out.
    """
    known = values.dropna().to_numpy(dtype=float)
    n = f"{len(known):,} of {len(values):,} {units}"
    if not known.size:
        return [context.facts("not told", what, n=n, definition=definition, interval="none")]
    low, half, high = (
        quantile_estimate(known, quantile, of=len(values), definition=definition, scale=scale, units=units)
        for quantile in (0.25, 0.5, 0.75)
    )
    if half.lacks is not None:
        raise unanswered(f"{n}, {ends(half, form)}; {half.lacks}", what, f"more {units} that tell it")
    how = f" ({ORDER.format(units=units)})"
    told = context.facts(
        form(half.estimate), what, n=n, definition=definition, interval=ends(half, form) + how + rounding
    )
    if not low.answerable or not high.answerable:
        return [told]
    half_of_them = context.facts(
        f"{form(low.estimate)} to {form(high.estimate)}",
        f"{what}: between which half of them lie",
        n=n,
        definition=f"25th and 75th percentile of: {definition}",
        interval=f"of the 25th, {ends(low, form)}; of the 75th, {ends(high, form)}{how}",
    )
    return [told, " (half of them: ", half_of_them, ")"]


def ends(told: Estimate, form: Callable[[Any], str] = short) -> str:
    """The interval of an estimate; an end that so few values do not bound is open."""
    low, high = (end if np.isfinite(end) else None for end in (told.low, told.high))
    return interval(low, high, form)


def percentile_told(
    context: Context, row: pd.Series, what: str, form: Callable[[Any], str] = number, at: str = ""
) -> Html:
    """A row of `intervals.estimates_frame` as a number of the text; "not answerable", and what lacks, where it is none.

    at: what stands behind it in the text, such as " at the 95th percentile".
    """
    ends_told = interval(row["low"], row["high"], form)
    n, definition = f"{int(row['n']):,} of {int(row['of']):,} TikToks", str(row["definition"])
    if row["answerable"]:
        return context.facts(form(row["estimate"]) + at, what, n=n, definition=definition, interval=ends_told)
    why = f"{ends_told}, which is no answer: {row['lacks']}"
    return context.facts(f"not answerable{at} ({row['lacks']})", what, n=n, definition=definition, interval=why)

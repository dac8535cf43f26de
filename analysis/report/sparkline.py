"""A series in the space of a word: its course, the band that rounding leaves open, and where it ended."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from analysis.plots.parts.arrays import Floats, floats
from analysis.report.markup import Html, el

WIDTH, HEIGHT, AIR = 320, 72, 5
MOST_POINTS = 160  # more than a phone has pixels for
MOST_DOTS = 40  # that stand apart


def sparkline(
    at: pd.Series,
    value: pd.Series,
    low: pd.Series | None = None,
    high: pd.Series | None = None,
    *,
    told: str,
    grows: bool = False,
) -> Html:
    """*value* over *at* (times in UTC) as SVG, a dot where it was told; told: what it shows, in words.

    The band is where it may have been, by its ends *low* and *high*, which are the value's own where they are missing;
    grows: it cannot fall, so between two times it lies between the least of the one and the most of the other. Nothing
    is drawn of missing values.
    """
    known = value.notna() & at.notna()
    times = at[known].to_numpy(dtype="datetime64[us]").astype("int64").astype(float)
    middle, least, most = (_numbers(value if end is None else end.fillna(value), known) for end in (value, low, high))
    order = np.argsort(times, kind="stable")
    if len(order) > MOST_POINTS:
        order = order[np.unique(np.linspace(0, len(order) - 1, MOST_POINTS).round().astype(int))]
    x = _scaled(times[order], (AIR, WIDTH - AIR))
    ends = -float(np.max(most, initial=-np.inf)), -float(np.min(least, initial=np.inf))
    y, lower, upper = (_scaled(-part[order], (AIR, HEIGHT - AIR), ends) for part in (middle, least, most))
    parts = []
    if len(x):
        dots = [_dot(x[n], y[n], "told") for n in range(len(x) - 1)] if len(x) <= MOST_DOTS else []
        band = _path(x, upper, grows=grows) + _path(x[::-1], lower[::-1], "L", grows=grows) + "z"
        parts = [
            el("path", d=band, cls="band"),
            el("path", d=_path(x, y), cls="course"),
            *dots,
            _dot(x[-1], y[-1], "end"),
        ]
    return el("svg", parts, cls="spark", viewBox=f"0 0 {WIDTH} {HEIGHT}", role="img", aria_label=told)


def first_and_last(at: pd.Series, value: pd.Series, form: Callable[[float], str]) -> Html | None:
    """When a series begins and ends (UTC) and at which values, as the line under its course; None: nothing is told.

    form: how a value is spelled.
    """
    known = value.notna() & at.notna()
    if not known.any():
        return None
    order = at[known].sort_values(kind="stable").index
    return el("p", [el("span", _moment(at[n]), ": ", form(float(value[n]))) for n in order[[0, -1]]], cls="ends")


def _moment(at: pd.Timestamp) -> str:
    """A time in UTC to the minute, without its year, which the period tells."""
    return f"{at:%d %b %H:%M}".removeprefix("0")


def _dot(x: float, y: float, kind: str) -> Html:
    return el("circle", cx=_short(x), cy=_short(y), r="4" if kind == "end" else "2.5", cls=kind)


def _numbers(values: pd.Series, known: pd.Series) -> Floats:
    return floats(values[known])


def _scaled(values: Floats, onto: tuple[float, float], ends: tuple[float, float] | None = None) -> Floats:
    """*values*, of which the least and the greatest (or *ends*) become those of *onto*; all alike: the middle."""
    if not len(values):
        return values
    low, high = ends or (float(values.min()), float(values.max()))
    if low == high:
        return np.full(len(values), sum(onto) / 2)
    scaled: Floats = onto[0] + (values - low) / (high - low) * (onto[1] - onto[0])
    return scaled


def _path(x: Floats, y: Floats, begin: str = "M", *, grows: bool = False) -> str:
    """A line through the points; grows: each step first up or down, then across, which bounds what may lie between."""
    points = [f"{begin}{_short(x[0])} {_short(y[0])}"]
    for n in range(1, len(x)):
        points.append(f"V{_short(y[n])}H{_short(x[n])}" if grows else f"L{_short(x[n])} {_short(y[n])}")
    return "".join(points)


def _short(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")

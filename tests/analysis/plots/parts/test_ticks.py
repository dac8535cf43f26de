"""Axes that read at a glance: ticks enough, none like another, with their unit, their month and their year."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.dates import date2num

from analysis.plots.parts import style
from analysis.plots.parts.ticks import counts_axis, log_limits, since_axis, utc_axis
from tests.analysis.plots import plot_frames as frames

START = date2num(frames.START)


@settings(deadline=None, max_examples=60)
@given(st.floats(min_value=1e-6, max_value=1e9), st.floats(min_value=1, max_value=1e12))
def test_a_log_axis_has_two_ticks_or_more_that_read_differently(low: float, times: float) -> None:
    _, ax = style.new_figure()
    log_limits(ax, "x", np.array([low, low * times]))
    counts_axis(ax.xaxis, log=True)
    left, right = ax.get_xlim()
    ticks = [tick for tick in ax.xaxis.get_majorticklocs() if left <= tick <= right]
    told = ax.xaxis.get_major_formatter().format_ticks(ticks)
    assert 2 <= len(set(told)) == len(told) <= 12


@settings(deadline=None, max_examples=60)
@given(st.floats(min_value=0, max_value=1e10), st.floats(min_value=1, max_value=1e6))
def test_no_two_ticks_of_counts_read_the_same(least: float, reach: float) -> None:
    _, ax = style.new_figure()
    ax.set_ylim(least, least + reach)
    counts_axis(ax.yaxis)
    told = ax.yaxis.get_major_formatter().format_ticks(list(ax.yaxis.get_majorticklocs()))
    assert len(set(told)) == len(told) > 1


@pytest.mark.parametrize(
    ("days", "told"),
    [(0.25, ["0", "1 h", "2 h"]), (2.0, ["0", "12 h", "24 h"]), (12.0, ["0", "2 d", "4 d"]), (90.0, ["0", "20 d"])],
)
def test_time_since_first_seen_is_told_in_hours_then_in_days(days: float, told: list[str]) -> None:
    _, ax = style.new_figure()
    ax.set_xlim(-0.01 * days, 1.01 * days)
    since_axis(ax.xaxis)
    ticks = ax.xaxis.get_majorticklocs()
    assert [ax.xaxis.get_major_formatter()(tick) for tick in ticks][: len(told)] == told


@pytest.mark.parametrize(
    ("days", "first", "end"), [(15, "1 Aug", "2022"), (60, "1 Aug", "2022"), (0.7, "1 Aug", "1 Aug 2022")]
)
def test_dates_say_their_month_and_their_year(days: float, first: str, end: str) -> None:
    _, ax = style.new_figure()
    ax.set_xlim(START, START + days)
    utc_axis(ax.xaxis)
    ax.figure.draw_without_rendering()
    assert first in [text.get_text() for text in ax.xaxis.get_majorticklabels()]
    assert ax.xaxis.get_offset_text().get_text() == end

"""Gaps are shaded while they are the fewer; where they are most of the axis, the visits are marked instead."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PolyCollection
from matplotlib.colors import to_rgb
from matplotlib.dates import date2num

from analysis.plots import audios, histories, rates, runs
from analysis.plots.parts import style
from analysis.plots.parts.gaps import (
    GAP,
    VISIT,
    gap_spans,
    gaps_told,
    mostly_gaps,
    show_coverage,
    show_own_coverage,
    visits,
)
from tests.analysis.plots import plot_frames as frames

START = date2num(frames.START)
HOUR = 1 / 24
DAYS = 15
# A visit every eleventh hour, of fifteen days.
SEEN = tuple(range(5, DAYS * 24, 11))
SPARSE = frames.hours_frame(days=DAYS, gaps=tuple(hour for hour in range(DAYS * 24) if hour not in SEEN))
DENSE = frames.hours_frame(days=DAYS)


def legend_of(ax: Axes) -> list[str]:
    return [str(name) for name in ax.get_legend_handles_labels()[1]]


def ticks(ax: Axes) -> list[float]:
    """The hours since the start at which visits are marked on *ax*: in the colour that no line has."""
    rugs = [c for c in ax.collections if isinstance(c, LineCollection) and len(c.get_segments())]
    faint = [c for c in rugs if np.allclose(c.get_color()[0][:3], to_rgb(style.LIGHT.faint))]
    return [round((float(segment[0][0]) - START) * 24, 3) for rug in faint for segment in rug.get_segments()]


def test_gaps_are_the_stretches_of_unhealthy_hours() -> None:
    hours = frames.hours_frame(days=5, gaps=(30, 31, 32, 100))
    told = [(round((start - START) * 24), round(length * 24)) for start, length in gap_spans(hours)]
    assert told == [(30, 3), (100, 1)]


def test_shading_gaps_moves_no_limits() -> None:
    _, ax = style.new_figure()
    ax.set(xlim=(START + 10 * HOUR, START + 50 * HOUR), ylim=(0, 9))
    before = ax.get_xlim(), ax.get_ylim()
    assert show_coverage(ax, DENSE)
    assert (ax.get_xlim(), ax.get_ylim()) == before
    assert len(ax.collections[0].get_paths()) == 1  # the gap at hour 100 is out of view


@pytest.mark.parametrize("hours", [None, DENSE.head(0), frames.hours_frame(gaps=())])
def test_without_gaps_nothing_is_drawn_or_told(hours: pd.DataFrame | None) -> None:
    _, ax = style.new_figure()
    ax.set_xlim(0, 1e6)
    assert not show_coverage(ax, hours)
    assert not show_own_coverage(ax, hours, [np.array([START, START + 3])])
    assert not ax.collections
    assert gaps_told(hours, [np.array([START, START + 3])]) == ""


@pytest.mark.parametrize(("of_ten", "mostly"), [(0, False), (4, False), (5, False), (6, True), (10, True)])
def test_gaps_are_most_from_over_half(of_ten: int, mostly: bool) -> None:
    hours = frames.hours_frame(days=10, gaps=tuple(hour for hour in range(240) if hour % 10 < of_ten))
    assert mostly_gaps(hours, (START, START + 10)) is mostly


def test_what_is_before_the_first_run_and_after_the_last_does_not_count_as_a_gap() -> None:
    hours = frames.hours_frame(days=2, gaps=tuple(range(10)))
    assert not mostly_gaps(hours, (START - 100, START + 100))
    assert mostly_gaps(hours, (START, START + 15 * HOUR))  # 10 of 15
    assert not mostly_gaps(hours, (START - 100, START - 50))


@settings(deadline=None, max_examples=50)
@given(
    st.lists(st.booleans(), min_size=24, max_size=96),
    st.lists(st.tuples(st.integers(0, 95), st.integers(1, 96)), min_size=1, max_size=4),
)
def test_the_share_of_gaps_is_that_of_the_hours_within_the_stretches(
    healthy: list[bool], cut: list[tuple[int, int]]
) -> None:
    whole = len(healthy) // 24 * 24
    healthy = healthy[:whole]
    hours = frames.hours_frame(days=whole // 24, gaps=tuple(n for n, good in enumerate(healthy) if not good))
    within = [good for start, length in cut for good in healthy[start : start + length]]
    unseen = sum(not good for good in within)
    if 2 * unseen != len(within):  # at the very edge the last digits decide
        stretches = [(START + start * HOUR, START + (start + length) * HOUR) for start, length in cut]
        assert mostly_gaps(hours, *stretches) is (2 * unseen > len(within))


def test_a_sparse_axis_has_a_tick_for_each_visit_in_view_below_all_data() -> None:
    _, ax = style.new_figure()
    ax.plot([START, START + DAYS], [0, 7])
    ax.set(xlim=(START + 1, START + 4), ylim=(0, 7))
    assert show_coverage(ax, SPARSE)
    assert ax.get_xlim() == (START + 1, START + 4)
    assert ticks(ax) == [hour + 0.5 for hour in SEEN if 24 <= hour + 0.5 <= 96]
    assert legend_of(ax) == [VISIT]
    (rug,) = [c for c in ax.collections if isinstance(c, LineCollection)]
    assert max(segment[1][1] for segment in rug.get_segments()) < ax.transLimits.transform((START + 2, 0))[1]


DRAWN = {
    "change in likes": lambda ax, hours: histories.change_in_likes(frames.likes_frame(4), ax, hours=hours),
    "followers": lambda ax, hours: histories.follower_curves(frames.followers_frame(3), ax, hours=hours),
    "one count": lambda ax, hours: histories.count_history(frames.likes_frame(1), ax, hours=hours),
    "likes an hour": lambda ax, hours: rates.likes_per_hour(frames.gains_frame(2), ax, hours=hours),
    "uses seen": lambda ax, hours: audios.uses_seen(frames.uses_frame(3), ax, hours=hours),
    "similarity": lambda ax, hours: runs.run_similarity(frames.similarity_frame(), ax, hours=hours),
    "accumulation": lambda ax, hours: runs.accumulation_curve(frames.accumulation_frame(), ax, hours=hours),
}
TOLD = {
    "change in likes": lambda hours: histories.changes_told(frames.likes_frame(4), hours=hours),
    "followers": lambda hours: histories.followers_told(frames.followers_frame(3), hours=hours),
    "one count": lambda hours: histories.counts_told(frames.likes_frame(1), counts=("likes",), hours=hours),
    "likes an hour": lambda hours: rates.rates_told(frames.gains_frame(2), hours=hours),
    "uses seen": lambda hours: audios.uses_told(frames.uses_frame(3), hours=hours),
    "similarity": lambda hours: runs.runs_told(frames.similarity_frame(), hours),
    "accumulation": lambda hours: runs.runs_told(frames.accumulation_frame(), hours),
}


@pytest.mark.parametrize("name", DRAWN)
def test_every_axis_of_time_shades_few_gaps_and_marks_few_visits_and_its_caption_says_which(name: str) -> None:
    for hours, drawn, told in ((DENSE, GAP, "Grey is where no"), (SPARSE, VISIT, "Grey ticks are the hours")):
        _, ax = style.new_figure()
        DRAWN[name](ax, hours)
        assert [label for label in legend_of(ax) if label in {GAP, VISIT}] == [drawn]
        low, high = ((limit - START) * 24 for limit in ax.get_xlim())
        seen = [hour + 0.5 for hour in SEEN if low <= hour + 0.5 <= high]
        assert ticks(ax) == (seen if drawn == VISIT else [])
        assert TOLD[name](hours).startswith(told)


def test_on_own_clocks_each_row_has_its_own_visits() -> None:
    _, ax = style.new_figure()
    courses = [START + np.array([0.0, 1.0]), START + np.array([9.0, 11.0])]
    assert show_own_coverage(ax, SPARSE, courses)
    first, second = (c.get_segments() for c in ax.collections if isinstance(c, LineCollection))
    assert [round(s[0][0] * 24, 3) for s in first] == [hour + 0.5 for hour in SEEN if hour < 24]
    assert [round((s[0][0] + 9) * 24, 3) for s in second] == [h + 0.5 for h in SEEN if 9 * 24 <= h < 11 * 24]
    assert legend_of(ax) == [VISIT]
    assert first[0][1][1] < second[0][0][1]  # the rows do not touch
    assert gaps_told(SPARSE, courses).startswith("Grey ticks")


def test_visits_are_the_middles_of_healthy_hours() -> None:
    hours = frames.hours_frame(days=1, gaps=tuple(range(2, 24)))
    assert visits(hours, START, START + 1) == pytest.approx([START + HOUR / 2, START + 1.5 * HOUR])
    assert visits(hours, START + HOUR, START + 1) == pytest.approx([START + 1.5 * HOUR])


def test_a_sparse_calendar_colours_its_visits_alone() -> None:
    for hours, crosses in ((DENSE, 4), (SPARSE, 0)):
        _, ax = style.new_figure()
        runs.run_calendar(hours, ax)
        visited, gaps = (c for c in ax.collections if isinstance(c, PolyCollection))
        assert len(visited.get_paths()) == int(hours["healthy"].sum())
        assert len(gaps.get_paths()) == int((~hours["healthy"]).sum())
        assert sum(len(line.get_xdata()) for line in ax.lines if line.get_marker() == "x") == crosses
        assert bool(len(gaps.get_facecolor())) is bool(crosses)
        assert [text.get_text() for text in ax.get_legend().get_texts()][-1] == "gap"

"""A sparkline draws the series it is given: its points in order, its band, nothing of what is missing."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from analysis.report.sparkline import AIR, HEIGHT, MOST_POINTS, WIDTH, first_and_last, sparkline

START = pd.Timestamp("2026-03-02", tz="UTC")


def times(*hours: float) -> pd.Series:
    return pd.Series([START + pd.Timedelta(hours=hour) for hour in hours], dtype="datetime64[us, UTC]")


def counts(*values: int | None) -> pd.Series:
    return pd.Series(values, dtype="Int64")


def points(svg: str, kind: str) -> list[tuple[float, float]]:
    """Corners of the path of this class, by following its commands."""
    path = next(at for at in ElementTree.fromstring(svg).iter("path") if at.get("class") == kind)
    x = y = 0.0
    corners = []
    for command, told in re.findall(r"([MLHV])([\d. -]+)", str(path.get("d"))):
        numbers = [float(number) for number in told.split()]
        x, y = (numbers[0], y) if command == "H" else (x, numbers[0]) if command == "V" else (numbers[0], numbers[1])
        corners.append((x, y))
    return corners


def test_the_course_goes_from_the_first_to_the_last_and_up_where_it_grew() -> None:
    svg = sparkline(times(0, 1, 4), counts(10, 20, 30), told="Likes")
    course = points(svg, "course")
    assert [x for x, _ in course] == [AIR, AIR + (WIDTH - 2 * AIR) / 4, WIDTH - AIR]
    assert [y for _, y in course] == [HEIGHT - AIR, HEIGHT / 2, AIR]
    assert 'aria-label="Likes"' in svg
    assert svg.count("<circle") == 3


def test_what_grows_lies_between_the_least_before_and_the_most_after() -> None:
    svg = sparkline(times(0, 2), counts(100, 200), counts(95, 195), counts(105, 205), told="", grows=True)
    corners = points(svg, "band")
    left, right = AIR, WIDTH - AIR
    assert (left, AIR) in corners  # 205 at once
    assert (right, HEIGHT - AIR) in corners  # or still 95


def test_a_band_around_what_may_fall_follows_it() -> None:
    svg = sparkline(times(0, 2), counts(200, 100), counts(190, 90), counts(210, 110), told="")
    assert points(svg, "band") == [
        (AIR, AIR),
        (WIDTH - AIR, 56.7),
        (WIDTH - AIR, HEIGHT - AIR),
        (AIR, 15.3),
    ]


def test_without_values_nothing_is_drawn() -> None:
    svg = sparkline(times(0, 1), counts(None, None), told="nothing")
    assert "<path" not in svg
    assert "<circle" not in svg


def test_one_value_is_a_dot_in_the_middle() -> None:
    svg = sparkline(times(3), counts(7), told="")
    assert points(svg, "course") == [(WIDTH / 2, HEIGHT / 2)]


@given(st.lists(st.integers(min_value=0, max_value=10**9) | st.none(), min_size=1, max_size=400), st.booleans())
def test_any_series_stays_within_its_box_and_short(values: list[int | None], grows: bool) -> None:
    svg = sparkline(times(*range(len(values))), counts(*values), told="any", grows=grows)
    assert len(svg) < 60 * MOST_POINTS + 1000
    if any(value is not None for value in values):
        corners = points(svg, "course") + points(svg, "band")
        assert all(AIR - 0.1 <= x <= WIDTH - AIR + 0.1 and AIR - 0.1 <= y <= HEIGHT - AIR + 0.1 for x, y in corners)


def test_under_a_course_stand_its_first_and_its_last_moment_and_value() -> None:
    at, value = times(5.5, 0, 26, 30), counts(20, 1_000, 3_500_000, None)
    told = ElementTree.fromstring(str(first_and_last(at, value, lambda count: f"{count:,.0f}")))
    assert [span.text for span in told.iter("span")] == ["2 Mar 00:00: 1,000", "3 Mar 02:00: 3,500,000"]


def test_where_nothing_is_told_nothing_stands_under_it() -> None:
    assert first_and_last(times(1, 2), counts(None, None), str) is None

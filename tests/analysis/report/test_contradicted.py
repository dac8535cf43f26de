"""What the report says of sightings that those beside them contradict, and of how long a rate was seen."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from analysis.load import load
from analysis.report.answers import contradicted, growing
from analysis.report.context import Context
from analysis.report.study import Study
from analysis.terms.errors import NotEnoughData
from tests.analysis.lines_of import line, written
from tests.analysis.report.test_answers import text

Course = dict[float, int]  # hours -> likes


def context(folder: Path, *courses: Course) -> Context:
    lines: list[dict[str, Any]] = [
        line(
            number,
            run=f"r{hours}",
            hours=hours,
            likes=likes,
            scraped_at=f"2026-08-01T{14 + int(hours):02}:{round(hours % 1 * 60):02}:00.000+00:00",
        )
        for number, course in enumerate(courses)
        for hours, likes in course.items()
    ]
    return Context(Study(load(written(folder, *lines), force=True), folder))


def test_strange_sightings_are_counted_and_their_tiktoks_named(tmp_path: Path) -> None:
    made = context(tmp_path, {0: 1000, 1: 900_000, 2: 1001}, {0: 5000, 1: 0, 2: 5001}, {0: 1, 1: 2, 2: 3})
    told = text(contradicted.strange(made))
    assert "2 sightings" in told and "2 TikToks" in told
    assert "@creator0's 000000 (likes: taken back by the next)" in told
    assert "@creator1's 000001 (likes: alone between two that agree)" in told
    assert "@creator2" not in told


def test_where_none_is_strange_that_is_said_and_where_none_was_seen_twice_nothing(tmp_path: Path) -> None:
    (tmp_path / "none").mkdir()
    assert "No count of a TikTok was contradicted" in text(contradicted.strange(context(tmp_path, {0: 10, 1: 20})))
    with pytest.raises(NotEnoughData):
        contradicted.strange(context(tmp_path / "none", {0: 10}))


def test_more_than_can_be_named_are_counted(tmp_path: Path) -> None:
    told = text(contradicted.strange(context(tmp_path, *[{0: 1000, 1: 9000, 2: 1001}] * (contradicted.NAMED + 3))))
    assert "; and 3 more. No growth" in told


@pytest.mark.parametrize(("hours", "over"), [(0.5, "over 30 minutes"), (3, "over 3 hours"), (9.5, "over 9.5 hours")])
def test_a_rate_says_over_how_long_it_was_seen(tmp_path: Path, hours: float, over: str) -> None:
    told = text(growing.growth(context(tmp_path, {0: 1000, hours: 4000})))
    assert f"likes an hour, {over}" in told
    assert "(rounding, and the time between, which is known to a minute)" in told

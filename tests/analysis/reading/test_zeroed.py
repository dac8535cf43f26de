"""Counts that failed to 0, at reading: old lines are judged as the crawl judges, counted, and streamed alike."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from analysis.load import load
from analysis.reading.stream import stream
from analysis.reading.zeroed import failed
from analysis.terms.schema import SIGHTINGS_ORDER
from tests.analysis.lines_of import line, written

COUNTS = ("likes", "comments", "shares", "views", "saves")
AT = {"scraped_at": "2026-08-01T14:00:00.000+00:00"}


def counted(number: int, *counts: int | None, **fields: Any) -> dict[str, Any]:
    """A line with likes, comments, shares, views and saves."""
    steps = {f"{name}_step": None if value is None else 1 for name, value in zip(COUNTS, counts, strict=True)}
    return line(number, **dict(zip(COUNTS, counts, strict=True)), **steps, **fields)


def test_lines_of_the_crawl_that_knows_of_it_are_counted_with_those_that_did_not(tmp_path: Path) -> None:
    untold = {f"{name}_shown": "0" for name in ("likes", "shares", "views", "saves")}
    loaded = load(
        written(
            tmp_path,
            counted(0, 0, 6258, 0, 0, 0),
            counted(1, None, 24, None, None, None, **untold),
            counted(2, None, 24, None, None, None),  # the page told none of them
            counted(3, 0, 0, 0, 0, 0),
        )
    )
    assert loaded.sightings["likes"].isna().tolist() == [True, True, True, False]
    assert failed(loaded.sightings).tolist() == [True, True, False, False]
    assert loaded.report.zeroed == 2
    (told,) = [sentence for sentence in loaded.report.warnings if sentence.startswith("Counts failed to 0")]
    assert "in 2 sightings" in told


def test_a_lone_zero_between_two_that_agree_on_more_is_counted(tmp_path: Path) -> None:
    courses = {0: (500_000, 0, 500_100), 1: (3, 0, 4), 2: (0, 500, 600), 3: (500, 600, 0)}
    lines = [
        counted(number, likes, 5, 6, 7_000, 8, run=f"r{hour}", hours=hour)
        for number, course in courses.items()
        for hour, likes in enumerate(course)
    ]
    loaded = load(written(tmp_path, *lines), force=True)
    assert (loaded.report.zeroed, loaded.report.lone_zeros) == (0, 1)
    assert any("in 1 sightings that alone say 0" in sentence for sentence in loaded.report.warnings)


def test_nothing_is_said_where_nothing_failed(tmp_path: Path) -> None:
    loaded = load(written(tmp_path, counted(0, 1, 2, 3, 4, 5), counted(1, 0, 0, 0, 0, 0)))
    assert not any("failed" in sentence for sentence in loaded.report.warnings)


def mixture() -> list[dict[str, Any]]:
    """Replies of four lines, of two sessions side by side: whole ones, failed ones, one of nothing but zeros."""
    replies = [[(9, 9, 9, 9, 9)] * 4, [(0, 7, 0, 0, 0)] * 4, [(0, 0, 0, 0, 0)] * 4, [(0, 0, 0, 0, 0)] + [(1,) * 5] * 3]
    return [
        counted(100 * reply + place, *counts, scraped_at=f"2026-08-01T14:00:0{reply}.000+00:00", session=session)
        for place in range(4)
        for reply, told in enumerate(replies)
        for session in (1, 2)
        for counts in [told[place]]
        if (session, reply) != (2, 1)
    ]


@pytest.mark.parametrize("size", [1, 3_000, 1 << 20])
def test_blocks_judge_replies_as_the_whole_does_wherever_they_are_cut(tmp_path: Path, size: int) -> None:
    lines = [{**told, "id": str(int(told["id"]) + 1000 * told["session"])} for told in mixture()]
    folder = written(tmp_path, *lines)
    whole = load(folder).sightings
    parts = pd.concat(stream(folder, size=size), ignore_index=True).sort_values(
        list(SIGHTINGS_ORDER), ignore_index=True
    )
    assert_frame_equal(parts, whole)
    assert failed(whole).sum() == 4 + 2 * 4  # one failed reply, two of nothing but zeros


def test_a_reply_that_one_session_received_says_nothing_of_the_others(tmp_path: Path) -> None:
    lines = [counted(0, 0, 0, 0, 0, 0, session=1, **AT), counted(1, 0, 0, 0, 0, 0, session=2, **AT)]
    assert load(written(tmp_path, *lines)).report.zeroed == 0
    alike = [{**told, "session": 1} for told in lines]
    assert load(written(tmp_path, *alike)).report.zeroed == 2


def test_the_order_of_the_lines_makes_no_difference(tmp_path: Path) -> None:
    lines = [{**told, "id": str(int(told["id"]) + 1000 * told["session"])} for told in mixture()]
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    forth, back = load(written(tmp_path / "a", *lines)), load(written(tmp_path / "b", *lines[::-1]))
    columns = [*COUNTS, "likes_shown", "id"]
    assert_frame_equal(
        forth.sightings[columns].sort_values("id", ignore_index=True),
        back.sightings[columns].sort_values("id", ignore_index=True),
    )

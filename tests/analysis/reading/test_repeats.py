"""Repeats: within a run an id comes once; where no run is told, only what is the same in every field is a repeat."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from analysis.load import load
from analysis.reading.stream import stream
from tests.analysis.lines_of import OLD, encoded, line, written

IDS = 7126812345678901000


def of_2022(number: int, at: str, likes: int) -> dict[str, Any]:
    url = f"https://www.tiktok.com/@someone/video/{IDS + number}"
    return {**OLD, "scraped_at": at, "url": url, "likes": likes}


def machine(second: int, hours: int = 3, tiktoks: int = 40) -> list[dict[str, Any]]:
    """What one computer wrote: the same TikToks in the same hours as the others, each at seconds of its own."""
    return [
        of_2022(number, f"2022-08-01T{14 + hour}:{number // 2:02}:{30 * (number % 2) + second:02}", 100 + hour)
        for hour in range(hours)
        for number in range(tiktoks)
    ]


ORDERS = {
    "one behind the other": lambda lines: lines,
    "merged by time": lambda lines: sorted(lines, key=lambda told: told["scraped_at"]),
    "in no order": lambda lines: random.Random(3).sample(lines, len(lines)),
}


@pytest.mark.parametrize("order", ORDERS)
def test_two_computers_in_the_same_hours_lose_no_line(tmp_path: Path, order: str) -> None:
    lines = ORDERS[order](machine(5) + machine(6))
    loaded = load(written(tmp_path, *lines), naive_zone="UTC")
    assert (len(loaded.sightings), loaded.report.duplicates) == (240, 0)
    assert loaded.sightings.groupby("id").size().unique().tolist() == [6]


def test_a_tiktok_that_comes_twice_in_an_hour_is_seen_twice(tmp_path: Path) -> None:
    lines = [of_2022(1, "2022-08-01T14:00:05", 100), of_2022(1, "2022-08-01T14:20:05", 104)]
    loaded = load(written(tmp_path, *lines), naive_zone="UTC")
    assert loaded.sightings["likes"].tolist() == [100, 104]
    assert loaded.sightings["run"].nunique() == 1


def test_a_file_copied_into_itself_is_told_once(tmp_path: Path) -> None:
    lines = machine(5)
    loaded = load(written(tmp_path, *lines, *lines, *lines[:7]), naive_zone="UTC")
    assert (len(loaded.sightings), loaded.report.duplicates) == (120, 127)
    assert any("127 lines tell of a TikTok" in told for told in loaded.report.warnings)


def test_a_line_that_differs_in_one_count_is_no_repeat(tmp_path: Path) -> None:
    once = of_2022(1, "2022-08-01T14:00:05", 100)
    changed = [{**once, "comments": 457}, {**once, "user_followers": None}, {**once, "audio": "another"}]
    assert len(load(written(tmp_path, once, *changed, once), naive_zone="UTC").sightings) == 4


def test_where_a_run_is_told_an_id_comes_once_whatever_else_the_line_says(tmp_path: Path) -> None:
    lines = [line(1, likes=10), line(1, likes=11), line(1, run="r2", likes=12), line(1, run="r2", likes=12)]
    loaded = load(written(tmp_path, *lines))
    assert (loaded.sightings["likes"].tolist(), loaded.report.duplicates) == ([10, 12], 2)


@pytest.mark.parametrize("size", [1, 2_000, 1 << 20])
def test_streaming_leaves_out_the_same(tmp_path: Path, size: int) -> None:
    few = {"hours": 2, "tiktoks": 6}
    lines = [*machine(5, **few), *machine(6, **few), *machine(5, **few)[:7], line(1), line(1, likes=3), line(2)]
    folder = written(tmp_path, encoded(*lines))
    expected = load(folder, naive_zone="UTC").sightings
    found = pd.concat(stream(folder, naive_zone="UTC", size=size))
    assert sorted(found["line_from"].tolist()) == sorted(expected["line_from"].tolist())
    assert len(expected) == 26

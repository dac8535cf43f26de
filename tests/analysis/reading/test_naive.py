"""Local times: placed in the zone named, and what no zone can place is counted."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pandas as pd

from analysis.load import load
from analysis.reading.naive import placed
from tests.analysis.lines_of import OLD, written

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def local(*times: str) -> pd.Series:
    return pd.Series(pd.to_datetime(list(times))).astype("datetime64[us]")


def test_every_hour_of_a_year_is_placed_as_python_places_it() -> None:
    hours = [datetime(2022, 1, 1) + timedelta(hours=number) for number in range(0, 365 * 24, 7)]  # noqa: DTZ001
    found = placed(pd.Series(hours).astype("datetime64[us]"), AMSTERDAM)
    assert found.utc.tolist() == [pd.Timestamp(hour.replace(tzinfo=AMSTERDAM)).tz_convert("UTC") for hour in hours]
    assert found.run.tolist() == [f"{hour:%Y-%m-%dT%H}" for hour in hours]


def test_an_hour_that_comes_twice_is_told_apart_by_the_order_of_the_file() -> None:
    times = ("2022-10-30T01:59:00", "2022-10-30T02:00:05", "2022-10-30T02:06:00", "2022-10-30T02:00:04")
    found = placed(local(*times, "2022-10-30T02:06:30", "2022-10-30T03:00:00"), AMSTERDAM)
    assert found.utc.dt.strftime("%H:%M").tolist() == ["23:59", "00:00", "00:06", "01:00", "01:06", "02:00"]
    assert found.run.str.slice(11).tolist() == ["01", "02", "02", "02b", "02b", "03"]
    assert (found.ambiguous, found.nonexistent) == (4, 0)


def test_an_hour_that_comes_twice_and_was_crawled_once_is_taken_as_the_first_and_counted(tmp_path: Path) -> None:
    times = ("2022-10-30T02:00:05", "2022-10-30T02:00:04", "2022-10-30T02:06:00")
    lines = [{**OLD, "scraped_at": time, "url": f"{OLD['url'][:-1]}{number}"} for number, time in enumerate(times)]
    loaded = load(written(tmp_path, *lines), naive_zone="Europe/Amsterdam")
    assert loaded.sightings["scraped_at"].dt.hour.tolist() == [0, 0, 0]
    assert loaded.report.ambiguous == 3
    assert any("comes twice" in warning for warning in loaded.report.warnings)


def test_an_hour_that_never_came_is_moved_to_its_end_and_counted(tmp_path: Path) -> None:
    loaded = load(written(tmp_path, {**OLD, "scraped_at": "2023-03-26T02:30:00"}), naive_zone="Europe/Amsterdam")
    assert loaded.sightings["scraped_at"].tolist() == [pd.Timestamp("2023-03-26T01:00:00Z")]
    assert loaded.report.nonexistent == 1
    assert any("never came" in warning for warning in loaded.report.warnings)

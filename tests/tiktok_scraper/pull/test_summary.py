"""What a pull tells at its end."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tiktok_scraper.pull.pull import Pulled
from tiktok_scraper.pull.summary import summary

NOW = datetime(2026, 11, 29, 16, 27, tzinfo=UTC)


def told(**last: object) -> str:
    return summary(Pulled("rsync", last=last or None), "home", NOW)[-1]


@pytest.mark.parametrize(
    ("at", "ago"),
    [
        ("2026-11-29T16:03:10.000+00:00", "23 minutes"),
        ("2026-11-29T11:27:00+00:00", "5 hours"),
        ("2026-11-20", "9 days"),
    ],
)
def test_how_long_ago_the_last_run_was_is_told(at: str, ago: str) -> None:
    assert f"ended (fit) {at[:10]}" in (line := told(event="end", verdict="fit", at=at))
    assert f"UTC, {ago} ago." in line


def test_an_hourly_job_that_stands_still_is_told() -> None:
    late = {"event": "start", "at": "2026-11-29T11:00:00+00:00"}
    assert "stands still or waits" in told(**late, scheduled="2026-11-29T11:00:00+00:00")
    assert "stands still" not in told(**late, scheduled=None)
    assert "stands still" not in told(event="start", at="2026-11-29T16:00:00+00:00", scheduled="16:00")


def test_a_record_that_tells_no_time_is_no_fault() -> None:
    assert told() == "home: nothing new."
    assert told(event="end", at=None) == "home: nothing new."

"""The job waits after three walls in a row: 2, 4, 8, 16, then 24 hours, each from the start of the last run."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tiktok_scraper.runs.hours.waiting import wait_until, waits

NOON = datetime(2026, 8, 1, 12, tzinfo=UTC)


def runs(*reasons: str) -> list[dict[str, object]]:
    """Hourly runs that ended so, two minutes each; the last began at noon."""
    records: list[dict[str, object]] = []
    for back, reason in zip(range(len(reasons) - 1, -1, -1), reasons, strict=True):
        began = NOON - timedelta(hours=back)
        records.append({"event": "start", "run": str(back), "at": began.isoformat()})
        if reason != "killed":
            ended = (began + timedelta(minutes=2)).isoformat()
            records.append({"event": "end", "run": str(back), "at": ended, "reason": reason})
    return records


@pytest.mark.parametrize(("walls", "hours"), [(3, 2), (4, 4), (5, 8), (6, 16), (7, 24), (8, 24), (3_000, 24)])
def test_the_wait_doubles_up_to_a_day(walls: int, hours: int) -> None:
    assert wait_until(runs(*["captcha"] * walls)) == (NOON + timedelta(hours=hours), walls)


@pytest.mark.parametrize("wall", ["captcha", "captcha-v1", "login-wall", "waf", "refused", "region", "status-10000"])
def test_each_wall_counts_and_two_are_not_enough(wall: str) -> None:
    assert wait_until(runs("limit", wall, wall)) is None
    assert wait_until(runs("limit", "waf", "captcha", wall)) is not None


def test_a_run_that_met_none_ends_the_row_and_one_that_was_cut_short_does_not() -> None:
    assert wait_until(runs("captcha", "captcha", "captcha", "limit")) is None
    assert wait_until(runs("captcha", "captcha", "feed-ended", "captcha")) is None
    found = wait_until(runs("captcha", "stopped", "captcha", "killed", "captcha"))
    assert found is not None and found[1] == 3


def test_no_runs_no_wait() -> None:
    assert wait_until([]) is None


@pytest.mark.parametrize(("minutes", "crawls"), [(60, False), (114, False), (119, True), (121, True)])
def test_the_hour_that_ends_the_wait_is_not_missed_by_some_seconds(minutes: int, crawls: bool) -> None:
    why = waits(runs("captcha", "captcha", "captcha"), NOON + timedelta(minutes=minutes))
    assert why == (
        None if crawls else "3 runs in a row met a wall, so the next one is due from 2026-08-01T14:00:00Z on"
    )

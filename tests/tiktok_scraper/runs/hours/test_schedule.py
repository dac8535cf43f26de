"""When the job was due, by crontab lines as they are written, also on the days a clock is changed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tiktok_scraper.errors import BadSetting
from tiktok_scraper.runs.hours.schedule import due, expressions, last_due, local_zone

JOB = Path("/home/you/tiktok_scraper/tiktok_scraper.cron")
BERLIN = ZoneInfo("Europe/Berlin")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def test_only_lines_that_run_this_job_have_a_say(tmp_path: Path) -> None:
    lines = f"""# 1 * * * * '{JOB}'
MAILTO=you@example.org
5 * * * * '{JOB}' -a limit=5
@daily '{JOB}'
@reboot '{JOB}'
0 3 * * * '/home/you/another/tiktok_scraper.cron'
7 7 * * * backup
"""
    assert expressions(lines.encode(), JOB) == ["5 * * * *", "0 0 * * *"]


def test_an_hourly_job_is_due_in_both_hours_of_the_night_that_a_clock_goes_back() -> None:
    found = due(["30 * * * *"], at("2026-10-24T23:00:00+00:00"), at("2026-10-25T02:30:00+00:00"), BERLIN)
    assert [moment.isoformat()[11:16] for moment in found] == ["23:30", "00:30", "01:30", "02:30"]


def test_a_job_of_a_time_that_is_skipped_in_spring_is_due_right_after_it() -> None:
    found = due(["30 2 * * *"], at("2026-03-28T12:00:00+00:00"), at("2026-03-30T12:00:00+00:00"), BERLIN)
    assert found == [at("2026-03-29T01:00:00+00:00"), at("2026-03-30T00:30:00+00:00")]


def test_two_lines_of_one_time_are_due_once() -> None:
    found = due(["0 * * * *", "0 */2 * * *"], at("2026-08-01T00:30:00+00:00"), at("2026-08-01T02:00:00+00:00"), UTC)
    assert found == [at("2026-08-01T01:00:00+00:00"), at("2026-08-01T02:00:00+00:00")]


@given(st.integers(0, 365 * 24 * 3600), st.integers(1, 200))
def test_an_hourly_job_is_due_once_for_each_full_hour_that_began(start: int, hours: int) -> None:
    after = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=start)
    found = due(["0 * * * *"], after, after + timedelta(hours=hours), UTC)
    # Any span of whole hours holds as many full hours, whatever it begins with.
    assert len(found) == hours
    assert all((moment.minute, moment.second) == (0, 0) for moment in found)
    assert all(later - moment == timedelta(hours=1) for moment, later in pairwise(found))
    assert after < found[0] <= after + timedelta(hours=1)


def test_the_last_time_due_is_now_or_before() -> None:
    assert last_due(["0 * * * *"], at("2026-08-01T12:37:10+00:00"), UTC) == at("2026-08-01T12:00:00+00:00")
    assert last_due(["0 * * * *"], at("2026-08-01T12:00:00+00:00"), UTC) == at("2026-08-01T12:00:00+00:00")
    assert last_due([], at("2026-08-01T12:00:00+00:00"), UTC) is None


def test_what_is_no_schedule_is_named() -> None:
    with pytest.raises(BadSetting, match=r"'61 \* \* \* \*' can't be read"):
        due(["61 * * * *"], at("2026-08-01T12:00:00+00:00"), at("2026-08-02T12:00:00+00:00"), UTC)


def test_the_zone_is_the_environments_else_the_machines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    assert datetime(2026, 1, 1, tzinfo=local_zone()).utcoffset() == timedelta(hours=9)
    monkeypatch.setenv("TZ", "Nowhere/At_All")
    assert local_zone() is UTC

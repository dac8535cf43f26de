"""A timer's schedule is a crontab's only where both say the same times; systemd itself is asked which those are."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from datetime import UTC, datetime, timedelta

import pytest

from tiktok_scraper.errors import BadSetting
from tiktok_scraper.runs.hours.on_calendar import read_calendars
from tiktok_scraper.runs.hours.schedule import due
from tools.hourly.units import TIMER_TEXT, calendars

SAME = [
    *("hourly", "daily", "weekly", "monthly", "quarterly", "semiannually", "yearly", "minutely"),
    *("*-*-* *:00:00 UTC", "*:05", "*:0/15", "*:5/20:00", "0/6:30", "8..20:10", "8..20/4:10", "0/2:00", "4,16:07:00"),
    *("Mon..Fri 06:00", "Sat,Sun *-*-* 7:15", "Monday 12:00", "*-*-01 00:00:00", "*-01..03-15 06:00 UTC"),
]


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="needs systemd-analyze, of the package systemd")
@pytest.mark.parametrize("told", SAME)
def test_five_fields_say_the_times_that_systemd_says(told: str) -> None:
    began, ends = datetime(2026, 1, 1, 0, 0, 30, tzinfo=UTC), datetime(2027, 6, 1, tzinfo=UTC)
    words = ["systemd-analyze", "calendar", "--base-time=2026-01-01 00:00:30 UTC", "--iterations=5", told]
    said = subprocess.run(
        words, env={**os.environ, "TZ": "UTC", "LC_ALL": "C"}, capture_output=True, text=True, check=True
    ).stdout
    stamps = re.findall(r"(?:elapse|Iter[^:]*): \w+ (\S+ \S+) UTC", said)
    expected = [datetime.fromisoformat(stamp).replace(tzinfo=UTC) for stamp in stamps]
    assert len(expected) == 5
    (fields,), zone = read_calendars([told])
    assert zone is (UTC if told.endswith("UTC") else None)
    until = min(ends, expected[-1])
    assert due([fields], began, until, UTC) == [moment for moment in expected if moment <= until]


@pytest.mark.parametrize(
    "told",
    [
        *("*:0/0:30", "*:00:10", "2026-*-* *:00", "*:00 Europe/Berlin", "Mon *-*-01 06:00", "*-*~01 06:00", "reboot"),
        *("", "0/6", "*:a", "*/2:00"),
    ],
)
def test_what_five_fields_can_not_say_names_the_setting(told: str) -> None:
    with pytest.raises(BadSetting, match="TIKTOK_SCHEDULE"):
        read_calendars([told])


def test_two_zones_are_no_schedule() -> None:
    with pytest.raises(BadSetting):
        read_calendars(["hourly", "*:00 UTC"])


def test_the_timer_that_is_written_fires_in_each_hour_of_the_night_that_a_clock_goes_back() -> None:
    """systemd's own "hourly" does not."""
    (told,) = calendars([TIMER_TEXT])
    (fields,), zone = read_calendars([told])
    night = datetime(2026, 10, 24, 22, 30, tzinfo=UTC)
    assert len(due([fields], night, night + timedelta(hours=5), zone)) == 5

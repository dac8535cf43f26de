"""The calendar: a mark an hour, how many were fit, and what to do."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tiktok_scraper.runs.calendar import calendar, mark
from tiktok_scraper.runs.table import table

NOW = datetime(2026, 8, 2, 3, 30, tzinfo=UTC)


def run(name: str, hour: str, **end: Any) -> list[dict[str, Any]]:
    began = {"event": "start", "run": name, "at": f"2026-08-{hour}:05+00:00", "scheduled": f"2026-08-{hour}:00Z"}
    return [began, {"event": "end", "run": name, "at": f"2026-08-{hour}:55+00:00", **end}] if end else [began]


def test_each_hour_has_the_mark_of_what_became_of_it() -> None:
    records = [
        *run("a", "01T20:00", reason="limit", verdict="fit"),
        *run("b", "01T21:00", reason="captcha", verdict="unfit"),
        {"event": "skipped", "scheduled": "2026-08-01T22:00:00Z", "at": "2026-08-02T01:00:04Z", "reason": "off"},
        {"event": "skipped", "scheduled": "2026-08-01T23:00:00Z", "at": "2026-08-02T01:00:04Z", "reason": "not-fired"},
        {"event": "skipped", "scheduled": "2026-08-02T00:00:00Z", "at": "2026-08-02T01:00:04Z", "reason": "lock-held"},
        *run("c", "02T01:00"),
        *run("d", "02T02:00", reason="feed-ended", verdict="unfit"),
        {"event": "skipped", "scheduled": "2026-08-02T03:00:00Z", "at": "2026-08-02T03:00:04Z", "reason": "backed-off"},
    ]
    lines = calendar(records, NOW).splitlines()
    assert lines[0] == "UTC         00    06    12    18"
    assert lines[1] == "2026-08-01  ....................#xon"
    assert lines[2] == "2026-08-02  lk+b"
    assert lines[4] == "1 of 8 hours that are told of were fit for use (12%) in 2 days"
    assert any(line.startswith("  k    1  killed") and "cron.log" in line for line in lines)


def test_a_new_generation_of_the_file_is_no_run() -> None:
    runs = run("a", "02T02:00", reason="limit", verdict="fit")
    new = {"event": "generation", "run": None, "at": "2026-08-02T01:00:00Z", "generation": 2, "reason": "forget"}
    assert calendar([*runs, new], NOW) == calendar(runs, NOW)
    assert table([*runs, new]) == table(runs)


def test_a_run_that_still_goes_is_not_called_killed() -> None:
    lines = calendar(run("a", "02T03:00"), NOW, goes=lambda _: True).splitlines()
    assert lines[1] == "2026-08-02  ...>"


def test_an_hour_of_several_runs_has_the_best_mark() -> None:
    bad, good = run("a", "02T03:00", reason="refused", verdict="unfit"), run("b", "02T03:00", reason="x", verdict="fit")
    for records in ([*bad, *good], [*good, *bad]):
        assert calendar(records, NOW).splitlines()[1] == "2026-08-02  ...#"


def test_only_the_last_days_are_shown_and_none_before_the_first_record() -> None:
    records = [
        {"event": "skipped", "at": (NOW - timedelta(days=back)).isoformat(), "reason": "off"} for back in (0, 13, 14)
    ]
    days = [line for line in calendar(records, NOW).splitlines() if line.startswith("2026-")]
    assert len(days) == 14 and days[0].startswith("2026-07-20")
    assert sum(line.count("o") for line in days) == 2


def test_where_nothing_was_there_is_no_calendar() -> None:
    assert calendar([], NOW) == ""


@pytest.mark.parametrize(
    ("record", "sign"),
    [
        ({"event": "end", "reason": "could-not-write", "verdict": "unfit"}, "s"),
        ({"event": "skipped", "reason": "could-not-start"}, "s"),
        ({"event": "end", "reason": "empty-reply", "verdict": "unfit"}, "x"),
        ({"event": "end", "reason": "captcha", "verdict": "fit"}, "#"),
        ({"event": "killed", "reason": "killed"}, "k"),
    ],
)
def test_an_end_has_its_mark(record: dict[str, Any], sign: str) -> None:
    assert mark(record) == sign

"""Each hour that was due has one word, by what the record and the job's notes tell of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tiktok_scraper.runs.hours.account import Known, killed, since, skipped, told_moment
from tiktok_scraper.runs.hours.attempts import BEGINS, COULD_NOT_START, LOCK_HELD, SCHEDULED, UNSCHEDULED, Attempt

NIGHT = datetime(2026, 8, 1, tzinfo=UTC)


def hours(*numbers: int) -> list[datetime]:
    return [NIGHT + timedelta(hours=number) for number in numbers]


def start(hour: int, **more: Any) -> dict[str, Any]:
    return {"event": "start", "run": f"r{hour}", "scheduled": told_moment(hours(hour)[0]), **more}


def words(known: Known, due: list[datetime]) -> dict[int, str]:
    return {datetime.fromisoformat(of["scheduled"]).hour: of["reason"] for of in skipped(known, due)}


def test_an_hour_has_the_word_of_what_is_known_of_it() -> None:
    notes = [
        Attempt(NIGHT + timedelta(hours=2, seconds=3), COULD_NOT_START, "there is no python"),
        Attempt(NIGHT + timedelta(hours=3, seconds=61), LOCK_HELD, "another start holds the lock"),
        Attempt(NIGHT + timedelta(hours=4, seconds=2), BEGINS),
        Attempt(NIGHT + timedelta(hours=8, seconds=2), BEGINS),
    ]
    known = Known([start(1)], notes, booted=NIGHT + timedelta(hours=6, minutes=30))
    assert words(known, hours(1, 2, 3, 4, 5, 6, 7, 8)) == {
        2: "could-not-start",
        3: "lock-held",
        4: "could-not-start",
        5: "off",
        6: "off",
        7: "not-fired",
    }
    assert next(skipped(known, hours(2, 3)))["said"] == "there is no python"


def test_hours_between_uncron_and_cron_were_not_due() -> None:
    notes = [
        Attempt(NIGHT + timedelta(hours=2, minutes=30), UNSCHEDULED),
        Attempt(NIGHT + timedelta(hours=5, minutes=30), SCHEDULED),
    ]
    assert words(Known([start(1)], notes), hours(1, 2, 3, 4, 5, 6, 7)) == {2: "not-fired", 6: "not-fired"}


def test_where_no_job_has_run_yet_no_hour_was_missed() -> None:
    by_hand = {"event": "start", "run": "r", "at": "2026-07-01T00:00:00Z", "scheduled": None}
    assert since(Known([by_hand])) is None


def test_hours_are_told_from_the_last_one_told_on() -> None:
    assert since(Known([start(3), {"event": "skipped", "scheduled": told_moment(hours(5)[0])}])) == hours(5)[0]
    assert since(Known([], [Attempt(NIGHT, COULD_NOT_START)])) == NIGHT


@given(st.sets(st.integers(0, 23)), st.lists(st.tuples(st.integers(0, 23), st.sampled_from([BEGINS, LOCK_HELD]))))
def test_every_hour_before_the_present_one_is_served_or_told_once(ran: set[int], noted: list[tuple[int, str]]) -> None:
    notes = [Attempt(NIGHT + timedelta(hours=hour, seconds=2), what) for hour, what in noted]
    told = list(words(Known([*map(start, ran)], notes), hours(*range(24))))
    assert sorted([*told, *(ran - {23})]) == list(range(23))


def test_a_run_without_an_end_whose_process_is_gone_was_killed() -> None:
    records = [
        start(1, process={"pid": 1}),
        {"event": "end", "run": "r1"},
        start(2, process={"pid": 2}),
        start(3, process={"pid": 3}),
        start(4),
        {"event": "killed", "run": "r4"},
    ]

    def goes(process: Mapping[str, Any] | None) -> bool:
        return bool(process) and process["pid"] == 3  # type: ignore[index]

    assert killed(records, goes) == ["r2"]

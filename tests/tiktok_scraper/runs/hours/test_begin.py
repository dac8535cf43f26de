"""What a run of the job writes before it crawls, into a folder as a user has it."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from scrapy.settings import Settings

from tiktok_scraper import settings as project
from tiktok_scraper.errors import NotLines
from tiktok_scraper.runs.hours.begin import Place, begin
from tiktok_scraper.runs.process import this_process
from tiktok_scraper.runs.record import HOUR
from tools.hourly.crontab import CrontabError

NOW = datetime(2026, 8, 1, 12, 0, 2, tzinfo=UTC)


@pytest.fixture(autouse=True)
def in_utc(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "UTC")
    monkeypatch.setenv(HOUR, "")  # begin() sets it; this takes it back afterwards


def settings(folder: Path, **more: Any) -> Settings:
    found = Settings()
    found.setmodule(project)
    found.setdict({"TIKTOK_DATA_DIR": str(folder), **more}, priority="cmdline")
    return found


def place(folder: Path) -> Place:
    job = folder / "tiktok_scraper.cron"
    return Place(job, f"0 * * * * '{job}'\n".encode)


def keep(folder: Path, *records: dict[str, Any]) -> None:
    (folder / "runs.jsonlines").write_text("".join(json.dumps(record) + "\n" for record in records))


def added(folder: Path, before: int) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / "runs.jsonlines").read_text().splitlines()[before:]]


def walled(hours_ago: int) -> list[dict[str, Any]]:
    at = (NOW - timedelta(hours=hours_ago)).isoformat()
    run = f"r{hours_ago}"
    scheduled = (NOW - timedelta(hours=hours_ago, seconds=2)).isoformat()
    return [
        {"event": "start", "run": run, "at": at, "scheduled": scheduled},
        {"event": "end", "run": run, "at": at, "reason": "captcha", "verdict": "unfit"},
    ]


def test_the_first_run_has_its_hour_and_nothing_to_tell(tmp_path: Path) -> None:
    assert begin(settings(tmp_path), place(tmp_path), NOW) is None
    assert not (tmp_path / "runs.jsonlines").exists()
    assert os.environ[HOUR] == "2026-08-01T12:00:00Z"


def test_hours_between_and_a_killed_run_have_their_lines(tmp_path: Path) -> None:
    gone = {**this_process(), "boot": "another"}
    keep(tmp_path, {"event": "start", "run": "r", "scheduled": "2026-08-01T09:00:00Z", "process": gone})
    assert begin(settings(tmp_path), place(tmp_path), NOW) is None
    told = added(tmp_path, 1)
    assert [(line["event"], line.get("scheduled"), line["run"]) for line in told] == [
        ("skipped", "2026-08-01T10:00:00Z", None),
        ("skipped", "2026-08-01T11:00:00Z", None),
        ("killed", None, "r"),
    ]
    assert {line["schema"] for line in told} == {2}
    assert begin(settings(tmp_path), place(tmp_path), NOW) is None
    assert len(added(tmp_path, 4)) == 0, "told once"


def test_after_three_walls_the_hour_is_recorded_as_backed_off(tmp_path: Path) -> None:
    keep(tmp_path, *walled(3), *walled(2), *walled(1))
    why = begin(settings(tmp_path), place(tmp_path), NOW)
    assert why is not None and "3 runs in a row" in why
    (line,) = added(tmp_path, 6)
    assert (line["event"], line["reason"], line["scheduled"]) == ("skipped", "backed-off", "2026-08-01T12:00:00Z")
    assert begin(settings(tmp_path), place(tmp_path), NOW + timedelta(hours=1)) is None, "two hours are over"


def test_who_wants_no_waiting_has_none(tmp_path: Path) -> None:
    keep(tmp_path, *walled(3), *walled(2), *walled(1))
    assert begin(settings(tmp_path, TIKTOK_BACK_OFF="False"), place(tmp_path), NOW) is None


def test_a_schedule_that_no_crontab_tells_is_a_setting(tmp_path: Path) -> None:
    keep(tmp_path, {"event": "start", "run": "r", "scheduled": "2026-08-01T11:00:00Z"}, {"event": "end", "run": "r"})

    def broken() -> bytes:
        raise CrontabError("there is no crontab command")

    nowhere = Place(tmp_path / "tiktok_scraper.cron", broken)
    assert begin(settings(tmp_path, TIKTOK_SCHEDULE="*/15 * * * *"), nowhere, NOW) is None
    assert [line["scheduled"][11:16] for line in added(tmp_path, 2)] == ["11:15", "11:30", "11:45"]


def test_a_crontab_that_can_not_be_read_keeps_nobody_from_crawling(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    def broken() -> bytes:
        raise CrontabError("there is no crontab command")

    assert begin(settings(tmp_path), Place(tmp_path / "tiktok_scraper.cron", broken), NOW) is None
    assert "Which hours are due is not known: there is no crontab command" in caplog.text


def test_a_record_of_another_kind_ends_it(tmp_path: Path) -> None:
    (tmp_path / "runs.jsonlines").write_bytes(b"\x1f\x8b" + bytes(40))
    with pytest.raises(NotLines):
        begin(settings(tmp_path), place(tmp_path), NOW)


def test_a_timers_hours_are_told_as_a_crontabs_are(tmp_path: Path) -> None:
    keep(tmp_path, {"event": "start", "run": "r", "scheduled": "2026-08-01T09:30:00Z"}, {"event": "end", "run": "r"})
    job = tmp_path / "tiktok_scraper.cron"
    timed = Place(job, bytes, lambda asked: ["*:30 UTC"] if asked == job else [])
    assert begin(settings(tmp_path), timed, NOW) is None
    assert [line["scheduled"][11:16] for line in added(tmp_path, 2)] == ["10:30"]
    assert os.environ[HOUR] == "2026-08-01T11:30:00Z"


def test_a_timer_that_five_fields_can_not_say_keeps_nobody_from_crawling(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    timed = Place(tmp_path / "tiktok_scraper.cron", bytes, lambda _: ["*:0/0:30"])
    assert begin(settings(tmp_path), timed, NOW) is None
    assert "TIKTOK_SCHEDULE" in caplog.text

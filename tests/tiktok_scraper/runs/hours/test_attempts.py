"""The job's notes, with what a killed shell or a full disk may leave of them."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from tiktok_scraper.runs.hours.attempts import Attempt, read_attempts


def test_whole_notes_are_read_and_all_else_is_passed_over(tmp_path: Path) -> None:
    notes = tmp_path / "attempts"
    notes.write_bytes(
        b"2026-08-01T12:00:03Z\tbegins\t\n"
        b"2026-08-01T13:00:0\n"
        b"\xff\xfe\x00\n"
        b"2026-08-01T14:00:03Z\tdanced\t\n"
        b"2026-08-01T15:00:03Z\tcould-not-start\tthere is no /x y/.venv/bin/python: run make setup\n"
        b"2026-08-01T16:00:03Z\tlock-held"
    )
    assert read_attempts(notes) == [
        Attempt(datetime(2026, 8, 1, 12, 0, 3, tzinfo=UTC), "begins"),
        Attempt(
            datetime(2026, 8, 1, 15, 0, 3, tzinfo=UTC),
            "could-not-start",
            "there is no /x y/.venv/bin/python: run make setup",
        ),
        Attempt(datetime(2026, 8, 1, 16, 0, 3, tzinfo=UTC), "lock-held"),
    ]


def test_no_notes_are_none(tmp_path: Path) -> None:
    assert read_attempts(tmp_path / "attempts") == []

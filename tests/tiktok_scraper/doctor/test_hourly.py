"""The hourly line: there or not, and what is wrong with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tiktok_scraper.doctor.hourly import hourly
from tools.hourly.crontab import CrontabError
from tools.hourly.line import Checkout


@pytest.fixture
def job(tmp_path: Path) -> Path:
    """A job in a checkout with an environment."""
    python = tmp_path / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    for path in (python, tmp_path / "tiktok_scraper.cron"):
        path.write_text("#!/bin/sh\n")
        path.chmod(0o755)
    return tmp_path / "tiktok_scraper.cron"


def levels(job: Path, crontab: bytes) -> list[str]:
    return [finding.level for finding in hourly(job, lambda: crontab)]


@pytest.fixture(autouse=True)
def ordinary(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.geteuid", lambda: 1000)


def ours(job: Path, schedule: str = "0 * * * *") -> bytes:
    return schedule.encode() + b" " + Checkout(job).command() + b"\n"


def test_no_line_is_no_fault(job: Path) -> None:
    (found,) = hourly(job, lambda: b"5 4 * * * /bin/true\n")
    assert (found.level, "make cron" in found.told) == ("ok", True)


def test_a_good_line_is_shown(job: Path) -> None:
    (found,) = hourly(job, lambda: b"MAILTO=me\n" + ours(job))
    assert found.level == "ok"
    assert found.told == ours(job).decode().strip()


def test_a_line_without_its_fields_is_a_failure(job: Path) -> None:
    assert levels(job, ours(job, "0 *")) == ["failure"]
    assert levels(job, b"# " + ours(job)) == ["ok"], "a comment is no line"


def test_what_a_line_leans_on_is_looked_at(job: Path) -> None:
    job.chmod(0o644)
    (job.parent / ".venv/bin/python").unlink()
    assert levels(job, ours(job)) == ["failure", "failure", "ok"]


def test_two_lines_and_one_of_a_checkout_that_was_moved_are_warnings(job: Path) -> None:
    gone = b"0 * * * * '/no/where/tiktok_scraper.cron'\n"
    assert levels(job, gone + ours(job) + ours(job)) == ["warning", "warning"]


def test_root_is_told_that_its_runs_will_be_refused(job: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.geteuid", lambda: 0)
    assert levels(job, ours(job)) == ["warning", "ok"]


def test_a_crontab_that_cannot_be_read_is_a_warning(job: Path) -> None:
    def read() -> bytes:
        raise CrontabError("no such command")

    (found,) = hourly(job, read)
    assert (found.level, found.told) == ("warning", "no such command")


def test_a_timer_in_the_crontabs_place_is_told_with_its_schedule(job: Path) -> None:
    *_, found = hourly(job, lambda: b"", lambda _: ["*-*-* *:00:00 UTC"])
    assert (found.level, found.told) == ("ok", "none, but a systemd timer: OnCalendar=*-*-* *:00:00 UTC")

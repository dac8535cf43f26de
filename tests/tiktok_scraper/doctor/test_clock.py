"""A clock that can't be right is told, without asking anybody."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tiktok_scraper.doctor.clock import clock
from tiktok_scraper.doctor.findings import Finding

NOW = datetime(2027, 3, 1, 12, 0, tzinfo=UTC).timestamp()


def look(tmp_path: Path, begin: float = NOW, jump: float = 0.0, zone: str = "Asia/Tokyo") -> list[Finding]:
    wall = begin
    count = 5.0

    def sleep(seconds: float) -> None:
        nonlocal wall, count
        wall, count = wall + seconds + jump, count + seconds

    return list(clock(zone, tmp_path / "runs.jsonlines", lambda: wall, lambda: count, sleep))


def test_a_good_clock_is_told_with_the_zones(tmp_path: Path) -> None:
    (found,) = look(tmp_path)
    assert found.level == "ok"
    assert "2027-03-01 12:00:00 UTC" in found.told
    assert "21:00 (Asia/Tokyo)" in found.told


@pytest.mark.parametrize("year", [1970, 2025, 2050])
def test_a_year_that_cannot_be_is_a_failure(tmp_path: Path, year: int) -> None:
    (found,) = look(tmp_path, datetime(year, 6, 1, tzinfo=UTC).timestamp())
    assert (found.level, str(year) in found.told) == ("failure", True)


def test_a_file_of_the_future_tells_that_the_clock_went_back(tmp_path: Path) -> None:
    runs = tmp_path / "runs.jsonlines"
    runs.write_text("")
    os.utime(runs, (NOW - 60, NOW - 60))
    assert [finding.level for finding in look(tmp_path)] == ["ok"]
    os.utime(runs, (NOW + 3600, NOW + 3600))
    (found,) = look(tmp_path)
    assert (found.level, "yet to come" in found.told) == ("failure", True)


@pytest.mark.parametrize("jump", [-5.0, 5.0])
def test_a_clock_that_is_being_set_is_a_warning(tmp_path: Path, jump: float) -> None:
    (found,) = look(tmp_path, jump=jump)
    assert found.level == "warning"

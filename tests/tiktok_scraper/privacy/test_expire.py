"""Expiry: exactly what is older goes, by the time each line tells."""

from __future__ import annotations

import json
import os
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.tiktok_scraper.privacy.people import a_line, of_2022, read, write
from tiktok_scraper.errors import BadSetting
from tiktok_scraper.privacy.expire import cutoff, expire
from tiktok_scraper.privacy.folder import Folder

NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)
BEFORE = datetime(2026, 6, 1, tzinfo=UTC)
LINES = "tiktoks.jsonlines"


@pytest.mark.parametrize(
    ("told", "moment"),
    [
        ("180d", NOW - timedelta(days=180)),
        ("26 weeks", NOW - timedelta(weeks=26)),
        ("48h", NOW - timedelta(hours=48)),
        ("2026-06-01", BEFORE),
        ("2026-06-01T02:00+02:00", BEFORE),
    ],
)
def test_an_age_or_a_date(told: str, moment: datetime) -> None:
    assert cutoff(told, NOW) == moment


@pytest.mark.parametrize("told", ["", "180", "soon", "2026-13-01", "2027-01-01", "-3d"])
def test_what_is_neither_is_refused(told: str) -> None:
    with pytest.raises(BadSetting, match="--older-than"):
        cutoff(told, NOW)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.integers(-3000, 3000), max_size=20))
def test_exactly_the_newer_stay_byte_for_byte(hours: list[int]) -> None:
    with tempfile.TemporaryDirectory() as place:
        data = Path(place)
        times = [BEFORE + timedelta(hours=n) for n in hours]
        raw = [json.dumps({"scraped_at": at.isoformat(), "n": n}) + "\n" for n, at in enumerate(times)]
        (data / LINES).write_text("".join(raw))
        done = expire(Folder.at(data), BEFORE)
        assert (data / LINES).read_text() == "".join(raw[n] for n, hour in enumerate(hours) if hour >= 0)
        assert done.files[LINES] == sum(hour < 0 for hour in hours)


def test_local_times_are_read_in_the_zone_that_is_told(tmp_path: Path) -> None:
    line = of_2022(1) | {"scraped_at": "2026-06-01T01:00:00"}
    for zone, stays in ((UTC, True), (ZoneInfo("Europe/Berlin"), False), (ZoneInfo("America/New_York"), True)):
        write(tmp_path / LINES, [line])
        expire(Folder.at(tmp_path), BEFORE, zone)
        assert bool(read(tmp_path / LINES)) is stays


def test_everything_else_goes_by_its_own_time(tmp_path: Path) -> None:
    old, new = "2026-05-31T23:59:59.999+00:00", "2026-06-01T00:00:00.000+00:00"
    write(tmp_path / LINES, [a_line(1, scraped_at=new)])
    write(tmp_path / "rejected.jsonlines", [{"run": "1", "at": at, "reason": "x", "item": None} for at in (old, new)])
    torn = [f'{{"scraped_at":"{old}","u', f'{{"scraped_at":"{new}","u', "no time: as what is before it"]
    (tmp_path / f"{LINES}.torn").write_text("\n".join(torn) + "\n")
    for run in ("20260531T235959Z-0000", "20260601T000000Z-0000"):
        for place in (tmp_path / "contact" / run / "page.html", tmp_path / "raw" / f"{run}.jsonlines.gz"):
            place.parent.mkdir(parents=True, exist_ok=True)
            place.touch()
    planned = expire(Folder.at(tmp_path), BEFORE, dry_run=True)
    done = expire(Folder.at(tmp_path), BEFORE)
    assert planned.files == done.files
    assert done.files == {
        f"{LINES}.torn": 1,
        "rejected.jsonlines": 1,
        LINES: 0,
        "raw/20260531T235959Z-0000.jsonlines.gz": 1,
        "contact/20260531T235959Z-0000": 1,
    }
    assert [line["at"] for line in read(tmp_path / "rejected.jsonlines")] == [new]
    assert (tmp_path / f"{LINES}.torn").read_text().splitlines() == torn[1:]
    assert [p.name for p in (tmp_path / "contact").iterdir()] == ["20260601T000000Z-0000"]


def test_what_tells_no_time_goes_with_its_file_or_stays_and_is_told(tmp_path: Path) -> None:
    write(tmp_path / LINES, [{"a": 1}, a_line(1, scraped_at="2026-05-01T00:00:00+00:00"), {"b": 1}])
    torn = tmp_path / f"{LINES}.torn"
    torn.write_text("no time\n")
    os.utime(torn, (BEFORE.timestamp() - 1,) * 2)
    done = expire(Folder.at(tmp_path), BEFORE)
    assert read(tmp_path / LINES) == [{"a": 1}]
    assert torn.read_text() == ""
    assert "1 lines that tell no time" in " ".join(done.notes)

"""Every place that a run writes to is tried, and nothing is left there."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from tiktok_scraper.config import BrowserConfig, CrawlConfig
from tiktok_scraper.doctor.storage import disk, places


def configs(data: Path) -> tuple[CrawlConfig, BrowserConfig]:
    return CrawlConfig(data_dir=data, keep_raw=True, evidence=True), BrowserConfig(runs_dir=data / "runs")


def test_places_that_are_not_there_yet_are_well_and_stay_away(tmp_path: Path) -> None:
    data = tmp_path / "some" / "data"
    assert [finding.level for finding in places(*configs(data))] == ["ok"]
    assert list(tmp_path.iterdir()) == []


def test_every_place_that_is_in_the_way_is_told(tmp_path: Path) -> None:
    for name in ("raw", "evidence", "contact"):
        (tmp_path / name).write_text("a file")
    (tmp_path / "tiktoks.jsonlines").mkdir()
    (tmp_path / "runs.jsonlines").write_bytes(b"\x1f\x8b\x08\x00" + bytes(60))
    found = list(places(*configs(tmp_path)))
    assert {finding.level for finding in found} == {"failure"}
    for name in ("raw", "evidence", "contact", "tiktoks.jsonlines", "runs.jsonlines"):
        assert any(name in finding.told for finding in found), name
    assert len(found) == 5


def test_what_is_not_asked_for_is_not_looked_at(tmp_path: Path) -> None:
    for name in ("raw", "evidence", "contact"):
        (tmp_path / name).write_text("a file")
    crawl, browser = configs(tmp_path)
    asked = replace(crawl, keep_raw=False, evidence=False, contact=False)
    assert [finding.level for finding in places(asked, browser)] == ["ok"]


def test_lines_that_are_there_stay_as_they_are(tmp_path: Path) -> None:
    lines = tmp_path / "tiktoks.jsonlines"
    lines.write_text('{"id":"1"}\n{"id":')
    assert [finding.level for finding in places(*configs(tmp_path))] == ["ok"]
    assert lines.read_text() == '{"id":"1"}\n{"id":'


def test_the_disk_is_that_of_the_lowest_folder_there_is(tmp_path: Path) -> None:
    (found,) = disk(tmp_path / "not" / "yet")
    assert str(tmp_path) in found.told
    assert "not" not in found.told.rpartition(str(tmp_path))[2]

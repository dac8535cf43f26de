"""The run's record: its id, its start and end lines, and the table of runs."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
import scrapy
import selenium
from scrapy import Spider
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.utils.test import get_crawler

from tests.project import ROOT
from tiktok_scraper.errors import BadSetting, CouldNotWrite
from tiktok_scraper.pipelines import LinesPipeline
from tiktok_scraper.runs.__main__ import main
from tiktok_scraper.runs.hours.begin import Place, begin
from tiktok_scraper.runs.record import RunRecord, new_run_id, outcome, settings_hash
from tiktok_scraper.runs.table import table


class OurSpider(Spider):
    name = "tiktok"


def a_crawler(directory: Path, **settings: Any) -> Crawler:
    crawler = get_crawler(OurSpider, {"TIKTOK_DATA_DIR": str(directory), **settings})
    crawler.spider = OurSpider()
    crawler.spider.limit = 12  # type: ignore[attr-defined]
    return crawler


def records(directory: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (directory / "runs.jsonlines").read_text("utf-8").splitlines()]


def test_a_run_is_named_by_its_utc_second_and_four_hex_digits() -> None:
    berlin = timezone(timedelta(hours=1))
    assert re.fullmatch(r"20261122T220700Z-[0-9a-f]{4}", new_run_id(datetime(2026, 11, 22, 23, 7, tzinfo=berlin)))
    now = datetime(2026, 11, 22, tzinfo=UTC)
    assert len({new_run_id(now) for _ in range(20)}) > 10


def test_start_and_end_are_lines_of_one_run(tmp_path: Path) -> None:
    crawler = a_crawler(tmp_path, TIKTOK_PACE="2", TIKTOK_BLOCK_MEDIA="1")
    record = RunRecord.from_crawler(crawler)
    run = crawler.stats.get_value("tiktok/run")
    assert run
    record.spider_opened()
    told = {"reason": "captcha", "verdict": "unfit", "because": ["3 TikToks, fewer than 11"], "unique": 4, "written": 3}
    told |= {"warnings": ["an odd feed"], "feed": {"lines": 3}}
    told |= {"source/json": 3, "note/cookie-banner": 1, "sha256": "ab", "simulated": True, "robots_decision": "allowed"}
    for name, value in told.items():
        crawler.stats.set_value(f"tiktok/{name}", value)
    record.spider_closed("finished")
    start, end = records(tmp_path)
    assert (start["event"], end["event"]) == ("start", "end")
    assert start["run"] == end["run"] == run
    assert start["asked"] == end["asked"] == 12
    assert start["pace"] == end["pace"] == 2
    assert start["media"] == "blocked"
    assert start["versions"]["scrapy"] == scrapy.__version__
    assert start["versions"]["selenium"] == selenium.__version__
    assert (end["reason"], end["verdict"], end["because"]) == ("captcha", "unfit", ["3 TikToks, fewer than 11"])
    assert (end["unique"], end["written"], end["repeated"]) == (4, 3, 0)
    assert (end["source"], end["note"]) == ({"json": 3}, {"cookie-banner": 1})
    assert (end["warnings"], end["feed"]) == (["an odd feed"], {"lines": 3})
    assert (end["sha256"], end["simulated"], end["region"]) == ("ab", True, None)
    assert datetime.fromisoformat(start["at"]) <= datetime.fromisoformat(end["at"])


def test_the_end_has_every_field_of_the_contract() -> None:
    wanted = """asked seen unique repeated rejected creators_asked creators_answered source era region browser
    browser_version driver_version agent robots_hash robots_decision bytes_from bytes_to sha256 simulated"""
    assert set(wanted.split()) <= set(outcome({}))


def test_other_spiders_keep_no_record() -> None:
    with pytest.raises(NotConfigured):
        RunRecord.from_crawler(get_crawler())


def test_a_place_that_cannot_be_written_ends_the_run_before_it_starts(tmp_path: Path) -> None:
    (tmp_path / "runs.jsonlines").mkdir()
    with pytest.raises(CouldNotWrite, match=r"runs\.jsonlines"):
        RunRecord.from_crawler(a_crawler(tmp_path))


def test_an_end_that_can_not_be_written_waits_in_the_spool_and_the_run_is_not_taken_for_killed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    crawler = a_crawler(tmp_path)
    record = RunRecord.from_crawler(crawler)
    record.spider_opened()
    run = crawler.stats.get_value("tiktok/run")
    (tmp_path / "runs.jsonlines").rename(tmp_path / "away")
    (tmp_path / "runs.jsonlines").mkdir()
    crawler.stats.set_value("tiktok/reason", "limit")
    record.spider_closed("finished")
    (tmp_path / "runs.jsonlines").rmdir()
    assert main([str(tmp_path)]) == 0
    shown = capsys.readouterr()
    assert f"{run}" in shown.out and "limit" in shown.out and "killed" not in shown.out
    assert f"1 line of runs.jsonlines in {tmp_path}/spool/{run}.runs.jsonlines" in shown.err
    (tmp_path / "away").rename(tmp_path / "runs.jsonlines")
    # The hourly job's next run appends it before it looks who was killed.
    begin(crawler.settings, Place(tmp_path / "job", crontab=lambda: b""))
    assert [(line["event"], line["run"]) for line in records(tmp_path)] == [("start", run), ("end", run)]
    assert not (tmp_path / "spool").exists()


def test_what_is_appended_of_earlier_runs_is_told_by_the_run_that_does_it(tmp_path: Path) -> None:
    (tmp_path / "spool").mkdir()
    (tmp_path / "spool" / "20261122T220700Z-3fa9.jsonlines").write_text('{"url":"u","simulated":true}\nno json\n')
    (tmp_path / "spool" / "20261122T220700Z-3fa9.runs.jsonlines").write_text('{"event":"end"}\n')
    crawler = a_crawler(tmp_path)
    RunRecord.from_crawler(crawler)
    LinesPipeline.from_crawler(crawler)
    of_runs = {"run": "20261122T220700Z-3fa9", "file": "runs.jsonlines", "lines": 1, "bad": 0, "forgotten": 0}
    of_tiktoks = {"run": "20261122T220700Z-3fa9", "file": "tiktoks.jsonlines", "lines": 1, "bad": 1, "forgotten": 0}
    assert outcome(crawler.stats.get_stats())["absorbed"] == [of_runs, of_tiktoks]
    assert (tmp_path / "tiktoks.jsonlines").read_text() == '{"url":"u","simulated":true}\n'


def test_a_folder_that_takes_no_lines_is_told_with_what_waits_for_it(tmp_path: Path) -> None:
    (tmp_path / "runs.jsonlines").mkdir()
    (tmp_path / "spool").mkdir()
    (tmp_path / "spool" / "20261122T220700Z-3fa9.jsonlines").write_text('{"url":"u"}\n')
    with pytest.raises(CouldNotWrite, match=r"it is a folder .*\. Of earlier runs not yet in their file: 1 line of "):
        RunRecord.from_crawler(a_crawler(tmp_path))


def test_the_hash_follows_the_settings_that_shape_a_run() -> None:
    one = {"TIKTOK_PACE": 3, "SELENIUM_DRIVER_NAME": "chrome", "TIKTOK_DATA_DIR": "/a", "LOG_LEVEL": "INFO"}
    assert settings_hash(one) == settings_hash(dict(reversed(one.items())))
    assert settings_hash(one) == settings_hash(one | {"TIKTOK_DATA_DIR": "/b", "LOG_LEVEL": "DEBUG"})
    assert settings_hash(one) == settings_hash(one | {"TIKTOK_PACE": "3"})
    assert settings_hash(one) != settings_hash(one | {"TIKTOK_PACE": 4})


def test_the_conditions_recorded_are_those_used(tmp_path: Path) -> None:
    crawler = a_crawler(tmp_path, TIKTOK_PACE="", TIKTOK_JITTER="0", TIKTOK_VIEWPORT="800X600", TIKTOK_HEADLESS="")
    RunRecord.from_crawler(crawler).spider_opened()
    (start,) = records(tmp_path)
    assert (start["pace"], start["jitter"], start["viewport"], start["headless"]) == (3, 0, "800x600", True)
    assert (start["locale"], start["zone"], start["media"]) == ("en-US", "UTC", "loaded")
    assert (start["wanted_source"], start["creator_counts"]) == ("auto", "always")


def test_a_condition_that_cannot_be_used_leaves_no_record(tmp_path: Path) -> None:
    with pytest.raises(BadSetting, match="TIKTOK_PACE"):
        RunRecord.from_crawler(a_crawler(tmp_path, TIKTOK_PACE="fast"))
    assert not (tmp_path / "runs.jsonlines").exists()


def test_the_names_of_the_page_come_as_shares_of_hits() -> None:
    hits = {"likes/hit": 2, "likes/missed": 1, "audio/missed": 4, "comments/hit": 5, "shares/hit": 0}
    ended = outcome({f"tiktok/name/{name}": count for name, count in hits.items()})
    assert ended["name"] == {"audio": 0, "comments": 1, "likes": 0.667}
    assert ended["name_read"] == {"audio": 4, "comments": 5, "likes": 3}
    assert outcome({})["name"] == outcome({})["name_read"] == {}


ENDED = {"run": "A", "verdict": "fit", "written": 99, "asked": 100, "repeated": 2, "creators_answered": 80}
ENDED |= {"creators_asked": 81, "era": "b", "reason": "limit"}


def test_the_table_has_a_row_per_run_the_killed_ones_too() -> None:
    rows = table(
        [
            {"event": "start", "run": "A", "at": "2026-11-22T22:00:00.000+00:00", "asked": 100},
            {"event": "start", "run": "B", "at": "2026-11-22T23:00:00.000+00:00", "asked": 100},
            {"event": "end", "at": "2026-11-22T22:06:30.000+00:00", "simulated": True, **ENDED},
        ]
    ).splitlines()
    assert rows[0].split() == ["run", "verdict", "TikToks", "repeats", "creators", "minutes", "era", "ended", "by"]
    assert re.split(r"\s{2,}", rows[1]) == ["A", "fit", "99 of 100", "2", "80 of 81", "6.5", "b", "limit (simulated)"]
    assert re.split(r"\s{2,}", rows[2])[:3] == ["B", "-", "- of 100"]
    assert rows[2].endswith("no end: killed, or still going")


def test_why_runs_were_unfit_or_odd_stands_below_the_table() -> None:
    told = [
        {"event": "end", **ENDED, "warnings": ["an odd feed", "old TikToks"]},
        {"event": "end", **ENDED, "run": "B", "verdict": "unfit", "because": ["9 TikToks, fewer than 90"]},
        {"event": "end", **ENDED, "run": "C"},
    ]
    rows, why = table(told).split("\n\n")
    assert [re.split(r"\s{2,}", row)[1] for row in rows.splitlines()[1:]] == ["fit, 2 odd", "unfit", "fit"]
    assert why.splitlines()[1:] == ["A  ! an odd feed", "A  ! old TikToks", "B  x 9 TikToks, fewer than 90"]


def test_the_command_prints_it_and_tells_of_bad_lines(tmp_path: Path) -> None:
    (tmp_path / "runs.jsonlines").write_text(json.dumps({"event": "end", **ENDED}) + "\n{torn\n")
    ran = subprocess.run(
        [sys.executable, "-m", "tiktok_scraper.runs", str(tmp_path)],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    assert "99 of 100" in ran.stdout
    assert ran.stderr.startswith(f"{tmp_path}/runs.jsonlines: 1 bad lines")


def test_the_command_says_where_there_is_no_record(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path)]) == 1
    assert (
        capsys.readouterr().err
        == f"{tmp_path}/runs.jsonlines: No such file or directory; name the folder where a crawl wrote, such as demo\n"
    )

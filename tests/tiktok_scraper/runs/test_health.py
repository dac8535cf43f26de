"""When a run is fit for use."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from scrapy import Spider
from scrapy.utils.test import get_crawler

from tests.tiktok_scraper.runs.monitors.ends import ends
from tiktok_scraper.config import data_dir
from tiktok_scraper.errors import BadSetting
from tiktok_scraper.items import TikTok
from tiktok_scraper.runs.health import Health, Thresholds, judge


def run(**counts: int) -> dict[str, Any]:
    """The stats of a run; `null_likes` stands for tiktok/null/likes."""
    return {f"tiktok/{name.replace('null_', 'null/')}": count for name, count in counts.items()}


@pytest.mark.parametrize(
    ("asked", "written", "fit"), [(100, 90, True), (100, 89, False), (12, 11, True), (12, 10, False), (1, 1, True)]
)
def test_nine_in_ten_rounded_up_are_enough(asked: int, written: int, fit: bool) -> None:
    assert judge(run(asked=asked, written=written), Thresholds()).fit is fit


def test_what_speaks_against_it_is_said() -> None:
    verdict = judge(run(asked=100, written=9), Thresholds())
    assert str(verdict) == "unfit"
    assert verdict.because == ("9 TikToks, fewer than 90",)


def test_the_fewest_can_be_set() -> None:
    stats = run(asked=100, written=3)
    assert judge(stats, Thresholds.from_settings({"TIKTOK_MIN_TIKTOKS": "3"})).fit
    assert not judge(stats, Thresholds.from_settings({"TIKTOK_MIN_TIKTOKS": "4"})).fit
    assert judge(run(asked=100), Thresholds.from_settings({"TIKTOK_MIN_TIKTOKS": "0"})).fit


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ({"null_likes": 26}, "26 of 100 without likes, more than 25%"),
        ({"null_comments": 26}, "26 of 100 without comments, more than 25%"),
        ({"rejected": 12}, "12 of 112 rejected, more than 10%"),
        ({"unreadable": 11}, "11 of 100 with a count that can't be read, more than 10%"),
        ({"unwritten": 1}, "1 lines could not be written"),
    ],
    ids=str,
)
def test_too_many_of_a_fault_make_a_run_unfit(counts: dict[str, int], said: str) -> None:
    assert judge(run(asked=100, written=100, **counts), Thresholds()).because == (said,)


@pytest.mark.parametrize(
    "counts", [{"null_likes": 25}, {"rejected": 11}, {"unreadable": 10}, {"null_user_followers": 100}]
)
def test_single_gaps_and_creators_not_told_leave_it_fit(counts: dict[str, int]) -> None:
    assert judge(run(asked=100, written=100, **counts), Thresholds()).fit


@pytest.mark.parametrize(
    "fault", [{"tiktok/reason": "fault"}, {"spider_exceptions/count": 1}, {"spider_exceptions/KeyError": 1}], ids=str
)
def test_a_run_that_a_fault_ended_is_not_fit_however_much_it_gathered(fault: dict[str, Any]) -> None:
    stats = run(asked=100, written=100) | fault
    assert judge(stats, Thresholds()).because == ("the program itself failed, its log says where",)


def test_a_fault_that_nobody_named_is_not_called_the_limit() -> None:
    crawler = get_crawler()
    crawler.stats.set_value("spider_exceptions/count", 1)
    Health.from_crawler(crawler).spider_closed("finished")
    assert crawler.stats.get_value("tiktok/reason") == "fault"
    assert crawler.stats.get_value("tiktok/verdict") == "unfit"


def test_thresholds_are_settings() -> None:
    thresholds = Thresholds.from_settings({"TIKTOK_HEALTH_NULL_CREATORS": "0.5", "TIKTOK_HEALTH_NULL_LIKES": 0})
    assert not judge(run(asked=10, written=10, null_user_followers=6), thresholds).fit
    assert not judge(run(asked=10, written=10, null_likes=1), thresholds).fit
    assert judge(run(asked=10, written=10, null_comments=2), thresholds).fit


@pytest.mark.parametrize(
    ("name", "told"),
    [("TIKTOK_MIN_TIKTOKS", "-1"), ("TIKTOK_MIN_TIKTOKS", "many"), ("TIKTOK_HEALTH_NULL_LIKES", "25")],
)
def test_a_threshold_that_cannot_be_used_is_named(name: str, told: str) -> None:
    with pytest.raises(BadSetting, match=name):
        Health.from_crawler(get_crawler(settings_dict={name: told}))


@pytest.mark.parametrize(
    ("closed", "told", "reason"),
    [
        ("shutdown", None, "stopped"),
        ("finished", "captcha", "captcha"),
        ("finished", None, "request-dropped"),
        ("finished", "limit", "limit"),
        ("closespider_itemcount", None, "closespider_itemcount"),
        ("odd", None, "odd"),
    ],
)
def test_the_end_is_named_and_judged(closed: str, told: str | None, reason: str) -> None:
    crawler = get_crawler()
    for name, value in (run(asked=10, written=10) | ({"tiktok/reason": told} if told else {})).items():
        crawler.stats.set_value(name, value)
    Health.from_crawler(crawler).spider_closed(closed)
    assert crawler.stats.get_value("tiktok/reason") == reason
    assert crawler.stats.get_value("tiktok/verdict") == "fit"
    assert crawler.stats.get_value("tiktok/because") == []


@pytest.mark.parametrize(("written", "share", "fit"), [(20, 0.5, True), (20, 0.55, False), (19, 1.0, True)])
def test_a_feed_of_one_creator_is_of_no_use(written: int, share: float, fit: bool) -> None:
    stats = {**run(asked=written, written=written), "tiktok/feed": {"top_creator_share": share}}
    verdict = judge(stats, Thresholds())
    assert verdict.fit is fit
    assert verdict.because == (() if fit else ("11 of 20 of one creator, more than 50%",))


def test_what_changed_since_the_last_runs_is_a_fault_or_a_warning() -> None:
    usual = {**run(asked=100, written=100, unique=100, repeated=5), "tiktok/creators_asked": 80}
    usual |= {"tiktok/creators_answered": 78}
    assert judge(usual, Thresholds(), ends(24)).warnings == ()
    odd = judge({**usual, "tiktok/repeated": 90}, Thresholds(), ends(24))
    assert odd.fit and [says.partition(":")[0] for says in odd.warnings] == ["TikToks that came again"]
    lost = judge({**usual, "tiktok/null/audio": 90}, Thresholds(), ends(24))
    assert not lost.fit and [says.partition(":")[0] for says in lost.because] == ["lines without audio"]


class OurSpider(Spider):
    name = "tiktok"


def test_a_run_is_held_against_the_records_beside_it_and_the_lines_before_it(tmp_path: Path) -> None:
    lines = [{"id": str(number), "likes": 1_000, "likes_step": 1} for number in range(30)]
    (tmp_path / "tiktoks.jsonlines").write_text("".join(json.dumps(line) + "\n" for line in lines))
    told = [{**record, "zone": "UTC", "headless": True} for record in ends(24)]
    (tmp_path / "runs.jsonlines").write_text("".join(json.dumps(record) + "\n" for record in told))
    crawler = get_crawler(OurSpider, {"TIKTOK_DATA_DIR": str(tmp_path)})
    health = Health.from_crawler(crawler)
    assert data_dir(crawler.settings) == tmp_path
    health.spider_opened()
    for number in range(100):
        health.item_scraped(
            TikTok(id=str(number), username=f"https://www.tiktok.com/@c{number}", likes=9, likes_step=1)
        )
        health.item_scraped({"id": "no TikTok of ours"})
    counts = run(asked=100, written=100, unique=100, repeated=5, creators_asked=80, creators_answered=78)
    for name, value in {**counts, "tiktok/simulated": False, "tiktok/reason": "limit"}.items():
        crawler.stats.set_value(name, value)
    health.spider_closed("finished")
    feed = crawler.stats.get_value("tiktok/feed")
    assert (feed["lines"], feed["creators"], feed["seen_before"], feed["fell"]) == (100, 100, 30, 30)
    assert crawler.stats.get_value("tiktok/verdict") == "unfit"
    (because,) = crawler.stats.get_value("tiktok/because")
    assert because.startswith("TikToks with a tenth fewer likes than at their last sighting, or less: 30 of 30")
    assert [says.partition(":")[0] for says in crawler.stats.get_value("tiktok/warnings")] == [
        "lines without a language"
    ]

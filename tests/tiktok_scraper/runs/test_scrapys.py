"""What Scrapy's own settings may not do to a crawl, and what a run says that a middleware ended. No browser starts."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from scrapy.settings import Settings, default_settings

from tests import forks
from tests.project import ROOT
from tiktok_scraper import settings as project
from tiktok_scraper.errors import BadSetting
from tiktok_scraper.pipelines import LinesPipeline
from tiktok_scraper.runs.health import takers
from tiktok_scraper.runs.scrapys import check_scrapys

FEED = "https://www.tiktok.com/foryou"

MIDDLEWARES = """
from scrapy.exceptions import IgnoreRequest


class Forgetful:
    async def process_start(self, start):
        async for _ in start:
            pass
        return
        yield


class Choosy:
    def process_request(self, request):
        raise IgnoreRequest("not on a Sunday")


class Faulty:
    def process_request(self, request):
        return {}["missing"]
"""


class Own(LinesPipeline):
    """A user's own kind of pipeline."""


def check(told: dict[str, Any], browsers: int = 1) -> None:
    settings = Settings()
    settings.setmodule(project, "project")
    settings.update(told, "cmdline")
    check_scrapys(settings, url=FEED, browsers=browsers)


def test_of_scrapys_own_extensions_the_remote_control_alone_is_left_out() -> None:
    left_out = {"scrapy.extensions.remote_control.RemoteControl": 0}
    assert project.EXTENSIONS_BASE | left_out == default_settings.EXTENSIONS_BASE


@pytest.mark.parametrize("name", ["ROBOTSTXT_OBEY", "JOBDIR", "DOWNLOAD_DELAY", "AUTOTHROTTLE_ENABLED"])
def test_what_would_be_taken_without_a_word_is_refused(name: str) -> None:
    for off in ("", "0", "False", False, 0, 0.0, None):
        check({name: off})
    for on in ("2", "True" if name != "JOBDIR" else "jobs"):
        with pytest.raises(BadSetting, match=f"{name} is not for this crawl: .*custom_settings"):
            check({name: on})


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"CONCURRENT_REQUESTS": "0"}, "CONCURRENT_REQUESTS must be at least 1"),
        ({"CONCURRENT_ITEMS": 0}, "CONCURRENT_ITEMS must be at least 1"),
        ({"URLLENGTH_LIMIT": "20"}, f"URLLENGTH_LIMIT must be 29 or more for the address {FEED}"),
        ({"DOWNLOADER_MIDDLEWARES": "{}"}, "DOWNLOADER_MIDDLEWARES lacks tiktok_scraper.middlewares.SeleniumMiddle"),
        ({"EXTENSIONS": {}}, "EXTENSIONS lacks tiktok_scraper.runs.health.Health"),
        (
            {"ITEM_PIPELINES": {**project.ITEM_PIPELINES, "tiktok_scraper.pipelines.LinesPipeline": None}},
            "ITEM_PIPELINES lacks tiktok_scraper.pipelines.LinesPipeline",
        ),
        (
            {"ITEM_PIPELINES": {"no.such.Pipeline": 1}},
            "each with its place: No module named 'no'",
        ),
        ({"ITEM_PROCESSOR": "scrapy.pipelines.ItemPipelineManager"}, "ITEM_PROCESSOR must be tiktok_scraper.runs"),
        ({"STATS_CLASS": "scrapy.statscollectors.DummyStatsCollector"}, "STATS_CLASS must be one that keeps"),
    ],
    ids=str,
)
def test_what_a_run_would_stand_still_or_come_to_nothing_with_is_refused(told: dict[str, Any], said: str) -> None:
    with pytest.raises(BadSetting) as refused:
        check(told)
    assert said in str(refused.value)


def test_fewer_requests_at_once_than_browsers_are_refused() -> None:
    check({"CONCURRENT_REQUESTS": 2}, browsers=2)
    with pytest.raises(BadSetting, match="CONCURRENT_REQUESTS must be 3 or more for -a browsers=3, not 2"):
        check({"CONCURRENT_REQUESTS": 2}, browsers=3)


def test_the_project_s_own_settings_pass_and_so_do_parts_beside_ours_or_of_their_kind() -> None:
    check({})
    check({"EXTENSIONS": {**project.EXTENSIONS, "scrapy.extensions.corestats.CoreStats": 1}})
    counts = "tiktok_scraper.pipelines.CountsPipeline"
    people = "tiktok_scraper.pipelines.PeoplePipeline"
    check({"ITEM_PIPELINES": {people: 50, counts: 100, Own: 900}})
    check({"DEPTH_LIMIT": 3, "DOWNLOAD_TIMEOUT": 1, "CLOSESPIDER_ITEMCOUNT": 2, "URLLENGTH_LIMIT": 0})


@pytest.mark.parametrize(
    ("kind", "middleware", "reason", "said"),
    [
        ("SPIDER", "Forgetful", "request-dropped", "taken away by a middleware of SPIDER_MIDDLEWARES"),
        ("DOWNLOADER", "Choosy", "request-dropped", "A middleware dropped a turn: not on a Sunday"),
        ("DOWNLOADER", "Faulty", "fault", "KeyError: 'missing'"),
    ],
)
def test_a_run_that_a_middleware_ended_says_so_and_claims_nothing_else(
    tmp_path: Path, kind: str, middleware: str, reason: str, said: str
) -> None:
    (tmp_path / "strange.py").write_text(MIDDLEWARES)
    both = {**(project.DOWNLOADER_MIDDLEWARES if kind == "DOWNLOADER" else {}), f"strange.{middleware}": 1}
    told = {"TIKTOK_DATA_DIR": tmp_path, f"{kind}_MIDDLEWARES": json.dumps(both)}
    ran = forks.run(
        [*forks.PYTHON, "crawl", "tiktok", "-a", "url=http://127.0.0.1:1/foryou",
         *(part for name, value in told.items() for part in ("-s", f"{name}={value}"))],
        {**os.environ, "PYTHONPATH": os.pathsep.join([str(tmp_path), str(ROOT)])}, 300,
    )  # fmt: skip
    end = json.loads((tmp_path / "runs.jsonlines").read_text().splitlines()[-1])
    assert (ran.returncode, end["reason"], end["verdict"]) == (2, reason, "unfit"), ran.stderr
    assert said in ran.stderr


def test_who_took_a_turn_away_is_told_by_the_stats_it_counts_in() -> None:
    stats = {
        "urllength/request_ignored_count": 1,
        "item_scraped_count": 3,
        "tiktok/dropped": 2,
        "dupefilter/filtered": 4,
    }
    assert takers(stats) == "dupefilter/filtered (4), urllength/request_ignored_count (1)"

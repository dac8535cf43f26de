"""A dead man's switch is told of a run, by real HTTP, and never in the run's way."""

from __future__ import annotations

import json
import logging
from pathlib import Path
from typing import Any

import pytest
from scrapy import Spider
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.utils.test import get_crawler

from tests.tiktok_scraper.runs.alerts.switch import switch
from tiktok_scraper.config.alerts import ping_url
from tiktok_scraper.errors import BadSetting
from tiktok_scraper.runs.alerts import ping
from tiktok_scraper.runs.alerts.ping import Ping, Pinger, ping_once, ping_waits, with_suffix
from tiktok_scraper.runs.record import settings_hash

SECRET = "5f1c-secret"


class OurSpider(Spider):
    name = "tiktok"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits long here, and no proxy of the machine's is asked."""
    monkeypatch.setattr(ping, "TIMEOUT_S", 0.3)
    monkeypatch.setattr(ping, "PAUSES_S", (0.0, 0.0))
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)


def a_run(url: str, **stats: Any) -> tuple[Ping, Crawler]:
    crawler = get_crawler(OurSpider, {"TIKTOK_PING_URL": url})
    for name, value in stats.items():
        crawler.stats.set_value(f"tiktok/{name}", value)
    return Ping.from_crawler(crawler), crawler


FIT = {"verdict": "fit", "reason": "limit", "asked": 9, "written": 9, "run": "R", "warnings": ["odd feed"]}
UNFIT = {"verdict": "unfit", "reason": "captcha", "asked": 9, "written": 3, "run": "R", "because": ["3 TikToks"]}


@pytest.mark.parametrize(
    ("stats", "path", "body"),
    [
        (FIT, f"/ping/{SECRET}", "fit: 9 of 9 TikToks, ended by limit, run R\nodd: odd feed"),
        (UNFIT, f"/ping/{SECRET}/fail", "unfit: 3 of 9 TikToks, ended by captcha, run R\n3 TikToks"),
        ({}, f"/ping/{SECRET}/fail", "no verdict: 0 of None TikToks, ended by None, run None"),
    ],
    ids=["fit", "unfit", "not judged"],
)
def test_the_start_comes_first_and_then_the_verdict(stats: dict[str, Any], path: str, body: str) -> None:
    with switch() as told:
        run, _ = a_run(f"{told.url}/ping/{SECRET}", **stats)
        run.spider_opened()
        run.spider_closed()
        assert run._pinger.wait()
        assert told.calls == [("GET", f"/ping/{SECRET}/start", ""), ("POST", path, body)]


@pytest.mark.parametrize(
    ("url", "suffix", "pinged"),
    [
        ("https://a.example/u", "/fail", "https://a.example/u/fail"),
        ("https://a.example/u/", "/fail", "https://a.example/u/fail"),
        ("https://a.example/u?create=1&x=/y", "/start", "https://a.example/u/start?create=1&x=/y"),
        ("https://a.example/u?create=1", "", "https://a.example/u?create=1"),
        ("https://a.example", "/fail", "https://a.example/fail"),
        ("https://a.example/u/", "", "https://a.example/u/"),
        ("https://a.example/u#part", "/fail", "https://a.example/u/fail"),
    ],
)
def test_what_is_told_stands_at_the_end_of_the_path(url: str, suffix: str, pinged: str) -> None:
    assert with_suffix(url, suffix) == pinged


@pytest.mark.parametrize(
    ("behaves", "said"),
    [
        (["500"] * 3, "it was answered with 500"),
        (["drop"] * 3, "RemoteDisconnected"),
        (["hang"] * 3, "no answer in 0.3 s"),
        (["404"] * 3, "it was answered with 404"),
    ],
    ids=["answers 500", "drops", "hangs", "knows it not"],
)
def test_it_is_tried_thrice_and_then_given_up_with_a_word(
    behaves: list[str], said: str, caplog: pytest.LogCaptureFixture
) -> None:
    with switch(*behaves) as told:
        run, _ = a_run(f"{told.url}/{SECRET}", **FIT)
        run.spider_closed()
        assert run._pinger.wait()
        assert len(told.calls) == 3
    (record,) = caplog.records
    assert record.getMessage() == f"The ping TIKTOK_PING_URL did not arrive: {said}"
    assert record.levelno == logging.WARNING


def test_a_later_try_that_arrives_is_enough(caplog: pytest.LogCaptureFixture) -> None:
    with switch("drop", "500", "ok") as told:
        run, _ = a_run(told.url, **FIT)
        run.spider_closed()
        assert run._pinger.wait()
        assert len(told.calls) == 3
    assert caplog.records == []


def test_nobody_there_is_told_without_the_address(caplog: pytest.LogCaptureFixture) -> None:
    with switch() as told:
        url = told.url
    run, _ = a_run(f"{url}/{SECRET}", **FIT)
    run.spider_closed()
    assert run._pinger.wait()
    assert "Connection refused" in caplog.text
    assert SECRET not in caplog.text
    assert url not in caplog.text


def test_a_start_that_hangs_is_not_tried_on_once_the_run_has_ended() -> None:
    with switch("hang") as told:
        pinger = Pinger(told.url)
        pinger.started()
        pinger.ended("well", well=True)
        assert pinger.wait()
        assert [path for _, path, _ in told.calls] == ["/start", "/"]


def test_a_body_is_as_long_as_such_services_keep() -> None:
    with switch() as told:
        pinger = Pinger(told.url)
        pinger.ended("é" * 100_000, well=False)
        assert pinger.wait()
        assert len(told.calls[0][2].encode()) == 90_000


def test_the_proxy_of_the_environment_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    with switch() as proxy:
        monkeypatch.setenv("http_proxy", proxy.url)
        pinger = Pinger("http://nowhere.invalid/u?a=1")
        pinger.ended("well", well=True)
        assert pinger.wait()
        assert proxy.calls == [("POST", "http://nowhere.invalid/u?a=1", "well")]


def test_what_could_not_begin_is_told_too() -> None:
    with switch() as told:
        ping_once(get_crawler(OurSpider, {"TIKTOK_PING_URL": told.url + "/u"}).settings, "no browser", well=False)
        while not told.calls:
            told.released.wait(0.01)
        assert told.calls == [("POST", "/u/fail", "no browser")]
    ping_once(get_crawler(OurSpider, {"TIKTOK_PING_URL": "gopher://x"}).settings, "no browser", well=False)


@pytest.mark.parametrize(
    ("verdicts", "path"), [(["unfit", "fit"], "/u"), (["fit", "unfit"], "/u/fail"), ([], "/u/fail")]
)
def test_a_job_that_waits_repeats_what_its_last_run_came_to(tmp_path: Path, verdicts: list[str], path: str) -> None:
    lines = [{"event": "end", "run": str(n), "verdict": verdict} for n, verdict in enumerate(verdicts)]
    (tmp_path / "runs.jsonlines").write_text("".join(json.dumps(line) + "\n" for line in lines))
    with switch() as told:
        settings = get_crawler(
            OurSpider, {"TIKTOK_PING_URL": f"{told.url}/u", "TIKTOK_DATA_DIR": str(tmp_path)}
        ).settings
        ping_waits(settings, "3 runs met a wall")
        while not told.calls:
            told.released.wait(0.01)
        assert told.calls == [("POST", path, "backed off: 3 runs met a wall")]


@pytest.mark.parametrize(
    "told",
    [
        *("hc-ping.com/u", "ftp://a.example/u", "https://", "https:///u", "https://a.example/a b"),
        *("https://a.example/ü", "https://me:pass@a.example/u", "https://a.example:0/u", "https://a.example:x/u"),
        "https://[::1/u",
    ],
)
def test_what_is_no_address_is_refused_and_not_repeated(told: str) -> None:
    with pytest.raises(BadSetting, match="TIKTOK_PING_URL must be an address") as refused:
        a_run(told)
    assert told.partition("//")[2][:9] not in str(refused.value) or not told.partition("//")[2]


def test_the_setting_counts_before_the_environment_and_none_pings_nobody() -> None:
    around = {"TIKTOK_PING_URL": "https://around.example/u"}
    assert ping_url({"TIKTOK_PING_URL": "https://a.example/u"}, around) == "https://a.example/u"
    assert ping_url({"TIKTOK_PING_URL": ""}, around) == "https://around.example/u"
    assert ping_url({}, {}) is None
    with pytest.raises(NotConfigured):
        a_run("")
    with pytest.raises(NotConfigured):
        Ping.from_crawler(get_crawler(settings_dict={"TIKTOK_PING_URL": "https://a.example/u"}))


def test_nobody_reads_the_address_out_of_the_record() -> None:
    told = {"TIKTOK_PING_URL": f"https://a.example/{SECRET}", "TIKTOK_ON_UNFIT": "mail"}
    assert settings_hash(told) == settings_hash({})

"""What the middleware takes from a stock request, and from a stranger's settings."""

from __future__ import annotations

import asyncio
import threading
import time
from types import SimpleNamespace
from typing import Any

import pytest
import scrapy_selenium
from scrapy import Request
from scrapy.utils.test import get_crawler

from tiktok_scraper import middlewares
from tiktok_scraper.browser_requests import cookies_of, remembered
from tiktok_scraper.config import BrowserConfig
from tiktok_scraper.errors import BadSetting, BrowserDied
from tiktok_scraper.middlewares import SeleniumMiddleware

URL = "http://127.0.0.1:1/"


@pytest.mark.parametrize(
    ("given", "taken"),
    [
        ({"a": "b", "n": 1}, [{"name": "a", "value": "b"}, {"name": "n", "value": "1"}]),
        ({b"a": "ü".encode()}, [{"name": "a", "value": "ü"}]),
        (
            [{"name": "a", "value": "b", "domain": "x.org", "path": "/p", "secure": True}, {"name": "c", "value": "d"}],
            [
                {"name": "a", "value": "b", "domain": "x.org", "path": "/p", "secure": True},
                {"name": "c", "value": "d"},
            ],
        ),
        ([{"name": "a", "value": "b", "domain": "", "path": None}], [{"name": "a", "value": "b"}]),
        ({}, []),
    ],
)
def test_cookies_come_in_either_form(given: Any, taken: list[dict[str, Any]]) -> None:
    assert cookies_of(Request(URL, cookies=given)) == taken


def test_a_request_s_own_meta_is_left_alone_whatever_its_keys_are() -> None:
    for own in (True, "firefox", {"url": URL, "fields": {"script": "no"}}):
        request = scrapy_selenium.SeleniumRequest(url=URL, meta={"selenium": own}, script="yes")
        assert remembered(request) == {"script": "yes"}
        assert request.meta["selenium"] == own


def test_any_spider_s_misspelt_setting_is_refused() -> None:
    with pytest.raises(BadSetting, match="did you mean SELENIUM_DRIVER_ARGUMENTS"):
        SeleniumMiddleware.from_crawler(get_crawler(settings_dict={"SELENIUM_DRIVER_ARGUMENT": ["--mute-audio"]}))


class Hanging:
    """A turn that comes back only when it is let go, of a session that *kill* does something to."""

    def __init__(self, *, kill_frees: bool) -> None:
        self.free, self.killed = threading.Event(), 0
        self._kill_frees = kill_frees

    def turn(self) -> None:
        self.free.wait()
        raise BrowserDied("the browser or its driver is gone")

    def kill(self) -> None:
        self.killed += 1
        if self._kill_frees:
            self.free.set()

    def run(self, patience: float, *, crawling: bool = True) -> str:
        middleware = SeleniumMiddleware(SimpleNamespace(crawling=crawling), BrowserConfig())  # type: ignore[arg-type]
        middleware._sessions[1] = self  # type: ignore[assignment]
        try:
            with pytest.raises(BrowserDied) as died:
                asyncio.run(middleware._run(1, self.turn, lambda began: began + patience))
            return str(died.value)
        finally:
            self.free.set()


def test_a_turn_that_hangs_ends_with_its_browser() -> None:
    hanging = Hanging(kill_frees=True)
    assert hanging.run(0) == "the browser or its driver is gone"
    assert hanging.killed == 1


def test_a_turn_that_hangs_is_given_up_where_nothing_can_be_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(middlewares, "CLOSE_WITHIN_S", 0.1)
    hanging = Hanging(kill_frees=False)
    assert hanging.run(0) == "the browser does not answer"


def test_a_turn_that_hangs_while_the_run_ends_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(middlewares, "TURN_WITHIN_S", 0.0)
    hanging = Hanging(kill_frees=True)
    assert hanging.run(3600, crawling=False) == "the browser or its driver is gone"


def test_how_long_a_browser_takes_to_start_is_not_counted() -> None:
    asked: list[float] = []
    began: list[float] = []

    def gives_up(now: float) -> float:
        asked.append(now)
        return now + 3600

    def turn() -> None:
        time.sleep(0.7)  # longer than a look
        began.append(time.monotonic())
        middleware._sessions[1] = Hanging(kill_frees=True)  # type: ignore[assignment]
        while not asked:
            time.sleep(0.01)

    middleware = SeleniumMiddleware(SimpleNamespace(crawling=True), BrowserConfig())  # type: ignore[arg-type]
    asyncio.run(middleware._run(1, turn, gives_up))
    assert min(asked) >= began[0]


class Heard:
    """A session whose last look takes as long as the one before has begun, and brings its number, or dies."""

    def __init__(self, number: int, begun: threading.Barrier, *, dies: bool = False) -> None:
        self.number, self.dies, self.closed = number, dies, False
        self._begun = begun

    def turn(self, action: str, told: dict[str, Any]) -> str:
        assert (action, told["closing"]) == ("look", True)
        self._begun.wait(10)  # which ends only if all are asked at once
        if self.dies:
            raise BrowserDied("gone")
        return f"turn {self.number}"

    def close(self) -> None:
        self._begun.wait(10)
        self.closed = True


def test_the_last_events_of_all_browsers_are_asked_for_at_once_and_one_that_dies_costs_its_own_alone() -> None:
    begun = threading.Barrier(3)
    sessions = {number: Heard(number, begun, dies=number == 1) for number in (1, 2, 3)}
    middleware = SeleniumMiddleware(SimpleNamespace(crawling=True), BrowserConfig())  # type: ignore[arg-type]
    middleware._sessions.update(sessions)  # type: ignore[arg-type]

    async def both() -> Any:
        heard = await middleware.last_events(0.1)
        await middleware.spider_closed()
        return heard

    assert asyncio.run(both()) == [(2, "turn 2"), (3, "turn 3")]
    assert all(session.closed for session in sessions.values()), "they end at once, too"


def test_where_no_browser_can_tell_its_last_events_that_is_told() -> None:
    middleware = SeleniumMiddleware(SimpleNamespace(crawling=True), BrowserConfig())  # type: ignore[arg-type]
    middleware._sessions[1] = Heard(1, threading.Barrier(1), dies=True)  # type: ignore[assignment]
    with pytest.raises(BrowserDied, match="gone"):
        asyncio.run(middleware.last_events(0.1))
    assert asyncio.run(SeleniumMiddleware(None, BrowserConfig()).last_events(0.1)) == []  # type: ignore[arg-type]

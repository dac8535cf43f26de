"""What the middleware takes from a stock request, and from a stranger's settings."""

from __future__ import annotations

from typing import Any

import pytest
import scrapy_selenium
from scrapy import Request
from scrapy.utils.test import get_crawler

from tiktok_scraper.errors import BadSetting
from tiktok_scraper.middlewares import SeleniumMiddleware, cookies_of, remembered

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

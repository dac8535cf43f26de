"""A browser that is gone is told from one that refuses, whatever words an address or a user's script holds."""

from __future__ import annotations

import pytest
from selenium.common.exceptions import (
    InvalidSessionIdException,
    JavascriptException,
    NoSuchWindowException,
    TimeoutException,
    WebDriverException,
)
from urllib3.connectionpool import HTTPConnectionPool
from urllib3.exceptions import MaxRetryError

from tiktok_scraper.browser.deaths import deaths_named
from tiktok_scraper.errors import BrowserDied, BrowserError

DEATHS = [
    InvalidSessionIdException("invalid session id"),
    NoSuchWindowException("no such window: target window already closed"),
    WebDriverException("disconnected: not connected to DevTools"),
    WebDriverException("chrome not reachable"),
    WebDriverException("tab crashed"),
    ConnectionResetError("Connection reset by peer"),
    MaxRetryError(HTTPConnectionPool("127.0.0.1"), "/session"),
]
REFUSALS = [
    TimeoutException("wait_until was not fulfilled within 1 s: presence_of_element_located(('id', 'closed'))"),
    JavascriptException("javascript error: crashed"),
    WebDriverException("unknown error: net::ERR_CONNECTION_CLOSED"),
    WebDriverException("unknown error: net::ERR_INTERNET_DISCONNECTED"),
    WebDriverException("Reached error page: about:neterror?e=netReset&u=http%3A//closed.example"),
    WebDriverException("unknown command"),
]


@pytest.mark.parametrize("error", DEATHS, ids=str)
def test_a_death_is_a_death(error: Exception) -> None:
    for refusals in (True, False):
        with pytest.raises(BrowserDied), deaths_named(refusals=refusals):
            raise error


@pytest.mark.parametrize("error", REFUSALS, ids=str)
def test_a_refusal_is_ours_in_a_turn_and_selenium_s_own_for_its_users(error: Exception) -> None:
    with pytest.raises(BrowserError) as ours, deaths_named():
        raise error
    assert not isinstance(ours.value, BrowserDied)
    with pytest.raises(type(error)) as theirs, deaths_named(refusals=False):
        raise error
    assert theirs.value is error

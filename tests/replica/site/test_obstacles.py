"""What the page puts in the way, and what is always there and is none."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from replica.serving.server import Replica
from replica.serving.shell import render
from tests.replica.site.site_watch import ERAS, VIEWER, Watch, quick, watching

pytestmark = pytest.mark.browser
CAPTCHA = "#captcha-verify-container-main-page"
LOGIN = "#loginContainer"
CLOSE = '[data-e2e="modal-close-inner-button"]'
NEXT = '[data-e2e="feed-navigation-next"]'


@pytest.fixture(scope="module")
def watch() -> Iterator[Watch]:
    yield from watching()


@pytest.mark.parametrize(("name", "element"), [("captcha", CAPTCHA), ("login-wall", LOGIN), ("login-prompt", LOGIN)])
def test_without_a_number_it_comes_at_load(watch: Watch, name: str, element: str) -> None:
    with Replica(quick(obstacle=name)) as site:
        watch.open(site)
        watch.until(lambda: watch.all(element), name)


@pytest.mark.parametrize("era", ERAS)
@pytest.mark.parametrize(("name", "element"), [("captcha", CAPTCHA), ("login-wall", LOGIN)])
def test_it_comes_at_the_kth_tiktok_shown_and_the_page_behind_stays(
    watch: Watch, era: str, name: str, element: str
) -> None:
    with Replica(quick(era=era, obstacle=name, obstacle_at=3)) as site:
        watch.open(site)
        watch.enter()
        watch.settled()
        shown = 1
        while shown < 3:
            assert not watch.all(element)
            watch.step()
            shown += not watch.path().endswith("/live")
        watch.until(lambda: watch.all(element), name)

        assert watch.all(VIEWER)
        assert watch.all('[data-e2e$="like-count"]')
        assert watch.all(element)[0].is_displayed()


def test_the_captcha_makes_what_is_behind_inert_and_can_be_closed(watch: Watch) -> None:
    with Replica(quick(obstacle="captcha")) as site:
        watch.open(site)
        watch.until(lambda: watch.all(CAPTCHA), "the captcha")
        assert watch.js("return document.getElementById('app').inert")
        assert watch.all("#app-header")[0].get_attribute("aria-hidden") == "true"
        assert watch.all("#captcha_slide_button.secsdk-captcha-drag-icon")
        watch.all("#captcha_close_button")[0].click()
        watch.until(lambda: not watch.all(CAPTCHA), "no captcha")
        assert not watch.js("return document.getElementById('app').inert")


def test_the_wall_has_no_way_past_and_the_prompt_has_two(watch: Watch) -> None:
    with Replica(quick(obstacle="login-wall")) as site:
        watch.open(site)
        watch.until(lambda: watch.all(LOGIN), "the wall")
        assert not watch.all(CLOSE)
        assert "guest" not in str(watch.text(LOGIN))
    for way in (CLOSE, f"{LOGIN} [data-e2e='channel-item']:last-of-type"):
        with Replica(quick(obstacle="login-prompt")) as site:
            watch.open(site)
            watch.until(lambda: watch.all(LOGIN), "the prompt")
            assert "Continue as guest" in str(watch.text(LOGIN))
            guest = [e for e in watch.all('[data-e2e="channel-item"]') if e.text == "Continue as guest"]
            (watch.all(way) if way == CLOSE else guest)[0].click()
            watch.until(lambda: not watch.all(LOGIN), "no prompt")


@pytest.mark.parametrize("era", ERAS)
def test_a_stuck_feed_goes_on_no_more_from_the_kth_on(watch: Watch, era: str) -> None:
    with Replica(quick(era=era, obstacle="feed-stuck", obstacle_at=3)) as site:
        watch.open(site)
        watch.enter()
        watch.settled()
        shown = 1
        while shown < 3:
            watch.step()
            shown += not watch.path().endswith("/live")
        here = watch.path()
        watch.key()
        watch.driver.execute_async_script("setTimeout(arguments[0], 300)")
        assert watch.path() == here


@pytest.mark.parametrize("era", ("b", "c"))
def test_a_first_list_that_fails_shows_an_error_whose_refresh_asks_again(watch: Watch, era: str) -> None:
    fail_once = """const fetched = window.fetch; let failed = false;
    window.fetch = (url, more) => { if (url.includes("item_list") && !failed) { failed = true;
      return Promise.resolve(new Response("", {status: 500})); } return fetched(url, more); };"""
    added = watch.driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": fail_once})
    try:
        with Replica(quick(era=era)) as site:
            watch.open(site)
            error = watch.until(lambda: watch.all('main [class*="DivErrorContainer"]'), "the error")[0]
            assert "Something went wrong" in error.text
            error.find_element("tag name", "button").click()
            watch.until(lambda: watch.all('[data-e2e="feed-video"]'), "a feed")
    finally:
        watch.driver.execute_cdp_cmd("Page.removeScriptToEvaluateOnNewDocument", added)


@pytest.mark.parametrize("era", ("a", "b"))
def test_shells_and_words_that_are_no_obstacle_are_always_there(watch: Watch, era: str) -> None:
    with Replica(quick(era=era)) as site:
        watch.open(site)
        shells = watch.all('[class*="DivModalContainer"] > [class*="DivModalMask"]')
        assert len(shells) >= 3
        assert not any(shell.is_displayed() for shell in shells)
        assert watch.js("return document.querySelector('tiktok-cookie-banner').shadowRoot.mode") == "open"
        assert "Log in to TikTok" in watch.driver.page_source
        assert "Drag the slider to fit the puzzle" in watch.driver.page_source
        assert "Something went wrong" in watch.driver.page_source
        assert "Something went wrong" not in watch.all("body")[0].text


def test_without_scripts_there_is_only_the_shell_and_in_era_a_an_error(watch: Watch) -> None:
    watch.driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        for era, text in (("a", "Something went wrong"), ("b", ""), ("c", "")):
            with Replica(quick(era=era)) as site:
                watch.driver.get(site.url)
                assert text in watch.all("body")[0].text
                assert watch.all("body")[0].text.strip() == "" or text
                assert not watch.all("[data-e2e]")
                assert not watch.all("noscript")
    finally:
        watch.driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})


def test_the_firewalls_page_has_the_captures_marks() -> None:
    config: dict[str, Any] = {}
    page = render(quick(), "waf", first=[], config=config)

    assert "Please wait..." in page
    for mark in ('id="wci" class="_wafchallengeid"', 'id="rci" class="waforiginalreid"', "slardar_us_waf"):
        assert mark in page


@pytest.mark.parametrize(
    ("era", "names"),
    [("b", {"like", "comment", "undefined", "share"}), ("c", {"like", "comment", "favorite", "share"})],
)
def test_a_tiktoks_own_page_mixes_the_names(watch: Watch, era: str, names: set[str]) -> None:
    with Replica(quick(era=era)) as site:
        watch.open(site)
        watch.enter()
        watch.settled()
        path = watch.path()
        watch.driver.get(site.base + path)
        watch.until(lambda: watch.all('[data-e2e="like-count"]'), "its counts")

        assert {
            e.get_attribute("data-e2e").removesuffix("-count") for e in watch.all('strong[data-e2e$="-count"]')
        } == names
        assert bool(watch.all('#main-content-video_detail [id^="xgwrapper-4-"]')) == (era == "b")
        assert bool(watch.all(NEXT)) == (era == "c")
        assert not watch.all(VIEWER)

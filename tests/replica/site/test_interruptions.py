"""Pickers, panels, banners and pages that go: each where it comes, and by what it ends."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from replica.serving.server import Replica
from replica.unruly import Unruly
from tests.replica.site.posts import written
from tests.replica.site.site_watch import ERAS, VIEWER, Watch, quick, watching

pytestmark = pytest.mark.browser
LOGIN = "#loginContainer"
# Of each: the part that shows, and what a pointer presses to end it.
CLOSED_BY = {
    "captcha-old": ("#captcha_container .secsdk-captcha-drag-icon", "#verify-bar-close"),
    "interests": ('[class*="DivInterestContainer"]', '[class*="DivInterestEnds"] button'),
    "shortcuts": (
        '[class*="DivFixedBottomContainer"] > [class*="DivKeyboardShortcutContainer"]',
        '[class*="DivKeyboardShortcutContainer"] [class*="DivXMarkWrapper"]',
    ),
    "got-it": ('[class*="DivScrollGuidance"]', '[class*="DivScrollGuidance"] button'),
    "cover": ('[role="dialog"][aria-label="Notice"]', '[role="dialog"][aria-label="Notice"] button'),
    "floating-banner": ('[class*="DivFloatingBannerContainer"]', '[class*="DivIconCloseContainer"]'),
    "cookie-banner-light": (".tiktok-cookie-banner", ".tiktok-cookie-banner button"),
}
GUESTS = {
    "login": "Continue without login",
    "signup": "Continue without signup",
    "video": "Continue to video",
    "div": "Continue as guest",
}


@pytest.fixture(scope="module")
def watch() -> Iterator[Watch]:
    yield from watching()


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A feed of a file, which is served sooner than a world."""
    return written(tmp_path_factory.mktemp("feed"))


@pytest.mark.parametrize("name", CLOSED_BY)
def test_it_comes_at_load_and_at_the_kth_and_ends_by_its_own_button(watch: Watch, few: Path, name: str) -> None:
    shows, closes = CLOSED_BY[name]
    with Replica(quick(items=few, era="b", obstacle=name)) as site:
        watch.open(site)
        watch.until(lambda: watch.all(shows), name)
        assert watch.all(shows)[0].is_displayed()
        watch.all(closes)[0].click()
        watch.until(lambda: not watch.all(shows), "no more of it")
        press = watch.until(site.presses, "a press")[0]
        assert (press["inside"], press["obstacle"], press["covered"]) == ("obstacle", name, True)
    with Replica(quick(items=few, era="c", obstacle=name, obstacle_at=2)) as site:
        watch.open(site)
        watch.enter()
        watch.settled()
        assert not watch.all(shows)
        watch.step()
        watch.until(lambda: watch.all(shows), name)
        assert watch.all(shows)[0].is_displayed()
        watch.step()  # a key still steps what is behind


@pytest.mark.parametrize("era", ("b", "c"))
def test_the_veil_is_no_dialog_and_nothing_steps_beneath_it(watch: Watch, few: Path, era: str) -> None:
    veil = '[class*="DivUpdateVeil"]'
    with Replica(quick(items=few, era=era, obstacle="veil", obstacle_at=2)) as site:
        watch.open(site)
        watch.enter()
        watch.settled()
        watch.step()
        watch.until(lambda: watch.all(veil), "the veil")
        here = watch.path()
        assert watch.all(veil)[0].get_attribute("role") is None
        assert not watch.js(f"return Boolean(document.querySelector('{veil}').closest('[role], dialog'))")
        over = "return document.elementFromPoint(innerWidth / 2, innerHeight / 2).closest(arguments[0]) !== null"
        assert watch.driver.execute_script(over, veil)
        watch.key()
        watch.driver.execute_async_script("setTimeout(arguments[0], 200)")
        assert watch.path() == here
        last = watch.until(lambda: site.presses()[-1:], "a press")[0]
        assert (last["kind"], last["covered"], last["standing"]) == ("key", True, ["veil"])


@pytest.mark.parametrize("era", ERAS)
def test_the_cookie_banner_is_in_its_shadow_root_in_every_era(watch: Watch, few: Path, era: str) -> None:
    button = "return document.querySelector('tiktok-cookie-banner').shadowRoot.querySelector('button')"
    with Replica(quick(items=few, era=era, obstacle="cookie-banner")) as site:
        watch.open(site)
        watch.until(lambda: watch.js(button), "the banner")
        assert not watch.all(".tiktok-cookie-banner")
        watch.js(button).click()
        watch.until(lambda: not watch.js(button), "no banner")
        assert watch.until(site.presses, "a press")[0]["text"].startswith("Decline")


@pytest.mark.parametrize("guest", GUESTS)
def test_a_prompt_has_the_way_past_that_is_told_and_no_other(watch: Watch, few: Path, guest: str) -> None:
    with Replica(quick(items=few, obstacle="login-prompt", guest=guest)) as site:
        watch.open(site)
        watch.until(lambda: watch.all(LOGIN), "the prompt")
        assert not watch.all('[data-e2e="modal-close-inner-button"]')
        ways = watch.all(f'{LOGIN} [class*="DivBoxContainer"]')
        (past,) = [way for way in ways if way.text == GUESTS[guest]]
        assert (past.get_attribute("role") is None) == (guest == "div")
        assert bool(watch.all(f'{LOGIN} [class*="DivGuestModeContainer"] [class*="DivBoxContainer"]')) == (
            guest == "div"
        )
        past.click()
        watch.until(lambda: not watch.all(LOGIN), "no prompt")


@pytest.mark.parametrize("era", ERAS)
def test_a_page_that_goes_in_the_middle_takes_the_view_along(watch: Watch, few: Path, era: str) -> None:
    gone = {
        "white-page": "return document.getElementById('app').childElementCount === 0",
        "spinner": "return document.querySelector('#app > svg[class*=SvgContainer]') !== null",
        "region": "return location.pathname === '/hk/notfound' && document.querySelector('main') !== null",
        "video-page": "return performance.getEntriesByType('navigation')[0].name.includes('/video/')",
    }
    for name, sign in gone.items():
        with Replica(quick(items=few, era=era, obstacle=name, obstacle_at=2)) as site:
            watch.open(site)
            watch.enter()
            watch.settled()
            watch.key()
            watch.until(lambda sign=sign: watch.js(sign), name)
            assert not watch.all(VIEWER)
            here = watch.path()
            watch.key()  # nobody listens any more
            watch.driver.execute_async_script("setTimeout(arguments[0], 200)")
            assert watch.path() == here


@pytest.mark.parametrize("era", ERAS)
def test_an_error_goes_after_as_many_refreshes_as_told(watch: Watch, few: Path, era: str) -> None:
    button = '[class*="DivErrorContainer"] button'
    with Replica(quick(items=few, era=era, obstacle="error-page", refreshes=2)) as site:
        watch.open(site)
        for _ in range(2):
            watch.until(lambda: watch.all(button), "the error")[0].click()
            watch.driver.execute_async_script("setTimeout(arguments[0], 300)")
            assert not watch.all('[data-e2e="feed-video"]')
        watch.until(lambda: watch.all(button), "the error")[0].click()
        watch.until(lambda: watch.all('[data-e2e="feed-video"]'), "a feed")
        if era == "c":
            assert not watch.all("[class*=DivErrorWrapper]")


def test_lists_wrapped_preloaded_or_without_handles_are_shown_all_the_same(watch: Watch) -> None:
    with Replica(quick(era="c", wrapped=True, preload="next", unruly=Unruly(handleless=0.3))) as site:
        watch.open(site)
        watch.enter()
        seen = []
        for _ in range(12):
            watch.settled()
            seen.append(watch.path())
            watch.step()
        sent = [line["id"] for line in site.truth()]
        asked = [path for _, path, _ in site.requests if path.endswith("/item_list/")]

    posts = [path for path in seen if not path.endswith("/live")]
    assert [path.split("/")[-1] for path in posts] == sent[: len(posts)]
    assert any(path.startswith("/@/") for path in posts)
    assert asked[:3] == ["/api/recommend/item_list/", "/api/preload/item_list/", "/api/recommend/item_list/"]

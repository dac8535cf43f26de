"""Ways into a view, on pages of our own: what opens one, what is tried how often, and what is never pressed."""

from __future__ import annotations

import pytest

from tests.tiktok_scraper.browser.view.conftest import Screen
from tests.tiktok_scraper.browser.view.posts import view
from tiktok_scraper.browser.view.enter import PRESSES, Entered, enter_feed, enter_viewer
from tiktok_scraper.browser.view.viewer import Viewer
from tiktok_scraper.pages.names import names_of

pytestmark = pytest.mark.browser

OPENER = '[data-e2e="feed-video"]'
CARD = '<article data-e2e="recommend-list-item-container">{}</article>'
VIDEO = '<section data-e2e="feed-video" id="{}" style="width:400px;height:300px;background:#ccc"></section>'
OVER_ALL = '<div role="dialog" aria-label="Notice" id="notice" style="position:fixed;inset:0;z-index:9">Agree</div>'
# The view is out of the page until it is opened.
CLOSED = "<script>const root = document.querySelector('.css-1-DivBrowserModeContainer'); root.remove()</script>"
OPEN = "document.body.append(root)"


def page(*cards: str, on_click: str = "", beside: str = "") -> str:
    """A feed of *cards*, where a click on the video "one" does what *on_click* says."""
    listen = f"<script>document.getElementById('one')?.addEventListener('click', () => {{ {on_click} }})</script>"
    feed = f"<div id='feed'>{''.join(cards)}</div>"
    return view("key", inside="", beside=f"{feed}{beside}{listen}") + CLOSED


def entered(screen: Screen, html: str, seconds: float = 12.0) -> Entered:
    screen.show(html, "/foryou")
    viewer = Viewer(screen.driver, names_of("viewer", "b"), lambda: False)
    return enter_viewer(screen.driver, viewer, seconds, lambda: False)


def pressed(screen: Screen) -> list[str]:
    return list(screen.driver.execute_script("return pressed"))


def test_the_first_video_opens_the_viewer(screen: Screen) -> None:
    got = entered(screen, page(CARD.format(VIDEO.format("one")), on_click=OPEN))
    assert (got.outcome, got.opener, got.current and got.current.id) == ("ok", OPENER, "7001")
    assert pressed(screen) == ["one"]


def test_a_live_card_is_passed_over(screen: Screen) -> None:
    live = CARD.format('<a href="/@ann/live">LIVE</a>' + VIDEO.format("live"))
    got = entered(screen, page(live, CARD.format(VIDEO.format("one")), on_click=OPEN))
    assert (got.outcome, pressed(screen)) == ("ok", ["one"])


def test_a_viewer_that_does_not_open_is_pressed_for_twice_and_no_more(screen: Screen) -> None:
    got = entered(screen, page(CARD.format(VIDEO.format("one"))))
    assert (got.outcome, got.opener, got.current) == ("no-viewer", OPENER, None)
    assert pressed(screen) == ["one"] * PRESSES


def test_a_feed_without_anything_that_opens_a_viewer_is_not_pressed(screen: Screen) -> None:
    got = entered(screen, page(CARD.format("<p>words</p>")), 5.0)
    assert (got.outcome, got.current) == ("no-opener", None)
    assert pressed(screen) == []


def test_a_covered_opener_is_not_pressed_and_its_cover_is_told(screen: Screen) -> None:
    got = entered(screen, page(CARD.format(VIDEO.format("one")), on_click=OPEN, beside=OVER_ALL), 5.0)
    assert got.outcome == "covered"
    assert got.cover is not None
    assert (got.cover.role, got.cover.label, got.cover.words) == ("dialog", "Notice", "Agree")
    assert pressed(screen) == []


def test_a_press_that_leads_to_another_page_is_told(screen: Screen) -> None:
    got = entered(screen, page(CARD.format(VIDEO.format("one")), on_click="location.assign('/@ann/elsewhere')"))
    assert (got.outcome, got.opener) == ("elsewhere", OPENER)


def test_a_run_that_ends_enters_nothing(screen: Screen) -> None:
    screen.show(page(CARD.format(VIDEO.format("one")), on_click=OPEN), "/foryou")
    viewer = Viewer(screen.driver, names_of("viewer", "b"), lambda: True)
    assert enter_viewer(screen.driver, viewer, 60.0, lambda: True).outcome == "no-opener"
    assert pressed(screen) == []


def test_the_feed_is_taken_as_it_stands(screen: Screen) -> None:
    post = '<div id="xgwrapper-0-7009" style="width:300px;height:700px"></div><a href="/@ann">Ann</a>'
    likes = '<strong data-e2e="like-count">5</strong>'
    screen.show(f"<main>{CARD.format(post + likes)}</main><script>const pressed = []</script>", "/foryou")
    viewer = Viewer(screen.driver, names_of("feed", "b"), lambda: False)
    got = enter_feed(viewer, 10.0, lambda: False)
    assert (got.outcome, got.opener, got.current and got.current.id) == ("ok", "in place", "7009")
    screen.show("<main></main>", "/foryou")
    assert (
        enter_feed(Viewer(screen.driver, names_of("feed", "b"), lambda: False), 1.0, lambda: False).outcome == "empty"
    )

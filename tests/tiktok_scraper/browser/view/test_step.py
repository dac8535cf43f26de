"""Steps on pages of our own: what steps them, what is never pressed, and what is told of that lies in the way."""

from __future__ import annotations

import time
from typing import Any

import pytest

from tests.tiktok_scraper.browser.view.conftest import Screen
from tests.tiktok_scraper.browser.view.posts import NEXT, view
from tiktok_scraper.browser.view.reach import Cover
from tiktok_scraper.browser.view.step import TRY_FOR_S, step
from tiktok_scraper.browser.view.viewer import Viewer
from tiktok_scraper.pages.names import names_of
from tiktok_scraper.turn import Current

pytestmark = pytest.mark.browser

PLENTY_S = 15.0  # for a step that comes
NONE_S = 3 * TRY_FOR_S + 1  # each of three ways has been tried by then
DIALOG = '<div role="dialog" aria-label="Notice" style="position:fixed;left:50%;top:350px;width:30%;height:99px">'


def opened(screen: Screen, html: str) -> Viewer:
    """The view of a page, its first post read."""
    screen.show(html, "/foryou")
    viewer = Viewer(screen.driver, names_of("viewer", "b"), lambda: False)
    first = viewer.wait(PLENTY_S)
    assert first is not None and first.id == "7001"
    return viewer


def go(viewer: Viewer, seconds: float = PLENTY_S, **told: Any) -> Current | None:
    return step(viewer, seconds, cut=lambda: False, **told)


def pressed(screen: Screen) -> list[str]:
    return list(screen.driver.execute_script("return pressed"))


def test_the_key_steps_and_is_pressed_once(screen: Screen) -> None:
    viewer = opened(screen, view("key", "button"))
    found = go(viewer)
    assert found is not None
    assert (found.id, found.creator, viewer.stepper, viewer.presses) == ("7002", "maker2", "key", 1)
    assert pressed(screen) == []


def test_back_is_the_post_before_and_teaches_nothing(screen: Screen) -> None:
    viewer = opened(screen, view("key"))
    go(viewer)
    viewer.stepper = ""
    found = go(viewer, back=True)
    assert found is not None
    assert (found.id, viewer.stepper) == ("7001", "")


@pytest.mark.parametrize("stepper", ["button", "wheel"])
def test_where_the_key_is_dead_the_next_way_is_tried_and_what_won_is_kept(screen: Screen, stepper: str) -> None:
    viewer = opened(screen, view(stepper))
    first = go(viewer)
    assert first is not None
    assert (first.id, viewer.stepper) == ("7002", stepper)
    assert viewer.presses > 1, "the key was tried before"
    second = go(viewer)
    assert second is not None
    assert (second.id, viewer.presses) == ("7003", 1), "now it comes first"
    assert set(pressed(screen)) <= {"next"}


def test_a_next_button_outside_the_view_is_never_pressed(screen: Screen) -> None:
    outside = '<button data-e2e="arrow-right" id="outside" style="z-index:9">next</button>'
    viewer = opened(screen, view("button", inside="", beside=outside))
    assert go(viewer, NONE_S) is None
    assert viewer.cover is None
    assert pressed(screen) == []


def test_a_covered_next_button_is_not_pressed_and_its_cover_is_told(screen: Screen) -> None:
    viewer = opened(screen, view("button", beside=f"{DIALOG}Confirm your age</div>"))
    assert go(viewer, NONE_S) is None
    assert viewer.cover == Cover("dialog", "Notice", "", "Confirm your age")
    assert pressed(screen) == []


def test_the_part_of_a_next_button_that_is_free_is_pressed(screen: Screen) -> None:
    over = '<div id="over" style="position:fixed;left:50%;top:350px;width:6%;height:99px;background:red"></div>'
    viewer = opened(screen, view("button", beside=over))
    found = go(viewer)
    assert found is not None and found.id == "7002"
    assert set(pressed(screen)) == {"next"}


def test_a_view_that_has_moved_on_by_itself_has_stepped(screen: Screen) -> None:
    viewer = opened(screen, view("key"))
    screen.driver.execute_script("step('key')")
    viewer.read_at = time.monotonic() - 5
    found = go(viewer)
    assert found is not None
    assert (found.id, viewer.presses) == ("7002", 0)


def test_a_run_that_ends_cuts_a_step(screen: Screen) -> None:
    viewer = opened(screen, view())
    began = time.monotonic()
    assert step(viewer, 60.0, cut=lambda: time.monotonic() - began > 1) is None
    assert time.monotonic() - began < 20


VEIL = '<div class="css-7x-DivVeil" style="position:fixed;left:9px;top:9px;width:600px;height:700px;background:red">'


@pytest.mark.parametrize(
    ("beside", "inside", "cover"),
    [
        ("", NEXT, None),
        (f"{VEIL}Getting ready</div>", NEXT, Cover("div", "", "css-7x-DivVeil", "Getting ready")),
        # What leads to somebody may hold their words.
        (f'{VEIL}<a href="/@ann">Ann says</a></div>', NEXT, Cover("div", "", "css-7x-DivVeil", "xxx xxxx")),
        ("", f"{NEXT}{VEIL}somebody else</div>", Cover("div", "", "css-7x-DivVeil", "xxxxxxxx xxxx")),
        # The page's own: the preview card, a floating part of the post, what a pointer falls through.
        (f"{VEIL.replace('DivVeil', 'UserCard')}Ann</div>", NEXT, None),
        ("", f"{NEXT}{VEIL.replace('fixed', 'absolute')}the caption</div>", None),
        (f"{VEIL.replace('background', 'pointer-events:none;background')}a frame</div>", NEXT, None),
    ],
    ids=["nothing", "notice", "leads to somebody", "fixed in the view", "preview card", "of the post", "no target"],
)
def test_what_lies_over_the_post_and_is_no_part_of_it_is_told(
    screen: Screen, beside: str, inside: str, cover: Cover | None
) -> None:
    viewer = opened(screen, view("key", inside=inside, beside=beside))
    viewer.look_for_cover()
    assert viewer.cover == cover

"""Where a target can be pressed, and what is told of what lies there in its place."""

from __future__ import annotations

import pytest

from tests.tiktok_scraper.browser.view.conftest import Screen
from tiktok_scraper.browser.view.reach import Cover, reach

pytestmark = pytest.mark.browser

BUTTON = "<button style='position:fixed;left:100px;top:100px;width:200px;height:40px'>Next</button>"


def test_a_free_target_is_reached_at_its_middle(screen: Screen) -> None:
    screen.show(f"<main>{BUTTON}</main>", "/foryou")
    found = reach(screen.driver, "button")
    assert found is not None
    assert (found.target, found.x, found.y, found.cover) == ("button", 200, 120, None)


def test_a_target_covered_in_part_is_reached_where_it_is_free(screen: Screen) -> None:
    over = "<div style='position:fixed;left:0;top:0;width:220px;height:300px;background:red'></div>"
    screen.show(f"<main>{BUTTON}{over}</main>", "/foryou")
    found = reach(screen.driver, "button")
    assert found is not None and found.cover is None
    assert found.x >= 220


@pytest.mark.parametrize("style", ["display:none", "visibility:hidden", "width:0;height:0;padding:0;border:0"])
def test_a_target_that_is_not_drawn_is_none(screen: Screen, style: str) -> None:
    screen.show(f"<main><button style='{style}'></button></main>", "/foryou")
    assert reach(screen.driver, "button") is None


def test_one_that_is_out_of_sight_is_neither_reached_nor_covered(screen: Screen) -> None:
    screen.show("<main><button style='position:fixed;left:100px;top:9000px'>Next</button></main>", "/foryou")
    assert reach(screen.driver, "button") is None


def test_the_first_of_several_that_is_free_is_taken_and_only_in_the_root(screen: Screen) -> None:
    over = "<div style='position:fixed;left:0;top:0;width:400px;height:300px;background:red'></div>"
    free = "<div id='root'><button style='position:fixed;left:600px;top:100px'>Next</button></div>"
    screen.show(f"<main>{BUTTON}{over}{free}</main>", "/foryou")
    found = reach(screen.driver, "button")
    assert found is not None and found.x > 600
    inside = reach(screen.driver, "button", root="#root")
    assert inside is not None and inside.cover is None
    assert reach(screen.driver, "button", root="#none") is None


@pytest.mark.parametrize(
    ("part", "cover"),
    [
        (
            "<div role='dialog' aria-label='Notice' data-e2e='notice'{}><p>Confirm <b>your age</b></p></div>",
            Cover("dialog", "Notice", "notice", "Confirm your age"),
        ),
        # Nor are those of a dialog that leads to somebody the site's: it may be a viewer of a new name.
        (
            "<div role='dialog' aria-label='Ann 71'{}><a href='/@ann'>Ann</a> says hello</div>",
            Cover("dialog", "xxx 00", "", "xxx xxxx xxxxx"),
        ),
        # Of a part of the page that is no dialog the words may be somebody's.
        (
            "<div class='a1 css-1x-DivToast b2'{}>Ann says hello</div>",
            Cover("div", "", "css-1x-DivToast", "xxx xxxx xxxxx"),
        ),
        ("<div class='a1 b2'{}>Log in</div>", Cover("div", "", "b2", "Log in")),
    ],
    ids=["dialog", "a dialog of somebody", "somebody's words", "the site's own words"],
)
def test_what_covers_is_told_by_role_label_name_and_words(screen: Screen, part: str, cover: Cover) -> None:
    over = part.format(" style='position:fixed;inset:0;background:#fff'")
    screen.show(f"<main>{BUTTON}{over}</main>", "/foryou")
    found = reach(screen.driver, "button")
    assert found is not None
    assert found.cover == cover

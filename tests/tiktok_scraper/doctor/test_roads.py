"""That a thing is there is seen by another road than its name."""

from __future__ import annotations

import pytest
from parsel import Selector

from tiktok_scraper.doctor import roads

ID = "7600000000000000001"


def html(text: str) -> Selector:
    return Selector(text=f"<div>{text}</div>", type="html")


@pytest.mark.parametrize(
    ("post", "known"),
    [
        (f'<div data-new-id="{ID}"></div>', True),
        ('<button data-e2e="video-more-menu"></button>', True),
        (f'<a href="/@qq/video/{ID}" id="{ID}"></a>', False),
        ('<div data-new-id="76"></div>', False),
    ],
)
def test_a_menu(post: str, known: bool) -> None:
    assert bool(roads.to_menu(html(post), ID)) is known


def test_a_menu_of_a_post_that_tells_no_id_is_not_seen() -> None:
    assert roads.to_menu(html('<div data-x=""></div>'), "") == ""


@pytest.mark.parametrize(
    ("words", "known"), [("LIVE now", True), ("LIVE", True), ("we live in", False), ("OLIVE", False)]
)
def test_a_live_card(words: str, known: bool) -> None:
    assert bool(roads.to_live(html(f"<b>{words}</b>"))) is known


@pytest.mark.parametrize(
    ("button", "known"),
    [
        ('<button aria-label="Go to next video"></button>', True),
        ('<button aria-label="Next"></button>', True),
        ('<div data-key-interaction="feed_nav_next"><button></button></div>', True),
        ('<div role="button" data-e2e="arrow-next"></div>', True),
        ('<button aria-label="Next slide"></button>', False),
        ('<button aria-label="Go to previous video"></button>', False),
        ('<button aria-label="Context"></button>', False),
        ("<button>Next</button>", False),
    ],
)
def test_a_next_button(button: str, known: bool) -> None:
    assert bool(roads.to_next(html(button))) is known


def test_a_label() -> None:
    assert roads.to_label([html("").css("div")[0]]) == ""
    assert roads.to_label(list(html('<a aria-label="Mehr Videos mit"></a>').css("a"))) != ""

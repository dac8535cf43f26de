"""The feed as it was saved in 2026-10, served as a page: recognised, and walked in place with both posts read whole."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from tests.captures import CAPTURES
from tests.tiktok_scraper.browser.view.conftest import Screen
from tiktok_scraper.browser.view.enter import enter_feed
from tiktok_scraper.browser.view.step import step
from tiktok_scraper.browser.view.viewer import Viewer
from tiktok_scraper.pages.facts import ItemFacts
from tiktok_scraper.pages.names import names_of
from tiktok_scraper.pages.state import recognise
from tiktok_scraper.turn import Current
from tiktok_scraper.walk.read_post import read_post

pytestmark = [pytest.mark.browser, pytest.mark.captures]

FEED = CAPTURES / "html" / "2026-10_foryou_anonymous_two_cards.html"
# What the buttons' labels say, for those who can't see the counts: another road to the same figures.
LABELS = {
    "likes": r'aria-label="Like video\s([\d.KMB]+) likes"',
    "comments": r'aria-label="Read or add comments\s([\d.KMB]+) comments"',
    "saves": r'aria-label="Add to Favorites\. ([\d.KMB]+) added to Favorites"',
    "shares": r'aria-label="Share video\s([\d.KMB]+) shares"',
}
ENOUGH_S = 15.0


def read(current: Current | None, missed: Counter[str]) -> ItemFacts:
    assert current is not None
    told = read_post(current, "/foryou", "c", "feed", note=lambda name: missed.update([name]), count=lambda _: None)
    assert told is not None
    missed.update(told.missed)
    return told


def test_both_posts_are_read_whole(screen: Screen) -> None:
    if not FEED.exists():
        pytest.skip(f"needs the saved real page {FEED.name}")
    html = FEED.read_text(encoding="utf-8")
    page = recognise(screen.show(html, "/foryou"))
    assert (page.kind, page.era, page.detail) == ("feed", "c", "2 cards")

    viewer, missed = Viewer(screen.driver, names_of("feed", "c"), lambda: False), Counter[str]()
    posts = [read(enter_feed(viewer, ENOUGH_S, lambda: False).current, missed)]
    posts.append(read(step(viewer, ENOUGH_S, cut=lambda: False), missed))
    assert viewer.stepper == "wheel", "a saved page has no scripts: only the browser's own scrolling goes on"

    assert missed == {}
    assert [post.id for post in posts] == re.findall(r'data-more-menu-item-id="(\d+)"', html)
    assert [post.username for post in posts] == list(dict.fromkeys(re.findall(r'href="/@([^"?]+)', html)))
    shown = {name: re.findall(label, html) for name, label in LABELS.items()}
    assert [post.told["page"] for post in posts] == [
        {name: counts[at] for name, counts in shown.items()} for at in range(len(posts))
    ]
    sounds = re.findall(r'href="(/music/[^"?]+)', html)
    assert [post.audio_url for post in posts] == [f"https://www.tiktok.com{sound}" for sound in sounds]
    assert all(post.audio and post.caption for post in posts)

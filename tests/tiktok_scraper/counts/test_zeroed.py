"""Counts that failed to 0 are not told; the page's own text stands for them, and a fresh TikTok keeps its zeros."""

from __future__ import annotations

import json

import pytest

from tests.captures import capture
from tests.tiktok_scraper.counts.test_settling import OWN, told_by, values
from tiktok_scraper.counts.settling import settle
from tiktok_scraper.pages.data import read_feed_reply

FAILED = {"likes": "0", "comments": "6258", "shares": "0", "views": "0", "saves": "0"}
WITHOUT_VIEWS = ("likes", "shares", "views", "saves")


def test_what_comments_belie_is_not_told() -> None:
    settled = settle({"stats": FAILED, "statsV2": FAILED})
    assert values(settled) == {"comments": 6258}
    assert {settled.counts[name].shown for name in WITHOUT_VIEWS} == {"0"}
    assert {settled.counts[name].step for name in WITHOUT_VIEWS} == {None}
    assert settled.zeroed and settled.unread == ()


def test_what_the_page_displays_fills_in_and_its_printings_of_zeros_do_not() -> None:
    page = {"likes": "1.1M", "comments": "6258", "shares": "0"}
    settled = settle({"stats": FAILED, "page": page})
    assert values(settled) == {"likes": 1_100_000, "comments": 6258}
    assert (settled.counts["shares"].shown, settled.source) == ("0", "mixed")


def test_what_the_page_displays_belies_zeros_too() -> None:
    nothing = dict.fromkeys(FAILED, "0")
    settled = settle({"stats": nothing, "page": {"likes": "12.3K"}})
    assert values(settled) == {"likes": 12_300, "comments": 0}


def test_a_block_that_told_views_stands_for_one_that_failed() -> None:
    told = {"likes": "38884", "comments": "504", "shares": "0", "views": "1585300", "saves": "32000"}
    settled = settle({"stats": told, "statsV2": FAILED})
    assert values(settled) == {**{name: int(text) for name, text in told.items()}, "comments": 6258}


@pytest.mark.parametrize("views", ["0", "3"])
def test_a_fresh_tiktok_keeps_its_zeros(views: str) -> None:
    fresh = {"likes": "0", "comments": "0", "shares": "0", "views": views, "saves": "0"}
    settled = settle({"stats": fresh, "statsV2": fresh, "page": {"likes": "0", "comments": "0"}})
    assert values(settled) == {name: int(text) for name, text in fresh.items()}
    assert not settled.zeroed


def test_nothing_told_of_views_says_nothing_of_zeros() -> None:
    settled = settle({"page": {"likes": "0", "comments": "7"}})
    assert values(settled) == {"likes": 0, "comments": 7}
    assert values(settle({"stats": {"likes": "0", "comments": "7"}}, zeroed=True)) == {"likes": 0, "comments": 7}


@pytest.mark.captures
def test_the_real_replies_whose_counts_failed_tell_comments_alone() -> None:
    seen = 0
    for reply in capture("2025-01_recommend_item_list_zeroed.json"):
        read = read_feed_reply(json.dumps(reply))
        assert read.without_views and len(read.items) == len(reply["itemList"])
        for facts, sent in zip(read.items, reply["itemList"], strict=True):
            assert facts.told["stats"] == told_by(sent["stats"], OWN)
            settled = settle(facts.told, ad=facts.ad)
            assert values(settled) == {"comments": sent["stats"]["commentCount"]}
            assert {settled.counts[name].shown for name in WITHOUT_VIEWS} == {"0"}
            seen += settled.zeroed
    assert seen == 13 + 10 + 6


@pytest.mark.captures
def test_no_other_real_reply_has_failed() -> None:
    for reply in capture("2025-02_recommend_item_list_12_pulls.json"):
        read = read_feed_reply(json.dumps(reply))
        assert not read.without_views
        assert not any(settle(facts.told, ad=facts.ad).zeroed for facts in read.items)

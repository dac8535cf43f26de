"""Where a TikTok stands among all cards a session was served."""

from __future__ import annotations

from tiktok_scraper.pages.facts import FeedReply
from tiktok_scraper.walk.feed_order import FeedOrder


def served(*replies: tuple[str, ...], has_more: bool | None = True) -> FeedOrder:
    order = FeedOrder()
    for cards in replies:
        order.add(FeedReply("ok", order=cards, has_more=has_more))
    return order


def test_the_rank_counts_live_cards_and_unreadable_ones_too() -> None:
    order = served(("1", "live", "", "2"), ("3",))
    assert [order.position(id, 0) for id in ("1", "2", "3")] == [1, 4, 5]


def test_a_card_served_again_keeps_its_first_rank_and_is_counted() -> None:
    order = served(("1", "2"), ("2", "3"))
    assert order.position("2", 0) == 2
    assert order.position("3", 0) == 3
    assert order.repeated == 1


def test_a_card_no_reply_told_of_stands_behind_the_one_before() -> None:
    assert served(("1",)).position("9", after=4) == 5


def test_what_was_passed_over_is_named() -> None:
    order = served(("1", "live", "2", "3", "4"))
    assert order.passed_over(1, 5) == ["2", "3"]
    assert order.passed_over(1, 3) == []


def test_what_is_known_to_stand_ahead_is_no_live_card_and_none_that_nobody_can_read() -> None:
    order = served(("1", "live", "2", ""))
    assert [order.ahead(position) for position in (0, 1, 3)] == [["1", "2"], ["2"], []]


def test_the_last_card_is_the_last_only_where_the_site_said_so() -> None:
    assert served(("1", "2", "live"), has_more=False).is_last(2)
    assert not served(("1", "2"), has_more=False).is_last(1)
    assert not served(("1", "2"), has_more=True).is_last(2)
    assert not served(("1", "2"), has_more=None).is_last(2)

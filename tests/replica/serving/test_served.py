"""What a long visit to the 2025 feed is served, held against 43,757 real items (site.md 5.1b)."""

from __future__ import annotations

import math
from collections import Counter
from typing import Any

import pytest

from tests.replica.feeds import NOW, long_visit, source

SEEDS = (1, 2)
PERCENT = (5, 25, 50, 75, 95, 99)
SIZES = {
    "likes": (672, 18_500, 81_300, 340_000, 2.2e6, 5.4e6),
    "views": (18_000, 341_000, 1.1e6, 4.1e6, 21.8e6, 62e6),
    "comments": (11, 236, 961, 3_434, 20_000, 67_000),
    "shares": (16, 577, 3_689, 19_200, 163_000, 558_000),
    "saves": (71, 2_039, 9_418, 35_600, 199_000, 495_000),
}
RATIOS = {
    ("comments", "likes"): (0.0014, 0.0045, 0.010, 0.026, 0.16, 0.71),
    ("shares", "likes"): (0.005, 0.017, 0.042, 0.11, 0.37, 0.92),
    ("likes", "views"): (0.013, 0.042, 0.079, 0.13, 0.21, 0.26),
}


def truths(seed: int) -> list[Any]:
    return [card.truth for card in long_visit(seed) if card.truth is not None]


def items(seed: int) -> list[Any]:
    return [card.item for card in long_visit(seed) if card.truth is not None]


def percentile(values: list[float], percent: int) -> float:
    """The smallest value that *percent* of all do not exceed."""
    return sorted(values)[math.ceil(len(values) * percent / 100) - 1]


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("name", SIZES)
def test_sizes_have_the_measured_quantiles_within_a_fifth(name: str, seed: int) -> None:
    values = [float(truth[name]) for truth in truths(seed)]
    for percent, wanted in zip(PERCENT, SIZES[name], strict=True):
        assert percentile(values, percent) == pytest.approx(wanted, rel=0.2), f"p{percent} of {name}"


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("names", RATIOS, ids="/".join)
def test_ratios_have_the_measured_quantiles_within_a_fifth(names: tuple[str, str], seed: int) -> None:
    top, bottom = names
    values = [truth[top] / truth[bottom] for truth in truths(seed) if truth[bottom]]
    for percent, wanted in zip(PERCENT, RATIOS[names], strict=True):
        assert percentile(values, percent) == pytest.approx(wanted, rel=0.2), f"p{percent} of {top}/{bottom}"


@pytest.mark.parametrize("seed", SEEDS)
def test_flavours_have_their_shares_within_two_points(seed: int) -> None:
    def flavour(item: dict[str, Any]) -> str:
        stats = item.get("authorStats")
        if stats is None:
            return "bare"
        if stats["heartCount"]:
            return "full"
        return "followers" if stats["followerCount"] else "zeros"

    found = Counter(map(flavour, items(seed)))
    total = sum(found.values())
    wanted = {"bare": 40_729, "full": 1_785, "followers": 474, "zeros": 769}
    for name, count in wanted.items():
        assert found[name] / total == pytest.approx(count / 43_757, abs=0.02), name
        assert found[name] > 0, name


@pytest.mark.parametrize("seed", SEEDS)
def test_some_cards_are_repeats_ads_and_live(seed: int) -> None:
    cards = long_visit(seed)
    ids = [truth["id"] for truth in truths(seed)]
    assert 1 - len(set(ids)) / len(ids) == pytest.approx(0.02, abs=0.007)
    assert sum(truth["ad"] for truth in truths(seed)) / len(ids) == pytest.approx(0.0284, abs=0.01)
    assert sum(card.truth is None for card in cards) / len(cards) == pytest.approx(0.0172, abs=0.007)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_feed_is_as_old_as_the_measured_one(seed: int) -> None:
    days = [(NOW - item["createTime"]) / 86_400 for item in items(seed)]
    assert min(days) > 0
    assert percentile(days, 50) == pytest.approx(51, rel=0.1)
    assert percentile(days, 5) == pytest.approx(1.7, rel=0.5)
    assert percentile(days, 95) == pytest.approx(112, rel=0.1)


@pytest.mark.parametrize("seed", SEEDS)
def test_real_zeros_exist(seed: int) -> None:
    # 70, 283 and 382 of 17,865 TikToks.
    for name, wanted in (("likes", 70), ("shares", 283), ("comments", 382)):
        found = sum(truth[name] == 0 for truth in truths(seed)) / len(truths(seed))
        assert found == pytest.approx(wanted / 17_865, abs=0.006), name


def test_keys_come_and_go_and_is_ad_is_said_of_ads_only() -> None:
    every = items(1)
    for key in ("shareEnabled", "textExtra", "challenges", "duetEnabled", "diversificationId"):
        lacking = sum(key not in item for item in every) / len(every)
        assert 0.02 <= lacking <= 0.4, key
    assert {item.get("isAd") for item in every} == {None, True}
    assert all("ad_info" in item for item in every if item.get("isAd"))
    assert any(" " in item["author"]["uniqueId"] for item in every if item.get("isAd"))
    assert 1 <= sum(len(item["stats"]) < 5 for item in every) < 100  # some lack a count
    assert any("imagePost" in item for item in every)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_few_tell_no_likes_but_none_of_the_first_thirty(seed: int) -> None:
    cards = long_visit(seed)
    likeless = [n for n, card in enumerate(cards, 1) if card.truth and "diggCount" not in card.item["stats"]]
    assert likeless[0] > 30
    assert len(likeless) / len(cards) == pytest.approx(0.005, abs=0.003)
    for place in likeless:
        truth = cards[place - 1].truth
        assert truth is not None
        assert isinstance(truth["likes"], int)
        assert all("diggCount" not in truth["sent"].get(block, {}) for block in ("stats", "statsV2"))


@pytest.mark.parametrize("seed", SEEDS)
def test_about_a_hundredth_of_the_creators_past_the_thirtieth_card_are_gone(seed: int) -> None:
    names = {item["author"]["uniqueId"] for item in items(seed)[30:2_000]}
    gone = [name for name in names if source(seed).creator(name, NOW).reply not in ("stats", "statsV2")]
    assert len(gone) / len(names) == pytest.approx(0.01, abs=0.006)


def test_the_web_of_2022_has_no_photo_posts() -> None:
    assert not any("imagePost" in card.item for card in source(1, "2022", "a").visit(1, NOW).take(1_500, NOW))


def test_nobody_of_a_short_visit_has_a_page_that_is_gone() -> None:
    first = [item["author"]["uniqueId"] for item in items(1)[:30]]
    assert {source(1).creator(name, NOW).reply for name in first} <= {"stats", "statsV2"}


def test_a_visit_meets_creators_on_both_sides_of_the_overflow() -> None:
    totals = {truth["user_likes"] for truth in truths(1)[:100]}
    assert sum(2**31 <= total < 2**32 for total in totals) >= 3
    assert sum(total >= 2**32 for total in totals) >= 3

"""Every key of real items and replies is in ours, of the same type; what is not is listed here with its reason."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import pytest

from replica.feed.world_feed import WorldSource
from replica.items.addresses import Media
from replica.options import Options
from replica.serving.embedded import sigi_item
from tests.captures import capture
from tests.replica.feeds import NOW, long_visit, source, world

pytestmark = pytest.mark.captures
Raw = Mapping[str, Any]


def paths(told: Any, at: str = "") -> dict[str, str]:
    """Path of every key in *told* -> type of its value."""
    found: dict[str, str] = {}
    if isinstance(told, dict):
        for key, value in told.items():
            found |= {f"{at}.{key}": type(value).__name__} | paths(value, f"{at}.{key}")
    elif isinstance(told, list):
        for value in told:
            found |= paths(value, f"{at}[]")
    return found


def differences(ours: Iterable[Raw], real: Iterable[Raw]) -> tuple[set[str], set[str]]:
    """Keys of *real* that *ours* lack, and those whose type differs."""
    mine: dict[str, str] = {}
    theirs: dict[str, str] = {}
    for item in ours:
        mine |= paths(item)
    for item in real:
        theirs |= paths(item)
    assert theirs
    return theirs.keys() - mine.keys(), {key for key in theirs.keys() & mine.keys() if mine[key] != theirs[key]}


def is_live(item: Raw) -> bool:
    return "liveRoomInfo" in item


def is_ad(item: Raw) -> bool:
    return bool(item.get("isAd"))


def is_bare(item: Raw) -> bool:
    return not is_live(item) and not is_ad(item) and "authorStats" not in item


def is_full(item: Raw) -> bool:
    return not is_live(item) and not is_ad(item) and "authorStats" in item


@pytest.mark.parametrize(
    ("kind", "lacking"),
    [
        # One hashtag of 813 was marked commercial.
        (is_bare, {".challenges[].isCommerce"}),
        (is_ad, set()),
        (is_live, set()),
    ],
)
def test_items_have_the_keys_of_the_twelve_pulls(kind: Callable[[Raw], bool], lacking: set[str]) -> None:
    real = [item for reply in capture("2025-02_recommend_item_list_12_pulls.json") for item in reply["itemList"]]
    ours = [card.item for card in long_visit(1) if kind(card.item)]
    assert differences(ours, filter(kind, real)) == (lacking, set())


def test_full_items_have_the_keys_of_the_anonymous_reply() -> None:
    real = capture("2024-12_recommend_item_list_example_MMM.json")["itemList"]
    ours = [card.item for card in long_visit(1) if is_full(card.item)]
    # isAd is said of ads only in the twelve pulls, which are the larger evidence.
    assert differences(ours, real) == ({".isAd"}, set())


def test_embedded_items_of_2022_have_the_keys_of_the_real_page() -> None:
    real = capture("2022-03_foryou_SIGI_STATE.json")["ItemModule"].values()
    options = Options(era="a", author_stats="full")
    cards = WorldSource(world(1), options, Media("http://127.0.0.1:1")).visit(1, NOW).take(120, NOW)
    assert differences([sigi_item(card.item) for card in cards if card.truth], real) == (set(), set())


def test_detail_replies_have_the_keys_of_the_real_ones() -> None:
    real = capture("2025-2026_user-detail_six_captures.json").values()
    names = [card.item["author"]["uniqueId"] for card in long_visit(1)[:30] if card.truth]
    replies = [json.loads(source(1).creator(name, NOW).body) for name in names]
    assert differences(replies, real) == (set(), set())

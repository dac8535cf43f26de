"""From what the blocks told to a number a count: preference, exactness, zeros that are none, real replies."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from tests.captures import capture
from tests.tiktok_scraper.counts.test_read import printed
from tiktok_scraper.counts.read import bounds
from tiktok_scraper.counts.settling import Settled, settle

OWN = {"likes": "diggCount", "comments": "commentCount", "shares": "shareCount", "views": "playCount"}
OWN["saves"] = "collectCount"
CREATORS = {"user_followers": "followerCount", "user_likes": "heartCount", "user_videos": "videoCount"}


def told_by(raw: dict[str, Any], keys: dict[str, str]) -> dict[str, str]:
    """A block as pages hand it on: our names, texts."""
    return {name: str(raw[key]) for name, key in keys.items() if key in raw}


def steps(settled: Settled) -> dict[str, int | None]:
    """The step of each count that has a number."""
    return {name: count.step for name, count in settled.counts.items() if count.value is not None}


def values(settled: Settled) -> dict[str, int]:
    """Each count that has a number."""
    return {name: count.value for name, count in settled.counts.items() if count.value is not None}


def test_nothing_told_is_nothing() -> None:
    settled = settle({})
    assert values(settled) == {}
    assert set(settled.counts) == {*OWN, *CREATORS}
    assert (settled.source, settled.user_source, settled.repair, settled.wraps) == (None, None, None, None)


def test_stats_alone_are_rounded_to_the_grid() -> None:
    # The first item of the anonymous batch of March 2022.
    settled = settle({"stats": {"likes": "10000", "shares": "167", "comments": "236", "views": "91600"}})
    assert steps(settled) == {"likes": 100, "shares": 1, "comments": 1, "views": 100}
    assert settled.source == "json"


def test_one_finer_number_makes_the_whole_of_statsv2_exact() -> None:
    # 38884 beside 38900 shows that nothing was rounded, so 1585300 is exact as well.
    told = {"likes": "38884", "views": "1585300", "comments": "504", "shares": "2124", "saves": "32000"}
    settled = settle({"stats": {"likes": "38900", "views": "1600000"}, "statsV2": told})
    assert values(settled) == {name: int(text) for name, text in told.items()}
    assert set(steps(settled).values()) == {1}


def test_statsv2_on_the_grid_everywhere_is_rounded_but_its_saves_are_exact() -> None:
    told = {"likes": "141200", "views": "1600000", "comments": "269", "shares": "1577", "saves": "29130"}
    assert steps(settle({"statsV2": told})) == {
        "likes": 100,
        "views": 100_000,
        "comments": 1,
        "shares": 1,
        "saves": 1,
    }


def test_exact_saves_prove_nothing_of_the_other_counts() -> None:
    assert steps(settle({"statsV2": {"likes": "141200", "saves": "12345"}})) == {"likes": 100, "saves": 1}


def test_saves_of_stats_are_on_the_grid() -> None:
    assert steps(settle({"stats": {"saves": "29100"}})) == {"saves": 100}


def test_the_page_fills_what_the_data_lacks() -> None:
    settled = settle({"stats": {"likes": "10000"}, "page": {"likes": "10K", "comments": "236", "saves": "1.8M"}})
    assert values(settled) == {"likes": 10_000, "comments": 236, "saves": 1_800_000}
    assert settled.source == "mixed"
    assert settled.counts["likes"].shown is None
    assert settled.counts["saves"].shown == "1.8M"


def test_the_page_alone_is_the_source_page() -> None:
    settled = settle({"page": {"likes": "12.3K", "comments": "456", "shares": "Share"}})
    assert settled.source == "page"
    assert values(settled) == {"likes": 12_300, "comments": 456, "shares": 0}
    assert settled.counts["shares"].shown == "Share"


def test_zeros_of_a_tiktok_are_zeros() -> None:
    settled = settle({"stats": {"likes": "0", "comments": "0", "shares": "0", "views": "0"}}, ad=True)
    assert values(settled) == {"likes": 0, "comments": 0, "shares": 0, "views": 0}


def test_creators_counts_come_from_the_reply_then_the_card_then_the_item() -> None:
    detail = {"detailV2": {"user_followers": "38490", "user_likes": "593024", "user_videos": "927"}}
    older = {"detail": {"user_followers": "38500", "user_likes": "593000", "user_videos": "927"}}
    card = {"card": {"user_followers": "38.6K", "user_likes": "594K"}}
    item = {"authorStats": {"user_followers": "38700", "user_likes": "595000", "user_videos": "926"}}
    for told, source, followers, step in (
        ({**item, **card, **older, **detail}, "detail", 38_490, 1),
        ({**item, **card, **older}, "detail", 38_500, 100),
        ({**item, **card}, "card", 38_600, 100),
        (item, "item", 38_700, 100),
    ):
        settled = settle(told)
        assert (settled.user_source, settled.counts["user_followers"].value) == (source, followers)
        assert settled.counts["user_followers"].step == step


def test_what_the_card_lacks_the_item_adds() -> None:
    settled = settle({"card": {"user_followers": "38.6K", "user_likes": "--"}, "authorStats": {"user_likes": "595000"}})
    assert values(settled) == {"user_followers": 38_600, "user_likes": 595_000}
    assert settled.user_source == "card"


def test_a_card_that_never_loaded_tells_nothing() -> None:
    settled = settle({"card": {"user_followers": "--", "user_likes": "--"}})
    assert values(settled) == {}
    assert settled.user_source is None
    assert settled.counts["user_likes"].shown == "--"


def test_zeros_of_an_ads_author_are_not_told() -> None:
    settled = settle({"authorStats": {"user_followers": "153700", "user_likes": "0", "user_videos": "0"}}, ad=True)
    assert values(settled) == {"user_followers": 153_700}


def test_zeros_of_another_author_are_zeros_unless_there_is_nothing_else() -> None:
    some = settle({"authorStats": {"user_followers": "3", "user_likes": "0", "user_videos": "1"}})
    assert values(some) == {"user_followers": 3, "user_likes": 0, "user_videos": 1}
    none = settle({"authorStats": {"user_followers": "0", "user_likes": "0", "user_videos": "0"}})
    assert values(none) == {}
    assert none.user_source is None


def test_a_wrapped_total_does_not_make_its_block_exact() -> None:
    settled = settle({"authorStatsV2": {"user_followers": "155000000", "user_likes": "-977433948"}})
    assert steps(settled) == {"user_followers": 100_000, "user_likes": 1}


def test_a_wrapped_total_is_repaired_by_the_card_of_the_same_sighting() -> None:
    told = {"detail": {"user_likes": "-977433948"}, "card": {"user_likes": "11.9B"}}
    settled = settle(told)
    assert settled.counts["user_likes"].value == 11_907_467_940
    assert settled.counts["user_likes"].shown == "-977433948"
    assert (settled.repair, settled.wraps, settled.user_source) == ("evidence", 3, "detail")


def test_a_wrapped_total_on_a_card_of_2022_is_a_minimum() -> None:
    settled = settle({"card": {"user_followers": "88.9M", "user_likes": "-1934013585"}})
    assert settled.counts["user_likes"].value == 2_360_953_711
    assert settled.counts["user_likes"].shown == "-1934013585"
    assert (settled.repair, settled.wraps) == ("minimum", 1)


def test_the_exact_reply_needs_no_repair() -> None:
    settled = settle({"detailV2": {"user_likes": "11907467940"}, "detail": {"user_likes": "-977433948"}})
    assert settled.counts["user_likes"].value == 11_907_467_940
    assert (settled.repair, settled.wraps) == (None, None)


def test_an_unreadable_text_is_kept_and_told_and_the_next_block_serves() -> None:
    settled = settle({"stats": {"likes": "12,3 Mio."}, "page": {"likes": "12.3M", "comments": "1,2 Tsd."}})
    assert settled.counts["likes"].value == 12_300_000
    assert settled.counts["comments"].value is None
    assert settled.counts["comments"].shown == "1,2 Tsd."
    assert [(u.count, u.block, u.text) for u in settled.unread] == [
        ("likes", "stats", "12,3 Mio."),
        ("comments", "page", "1,2 Tsd."),
    ]


@pytest.mark.parametrize(("name", "text"), [("likes", "-3"), ("user_followers", "-1"), ("user_likes", "-2147483649")])
def test_a_negative_that_no_wrap_explains_is_unreadable(name: str, text: str) -> None:
    settled = settle({"stats" if name == "likes" else "detail": {name: text}})
    assert settled.counts[name].value is None
    assert settled.counts[name].shown == text
    assert [u.count for u in settled.unread] == [name]


@pytest.mark.captures
def test_six_real_creator_replies() -> None:
    replies = capture("2025-2026_user-detail_six_captures.json")
    assert len(replies) == 6
    for reply in replies.values():
        info = reply["userInfo"]
        rounded = told_by(info["stats"], CREATORS)
        told = {"detail": rounded}
        if info.get("statsV2"):
            told["detailV2"] = told_by(info["statsV2"], CREATORS)
        settled = settle(told)
        exact = info.get("statsV2") or {}
        for name, key in CREATORS.items():
            count = settled.counts[name]
            assert count.value is not None and count.step is not None
            assert count.value == int(exact.get(key, info["stats"][key]))
            assert count.step == 1 or not exact
            # What `stats` sent is what the formatter makes of the number.
            low, high = bounds(int(rounded[name]), settle({"detail": rounded}).counts[name].step or 1)
            assert low <= count.value <= high
        assert settled.user_source == "detail"


@pytest.mark.captures
def test_twelve_real_feed_replies() -> None:
    seen: Counter[str] = Counter()
    for reply in capture("2025-02_recommend_item_list_12_pulls.json"):
        for item in reply["itemList"]:
            if not item.get("stats"):
                continue
            ad = bool(item.get("isAd"))
            told = {"stats": told_by(item["stats"], OWN), "statsV2": told_by(item["statsV2"], OWN)}
            if "authorStats" in item:
                told["authorStats"] = told_by(item["authorStats"], CREATORS)
            settled = settle(told, ad=ad)
            for name, key in OWN.items():
                count = settled.counts[name]
                assert count.value is not None
                assert count.value == int(item["statsV2"][key])
                # What `stats` sent prints as the number that we hold prints.
                assert printed(count.value) == printed(item["stats"][key])
            exact = all(count.step == 1 for name, count in settled.counts.items() if name in OWN)
            small = all(int(item["statsV2"][key]) < 10_000 for name, key in OWN.items() if name != "saves")
            seen["exact" if exact and not small else "small" if small else "rounded"] += 1
            seen["followers told"] += settled.counts["user_followers"].value is not None
            seen["followers sent"] += item.get("authorStats", {}).get("followerCount", 0) > 0
            # Ads tell followers only, or nothing; the others had no authorStats at all.
            assert settled.counts["user_likes"].value is None
    # README of the captures: 159 TikToks, 28 of them ads; only ads are exact here.
    assert seen["rounded"] + seen["exact"] + seen["small"] == 159
    assert seen["rounded"] >= 131 - seen["small"]
    assert 0 < seen["exact"] <= 28
    assert seen["followers told"] == seen["followers sent"] > 0


@pytest.mark.parametrize(
    ("sent", "heart", "total", "wraps"),
    [("1005032704", "5300000000", 5_300_000_000, 1), ("-977433948", "11907467940", 11_907_467_940, 3)],
)
def test_heart_beside_heart_count_says_how_often_it_wrapped(sent: str, heart: str, total: int, wraps: int) -> None:
    for block in ("authorStats", "detail"):
        settled = settle({block: {"user_likes": sent, "heart": heart}})
        assert settled.counts["user_likes"].value == total
        assert (settled.repair, settled.wraps) == ("evidence", wraps)
        assert settled.counts["user_likes"].shown == sent


def test_a_heart_that_has_wrapped_says_nothing_of_a_heart_count_that_has_not() -> None:
    settled = settle({"authorStats": {"user_likes": "5300000000", "heart": "1005032704"}})
    assert values(settled) == {"user_likes": 5_300_000_000}
    assert settled.repair is None


def test_heart_stands_for_a_heart_count_that_is_no_count() -> None:
    settled = settle({"authorStats": {"user_likes": "n/a 7", "heart": "4200000000"}})
    assert values(settled) == {"user_likes": 4_200_000_000}
    assert [unread.count for unread in settled.unread] == ["user_likes"]


@pytest.mark.parametrize("block", ["stats", "statsV2"])
@pytest.mark.parametrize("printing", ["4.3B", "-1"])  # with 2^32 added, and as it is
def test_the_pages_own_printing_of_a_refused_count_does_not_replace_it(block: str, printing: str) -> None:
    settled = settle({block: {"likes": "-1", "comments": "6"}, "page": {"likes": printing, "comments": "6"}})
    assert values(settled) == {"comments": 6}
    assert settled.counts["likes"].shown == "-1"
    assert settled.source == "json"
    assert (block, "likes") in {(unread.block, unread.count) for unread in settled.unread}


def test_whatever_else_the_page_shows_stands_for_a_refused_count() -> None:
    settled = settle({"stats": {"likes": "-1"}, "page": {"likes": "61.2K"}})
    assert values(settled) == {"likes": 61_200}
    assert settled.source == "page"


def test_the_printing_of_no_count_is_none_without_the_data_too() -> None:
    settled = settle({"page": {"likes": "4.3B", "comments": "4.2B"}})
    assert values(settled) == {"comments": 4_200_000_000}
    assert [unread.count for unread in settled.unread] == ["likes"]


def test_creators_counts_of_minus_one_are_not_told_nor_is_the_cards_printing_of_them() -> None:
    told = {"user_followers": "-1", "user_likes": "-1"}
    settled = settle({"detail": told, "card": {"user_followers": "4.3B", "user_likes": "4.3B"}})
    assert values(settled) == {}
    assert (settled.repair, settled.user_source) == (None, None)
    settled = settle({"detail": told, "card": {"user_followers": "38.6K", "user_likes": "594K"}})
    assert values(settled) == {"user_followers": 38_600, "user_likes": 594_000}

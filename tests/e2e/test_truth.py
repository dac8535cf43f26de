"""Every field of every line equals what the site sent or showed, its step and its text too.

Pairwise over layouts, sources, flavours of items and browsers; then many TikToks of each layout.
"""

from __future__ import annotations

import gzip
import json
from typing import Any

import pytest

from tests.e2e import geckodriver
from tests.e2e.against_truth import differences
from tests.e2e.creators_told import asked_names, check_all_told, names

# An orthogonal array: every pair of layout, source and flavour stands in it once; each browser meets all of them.
PAIRS = [
    ("a", "auto", "mixed", "chrome"),
    ("a", "json", "full", "firefox"),
    ("a", "page", "none", "chrome"),
    ("b", "auto", "full", "chrome"),
    ("b", "json", "none", "chrome"),
    ("b", "page", "mixed", "firefox"),
    ("c", "auto", "none", "firefox"),
    ("c", "json", "mixed", "chrome"),
    ("c", "page", "full", "chrome"),
]
COUNTS_OF = ("stats", "statsV2")  # replies of creators that tell counts
NINE_OF_2022 = (
    *("scraped_at", "url", "audio", "audio_url", "likes", "comments"),
    *("username", "user_followers", "user_likes"),
)


# What three of them have beside: a first batch that comes in the page, and the names of 2022.
BESIDE = {
    ("a", "auto"): {"classes": "2022", "profile": "2022"},
    ("b", "auto"): {"embedded": True},
    ("c", "json"): {"embedded": True},
}


def check_kept(crawled: Any) -> None:
    """A first batch that comes in the page is kept as any reply, without its captions."""
    with gzip.open(next((crawled.folder / "raw").iterdir()), "rt") as file:
        kept = [json.loads(line) for line in file]
    first = next(line for line in kept if line["kind"] == "feed")
    ids = [card["id"] for card in first["body"]["itemList"]]
    assert ids[:6] == [line["id"] for line in crawled.lines[:6]]
    assert not any("desc" in card for card in first["body"]["itemList"])


def check(crawled: Any, limit: int, era: str, source: str) -> None:
    """What every good crawl has in common."""
    assert crawled.exit_code == 0, crawled.printed
    assert len({line["id"] for line in crawled.lines}) == len(crawled.lines) == limit
    wrong = {line["id"]: d for line in crawled.lines if (d := differences(line, crawled.truth[line["id"]]))}
    assert not wrong
    assert {line["era"] for line in crawled.lines} == {era}
    assert {line["source"] for line in crawled.lines} == {"page" if source == "page" else "json"}
    assert all(line["simulated"] for line in crawled.lines)
    assert (crawled.end["unique"], crawled.end["written"], crawled.end["reason"]) == (limit, limit, "limit")
    check_nulls(crawled)
    ranks = ranks_on_the_page(crawled.truth)
    true = [ranks[line["id"]] for line in crawled.lines]
    if source == "page":  # from the page alone nobody can count LIVE cards that the viewer passes over
        live = [live_before(crawled.truth, line["id"]) for line in crawled.lines]
        positions = [line["position"] for line in crawled.lines]
        assert positions == sorted(set(positions))
        assert all(r - n <= p <= r for p, r, n in zip(positions, true, live, strict=True)), (positions, true, live)
    else:
        assert [line["position"] for line in crawled.lines] == true


def check_nulls(crawled: Any) -> None:
    """Of the nine fields only what the site did not tell is null, and it tells nearly all."""
    for line in crawled.lines:
        true = crawled.truth[line["id"]]
        silent = set()
        if not true["audio_id"]:
            silent.add("audio_url")
        if "diggCount" not in true["sent"]["stats"]:
            silent.add("likes")
        if "commentCount" not in true["sent"]["stats"]:
            silent.add("comments")
        if not (true["creator"] and true["creator"]["reply"] in ("stats", "statsV2")):
            assert true["creator"], f"the creator of {line['url']} was never asked for"
            silent |= {"user_followers", "user_likes"}
        assert {name for name in NINE_OF_2022 if line[name] is None} <= silent, line["url"]


def live_before(truth: dict[str, Any], id: str) -> int:
    """How many LIVE cards stood before a TikTok: the positions that no TikTok has."""
    taken = {at for told in truth.values() for at in (told["position"], *(a["position"] for a in told["again"]))}
    return sum(at not in taken for at in range(1, truth[id]["position"]))


def ranks_on_the_page(truth: dict[str, Any]) -> dict[str, int]:
    """Ranks among the cards of the page, where a TikTok served again is left out, as the site's client does."""
    repeats = sorted(again["position"] for told in truth.values() for again in told["again"])
    return {id: told["position"] - sum(at < told["position"] for at in repeats) for id, told in truth.items()}


@pytest.mark.browser
@pytest.mark.parametrize(("era", "source", "flavour", "browser"), PAIRS)
def test_lines_are_the_truth(crawl: Any, era: str, source: str, flavour: str, browser: str) -> None:
    beside = BESIDE.get((era, source), {})
    settings = {"TIKTOK_SOURCE": source, "TIKTOK_KEEP_RAW": "embedded" in beside}
    if browser == "firefox":
        settings |= {"SELENIUM_DRIVER_NAME": "firefox", "SELENIUM_DRIVER_EXECUTABLE_PATH": geckodriver.path()}
    crawled = crawl(limit=12, settings=settings, era=era, author_stats=flavour, **beside)
    check(crawled, 12, era, source)
    assert crawled.end["browser"] == browser
    assert [path for _, path, _ in crawled.requests if path.startswith(("/video/", "/obj/"))] == [], "blocked"
    if "embedded" in beside:
        check_kept(crawled)


@pytest.mark.browser
@pytest.mark.parametrize(
    ("era", "link", "limit", "creators"),
    [
        ("a", "replaced", 60, {"author_stats": "none", "creator_failures": 0}),
        ("b", "moving", 60, {"author_stats": "none", "creator_failures": 0}),
        ("c", "reused", 100, {}),  # as they come: some told with the item, some never
    ],
)
def test_many_tiktoks_of_each_layout_and_each_of_their_creators_once(
    crawl: Any, era: str, link: str, limit: int, creators: dict[str, Any]
) -> None:
    """However the link to the creator is drawn anew meanwhile."""
    crawled = crawl(limit=limit, era=era, link=link, **creators)
    check(crawled, limit, era, "auto")
    if creators:
        check_all_told(crawled, limit)
        assert sorted(asked_names(crawled)) == sorted(names(crawled)), "each creator is asked for once"
    again = [again["position"] for told in crawled.truth.values() for again in told["again"]]
    last = max(crawled.truth[line["id"]]["position"] for line in crawled.lines)
    assert sum(at < last for at in again) <= crawled.end["repeated"] <= len(again)
    assert len(again) > 0, "the feed repeats itself"


@pytest.mark.browser
@pytest.mark.thorough
@pytest.mark.parametrize("era", ["b", "c"])
def test_a_hundred_tiktoks_of_the_feed_walked_in_place(crawl: Any, era: str) -> None:
    crawled = crawl(limit=100, era=era, settings={"TIKTOK_VIEW": "feed"})
    check(crawled, 100, era, "auto")
    assert (crawled.end["view"], crawled.end["contact"]["opener"]) == ("feed", "in place")
    told = {t["username"] for t in crawled.truth.values() if t["creator"] and t["creator"]["reply"] in COUNTS_OF}
    assert {line["username"] for line in crawled.lines if line["user_source"] == "detail"} == told

"""Every field of every line equals what the site showed, and the truth within its step.

Pairwise over layouts, sources, flavours of items and browsers; then a hundred TikToks of each layout.
"""

from __future__ import annotations

from typing import Any

import pytest

from tests.e2e import geckodriver
from tests.e2e.against_truth import differences

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
NINE_OF_2022 = ("scraped_at", "url", "audio", "likes", "comments", "username", "user_followers", "user_likes")


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
    if source != "page":  # from the page alone nobody can count LIVE cards that the viewer passes over
        ranks = ranks_on_the_page(crawled.truth)
        assert [line["position"] for line in crawled.lines] == [ranks[line["id"]] for line in crawled.lines]


def ranks_on_the_page(truth: dict[str, Any]) -> dict[str, int]:
    """Ranks among the cards of the page, where a TikTok served again is left out, as the site's client does."""
    repeats = sorted(again["position"] for told in truth.values() for again in told["again"])
    return {id: told["position"] - sum(at < told["position"] for at in repeats) for id, told in truth.items()}


@pytest.mark.browser
@pytest.mark.parametrize(("era", "source", "flavour", "browser"), PAIRS)
def test_lines_are_the_truth(crawl: Any, era: str, source: str, flavour: str, browser: str) -> None:
    settings = {"TIKTOK_SOURCE": source}
    if browser == "firefox":
        settings |= {"SELENIUM_DRIVER_NAME": "firefox", "SELENIUM_DRIVER_EXECUTABLE_PATH": geckodriver.path()}
    crawled = crawl(limit=12, settings=settings, era=era, author_stats=flavour)
    check(crawled, 12, era, source)
    assert crawled.end["browser"] == browser
    untold = [line["id"] for line in crawled.lines for name in NINE_OF_2022 if line[name] is None]
    refused = {id for id, told in crawled.truth.items() if not told["creator"]}
    assert set(untold) <= refused, "only what the site did not tell is null"


@pytest.mark.browser
@pytest.mark.parametrize("era", ["a", "b", "c"])
def test_a_hundred_tiktoks_of_each_layout(crawl: Any, era: str) -> None:
    crawled = crawl(limit=100, era=era)
    check(crawled, 100, era, "auto")


@pytest.mark.browser
def test_the_layout_of_2022_with_its_own_class_names(crawl: Any) -> None:
    check(crawl(limit=12, era="a", classes="2022", profile="2022"), 12, "a", "auto")

"""However the site treats the preview card, no creator is lost without a word."""

from __future__ import annotations

from typing import Any

import pytest

from tests.e2e.creators_told import asked_names, check_all_told, names


@pytest.mark.browser
@pytest.mark.parametrize("era", ["a", "b", pytest.param("c", marks=pytest.mark.thorough)])
def test_a_page_that_cancels_its_request_loses_no_creator(crawl: Any, era: str) -> None:
    crawled = crawl(limit=12, era=era, card="abort", author_stats="none", latency_ms=700, creator_failures=0)
    check_all_told(crawled, 12)
    assert crawled.end["note"]["card-cancelled"] == 1
    assert set(asked_names(crawled)) == names(crawled)
    again = len(asked_names(crawled)) - len(names(crawled))
    assert 1 <= again <= 3, "only who was cancelled is asked again, and afterwards nobody by chance"


@pytest.mark.browser
def test_a_page_without_a_card_is_asked_five_times_and_then_left_alone(crawl: Any) -> None:
    crawled = crawl(limit=12, card="absent", author_stats="none", settings={"TIKTOK_CARD_TIMEOUT": 1})
    assert crawled.exit_code == 0, crawled.printed  # TIKTOK_HEALTH_NULL_CREATORS decides; by default it lets pass
    assert len(crawled.lines) == 12
    assert crawled.end["note"] | {"card-absent": 1, "creator-not-asked": 5} == crawled.end["note"]
    assert all(line["user_followers"] is None and line["user_source"] is None for line in crawled.lines)
    assert asked_names(crawled) == []


@pytest.mark.browser
def test_where_items_tell_their_creators_none_is_asked(crawl: Any) -> None:
    crawled = crawl(limit=12, author_stats="full", settings={"TIKTOK_CREATOR_COUNTS": "needed"})
    assert crawled.exit_code == 0, crawled.printed
    ads = {line["id"] for line in crawled.lines if line["ad"]}
    assert len(asked_names(crawled)) <= len(ads)
    assert {line["user_source"] for line in crawled.lines if line["id"] not in ads} == {"item"}


@pytest.mark.browser
def test_never_means_never(crawl: Any) -> None:
    crawled = crawl(limit=8, author_stats="none", settings={"TIKTOK_CREATOR_COUNTS": "never"})
    assert asked_names(crawled) == []
    assert len(crawled.lines) == 8

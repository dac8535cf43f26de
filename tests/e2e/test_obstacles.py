"""Each obstacle pauses or ends the run under its own name and keeps what was gathered."""

from __future__ import annotations

from typing import Any

import pytest

# obstacle, its name in the record, TikToks gathered (of 10), exit code. At the 5th TikTok unless it is the load's.
ENDS = [
    ("captcha", 5, "captcha", 4, 2),
    ("login-wall", 5, "login-wall", 4, 2),
    ("empty-reply", 8, "empty-reply", 6, 2),
    ("feed-stuck", 5, "feed-stuck", 5, 2),
    ("captcha", None, "captcha", 0, 2),
    ("login-wall", None, "login-wall", 0, 2),
    ("captcha-old", 5, "captcha-v1", 4, 2),
    ("cover", 5, "covered", 4, 2),
    ("cover", None, "covered", 0, 2),
    ("refused-page", None, "refused", 0, 2),
    ("refused-reply", 8, "refused", 6, 2),
    ("verify-header", 8, "status-10000", 6, 2),
    ("white-page", None, "never-drawn", 0, 2),
    ("spinner", None, "never-drawn", 0, 2),
    ("region", None, "region", 0, 2),
    ("video-page", None, "wrong-page", 0, 2),
    ("video-page", 5, "wrong-page", 4, 2),
]
PASSES = [("login-prompt", 5), ("login-prompt", None), ("waf", None), ("error-page", None), ("interests", None)]
PASSES += [("interests", 5), ("shortcuts", 5), ("got-it", None), ("floating-banner", 5)]
FAST = {"TIKTOK_STEP_TIMEOUT": 5, "TIKTOK_REFRESH_WAITS": "0.1,0.1", "TIKTOK_CREATOR_COUNTS": "needed"}


@pytest.mark.browser
@pytest.mark.parametrize(("obstacle", "at", "reason", "gathered", "code"), ENDS)
def test_it_ends_the_run_under_its_name(
    crawl: Any, obstacle: str, at: int | None, reason: str, gathered: int, code: int
) -> None:
    crawled = crawl(limit=10, obstacle=obstacle, obstacle_at=at, settings=FAST, author_stats="full")
    assert (crawled.end["reason"], len(crawled.lines), crawled.exit_code) == (reason, gathered, code), crawled.printed


@pytest.mark.browser
@pytest.mark.parametrize(("obstacle", "at"), PASSES)
def test_it_is_passed_recorded_and_the_run_goes_on(crawl: Any, obstacle: str, at: int | None) -> None:
    crawled = crawl(limit=10, obstacle=obstacle, obstacle_at=at, settings=FAST, author_stats="full")
    assert (crawled.end["reason"], len(crawled.lines), crawled.exit_code) == ("limit", 10, 0), crawled.printed
    assert crawled.end["note"][obstacle] == 1


@pytest.mark.browser
@pytest.mark.parametrize(
    ("era", "obstacle"), [("a", "captcha"), ("c", "captcha"), ("a", "feed-stuck"), ("c", "feed-stuck")]
)
def test_it_has_the_same_name_in_every_layout(crawl: Any, era: str, obstacle: str) -> None:
    crawled = crawl(limit=6, era=era, obstacle=obstacle, obstacle_at=3, settings=FAST, author_stats="full")
    assert crawled.end["reason"] == obstacle, crawled.printed


@pytest.mark.browser
@pytest.mark.parametrize("obstacle", ["captcha", "feed-stuck"])
def test_it_ends_in_time_though_creators_are_still_awaited(crawl: Any, obstacle: str) -> None:
    settings = {"TIKTOK_STEP_TIMEOUT": 5, "TIKTOK_CARD_TIMEOUT": 2}
    crawled = crawl(limit=10, obstacle=obstacle, obstacle_at=5, settings=settings, author_stats="none", latency_ms=3000)
    assert crawled.end["reason"] == obstacle, crawled.printed
    assert len(crawled.lines) in {4, 5}
    assert all(line["likes"] is not None for line in crawled.lines)


@pytest.mark.browser
def test_a_run_that_ends_early_with_enough_is_fit_for_use(crawl: Any) -> None:
    crawled = crawl(limit=10, obstacle="feed-stuck", obstacle_at=9, settings=FAST, author_stats="full")
    assert (crawled.end["reason"], len(crawled.lines), crawled.exit_code) == ("feed-stuck", 9, 0), crawled.printed

"""Each obstacle of the replica, at the first page and mid-run: its own reason or note, what was gathered kept."""

from __future__ import annotations

import itertools
import json
from collections.abc import Mapping
from typing import Any, NamedTuple

import pytest

from replica.options import OBSTACLES
from tests.e2e.against_truth import differences

LIMIT, FIRST, AT = 6, 3, 5  # TikToks wanted, in the first list, and at which an obstacle comes mid-run
FIRST_PAGE, MID_RUN = "first page", "mid-run"
# So many of an oddity, or ANY number from 1: a page asks again for a list as often as it likes.
ANY = 0


class Met(NamedTuple):
    """What comes of an obstacle. page: the kind in the contact record; notes: oddities; options: the replica's.

    lingers: the post at which it comes is still shown until another page is there, and may be gathered or not.
    """

    reason: str
    gathered: int
    page: str
    notes: Mapping[str, int] = {}
    options: Mapping[str, Any] = {}
    lingers: bool = False


def passed(**notes: int) -> Met:
    """The run goes on to its limit."""
    return Met("limit", LIMIT, "viewer", {name.replace("_", "-"): count for name, count in notes.items()})


MET: dict[tuple[str, str], Met] = {
    ("captcha", FIRST_PAGE): Met("captcha", 0, "captcha"),
    ("captcha", MID_RUN): Met("captcha", 4, "captcha"),
    ("captcha-old", FIRST_PAGE): Met("captcha-v1", 0, "captcha-v1"),
    ("captcha-old", MID_RUN): Met("captcha-v1", 4, "captcha-v1"),
    ("login-wall", FIRST_PAGE): Met("login-wall", 0, "login-wall"),
    ("login-wall", MID_RUN): Met("login-wall", 4, "login-wall"),
    ("login-prompt", FIRST_PAGE): passed(login_prompt=1),
    ("login-prompt", MID_RUN): passed(login_prompt=1),
    ("interests", FIRST_PAGE): passed(interests=1),
    ("interests", MID_RUN): passed(interests=1),
    ("shortcuts", FIRST_PAGE): passed(shortcuts=1),
    ("shortcuts", MID_RUN): passed(shortcuts=1),
    ("got-it", FIRST_PAGE): passed(got_it=1),
    ("got-it", MID_RUN): passed(got_it=1),
    ("cover", FIRST_PAGE): Met("covered", 0, "covered"),
    ("cover", MID_RUN): Met("covered", 4, "covered"),
    # The post beneath can be read, and the view be opened beside it; only steps are held up.
    ("veil", FIRST_PAGE): Met("covered", 1, "viewer"),
    ("veil", MID_RUN): Met("covered", 5, "viewer"),
    ("floating-banner", FIRST_PAGE): passed(floating_banner=1),
    ("floating-banner", MID_RUN): passed(floating_banner=1),
    ("cookie-banner", FIRST_PAGE): passed(cookie_banner=1),
    ("cookie-banner", MID_RUN): passed(cookie_banner=1),
    ("cookie-banner-light", FIRST_PAGE): passed(cookie_banner=1),
    ("cookie-banner-light", MID_RUN): passed(cookie_banner=1),
    ("waf", FIRST_PAGE): passed(waf=1),
    ("refused-page", FIRST_PAGE): Met("refused", 0, "unknown"),
    # Mid-run a page is asked for where a press led elsewhere.
    ("refused-page", MID_RUN): Met("refused", 0, "unknown", options={"viewer": "elsewhere", "obstacle_at": 1}),
    ("white-page", FIRST_PAGE): Met("never-drawn", 0, "shell"),
    ("white-page", MID_RUN): Met("never-drawn", 4, "shell"),
    ("spinner", FIRST_PAGE): Met("never-drawn", 0, "shell"),
    ("spinner", MID_RUN): Met("never-drawn", 4, "shell"),
    ("region", FIRST_PAGE): Met("region", 0, "region"),
    ("region", MID_RUN): Met("region", 4, "region", lingers=True),
    ("video-page", FIRST_PAGE): Met("wrong-page", 0, "video-page"),
    ("video-page", MID_RUN): Met("wrong-page", 4, "video-page", lingers=True),
    ("error-page", FIRST_PAGE): passed(error_page=1, feed_failed=1),
    ("error-page", f"{FIRST_PAGE}, to its end"): Met(
        "error-page", 0, "error-page", {"error-page": 2, "feed-failed": 3}, {"refreshes": 99}
    ),
    # The page asks for the list again, and says nothing of it.
    ("error-page", MID_RUN): passed(feed_failed=1),
    ("error-page", f"{MID_RUN}, to its end"): Met("refused", 3, "viewer", {"feed-failed": ANY}, {"refreshes": 99}),
    # A first list that did not come is drawn as the error page, and refreshed.
    ("empty-reply", FIRST_PAGE): Met("empty-reply", 0, "error-page", {"error-page": 2, "feed-empty": 3}),
    ("empty-reply", MID_RUN): Met("empty-reply", 3, "viewer", {"feed-empty": ANY}),
    ("refused-reply", FIRST_PAGE): Met("refused", 0, "error-page", {"error-page": 2, "feed-refused": 3}),
    ("refused-reply", MID_RUN): Met("refused", 3, "viewer", {"feed-refused": ANY}),
    ("verify-header", FIRST_PAGE): Met("status-10000", 0, "shell", {"feed-verify": 1}),
    ("verify-header", MID_RUN): Met("status-10000", 3, "viewer", {"feed-verify": ANY}),
    ("status-verify", FIRST_PAGE): Met("status-10000", 0, "shell", {"feed-verify": 1}),
    ("status-verify", MID_RUN): Met("status-10000", 3, "viewer", {"feed-verify": ANY}),
    # An address that nobody answers is asked for no more; a first list is, by the page's Refresh.
    ("dropped", FIRST_PAGE): Met("dropped", 0, "error-page", {"error-page": 2, "feed-dropped": 3}),
    ("dropped", MID_RUN): Met("dropped", 3, "viewer", {"feed-dropped": ANY}),
    # As long as it takes: each reply is awaited, by the page and by the lines.
    ("slow", FIRST_PAGE): Met("limit", LIMIT, "viewer", options={"slow_ms": 1_000}),
    ("slow", MID_RUN): Met("limit", LIMIT, "viewer", options={"slow_ms": 1_000}),
    ("slow", f"{MID_RUN}, longer than a step may take"): Met("slow", 3, "viewer", options={"slow_ms": 60_000}),
    ("feed-ended", FIRST_PAGE): Met("feed-ended", 0, "feed-ended"),
    ("feed-ended", MID_RUN): Met("feed-ended", 3, "viewer"),
    # The site's client leaves out what it has: the feed stands still.
    ("repeats", FIRST_PAGE): Met("repeats", 3, "viewer"),
    ("repeats", MID_RUN): Met("repeats", 4, "viewer"),
    ("repeats", f"{MID_RUN}, and shown"): Met("repeats", 4, "viewer", options={"keeps_repeats": True}),
    # A feed like any other, to the walk.
    ("one-account", FIRST_PAGE): Met("limit", LIMIT, "viewer"),
    ("one-account", MID_RUN): Met("limit", LIMIT, "viewer"),
    ("feed-stuck", FIRST_PAGE): Met("feed-stuck", 1, "viewer"),
    ("feed-stuck", MID_RUN): Met("feed-stuck", 5, "viewer"),
}
NOWHERE = {("waf", MID_RUN)}  # it answers a page, and no page is asked for
FAST = {"TIKTOK_STEP_TIMEOUT": 5, "TIKTOK_REFRESH_WAITS": "0.1,0.1", "TIKTOK_CREATOR_COUNTS": "needed"}


def test_every_obstacle_is_met_at_both_places() -> None:
    assert set(itertools.product(OBSTACLES, (FIRST_PAGE, MID_RUN))) - NOWHERE == {
        (obstacle, place) for obstacle, place in MET if place in {FIRST_PAGE, MID_RUN}
    }


# One of each sort, at the place where it is harder; all the others are thorough, and so is what test_pairs.py shows.
FIRST_OFTEN = {"captcha", "refused-page", "waf", "error-page", "empty-reply"}
MID_RUN_OFTEN = {
    *("login-wall", "cookie-banner", "veil", "refused-page", "white-page", "video-page", "empty-reply"),
    *("refused-reply", "verify-header", "feed-stuck", "dropped", "feed-ended"),
}
# Variants that show what another place of their obstacle does.
SELDOM = {("repeats", f"{MID_RUN}, and shown")}
OFTEN = {("slow", f"{MID_RUN}, longer than a step may take")}
ROWS = [
    pytest.param(
        obstacle,
        place,
        marks=()
        if (obstacle, place) in OFTEN
        or (
            obstacle in (FIRST_OFTEN if place.startswith(FIRST_PAGE) else MID_RUN_OFTEN)
            and (obstacle, place) not in SELDOM
        )
        else pytest.mark.thorough,
    )
    for obstacle, place in MET
]


@pytest.mark.browser
@pytest.mark.parametrize(("obstacle", "place"), ROWS)
def test_it_has_its_own_name_and_keeps_what_was_gathered(crawl: Any, obstacle: str, place: str) -> None:
    met = MET[obstacle, place]
    at = {"obstacle_at": AT if place.startswith(MID_RUN) else None}
    told = {"obstacle": obstacle, "first": FIRST, "author_stats": "full", **at, **met.options}
    crawled = crawl(limit=LIMIT, settings=FAST, **told)
    code = 0 if met.reason == "limit" else 2
    assert (crawled.end["reason"], crawled.exit_code) == (met.reason, code), crawled.printed
    assert met.gathered <= len(crawled.lines) <= met.gathered + met.lingers, crawled.printed
    for line in crawled.lines:
        assert differences(line, crawled.truth[line["id"]], asks=False) == []
    notes = crawled.end["note"]
    assert notes.keys() == met.notes.keys()
    assert all(notes[name] == count or count == ANY for name, count in met.notes.items()), notes
    assert crawled.end["contact"]["page"]["kind"] == met.page
    if met.reason != "limit":
        (kept,) = (crawled.folder / "contact").iterdir()
        assert {file.name for file in kept.iterdir()} == {"page.html", "page.png"}


@pytest.mark.browser
@pytest.mark.parametrize("view", [pytest.param("viewer", marks=pytest.mark.thorough), "feed"])
def test_what_lies_over_a_post_that_does_not_step_on_is_told_though_it_is_no_dialog(crawl: Any, view: str) -> None:
    crawled = crawl(
        limit=LIMIT,
        era="c",
        obstacle="veil",
        obstacle_at=3,
        settings={**FAST, "TIKTOK_VIEW": view},
        author_stats="full",
    )
    assert (crawled.end["reason"], len(crawled.lines)) == ("covered", 3), crawled.printed
    cover = json.loads(crawled.end["contact"]["cover"])
    assert (cover["role"], cover["words"]) == ("div", "We are getting things ready for you")


# In era c's feed in place, whose first TikTok is numbered with the second.
IN_PLACE = [
    ("repeats", {}, "repeats", 3),
    ("repeats", {"keeps_repeats": True}, "repeats", 3),
    ("one-account", {}, "limit", LIMIT),
    ("slow", {"slow_ms": 1_000}, "limit", LIMIT),
    ("slow", {"slow_ms": 60_000}, "slow", 3),
    ("dropped", {}, "dropped", 3),
    ("feed-ended", {}, "feed-ended", 3),
]


@pytest.mark.browser
@pytest.mark.parametrize(
    ("obstacle", "options", "reason", "gathered"),
    [pytest.param(*row, marks=() if at == 0 else pytest.mark.thorough) for at, row in enumerate(IN_PLACE)],
)
def test_what_lists_bring_or_do_not_is_named_so_in_the_feed_in_place_too(
    crawl: Any, obstacle: str, options: dict[str, Any], reason: str, gathered: int
) -> None:
    told = {"era": "c", "obstacle": obstacle, "obstacle_at": 4, "first": FIRST, "author_stats": "full", **options}
    crawled = crawl(limit=LIMIT, settings={**FAST, "TIKTOK_VIEW": "feed"}, **told)
    assert (crawled.end["reason"], len(crawled.lines), crawled.end["view"]) == (reason, gathered, "feed"), (
        crawled.printed
    )
    for line in crawled.lines:
        assert differences(line, crawled.truth[line["id"]], asks=False) == []
    if obstacle == "one-account":
        assert len({line["username"] for line in crawled.lines[3:]}) == 1


@pytest.mark.browser
def test_a_white_page_tells_what_it_failed_at(crawl: Any) -> None:
    crawled = crawl(limit=LIMIT, obstacle="refused-reply", settings=FAST)
    assert crawled.end["contact"]["errors"] == {"loads": {"data": {"403": 3}}, "scripts": {}}


@pytest.mark.browser
@pytest.mark.parametrize(
    ("era", "obstacle"),
    [
        pytest.param("a", "captcha", marks=pytest.mark.thorough),  # in test_pairs.py
        pytest.param("c", "captcha", marks=pytest.mark.thorough),  # in test_pairs.py
        pytest.param("a", "feed-stuck", marks=pytest.mark.thorough),  # below, with enough
        pytest.param("c", "feed-stuck", marks=pytest.mark.thorough),
    ],
)
def test_it_has_the_same_name_in_every_layout(crawl: Any, era: str, obstacle: str) -> None:
    crawled = crawl(limit=6, era=era, obstacle=obstacle, obstacle_at=3, settings=FAST, author_stats="full")
    assert crawled.end["reason"] == obstacle, crawled.printed


@pytest.mark.browser
@pytest.mark.parametrize("obstacle", [pytest.param("captcha", marks=pytest.mark.thorough), "feed-stuck"])
def test_it_ends_in_time_though_creators_are_still_awaited(crawl: Any, obstacle: str) -> None:
    settings = {"TIKTOK_STEP_TIMEOUT": 5, "TIKTOK_CARD_TIMEOUT": 2}
    crawled = crawl(limit=10, obstacle=obstacle, obstacle_at=5, settings=settings, author_stats="none", latency_ms=3000)
    assert crawled.end["reason"] == obstacle, crawled.printed
    assert len(crawled.lines) in {4, 5}
    assert all(line["likes"] is not None for line in crawled.lines)


@pytest.mark.browser
def test_a_run_that_ends_early_with_enough_is_fit_for_use(crawl: Any) -> None:
    crawled = crawl(limit=10, era="a", obstacle="feed-stuck", obstacle_at=9, settings=FAST, author_stats="full")
    assert (crawled.end["reason"], len(crawled.lines), crawled.exit_code) == ("feed-stuck", 9, 0), crawled.printed

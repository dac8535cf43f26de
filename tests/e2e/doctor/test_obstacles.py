"""`scrapy doctor --site` at every obstacle and in every era: its name, a whole block, nobody in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from replica.options import ERAS, OBSTACLES
from tests.e2e.doctor.visits import QUERY, OneBrowser, Told, one_browser
from tiktok_scraper.doctor.block import BEGIN, END

pytestmark = pytest.mark.browser

PATIENT_S = 12  # a list that a step asks for is there by then, on a busy machine too
# What ends the visit before a feed is open: its name in "ended by", and the kind of page that is told.
ENDS = {
    "captcha": ("captcha", "captcha"),
    "captcha-old": ("captcha-v1", "captcha-v1"),
    "login-wall": ("login-wall", "login-wall"),
    "cover": ("covered", "covered"),
    "refused-page": ("refused", "unknown"),
    "white-page": ("never-drawn", "shell"),
    "spinner": ("never-drawn", "shell"),
    "region": ("region", "region"),
    "video-page": ("wrong-page", "video-page"),
    "empty-reply": ("empty-reply", "error-page"),
    "refused-reply": ("refused", "error-page"),
    "verify-header": ("status-10000", "shell"),
    "status-verify": ("status-10000", "shell"),
    "dropped": ("dropped", "error-page"),
    "feed-ended": ("feed-ended", "feed-ended"),
}
# What is passed: how it is counted among the oddities.
PASSED = {
    **{name: name for name in ("login-prompt", "interests", "shortcuts", "got-it", "floating-banner", "waf")},
    "cookie-banner": "cookie-banner",
    "cookie-banner-light": "cookie-banner",
    "error-page": "error-page",
}
# What three steps do not meet, or are the longer for.
UNMET = {"slow", "repeats", "one-account"}
# What lets a view be entered, and no step be made: its name in "ended by".
STOPS = {"feed-stuck": "feed-stuck", "veil": "covered"}
# A sign that tells of it, where it has one of its own.
SIGNS = {
    "captcha": "captcha",
    "captcha-old": "captcha-v1",
    "login-wall": "login",
    "cover": "dialog",
    "login-prompt": "login-close",
    "interests": "interests-skip",
    "shortcuts": "shortcuts-close",
    "got-it": "got-it",
    "floating-banner": "banner-close",
    "cookie-banner": "cookie-banner",
    "cookie-banner-light": "cookie-banner",
    "error-page": "error-refresh",
    "spinner": "spinner",
}
OFTEN = {"captcha", "cover", "interests", "empty-reply", "region", "veil", "error-page", "verify-header"}
# Each obstacle in one era, and these in all three, which is thorough.
EVERYWHERE = ("captcha", "cover", "login-wall", "empty-reply", "video-page", "region", "interests")
ROWS = [
    pytest.param(
        era, name, id=f"{era}-{name}", marks=() if turn == at % len(ERAS) and name in OFTEN else pytest.mark.thorough
    )
    for at, name in enumerate(OBSTACLES)
    for turn, era in enumerate(ERAS)
    if turn == at % len(ERAS) or name in EVERYWHERE
]
# Era c's own options: what they are told, how the view is entered, and what the visit ends by.
OPTIONS = [
    ({"viewer": "none"}, "feed, opened by in place", "three steps made"),
    ({"viewer": "dead"}, "feed, opened by in place", "three steps made"),
    ({"viewer": "elsewhere"}, "feed, opened by in place", "three steps made"),
    ({"steps_by": "button"}, "stepped by button", "three steps made"),
    ({"steps_by": "wheel"}, "stepped by wheel", "three steps made"),
    ({"steps_by": "nothing"}, "stepped by nothing", "feed-stuck"),
    ({"neighbours": "both", "wrapped": True, "preload": "next"}, "stepped by key", "three steps made"),
    ({"card": "absent"}, "stepped by key", "three steps made"),
]


@pytest.fixture(scope="module")
def browser() -> Iterator[OneBrowser]:
    with one_browser() as owner:
        yield owner


def check_block(told: Told) -> None:
    """It is whole, and holds nothing of people, no cookie and no query."""
    lines = told.block.splitlines()
    assert (lines[0], lines[-1]) == (BEGIN, END)
    assert {"doctor", "browser", "ended by", "robots.txt", "page", "signs", "view", "names missed"} <= told.rows.keys()
    assert sum(line.startswith("names of ") for line in lines) >= 5
    assert [word for word in told.people if word in told.block] == []
    assert [part for part in QUERY.split("=") if part in told.block] == []


def test_every_obstacle_is_met_and_every_era_several_times() -> None:
    met = [row.values for row in ROWS]
    assert {name for _, name in met} == set(OBSTACLES) == {*ENDS, *PASSED, *UNMET, *STOPS}
    assert min(sum(era == one for one, _ in met) for era in ERAS) >= 10


@pytest.mark.parametrize(("era", "obstacle"), ROWS)
def test_it_is_named_in_a_whole_block(browser: OneBrowser, era: str, obstacle: str) -> None:
    patience = {"TIKTOK_STEP_TIMEOUT": 8} if obstacle in {*PASSED, *UNMET} else None
    told = browser.visit(era=era, obstacle=obstacle, settings=patience)
    check_block(told)
    if sign := SIGNS.get(obstacle):
        assert f"{sign} " in told.rows["signs"].partition("in the way: ")[2], told.block
    assert told.rows["names missed"] == "none", told.block
    if obstacle in ENDS:
        ended, page = ENDS[obstacle]
        assert told.rows["ended by"].partition(",")[0] == ended, told.block
        assert told.rows["page"].startswith(f"{page}, ")
        assert told.code == 1
        return
    assert len(told.people) > 5, "captions and names were on the page that was left"
    if reason := STOPS.get(obstacle):
        assert (told.code, told.rows["ended by"]) == (1, f"{reason}, after 0 of 3 steps")
        return
    assert (told.code, told.rows["ended by"]) == (0, "three steps made, after 3 of 3 steps"), told.block
    assert obstacle in UNMET or f"{PASSED[obstacle]} 1" in told.rows["oddities"]
    assert told.rows["page"].startswith(f"viewer, era {era} ")


def test_the_page_of_one_tiktok_is_told_by_its_own_names(browser: OneBrowser) -> None:
    told = browser.visit(era="b", obstacle="video-page")
    (first,) = (at for at, line in enumerate(told.block.splitlines()) if line == "names of the page of one TikTok:")
    rows = [line for line in told.block.splitlines()[first:] if line.startswith("  hit ")]
    assert {row.split()[1] for row in rows} >= {"viewer", "likes", "comments", "music", "caption", "creator_link"}


@pytest.mark.parametrize(("options", "view", "ended"), OPTIONS, ids=str)
def test_era_c_as_it_may_be(browser: OneBrowser, options: dict[str, Any], view: str, ended: str) -> None:
    told = browser.visit(era="c", **options, settings={"TIKTOK_STEP_TIMEOUT": PATIENT_S})
    check_block(told)
    assert view in told.rows["view"], told.block
    assert told.rows["ended by"].startswith(ended), told.block
    assert told.rows["names missed"] == "none", told.block
    assert told.code == (0 if ended == "three steps made" else 1)
    if options == {"card": "absent"}:
        assert told.rows["preview card"].startswith("opened 0 of 4 times")
        assert told.verdicts("followers") == {"not judged"}

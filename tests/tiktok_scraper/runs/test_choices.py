"""After an early end the operator is told what helps, or what can honestly be chosen where it is given to machines."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.project import ROOT
from tiktok_scraper.runs.choices import choices

DOCUMENT = (ROOT / "docs" / "crawl.md").read_text(encoding="utf-8")


def stats(reason: str, headless: str = "True", region: str | None = None) -> dict[str, Any]:
    browser = {"headless": headless, "wanted_zone": "UTC", "wanted_locale": "en-US"}
    return {"tiktok/reason": reason, "tiktok/contact": {"browser": browser, "region": region}}


@pytest.mark.parametrize(
    "reason",
    [
        *("error-page", "empty-reply", "captcha", "captcha-v1", "never-drawn", "refused", "status-10000"),
        *("login-wall", "login-prompt", "waf"),
    ],
)
def test_each_such_end_names_the_four_choices_in_one_line(reason: str) -> None:
    told = choices(stats(reason, region="DE"))
    assert told is not None
    assert "\n" not in told
    assert [word for word in ("=virtual", "home", "TIKTOK_ZONE", "TIKTOK_LOCALE", "waiting") if word not in told] == []
    assert "(now UTC, en-US; the page says DE)" in told
    assert "agent" not in told


@pytest.mark.parametrize("headless", ["virtual", "False"])
def test_a_window_that_is_there_is_not_offered(headless: str) -> None:
    assert "virtual" not in str(choices(stats("captcha", headless)))


@pytest.mark.parametrize("reason", ["limit", "stopped", "deadline", "fault", "could-not-write"])
def test_where_nothing_is_to_be_done_or_the_error_itself_says_what_nothing_is_said(reason: str) -> None:
    assert choices(stats(reason)) is None


@pytest.mark.parametrize(
    ("reason", "word"),
    [
        ("region", "waiting does not help"),
        ("no-viewer", "TIKTOK_VIEW=auto"),
        ("covered", "page.png"),
        ("wrong-page", "-a url="),
        ("unknown-layout", "scrapy doctor --site"),
        ("feed-stuck", "TIKTOK_STEP_TIMEOUT"),
        ("slow", "TIKTOK_STEP_TIMEOUT"),
        ("dropped", "network"),
        ("robots", "nothing"),
        ("browser-died", "memory"),
        ("repeats", "waiting"),
        ("feed-ended", "waiting"),
    ],
)
def test_other_early_ends_name_what_to_look_at(reason: str, word: str) -> None:
    assert word in str(choices(stats(reason)))


def test_every_end_that_is_documented_has_its_words_but_those_that_need_none() -> None:
    ends = re.findall(r"^\| `([a-z0-9-]+)` \|", DOCUMENT.partition("## How a run ends")[2].partition("\n## ")[0], re.M)
    silent = {end for end in ends if choices(stats(end)) is None}
    told_by_their_error = {"could-not-start", "could-not-write", "mixed-lines", "request-dropped", "fault"}
    assert silent == {"limit", "stopped", "deadline", *told_by_their_error}


def test_of_a_run_against_the_replica_it_is_told_as_of_the_site() -> None:
    told = str(choices({**stats("region"), "tiktok/simulated": True}))
    assert told.startswith("on the live site: a line of a region")


def test_a_run_that_kept_no_contact_is_told_as_well() -> None:
    assert str(choices({"tiktok/reason": "refused"})).endswith("waiting some hours")

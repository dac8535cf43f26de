"""After an end that the site may give to machines, the operator is told what can honestly be chosen."""

from __future__ import annotations

from typing import Any

import pytest

from tiktok_scraper.runs.choices import choices


def stats(reason: str, headless: str = "True", region: str | None = None) -> dict[str, Any]:
    browser = {"headless": headless, "wanted_zone": "UTC", "wanted_locale": "en-US"}
    return {"tiktok/reason": reason, "tiktok/contact": {"browser": browser, "region": region}}


@pytest.mark.parametrize(
    "reason", ["error-page", "empty-reply", "captcha", "captcha-v1", "never-drawn", "refused", "status-10000"]
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


@pytest.mark.parametrize("reason", ["limit", "stopped", "deadline", "robots", "unknown-layout", "fault"])
def test_other_ends_have_no_such_line(reason: str) -> None:
    assert choices(stats(reason)) is None


def test_a_run_that_kept_no_contact_is_told_as_well() -> None:
    assert str(choices({"tiktok/reason": "refused"})).endswith("waiting some hours")

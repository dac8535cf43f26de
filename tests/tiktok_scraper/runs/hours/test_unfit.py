"""What the hourly job mails of a run that is no use: all that its owner has to know, in one line."""

from __future__ import annotations

from pathlib import Path

from tiktok_scraper.runs.hours.unfit import unfit


def test_one_line_says_how_it_ended_why_it_is_unfit_and_what_to_do() -> None:
    stats = {
        "tiktok/reason": "captcha",
        "tiktok/asked": 100,
        "tiktok/written": 12,
        "tiktok/because": ["12 TikToks, fewer than 90", "4 of 12 without likes, more than 25%"],
        "tiktok/contact": {"page": {"kind": "captcha", "detail": "drag\nthe slider"}},
    }
    told = unfit(stats, Path("/my data"))
    assert "\n" not in told
    assert told.startswith("ended by captcha with 12 of 100 TikToks, which are kept; unfit because: 12 TikToks, fewer")
    assert "4 of 12 without likes" in told and "drag the slider" in told
    assert "what may help: a window (TIKTOK_HEADLESS=virtual)" in told
    assert told.endswith("python -m tiktok_scraper.runs '/my data' shows the hours before it")


def test_a_run_of_the_replica_is_given_advice_as_of_the_site() -> None:
    told = unfit({"tiktok/reason": "captcha", "tiktok/simulated": True}, Path("d"))
    assert "what may help: on the live site: a window" in told and "kept" not in told

"""What a summary says of the page on which a run ended early."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tiktok_scraper.runs.met import met


def stats(reason: str, kind: str, detail: str = "", **contact: Any) -> dict[str, Any]:
    return {"tiktok/reason": reason, "tiktok/contact": {"page": {"kind": kind, "detail": detail}, **contact}}


def test_a_page_is_told_by_its_kind_and_the_sites_own_words() -> None:
    assert met(stats("wrong-page", "video-page")) == "video-page"
    assert met(stats("covered", "covered", "dialog 'Notice': Confirm")) == "covered (dialog 'Notice': Confirm)"


def test_what_lay_over_a_post_is_told_with_its_words() -> None:
    cover = {"role": "dialog", "label": "Notice", "name": "age", "words": "Confirm your age"}
    assert met(stats("covered", "viewer", cover=json.dumps(cover))) == (
        "viewer; beneath dialog 'Notice' age (Confirm your age)"
    )
    assert met(stats("covered", "viewer", cover=json.dumps({"role": "div"}))) == "viewer; beneath div"


def test_refused_replies_are_told_with_status_and_length() -> None:
    replies = {"document": {"200": {"replies": 1, "bytes": 9}}, "feed": {"403": {"replies": 3, "bytes": 27}}}
    assert met(stats("refused", "error-page", replies=replies)) == "error-page; feed 403: 3 replies, 27 bytes"


@pytest.mark.parametrize("reason", ["limit", "stopped", "deadline"])
def test_an_expected_end_needs_no_such_line(reason: str) -> None:
    assert met(stats(reason, "viewer", "the viewer of era c")) is None


def test_nor_does_a_run_that_saw_no_page() -> None:
    assert met(stats("could-not-start", "none", "no page was seen")) is None
    assert met({"tiktok/reason": "could-not-start"}) is None


def test_where_the_site_led_elsewhere_its_path_is_told() -> None:
    for kind, url, told in (
        ("region", "http://127.0.0.1:1/hk/notfound", "region (/hk/notfound)"),
        ("captcha", "https://www.tiktok.com/foryou", "captcha"),
        ("captcha", "https://www.tiktok.com/", "captcha"),
        ("captcha", "https://www.tiktok.com/en/", "captcha"),
        ("captcha", "https://www.tiktok.com/de-DE/foryou", "captcha"),
        ("captcha", "https://www.tiktok.com/.../video/...", "captcha"),
    ):
        page = {"kind": kind, "detail": "", "url": url}
        assert met({"tiktok/reason": kind, "tiktok/contact": {"page": page}}) == told


def test_replies_of_nothing_are_told_as_refused_ones_are() -> None:
    replies = {"feed": {"200": {"replies": 3, "bytes": 0}}, "document": {"200": {"replies": 1, "bytes": 900}}}
    told = met(stats("empty-reply", "viewer", "the viewer of era b", replies=replies))
    assert told == "viewer (the viewer of era b); feed 200: 3 replies, 0 bytes"

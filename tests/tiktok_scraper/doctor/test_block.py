"""The block for a bug report holds nobody's name, id or words."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from tiktok_scraper.doctor.block import BEGIN, END, IN_THE_WAY, report
from tiktok_scraper.doctor.visit import Visited
from tiktok_scraper.pages.signs import SIGNS, WORDED
from tiktok_scraper.pages.state import Hit, Look
from tiktok_scraper.pages.unnamed import place
from tiktok_scraper.turn import Event, Turn
from tiktok_scraper.walk.contact import Contact

NOW = datetime(2026, 11, 29, tzinfo=UTC)


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("https://www.tiktok.com/foryou?lang=en", "https://www.tiktok.com/foryou"),
        ("https://www.tiktok.com/@qqann/video/7600000000000000001", "https://www.tiktok.com/.../video/..."),
        ("https://www.tiktok.com/@qq%20ann%20b", "https://www.tiktok.com/..."),
        ("https://www.tiktok.com/tag/qqholidays", "https://www.tiktok.com/tag/..."),
        ("https://www.tiktok.com/tag/qq", "https://www.tiktok.com/tag/..."),
        ("https://www.tiktok.com/music/qq-1", "https://www.tiktok.com/music/..."),
        ("https://www.tiktok.com/en/@qq/photo/71", "https://www.tiktok.com/en/.../photo/..."),
        ("https://www.tiktok.com/", "https://www.tiktok.com/"),
        ("https://www.tiktok.com", "https://www.tiktok.com/"),
        ("https://www.tiktok.com/hk/notfound", "https://www.tiktok.com/hk/notfound"),
        ("", "no address"),
    ],
)
def test_an_address_keeps_its_kind_alone(url: str, told: str) -> None:
    assert place(url) == told


def a_dialog(url: str) -> Look:
    dialog = Hit("dialog", "qqwords of qqann", 0, 0, 9, 9, middle=True, role="dialog", label="Comments")
    return Look(url=url, title="qqtitle", text="qqtext", hits=(dialog,), counts={"dialog": 1})


def test_nothing_personal_is_printed() -> None:
    url = "https://www.tiktok.com/@qqann/video/7600000000000000001"
    cover = json.dumps({"role": "dialog", "label": "qqlabel", "name": "div", "words": "qqwords"})
    contact = Contact("True", "UTC", "en-US")
    event = Event("document", url, 1.0, status=403, bytes=512)
    contact.take(Turn("open", "ok", 1.0, url, a_dialog(url), (event,), facts={"cover": cover}))
    visited = Visited(contact, ended="refused", why="by @qqann of 7600000000000000001")
    block = report(visited, {"browser": "chrome"}, NOW)
    assert "qq" not in block
    assert "76000" not in block
    assert "covered, era not known (dialog 'Comments') at https://www.tiktok.com/.../video/..." in block
    assert "document 403: 1 of 512 bytes" in block
    assert "dialog div, 7 characters of text" in block
    assert "TIKTOK_HEADLESS=virtual" in block


def test_a_reason_keeps_no_query_of_an_address() -> None:
    why = "the browser is gone: net::ERR at https://www.tiktok.com/@qqann/video/1?qqtoken=1 (Session info)"
    block = report(Visited(Contact("True", "UTC", "en-US"), ended="browser-died", why=why), {}, NOW)
    assert "qq" not in block
    assert "https://www.tiktok.com/.../video/... (Session info)), after 0 of 3 steps" in block


def test_signs_are_told_in_one_line_with_what_is_in_the_way_apart() -> None:
    visited = Visited(Contact("True", "UTC", "en-US"), ended="captcha")
    visited.signs.update({"card-article": 2, "captcha": 1, "got-it": 1})
    (line,) = [line for line in report(visited, {}, NOW).splitlines() if line.startswith("signs:")]
    rest = len(SIGNS) + len(WORDED) - 3
    assert line == f"signs:        card-article 2; in the way: captcha 1, got-it 1; not hit: {rest}"
    assert set(IN_THE_WAY) <= {*SIGNS, *WORDED}


def test_a_visit_of_which_nothing_is_known_is_a_whole_block() -> None:
    lines = report(Visited(Contact("True", "UTC", "en-US"), ended="browser-died"), {}, NOW).splitlines()
    assert (lines[0], lines[-1]) == (BEGIN, END)
    assert f"signs:        none; in the way: none; not hit: {len(SIGNS) + len(WORDED)}" in lines
    assert "robots.txt:   not read" in lines
    assert "names missed: none" in lines

"""The contact record: what it tells of page, browser and replies, and that it tells nothing of people."""

from __future__ import annotations

import json

from tests.tiktok_scraper.walk.test_walk import FEED, look
from tiktok_scraper.pages.facts import FeedReply, ItemFacts, PageFacts
from tiktok_scraper.pages.state import Hit, Look
from tiktok_scraper.turn import Event, Turn
from tiktok_scraper.walk.contact import Contact


def turn(page: Look, *events: Event, **facts: str) -> Turn:
    return Turn("open", "ok", 1000.0, page.url, page, events=events, facts=facts)


def event(kind: str, status: int, size: int) -> Event:
    return Event(kind, "http://127.0.0.1/foryou", 1000.0, status=status, bytes=size)


def test_it_tells_the_last_page_and_how_it_was_entered() -> None:
    contact = Contact("True", "UTC", "en-US")
    contact.take(turn(look(FEED), view="viewer", opener="[data-e2e=feed-video]"))
    contact.take(turn(Look("", "", ""), stepper="wheel"))
    told = contact.told()
    assert told["page"]["kind"] == "feed"
    assert (told["view"], told["opener"], told["stepper"]) == ("viewer", "[data-e2e=feed-video]", "wheel")


def test_it_counts_replies_by_status_with_their_bytes() -> None:
    contact = Contact()
    contact.take(turn(look(FEED), event("document", 200, 9000), event("feed", 200, 50), event("feed", 403, 7)))
    contact.take(turn(look(FEED), event("feed", 200, 60), event("creator", 200, 9)))
    assert contact.told()["replies"] == {
        "document": {"200": {"replies": 1, "bytes": 9000}},
        "feed": {"200": {"replies": 2, "bytes": 110}, "403": {"replies": 1, "bytes": 7}},
    }


def test_it_counts_the_flavours_of_items() -> None:
    contact = Contact()
    exact = ItemFacts("1", "ann", {"stats": {}, "statsV2": {}, "authorStats": {"user_likes": "1"}})
    contact.take_items(FeedReply("ok", (exact, ItemFacts("2", "bob", {"stats": {}}))))
    assert contact.told()["items"] == {"all": 2, "creator_told": 1, "exact": 1}


def test_zone_and_locale_stand_beside_the_region_that_the_page_reports() -> None:
    contact = Contact("virtual", "Europe/Berlin", "de-DE")
    contact.take(turn(look(FEED), agent="Mozilla", webdriver="true", h264="false", page_zone="UTC"))
    contact.take_page(PageFacts(region="US"))
    told = contact.told()
    assert told["region"] == "US"
    assert told["browser"] == {
        "agent": "Mozilla",
        "webdriver": "true",
        "h264": "false",
        "visibility": None,
        "page_zone": "UTC",
        "page_locale": None,
        "headless": "virtual",
        "wanted_zone": "Europe/Berlin",
        "wanted_locale": "de-DE",
    }


def test_no_caption_and_no_query_is_in_it() -> None:
    url = "https://www.tiktok.com/@ann/video/71?web_id=secret"
    page = Look(url, "my caption | TikTok", "my caption, by Ann", (Hit("modal", "Ann", 0, 0, 9, 9),), {"modal": 1})
    contact = Contact()
    contact.take(turn(page))
    text = json.dumps(contact.told())
    assert contact.told()["page"]["kind"] == "unknown"
    for private in ("caption", "Ann", "secret"):
        assert private not in text


def test_a_run_that_saw_no_page_says_so() -> None:
    assert Contact().told()["page"] == {"kind": "none", "era": None, "detail": ""}


def test_addresses_and_titles_name_nobody() -> None:
    contact = Contact()
    for url in ("http://x/@jane/video/7691701295229564443?a=1", "http://x/music/original-sound-jane-7689"):
        contact.take(turn(Look(url, "original sound - jane | TikTok", "", (), {FEED: 1})))
        told = json.dumps(contact.told())
        assert "jane" not in told
        assert "7691701295229564443" not in told
    contact.take(turn(Look("http://x/foryou", "TikTok - Make Your Day", "", (), {})))
    assert contact.told()["page"]["title"] == "TikTok - Make Your Day"
    assert contact.told()["page"]["url"] == "http://x/foryou"


def test_a_cover_that_was_closed_is_in_the_way_no_more() -> None:
    contact = Contact()
    contact.take(turn(look(FEED), cover='{"role": "div"}'))
    contact.take(turn(look(FEED), cover=""))
    assert contact.told()["cover"] is None


def test_what_the_page_failed_at_is_told_as_the_last_turn_had_it() -> None:
    contact = Contact()
    assert contact.told()["errors"] is None
    contact.take(turn(look(FEED), errors='{"loads": {"script": {"404": 2}}, "scripts": {}}'))
    contact.take(turn(look(FEED)))
    assert contact.told()["errors"] == {"loads": {"script": {"404": 2}}, "scripts": {}}


def test_the_words_of_a_cover_name_nobody() -> None:
    contact = Contact()
    contact.take(turn(look(FEED), cover='{"role": "div", "words": "@jane sent you 7691701295229564443"}'))
    assert contact.told()["cover"] == '{"role": "div", "words": "@... sent you ID"}'

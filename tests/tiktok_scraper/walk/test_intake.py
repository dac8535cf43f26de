"""What a turn's replies say counts before their status; a status that is none of success is noted."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

import pytest

from tests.tiktok_scraper.walk.test_walk import Rig, turn
from tiktok_scraper.config import CrawlConfig
from tiktok_scraper.turn import Event
from tiktok_scraper.walk.intake import Intake


def taken(*events: Event) -> tuple[Rig, Counter[str]]:
    rig = Rig()
    intake = Intake(rig.config, rig.sightings, rig.note, lambda _: None)
    assert list(intake.take(rig.walk, turn("step", events=events))) == []
    return rig, rig.notes


def creator(status: int, **stats: Any) -> Event:
    body = {"statusCode": status, "userInfo": {"user": {"id": "71", "uniqueId": "ann"}, "stats": stats}}
    return Event("creator", "http://127.0.0.1/", 1.0, body=json.dumps(body), username="ann")


@pytest.mark.parametrize("status", [10222, 10202, 77])
def test_a_creators_reply_that_tells_counts_is_read_whatever_its_status(status: int) -> None:
    rig, notes = taken(creator(status, followerCount=120, heartCount=3400))
    assert rig.sightings.creators["ann"].told == {"detail": {"user_followers": "120", "user_likes": "3400"}}
    assert notes == {f"creator-status-{status}": 1}


@pytest.mark.parametrize("status", [0, 10404])
def test_nothing_is_noted_of_a_success(status: int) -> None:
    rig, notes = taken(creator(status, followerCount=120))
    assert "ann" in rig.sightings.creators
    assert notes == {}


@pytest.mark.parametrize(("status", "stats"), [(10222, {}), (10000, {"followerCount": 120})])
def test_one_that_tells_nothing_or_asks_to_verify_is_refused(status: int, stats: dict[str, int]) -> None:
    rig, notes = taken(creator(status, **stats))
    assert rig.sightings.creators == {}
    assert notes == {"creator-refused": 1}


def test_a_list_is_read_whatever_its_status() -> None:
    item = {"id": "5", "author": {"uniqueId": "ann"}, "stats": {"diggCount": 9}}
    body = json.dumps({"statusCode": 10234, "itemList": [item], "hasMore": False})
    rig, notes = taken(Event("feed", "http://127.0.0.1/", 1.0, body=body))
    assert rig.walk.order.cards == ["5"]
    assert rig.walk.last_list.status == "ok"
    assert notes == {"feed-status-10234": 1}


def listed(kind: str, *ids: str, likes: int, at: float = 1.0, **rest: Any) -> Event:
    """A list of that kind of reply, each entry in a wrapping of its own."""
    items = [{"id": id, "author": {"uniqueId": f"u{id}"}, "stats": {"diggCount": likes}} for id in ids]
    body = json.dumps({"statusCode": 0, "itemList": [{"itemStruct": item} for item in items]})
    return Event(kind, "http://127.0.0.1/", at, body=body, **rest)


def lines(rig: Rig) -> dict[str, str]:
    """The likes of what the run gives out."""
    return {tiktok.id: tiktok.told["stats"]["likes"] for tiktok in rig.sightings.due(0.0, closing=True)}


def test_what_is_preloaded_is_no_sighting_and_stands_in_no_order() -> None:
    rig, notes = taken(listed("preload", "8", "9", likes=5))
    assert rig.walk.order.cards == []
    assert lines(rig) == {}
    assert notes == {}


def test_a_post_that_is_shown_is_joined_to_what_was_preloaded_by_its_id() -> None:
    rig, _ = taken(listed("preload", "8", "9", likes=5))
    rig.walk.next(turn("enter", on="9", by="u9"), 0)
    assert lines(rig) == {"9": "5"}


@pytest.mark.parametrize("first", ["preload", "feed"])
def test_the_feeds_own_list_counts_before_what_was_preloaded(first: str) -> None:
    ahead, own = listed("preload", "8", likes=5), listed("feed", "8", likes=7)
    rig, _ = taken(*((ahead, own) if first == "preload" else (own, ahead)))
    rig.walk.next(turn("enter", on="8", by="u8"), 0)
    assert rig.walk.order.cards == ["8"]
    assert lines(rig) == {"8": "7"}


@pytest.mark.parametrize("source", ["auto", "page"])
def test_a_list_that_nobody_answered_is_noted_and_remembered(source: str) -> None:
    rig = Rig(CrawlConfig(pace=0, source=source))
    intake = Intake(rig.config, rig.sightings, rig.note, lambda _: None)
    dropped = Event("dropped", "http://127.0.0.1/", 2.0, body="net::ERR_EMPTY_RESPONSE")
    assert list(intake.take(rig.walk, turn("step", events=(dropped,)))) == []
    assert (rig.walk.last_list.status, rig.notes) == ("dropped", {"feed-dropped": 1})
    assert intake.contact.told()["replies"] == {}, "it is no reply"


def test_a_preloaded_list_that_is_refused_says_nothing_of_the_feed() -> None:
    rig, notes = taken(listed("feed", "8", likes=7), Event("preload", "http://127.0.0.1/", 2.0, status=403))
    assert (rig.walk.last_list.status, notes) == ("ok", {})

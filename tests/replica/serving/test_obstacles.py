"""Obstacles that the server puts up."""

from __future__ import annotations

import json
import time
from collections import Counter
from datetime import UTC, datetime
from http.client import RemoteDisconnected
from pathlib import Path
from typing import Any

import pytest

from replica.options import Options
from replica.serving import obstacles
from replica.serving.server import Replica
from tests.replica.asking import Client


def obstructed(name: str, at: int | None = None, era: str = "b", **told: Any) -> Replica:
    return Replica(Options(latency_ms=0, era=era, obstacle=name, obstacle_at=at, **told))


def ids_of(told: dict[str, Any]) -> list[str]:
    """The TikToks of a list reply in their order; LIVE cards have no id."""
    return [item["id"] for item in told["itemList"] if item["id"]]


def test_the_firewall_stands_before_every_page_until_its_cookie_comes() -> None:
    with obstructed("waf") as site:
        client = Client(site)
        for path in ("/foryou", "/", "/@someone/video/1", "/@someone"):
            html = client.page(path)
            assert "Please wait..." in html and 'id="wci"' in html, path
        status, _, html = client.get("/foryou", Cookie="_wafchallengeid=answer")
        assert status == 200 and b"Please wait..." not in html
        assert client.batch()["itemList"]


def test_an_error_page_comes_of_a_first_list_that_fails_once() -> None:
    with obstructed("error-page") as site:
        client = Client(site)
        client.page()
        assert client.get("/api/recommend/item_list/")[0] == 500
        assert len(client.batch()["itemList"]) == 6


def test_in_era_a_the_page_embeds_nothing_while_its_list_has_to_fail() -> None:
    with obstructed("error-page", era="a") as site:
        client = Client(site)
        client.page()
        assert client.truth() == []
        assert client.get("/api/recommend/item_list/")[0] == 500
        client.page()
        assert len(client.truth()) == 9


def test_empty_replies_begin_with_the_tiktok_told_and_never_end() -> None:
    with obstructed("empty-reply", 20) as site:
        client = Client(site)
        client.page()
        served = 0
        while body := client.get("/api/recommend/item_list/")[2]:
            assert body
            served = len(client.truth())
        assert served < 20
        for _ in range(3):
            status, _, body = client.get("/api/recommend/item_list/")
            assert (status, body) == (200, b"")


def test_empty_replies_can_be_all_there_is() -> None:
    for era in ("a", "b"):
        with obstructed("empty-reply", era=era) as site:
            client = Client(site)
            client.page()
            assert client.get("/api/recommend/item_list/")[2] == b""
            assert client.truth() == []


def test_in_era_a_what_is_embedded_ends_before_the_empty_reply() -> None:
    with obstructed("empty-reply", 5, era="a") as site:
        client = Client(site)
        client.page()
        assert len(client.truth()) == 4
        assert client.get("/api/recommend/item_list/")[2] == b""


@pytest.mark.parametrize("at", [None, 1, 5, 20])
def test_from_the_tiktok_told_on_lists_repeat_what_was_sent_without_end(at: int | None) -> None:
    with obstructed("repeats", at) as site:
        client = Client(site)
        client.page()
        lists = [client.batch() for _ in range(12)]
        sent = {line["id"]: line for line in client.truth()}
    shown = [id_ for told in lists for id_ in ids_of(told)]
    whole = len(ids_of(lists[0])) if at is None else max(at - 1, 1)
    new = [id_ for place, id_ in enumerate(shown) if id_ not in shown[:place]]
    assert all(told["hasMore"] and told["itemList"] for told in lists)
    assert shown[:whole] == new and len(new) == whole
    again = Counter(shown[whole:])
    assert again.keys() == set(new) and max(again.values()) - min(again.values()) <= 1, "each in its turn"
    assert {id_: len(line["again"]) for id_, line in sent.items()} == dict(again)


@pytest.mark.parametrize(("profile", "most"), [("2022", 5), ("2025", 15)])
@pytest.mark.parametrize("at", [None, 9])
def test_from_the_tiktok_told_on_all_are_of_the_account_with_the_most(profile: str, most: int, at: int | None) -> None:
    now = datetime(2026, 9, 1, 12, tzinfo=UTC)
    with obstructed("one-account", at, profile=profile, now=now) as site:
        client = Client(site)
        client.page()
        cards = client.cards()
        source = site._running.app.source
        preloaded = json.loads(client.get("/api/preload/item_list/")[2])["itemList"]
    before = (at or 1) - 1
    tiktoks = [card for card in cards if card["id"]]
    (account,) = {card["author"]["uniqueId"] for card in tiktoks[before:]}
    ids = [card["id"] for card in tiktoks]
    assert len(ids) == len(set(ids)), "all of it once, then the feed ends"
    own = {card["id"] for card in tiktoks if card["author"]["uniqueId"] == account}
    world = source._source.world
    there = Counter(world.pool.creator[world.pool.created < now.timestamp()].tolist())
    assert len(own) >= most - 1
    assert max(there.values()) - len(own) <= 2, "but for what was taken down"
    assert preloaded == []


def test_the_account_with_the_most_is_not_to_be_had_of_a_file(tmp_path: Path) -> None:
    items = tmp_path / "items.json"
    items.write_text("[]")
    with pytest.raises(ValueError, match=r"--obstacle one-account takes .* and --items serves a file"):
        Options(obstacle="one-account", items=items)


def test_from_the_tiktok_told_on_lists_and_creators_are_late() -> None:
    with obstructed("slow", 8, first=3, slow_ms=400) as site:
        client = Client(site)
        client.page()
        handle = client.batch()["itemList"][0]["author"]["uniqueId"]
        (visitor,) = site._running.app.visitors._known.values()
        late = [(obstacles.creator_late_s(site.options, visitor.tiktoks), obstacles.list_late_s(site.options, visitor))]
        for ask in (client.batch, lambda: client.creator(handle)):
            began = time.monotonic()
            ask()
            assert time.monotonic() - began >= 0.4
        late += [
            (obstacles.creator_late_s(site.options, visitor.tiktoks), obstacles.list_late_s(site.options, visitor))
        ]
    assert late == [(0, 0.4), (0.4, 0.4)], "the second list reaches the eighth"
    quick = Options(obstacle="slow", obstacle_at=30, first=3)
    assert (obstacles.creator_late_s(quick, 29), obstacles.creator_late_s(quick, 30)) == (0, 4)


def test_from_the_tiktok_told_on_the_connection_of_a_list_is_closed() -> None:
    with obstructed("dropped", 5, first=3) as site:
        client = Client(site)
        client.page()
        assert len(client.batch()["itemList"]) == 3
        for _ in range(2):
            with pytest.raises(RemoteDisconnected):
                client.batch()
        assert len(client.truth()) == 3, "all else is answered"


@pytest.mark.parametrize(("at", "first"), [(5, 3), (None, 0)])
def test_from_the_tiktok_told_on_a_list_is_empty_and_says_that_there_is_no_more(at: int | None, first: int) -> None:
    with obstructed("feed-ended", at, first=first or None) as site:
        client = Client(site)
        client.page()
        *whole, last = [client.batch() for _ in range(2 if first else 1)]
    assert [len(told["itemList"]) for told in whole] == ([first] if first else [])
    assert (last["itemList"], last["hasMore"], last["statusCode"]) == ([], False, 0)

"""Obstacles that the server puts up."""

from __future__ import annotations

from replica.options import Options
from replica.serving.server import Replica
from tests.replica.asking import Client


def obstructed(name: str, at: int | None = None, era: str = "b") -> Replica:
    return Replica(Options(latency_ms=0, era=era, obstacle=name, obstacle_at=at))


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

"""Pages and replies that refuse, and the forms in which lists come."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from replica.options import Options
from replica.serving.server import Replica
from replica.unruly import Unruly
from tests.replica.asking import Client
from tests.replica.site.posts import written

LIST = "/api/recommend/item_list/"
STARTS = 'src="/_site/js/boot.js"'  # the script that draws a page
PRELOAD = "/api/preload/item_list/?count=3"


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A feed of a file, which is served sooner than a world."""
    return written(tmp_path_factory.mktemp("feed"))


def served(**told: Any) -> Replica:
    return Replica(Options(**{"latency_ms": 0, **told}))


def test_an_error_page_comes_again_for_each_refresh_told(few: Path) -> None:
    with served(items=few, obstacle="error-page", refreshes=2) as site:
        client = Client(site)
        client.page()
        assert [client.get(LIST)[0] for _ in range(4)] == [500, 500, 500, 200]


@pytest.mark.parametrize(
    ("obstacle", "status", "starts", "header"),
    [
        ("refused-reply", 403, b"Request blocked", False),
        ("verify-header", 200, b'{"statusCode": 0', True),
        ("status-verify", 200, b'{"code": 10000', False),
    ],
)
def test_lists_are_refused_from_the_kth_tiktok_on(
    few: Path, obstacle: str, status: int, starts: bytes, header: bool
) -> None:
    with served(items=few, obstacle=obstacle, obstacle_at=7) as site:
        client = Client(site)
        client.page()
        assert len(client.batch()["itemList"]) == 6
        for _ in range(2):
            told, headers, body = client.get(LIST)
            assert (told, body[: len(starts)]) == (status, starts)
            assert ("bdturing-verify" in headers) == header
        assert len(client.truth()) == 6


def test_pages_are_refused_at_once_or_when_so_many_tiktoks_were_sent(few: Path) -> None:
    with served(items=few, obstacle="refused-page") as site:
        assert Client(site).get("/foryou")[0] == 403
    with served(items=few, obstacle="refused-page", obstacle_at=6) as site:
        client = Client(site)
        assert client.get("/foryou")[0] == 200
        client.batch()
        assert [client.get(path)[0] for path in ("/foryou", "/@someone", "/@someone/video/1")] == [403, 403, 403]
        assert client.get(LIST)[0] == 200


@pytest.mark.parametrize("era", ("a", "b", "c"))
def test_what_stands_in_the_feeds_place_at_load(few: Path, era: str) -> None:
    with served(items=few, obstacle="white-page", era=era) as site:
        page = Client(site).page()
        assert STARTS not in page and "<svg" not in page
    with served(items=few, obstacle="spinner", era=era) as site:
        page = Client(site).page()
        assert STARTS not in page and "SvgContainer" in page and "<title>TikTok</title>" in page
    for obstacle in ("white-page", "spinner", "region", "video-page"):  # later it is the page that goes
        with served(items=few, obstacle=obstacle, obstacle_at=2, era=era) as site:
            assert STARTS in Client(site).page()


@pytest.mark.parametrize("region", ("hk", "in"))
def test_a_region_is_sent_to_its_notfound_page(few: Path, region: str) -> None:
    with served(items=few, obstacle="region", region=region, obstacle_at=0) as site:
        client = Client(site)
        status, _, body = client.get("/foryou")
        assert status == 200 and b'"page":"not-found"' in body
        assert ("GET", f"/{region}/notfound", "") in site.requests


def test_a_video_page_stands_where_the_feed_was_asked_for(few: Path) -> None:
    with served(items=few, obstacle="video-page") as site:
        client = Client(site)
        assert '"page":"video"' in client.page()
        first = client.batch()["itemList"][0]
        assert [path for _, path, _ in site.requests if "/video/" in path] == [
            f"/@{first['author']['uniqueId']}/video/{first['id']}"
        ]


@pytest.mark.parametrize("era", ("b", "c"))
def test_wrapped_entries_hold_the_item_in_lists_and_in_the_page(few: Path, era: str) -> None:
    with served(items=few, era=era, wrapped=True, embedded=True) as site:
        client = Client(site)
        page = client.page()
        state = page.split('<script id="__UNIVERSAL_DATA_FOR_REHYDRATION__" type="application/json">')[1]
        entries = json.JSONDecoder().raw_decode(state)[0]["__DEFAULT_SCOPE__"]["webapp.updated-items"]
        entries += client.batch()["itemList"]
        sent = [line["id"] for line in client.truth()]

    assert [list(entry) for entry in entries] == [["itemStruct"]] * len(entries)
    assert [entry["itemStruct"]["id"] for entry in entries if entry["itemStruct"]["id"]] == sent


def test_the_preload_brings_the_feeds_next_cards_only_where_told() -> None:
    for preload, known in (("ahead", 6), ("next", 9)):
        with served(preload=preload) as site:
            client = Client(site)
            client.page()
            client.batch()
            told = json.loads(client.get(PRELOAD)[2])["itemList"]
            truth = [line["id"] for line in client.truth()]
            assert len(told) == 3
            assert len(truth) == known
            assert ([item["id"] for item in told] == truth[6:]) == (preload == "next")


@pytest.mark.parametrize("era", ("a", "b", "c"))
def test_some_authors_have_no_handle_but_an_id(era: str) -> None:
    with served(era=era, unruly=Unruly(handleless=0.2)) as site:
        client = Client(site)
        client.page()
        cards = [card for card in client.cards(80) if card["id"]]
        truth = {line["id"]: line for line in client.truth()}

    bare = [card for card in cards if "uniqueId" not in card["author"]]
    assert 4 <= len(bare) <= 32
    for card in bare:
        line = truth[card["id"]]
        assert card["author"]["id"] == line["creator_id"] and card["author"]["secUid"]
        assert line["username"] is None
        assert line["url"] == f"https://www.tiktok.com/@/{line['kind']}/{card['id']}"
    assert all(truth[card["id"]]["username"] for card in cards if card not in bare)


def test_a_creator_without_a_handle_is_told_of_by_their_sec_uid() -> None:
    with served(unruly=Unruly(handleless=1), creator_failures=0) as site:
        client = Client(site)
        author = client.batch()["itemList"][0]["author"]
        told = json.loads(client.get(f"/api/user/detail/?uniqueId=&secUid={author['secUid']}")[2])
        line = client.truth()[0]

    assert told["userInfo"]["user"]["id"] == author["id"] == line["creator_id"]
    assert line["hidden_username"].endswith(f"/@{told['userInfo']['user']['uniqueId']}")
    assert line["creator"]["user_followers"] == line["user_followers"]
    assert line["creator_told"] == "detail"


def test_presses_are_kept_as_they_are_reported(few: Path) -> None:
    with served(items=few) as site:
        press = {"kind": "pointer", "tag": "button", "e2e": "arrow-right"}
        client = Client(site)
        client.post("/_replica/presses", json.dumps(press))
        assert site.presses() == [press]
        assert client.get("/_replica/presses")[2] == json.dumps(press).encode() + b"\n"
        assert not [path for _, path, _ in site.requests if path == "/_replica/presses"]


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"steps_by": "keys"}, "--steps-by must be nothing, or of key,button,wheel; not 'keys'"),
        ({"viewer": "gone"}, "--viewer must be one of own, none, dead, elsewhere; not 'gone'"),
        ({"region": "HKG"}, "--region must be two small letters, such as hk; not 'HKG'"),
        ({"refreshes": -1}, "--refreshes must be 0 or more; not -1"),
        ({"obstacle_at": -1}, "K must be 0 or more; not -1"),
    ],
)
def test_a_wrong_option_is_named_with_what_it_may_be(told: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        Options(**told)


def test_a_rate_that_is_no_share_is_named() -> None:
    with pytest.raises(ValueError, match="--taken-back must be a share from 0 to 1; not 2"):
        Unruly(taken_back=2)

"""--items: files of real items are served back as they are."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from replica.options import Options
from replica.serving.server import Replica
from tests.captures import CAPTURES, capture
from tests.odd_items import ID, ODD, ODD_TEXTS
from tests.replica.asking import Client

# Keys whose addresses become ours.
MEDIA = re.compile(r"cover|Cover|avatar|Addr$|UrlList|urlList|playUrl|imageURL")


def item(id_: str, **told: Any) -> dict[str, Any]:
    """An item as small as any parser takes."""
    made = {
        "id": id_,
        "author": {"id": "1", "uniqueId": f"user{id_}", "nickname": "User", "secUid": "MS4"},
        "createTime": 1_738_000_000,
        "desc": "",
        "music": {"id": "2", "title": "original sound", "authorName": "User", "playUrl": ""},
        "stats": {"diggCount": 12_300, "commentCount": 456, "shareCount": 7, "playCount": 99_900},
        "video": {"id": id_, "duration": 9, "cover": "", "playAddr": "https://elsewhere.example/v.mp4"},
    }
    return made | told


HELD = {"followerCount": 340_700, "heartCount": -1_934_013_585, "heart": -1_934_013_585, "videoCount": 9}
ZEROS = dict.fromkeys(HELD, 0)
LIVE = {"id": "", "createTime": 0, "containerType": 2, "liveRoomInfo": {"roomID": "9", "ownerInfo": {"uniqueId": "x"}}}
ITEMS = [item("71"), item("72"), LIVE, item("73")]
SIGI = {
    "ItemList": {"foryou": {"list": ["72", "71"]}},
    "ItemModule": {n: item(n, author=f"user{n}", authorId="5", nickname="N") for n in ("71", "72")},
    "UserModule": {"users": {"user71": {"uniqueId": "user71", "id": "5"}}, "stats": {"user71": HELD}},
}
SHAPES: dict[str, tuple[Any, list[str]]] = {
    "item": (item("71"), ["71"]),
    "list": (ITEMS, ["71", "72", "", "73"]),
    "envelope": ({"statusCode": 0, "itemList": ITEMS, "hasMore": True}, ["71", "72", "", "73"]),
    "envelopes": ([{"itemList": ITEMS[:2]}, {"itemList": ITEMS[2:]}], ["71", "72", "", "73"]),
    "sigi": (SIGI, ["72", "71"]),
    "updated-items": ({"__DEFAULT_SCOPE__": {"webapp.updated-items": ITEMS}}, ["71", "72", "", "73"]),
    "video-detail": ({"webapp.video-detail": {"itemInfo": {"itemStruct": item("71")}}}, ["71"]),
}


def served(path: Path, era: str = "b") -> Replica:
    return Replica(Options(latency_ms=0, items=path, era=era))


@pytest.mark.parametrize("shape", SHAPES)
def test_each_shape_is_served_in_order_and_then_the_feed_ends(shape: str, tmp_path: Path) -> None:
    told, ids = SHAPES[shape]
    path = tmp_path / "items.json"
    path.write_text(json.dumps(told))
    with served(path) as site:
        cards = Client(site).cards()
        assert [card["id"] for card in cards] == ids
        assert Client(site).batch() | {"extra": 0, "log_pb": 0} == {
            "cursor": "0",
            "extra": 0,
            "hasMore": False,
            "itemList": [],
            "level": 1,
            "log_pb": 0,
            "statusCode": 0,
            "status_code": 0,
            "status_msg": "",
        }


def test_creators_are_held_where_followers_and_likes_are_given(tmp_path: Path) -> None:
    path = tmp_path / "items.json"
    followers = {**ZEROS, "followerCount": 153_700}
    items = [item("71", authorStats=HELD), item("72", authorStats=ZEROS), item("73", isAd=True, authorStats=followers)]
    path.write_text(json.dumps([*items, item("74")]))
    with served(path) as site:
        client = Client(site)
        client.cards()
        told = json.loads(client.creator("user71"))["userInfo"]
        assert told["stats"] == HELD
        assert told["user"]["uniqueId"] == "user71"
        assert "statsV2" not in told
        assert [client.creator(name) for name in ("user72", "user73", "user74", "nobody")] == [b""] * 4
        lines = {line["id"]: line for line in client.truth()}
    assert (lines["71"]["user_followers"], lines["71"]["user_likes"]) == (340_700, -1_934_013_585)
    assert (lines["72"]["user_followers"], lines["72"]["user_likes"]) == (None, None)
    assert (lines["73"]["user_followers"], lines["73"]["user_likes"]) == (153_700, None)
    assert lines["71"]["creator"]["reply"] == "stats" and lines["74"]["creator"]["reply"] == "empty"


def test_only_media_addresses_are_changed(tmp_path: Path) -> None:
    path = tmp_path / "items.json"
    photo = item("72", imagePost={"images": [{"imageURL": {"urlList": ["https://elsewhere.example/1.jpeg"]}}]})
    photo["video"]["playAddr"] = ""
    path.write_text(json.dumps([item("71"), photo]))
    with served(path) as site:
        first, second = Client(site).cards()
    assert first["video"].pop("playAddr").startswith(site.base)
    assert first["video"].pop("cover").startswith(site.base)
    assert first["music"].pop("playUrl").startswith(site.base)
    assert second["video"]["playAddr"] == ""
    assert second["imagePost"]["images"][0]["imageURL"]["urlList"][0].startswith(site.base)
    plain = item("71")
    for part, key in (("video", "playAddr"), ("video", "cover"), ("music", "playUrl")):
        del plain[part][key]
    assert first == plain


@pytest.mark.parametrize(("text", "says"), [("{", "is no JSON"), ('{"a": [1, {"id": "7"}]}', "holds no item")])
def test_a_file_without_items_is_refused(text: str, says: str, tmp_path: Path) -> None:
    path = tmp_path / "items.json"
    path.write_text(text)
    with pytest.raises(ValueError, match=says), served(path):
        pass


def expected_items(told: Any) -> Iterator[dict[str, Any]]:
    """The items of a capture by its known shape, not by the server's search."""
    if isinstance(told, list):
        for part in told:
            yield from expected_items(part.get("itemList") or part.get("data") or part)
    elif "ItemModule" in told:
        yield from (told["ItemModule"][id_] for id_ in told["ItemList"]["foryou"]["list"])
    elif "itemList" in told:
        yield from told["itemList"]
    elif "itemInfo" in told:
        yield told["itemInfo"]["itemStruct"]
    else:
        yield told


def without_media(told: Any, key: str = "") -> Any:
    """*told* with every media address blotted out."""
    if isinstance(told, dict):
        return {part: without_media(value, key if key == "zoomCover" else part) for part, value in told.items()}
    if isinstance(told, list):
        return [without_media(value, key) for value in told]
    return "" if MEDIA.search(key) and isinstance(told, str) else told


@pytest.mark.captures
@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("2021-10_item_conoro", 1),
        ("2022-03_foryou_SIGI_STATE", 9),
        ("2024-12_recommend_item_list_example_MMM", 1),
        ("2025-02_recommend_item_list_12_pulls", 160),
        ("2025-06_video-detail_zinoun", 1),
        ("2026-03_reflow_video-detail_photo_post", 1),
        ("scrapfly_posts_history", 4),
        ("scrapfly_search_first4", 4),
    ],
)
def test_real_items_are_served_back_equal(name: str, count: int) -> None:
    told = capture(f"{name}.json")
    path = CAPTURES / "json" / f"{name}.json"
    wanted = list(expected_items(told))
    with served(path) as site:
        cards = Client(site).cards()
    assert len(cards) == count
    assert without_media(cards) == without_media(wanted)
    for card in cards:
        if card["id"]:
            assert card["video"]["cover"].startswith(site.base)
            assert "imagePost" in card or card["video"]["playAddr"].startswith(site.base)


@pytest.mark.parametrize("era", ["a", "b"])
def test_odd_items_are_served_as_they_stand_and_told_of_as_far_as_can_be(era: str, tmp_path: Path) -> None:
    path = tmp_path / "items.json"
    path.write_text(json.dumps([item for item, _ in ODD.values()]))
    with served(path, era) as site:
        cards = Client(site).cards()
        truth = {int(line["id"][-2:]): line for line in Client(site).truth()}
    assert [without_media(card) for card in cards] == [without_media(item) for item, _ in ODD.values()]
    for number, (item, expected) in ODD.items():
        known = {name: value for name, value in expected.items() if name in truth[number]}
        known.pop("created_at", None)  # of what tells none, the truth is none
        if number == 7:
            known["user_likes"] = item["authorStats"]["heartCount"]  # wrapped, as it was sent
        assert {name: truth[number][name] for name in known} == known, number
    assert truth[14]["sent"] == {"stats": ODD_TEXTS}
    assert (truth[11]["created_at"], truth[13]["likes"]) == (None, None)


def test_an_item_of_a_list_is_served_however_little_it_tells(tmp_path: Path) -> None:
    bare = [{"id": "71"}, {"id": "72", "music": None, "stats": [], "author": [], "video": "no", "createTime": "soon"}]
    path = tmp_path / "items.json"
    path.write_text(json.dumps({"statusCode": 0, "itemList": bare}))
    with served(path) as site:
        assert Client(site).cards() == bare
        lines = Client(site).truth()
    assert [line["id"] for line in lines] == ["71", "72"]
    assert {line["likes"] for line in lines} == {line["username"] for line in lines} == {None}


def test_a_creator_told_in_text_is_held_and_a_private_one_answered_with_its_status(tmp_path: Path) -> None:
    told = {"followerCount": "1.2M", "heartCount": "34 500"}
    author = {"id": "1", "uniqueId": "quiet.one", "nickname": None, "privateAccount": True}
    path = tmp_path / "items.json"
    path.write_text(json.dumps([item("71", author=author, authorStats=told)]))
    with served(path) as site:
        client = Client(site)
        client.cards()
        reply = json.loads(client.creator("quiet.one"))
        (line,) = client.truth()
    assert (reply["statusCode"], reply["userInfo"]["stats"]) == (10222, told)
    assert (line["creator"]["user_followers"], line["creator"]["user_likes"]) == (1_200_000, 34_500)


def test_other_objects_with_ids_are_no_items(tmp_path: Path) -> None:
    user = {"id": "5", "uniqueId": "x", "createTime": 1, "nickname": "x"}
    others = {"user": user, "music": {"id": "6", "title": "t"}, "challenge": {"id": "7", "title": "t", "stats": {}}}
    path = tmp_path / "items.json"
    path.write_text(json.dumps({"seen": others, "itemInfo": {"itemStruct": item(f"{ID}01")}}))
    with served(path) as site:
        assert [card["id"] for card in Client(site).cards()] == [f"{ID}01"]

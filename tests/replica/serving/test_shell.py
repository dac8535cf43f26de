"""What the server sends before any script has run: the shell, the embedded data, the class names."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from replica.options import Options
from replica.serving.classes import ClassNames, fnv
from replica.serving.shell import render, script_json

ITEM: dict[str, Any] = {
    "id": "7126812345678901234",
    "desc": "</script><b>hi</b> & 'so'",
    "createTime": 1659362400,
    "author": {"id": "1", "uniqueId": "some.one", "nickname": "Some One", "secUid": "MS4", "avatarThumb": "/a.jpeg"},
    "authorStats": {"followerCount": 5, "heartCount": 6},
    "stats": {"diggCount": 12300, "commentCount": 45, "collectCount": 9},
    "statsV2": {"diggCount": "12345"},
    "music": {"id": "7", "title": "original sound", "authorName": "Some One"},
    "video": {"duration": 9, "cover": "/c.jpeg"},
}
LIVE: dict[str, Any] = {"id": "", "createTime": 0, "liveRoomInfo": {"roomID": "1", "ownerInfo": {}}}


def page(era: str, kind: str = "feed", *first: dict[str, Any], **told: Any) -> str:
    return render(Options(era=era, **told), kind, first=first, config={"era": era, "hasMore": True})


def embedded(html: str, script: str) -> Any:
    found = re.search(rf'<script id="{script}" type="application/json">(.*?)</script>', html, re.DOTALL)
    assert found, f"no {script} in the page"
    return json.loads(found[1])


def test_a_caption_that_closes_a_script_stays_inside_its_script() -> None:
    state = embedded(page("a", "feed", ITEM), "SIGI_STATE")

    assert state["ItemModule"][ITEM["id"]]["desc"] == ITEM["desc"]
    assert json.loads(script_json(ITEM)) == ITEM


def test_sigi_state_names_the_author_and_keeps_details_on_the_item() -> None:
    state = embedded(page("a", "feed", ITEM, LIVE), "SIGI_STATE")
    item = state["ItemModule"][ITEM["id"]]

    assert (item["author"], item["nickname"], item["authorId"], item["authorSecId"]) == (
        "some.one",
        "Some One",
        "1",
        "MS4",
    )
    assert item["createTime"] == "1659362400"
    assert "statsV2" not in item
    assert state["ItemList"]["foryou"]["list"] == [ITEM["id"]]  # the LIVE card has no id
    assert state["UserModule"]["stats"] == {"some.one": ITEM["authorStats"]}


def test_early_2022_assigns_its_state() -> None:
    html = page("a", "feed", ITEM, seed=2)
    found = re.search(r"<script id=\"sigi-persisted-data\">window\['SIGI_STATE'\]=(.*);window\['SIGI_RETRY'\]", html)

    assert found
    assert json.loads(found[1])["ItemList"]["foryou"]["hasMore"] is True
    assert 'id="SIGI_STATE"' not in html


@pytest.mark.parametrize("era", ("b", "c"))
def test_rehydration_data_hold_a_first_batch_only_where_there_is_one(era: str) -> None:
    name = "__UNIVERSAL_DATA_FOR_REHYDRATION__"
    without = embedded(page(era), name)["__DEFAULT_SCOPE__"]
    with_one = embedded(page(era, "feed", ITEM), name)["__DEFAULT_SCOPE__"]

    assert "webapp.updated-items" not in without
    assert with_one["webapp.updated-items"] == [ITEM]
    assert with_one["webapp.app-context"]["appId"] == 1233


def test_a_tiktoks_own_page_tells_times_and_saves_as_text_and_says_when_there_is_none() -> None:
    name = "__UNIVERSAL_DATA_FOR_REHYDRATION__"
    there = embedded(page("b", "video", ITEM), name)["__DEFAULT_SCOPE__"]["webapp.video-detail"]
    gone = embedded(page("b", "video"), name)["__DEFAULT_SCOPE__"]["webapp.video-detail"]

    assert there["itemInfo"]["itemStruct"]["createTime"] == "1659362400"
    assert there["itemInfo"]["itemStruct"]["stats"]["collectCount"] == "9"
    assert (there["statusCode"], gone["statusCode"]) == (0, 10204)


def test_class_names_keep_the_component_and_change_the_rest_with_the_build() -> None:
    one, other = ClassNames("b", "aaaa1111"), ClassNames("b", "bbbb2222")

    assert re.fullmatch(r"css-[0-9a-z]{1,6}-DivName", one.component("DivName"))
    assert one.component("DivName") != other.component("DivName")
    assert one.mark("e1hk3hf9", 0)[:-1] == one.mark("e1hk3hf9", 2)[:-1] != "e1hk3hf9"
    assert ClassNames("a", "aaaa1111").component("DivName").startswith("tiktok-")
    assert re.fullmatch(r"css-[0-9a-z]{1,6}-aaaa1111--DivName", ClassNames("c", "aaaa1111").component("DivName"))
    assert ClassNames("a", "aaaa1111", "2022").mark("e1hk3hf9", 2) == "e1hk3hf92"


def test_the_hash_is_fnv_1a() -> None:
    # Published test vectors of 32-bit FNV-1a.
    assert [int(fnv(text), 36) for text in ("a", "foobar")] == [0xE40C292C, 0xBF9CF968]


def test_an_unknown_kind_of_page_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match=r"kind must be one of feed, video, .*; not 'search'"):
        page("b", "search")

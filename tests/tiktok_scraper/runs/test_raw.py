"""Raw replies are kept scrubbed, and can be parsed anew."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

from tiktok_scraper.pages.data import read_feed_reply
from tiktok_scraper.pages.scrub import DEEPEST
from tiktok_scraper.runs.raw import RawReplies
from tiktok_scraper.turn import Event

ITEM = {
    "id": "7674614174674752357",
    "desc": "call me at home",
    "createTime": 1786885367,
    "author": {
        "id": "1",
        "uniqueId": "ann",
        "nickname": "Ann B.",
        "signature": "bio",
        "avatarThumb": "https://x/a.jpg",
    },
    "music": {"id": "9", "title": "Song", "authorName": "Ann", "playUrl": "https://x/m.mp3?token=1"},
    "stats": {"diggCount": 12300, "commentCount": 4, "shareCount": 0, "playCount": 99, "collectCount": 1},
    "video": {"duration": 8},
}
URL = "https://www.tiktok.com/api/recommend/item_list/?count=9&msToken=secret&device_id=77"


def kept(tmp_path: Path, *bodies: str) -> tuple[str, list[dict[str, object]]]:
    raw = RawReplies(tmp_path, "run-1")
    for body in bodies:
        raw.keep(Event("feed", URL, 1000.0, 200, body))
    text = gzip.decompress((tmp_path / "raw" / "run-1.jsonlines.gz").read_bytes()).decode()
    return text, [json.loads(line) for line in text.splitlines()]


def test_what_is_not_collected_is_not_kept(tmp_path: Path) -> None:
    text, (line,) = kept(tmp_path, json.dumps({"itemList": [ITEM], "statusCode": 0}))
    for private in ("call me", "Ann B.", "bio", "a.jpg", "token=1", "secret", "77"):
        assert private not in text
    assert line["url"] == "/api/recommend/item_list/?count=9"


def test_free_text_hashtags_and_places_are_not_kept(tmp_path: Path) -> None:
    item = ITEM | {
        "challenges": [{"id": "5", "title": "tag-title", "desc": "tag-desc"}],
        "textExtra": [{"hashtagName": "tag-name"}],
        "poi": {"name": "place-name", "address": "place-address", "city": "place-city"},
        "locationCreated": "place-country",
        "stickersOnItem": [{"stickerType": 4, "stickerText": ["sticker-text"]}],
        "imagePost": {"title": "photo-title", "images": []},
        "anchors": [{"keyword": "anchor-text"}],
        "authorSecId": "sec-id",
    }
    live = {"id": "77", "liveRoomInfo": {"roomID": "78", "title": "live-title", "tag": [{"content": "live-tag"}]}}
    text, (line,) = kept(tmp_path, json.dumps({"itemList": [item, live], "statusCode": 0}))
    for private in ("tag-", "place-", "sticker-", "photo-title", "anchor-", "sec-id", "live-t"):
        assert private not in text
    assert '"title":"Song"' in text
    reply = read_feed_reply(json.dumps(line["body"]))
    assert [facts.kind for facts in reply.items] == ["photo"]
    assert reply.order == (ITEM["id"], "live")


def test_json_deeper_than_any_reply_is_cut_and_kept(tmp_path: Path) -> None:
    _, (line,) = kept(tmp_path, '{"a":' * 900 + "1" + "}" * 900)
    assert json.dumps(line["body"]).count('"a"') == DEEPEST


def test_a_kept_reply_reads_as_the_one_received(tmp_path: Path) -> None:
    body = json.dumps({"itemList": [ITEM], "statusCode": 0, "hasMore": True})
    _, (line,) = kept(tmp_path, body)
    (now,), (then,) = read_feed_reply(body).items, read_feed_reply(json.dumps(line["body"])).items
    assert (then.id, then.username, then.told, then.audio_url) == (now.id, now.username, now.told, now.audio_url)
    assert then.caption in {None, ""}


def test_a_torn_last_reply_costs_only_itself(tmp_path: Path) -> None:
    kept(tmp_path, "{}", "no json at all")
    path = tmp_path / "raw" / "run-1.jsonlines.gz"
    whole = path.read_bytes()
    path.write_bytes(whole[:-3])
    lines = []
    try:
        with gzip.open(path, "rt") as file:
            for line in file:
                lines.append(json.loads(line))
    except EOFError:
        pass
    assert lines[0]["body"] == {}

"""Real items, served by the replica from a file: every field as in the capture."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from tests.captures import CAPTURES
from tests.odd_items import ODD, UNREADABLE

PULLS = CAPTURES / "json" / "2025-02_recommend_item_list_12_pulls.json"
SIGI = CAPTURES / "json" / "2022-03_foryou_SIGI_STATE.json"
COUNTS = {"likes": "diggCount", "comments": "commentCount", "shares": "shareCount", "views": "playCount"}


def need(path: Path) -> Path:
    if not path.exists():
        pytest.skip(f"the real items are not here: {path.name} (set TIKTOK_CAPTURES to their folder)")
    return path


def check(line: dict[str, Any], item: dict[str, Any]) -> None:
    """Hold one line against the raw item."""
    author = (
        item["author"] if isinstance(item["author"], dict) else {"uniqueId": item["author"], "id": item["authorId"]}
    )
    kind, music, ad = "photo" if item.get("imagePost") else "video", item["music"], item.get("isAd") is True
    seconds = item["video"]["duration"]
    expected = {
        "username": f"https://www.tiktok.com/@{quote(author['uniqueId'], safe='')}",
        "url": f"https://www.tiktok.com/@{quote(author['uniqueId'], safe='')}/{kind}/{item['id']}",
        "creator_id": author["id"],
        "audio": audio_name(music),
        "audio_id": music.get("id") or None,
        "audio_original": music.get("original"),
        "created_from": "page",
        "kind": kind,
        "ad": ad,
        # Ads tell milliseconds, a photo post has no length.
        "duration": None if kind == "photo" or not seconds else round(seconds / 1000) if ad else seconds,
        "language": item.get("textLanguage"),
    }
    assert {name: line[name] for name in expected} == expected
    assert datetime.fromisoformat(line["created_at"]) == datetime.fromtimestamp(int(item["createTime"]), UTC)
    if music.get("id"):
        slug, _, id = line["audio_url"].removeprefix("https://www.tiktok.com/music/").rpartition("-")
        assert id == music["id"]
        # Letters and digits of the title are all in the slug, and in their order.
        assert [c for c in slug if c.isalnum()] == [c for c in music["title"] if c.isalnum()]
        assert not set(slug) & set(" /?#.,")
    check_counts(line, item)


def check_counts(line: dict[str, Any], item: dict[str, Any]) -> None:
    """Counts and their steps: `statsV2` is exact where likes, comments, shares or views lie beside the grid."""
    sent = {**item["stats"], **(item.get("statsV2") or {})}
    exact = any(int(sent[key]) % grid(int(sent[key])) for key in COUNTS.values())
    for name, key in COUNTS.items():
        value = int(sent[key])
        assert (line[name], line[f"{name}_step"]) == (value, 1 if exact else grid(value)), (line["id"], name)
        assert line[f"{name}_shown"] is None
    saves = (item.get("statsV2") or {}).get("collectCount")
    assert (line["saves"], line["saves_step"]) == ((int(saves), 1) if saves is not None else (None, None)), line["id"]


def audio_name(music: dict[str, Any]) -> str:
    """The name as the site prints it, in one line: "Title - Author", the author once."""
    title, author = (" ".join((music.get(key) or "").split()) for key in ("title", "authorName"))
    return title if not author or title.endswith(f" - {author}") else f"{title} - {author}"


def grid(value: int) -> int:
    """The spacing of the display grid."""
    return 1 if value < 10_000 else 100 if value < 10**6 else 100_000 if value < 10**9 else 100_000_000


@pytest.mark.browser
@pytest.mark.captures
def test_a_hundred_real_tiktoks_with_ads_marked_and_the_live_card_passed_over(crawl: Any) -> None:
    pulls = json.loads(need(PULLS).read_text())
    items = {item["id"]: item for pull in pulls for item in pull["itemList"] if item["id"]}
    crawled = crawl(limit=100, items=PULLS, settings={"TIKTOK_CARD_TIMEOUT": 2})
    assert len(crawled.lines) == 100, crawled.printed
    for line in crawled.lines:
        check(line, items[line["id"]])
    served = [item["id"] or "live" for pull in pulls for item in pull["itemList"]]
    first = list(dict.fromkeys(id if id != "live" else f"live{n}" for n, id in enumerate(served)))
    assert [line["position"] for line in crawled.lines] == [first.index(line["id"]) + 1 for line in crawled.lines]
    last = max(line["position"] for line in crawled.lines)
    assert crawled.end["live"] == sum(id.startswith("live") for id in first[:last])
    assert any(line["ad"] for line in crawled.lines)
    for line in crawled.lines:
        # Followers alone are what many ads tell, and no item here tells more; the rest is unknown, and null.
        followers = items[line["id"]].get("authorStats", {}).get("followerCount") or None
        assert line["user_followers"] == followers
        assert line["user_followers_step"] == (grid(followers) if followers else None)
        assert (line["user_likes"], line["user_videos"]) == (None, None)
        assert line["user_source"] == ("item" if followers else None)
    assert sum(line["user_followers"] is not None for line in crawled.lines) >= 3


@pytest.mark.browser
@pytest.mark.captures
def test_the_nine_tiktoks_of_2022_end_as_a_feed_that_has_ended(crawl: Any) -> None:
    items = json.loads(need(SIGI).read_text())["ItemModule"]
    crawled = crawl(limit=100, era="a", items=SIGI)
    assert (len(crawled.lines), crawled.end["reason"], crawled.exit_code) == (9, "feed-ended", 2), crawled.printed
    for line in crawled.lines:
        check(line, items[line["id"]])
        stats = items[line["id"]]["authorStats"]
        for name, key in {"followers": "followerCount", "likes": "heartCount", "videos": "videoCount"}.items():
            assert (line[f"user_{name}"], line[f"user_{name}_step"]) == (stats[key], grid(stats[key])), line["id"]
        assert line["user_likes_repair"] is None
        assert line["user_source"] == "detail"


@pytest.mark.browser
@pytest.mark.parametrize("era", ["a", "b", "c"])
def test_the_walk_goes_on_past_whatever_an_item_lacks(crawl: Any, tmp_path: Path, era: str) -> None:
    path = tmp_path / "items.json"
    path.write_text(json.dumps({"itemList": [item for item, _ in ODD.values()]}), encoding="utf-8")
    crawled = crawl(limit=100, era=era, items=path, settings={"TIKTOK_CARD_TIMEOUT": 2})
    lines = {int(line["id"][-2:]): line for line in crawled.lines}
    assert set(lines) == set(ODD), crawled.printed
    for number, (_, expected) in ODD.items():
        assert {name: lines[number][name] for name in expected} == expected, number
    assert (crawled.end["reason"], crawled.end["unreadable"]) == ("feed-ended", UNREADABLE)
    assert (crawled.end["rejected"], crawled.end["seen"]) == (0, len(ODD))

"""Real items, served by the replica from a file: every field as in the capture."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

CAPTURES = Path(os.environ.get("TIKTOK_CAPTURES", Path(__file__).resolve().parents[3] / "shared" / "captures")) / "json"
PULLS = CAPTURES / "2025-02_recommend_item_list_12_pulls.json"
SIGI = CAPTURES / "2022-03_foryou_SIGI_STATE.json"
COUNTS = {"likes": "diggCount", "comments": "commentCount", "shares": "shareCount", "views": "playCount"}


def need(path: Path) -> Path:
    if not path.exists():
        pytest.skip(f"the real items are not here: {path.name} (set TIKTOK_CAPTURES to their folder)")
    return path


def check(line: dict[str, Any], item: dict[str, Any]) -> None:
    """Hold one line against the raw item."""
    author = item["author"]["uniqueId"] if isinstance(item["author"], dict) else item["author"]
    exact = item.get("statsV2") or {}
    for name, key in COUNTS.items():
        assert line[name] == int(exact.get(key, item["stats"][key])), (line["id"], name)
    if "collectCount" in exact:
        assert line["saves"] == int(exact["collectCount"])
    assert line["url"].endswith(f"/{item['id']}")
    assert line["creator_id"] == (item["author"]["id"] if isinstance(item["author"], dict) else item["authorId"])
    assert line["username"].rpartition("/@")[2].replace("%20", " ") == author or "%" in line["username"]
    assert line["audio_id"] == (item["music"].get("id") or None)
    assert bool(line["ad"]) == bool(item.get("isAd"))
    assert line["language"] == item.get("textLanguage")


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
        stats = items[line["id"]].get("authorStats", {})
        if not (stats.get("followerCount") and stats.get("heartCount")):
            # Followers alone are what many ads tell; the rest is unknown to the file, and null.
            assert line["user_likes"] is None


@pytest.mark.browser
@pytest.mark.captures
def test_the_nine_tiktoks_of_2022_end_as_a_feed_that_has_ended(crawl: Any) -> None:
    items = json.loads(need(SIGI).read_text())["ItemModule"]
    crawled = crawl(limit=100, era="a", items=SIGI)
    assert (len(crawled.lines), crawled.end["reason"], crawled.exit_code) == (9, "feed-ended", 2), crawled.printed
    for line in crawled.lines:
        check(line, items[line["id"]])
        stats = items[line["id"]]["authorStats"]
        assert line["user_followers"] == stats["followerCount"]

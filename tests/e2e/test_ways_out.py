"""What is not collected leaves a crawl by no way: not by the file, an export, a log at any level, a picture or a cache.

The feed is of items whose captions, hashtags, display names and bios are marked; then every byte that a crawl with all
its outputs turned on has left is searched for the marks.
"""

from __future__ import annotations

import csv
import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from tiktok_scraper.items import FIELDS

pytestmark = pytest.mark.browser

PRIVATE = ("qqcaption", "qqtag", "qqnickname", "qqbio", "qqplace")
EXTRAS = ("qqcaption", "qqtag")
EXPORTS = ("out.csv", "out.jsonl", "out.json", "out.xml", "out.pickle", "out.marshal")


def item(number: int, **told: Any) -> dict[str, Any]:
    return {
        "id": f"76000000000000000{number:02}",
        "createTime": 1_788_000_000,
        "desc": f"qqcaption{number} #qqtag{number}",
        "textExtra": [{"hashtagName": f"qqtag{number}"}],
        "challenges": [{"id": "5", "title": f"qqtag{number}", "desc": ""}],
        "poi": {"name": "qqplace"},
        "author": {"id": f"9{number}", "uniqueId": f"user{number}", "nickname": "qqnickname", "signature": "qqbio"},
        "authorStats": {"followerCount": 12_300, "heartCount": -1_934_013_585, "videoCount": 3},
        "music": {"id": "2", "title": "original sound", "authorName": "Ann", "playUrl": ""},
        "stats": {"diggCount": 12_300, "commentCount": 456, "shareCount": 7, "playCount": 99_900},
        "video": {"duration": 9, "cover": "", "playAddr": ""},
    } | told


@pytest.fixture
def items(tmp_path: Path) -> Path:
    path = tmp_path / "items.json"
    path.write_text(json.dumps([item(1), item(2), item(3, id="no-digits"), item(4)]))
    return path


def left(folder: Path, printed: str) -> dict[str, bytes]:
    """Every file that a crawl left, unpacked, and what it printed."""
    found = {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    found = {name: gzip.decompress(raw) if name.endswith(".gz") else raw for name, raw in found.items()}
    return {**found, "printed": printed.encode()}


def crawled(crawl: Any, items: Path, tmp_path: Path, extras: str, **settings: Any) -> tuple[Any, dict[str, bytes]]:
    outputs = tmp_path / "out"
    outputs.mkdir()
    everything = {
        "TIKTOK_EXTRA_FIELDS": extras,
        "TIKTOK_KEEP_RAW": True,
        "TIKTOK_EVIDENCE": True,
        "TIKTOK_MIN_TIKTOKS": 1,
        "LOG_LEVEL": "DEBUG",
        "LOG_FILE": outputs / "crawl.log",
        "HTTPCACHE_ENABLED": True,
        "HTTPCACHE_DIR": outputs / "cache",
        **settings,
    }
    exports = [part for name in EXPORTS for part in ("-O", str(outputs / name))]
    ran = crawl(limit=3, items=items, settings=everything, more=tuple(exports))
    return ran, {**left(outputs, ran.printed), **left(ran.folder, "")}


def test_nothing_that_is_not_collected_leaves_by_any_way(crawl: Any, items: Path, tmp_path: Path) -> None:
    ran, found = crawled(crawl, items, tmp_path, "")
    assert [line["id"][-2:] for line in ran.lines] == ["01", "02", "04"]
    assert ran.end["rejected"] == 1
    assert {"crawl.log", "rejected.jsonlines", "tiktoks.jsonlines", *EXPORTS} <= found.keys()
    assert b"DEBUG" in found["crawl.log"]
    marks = [(name, mark) for name, raw in found.items() for mark in PRIVATE if mark.encode() in raw]
    assert marks == []

    # An export has a line's fields and no more.
    first, *rows = csv.reader(found["out.csv"].decode().splitlines())
    assert tuple(first) == FIELDS
    assert len(rows) == 3
    assert [json.loads(line) for line in found["out.jsonl"].splitlines()] == ran.lines


def test_what_is_asked_for_leaves_in_full_and_the_rest_does_not(crawl: Any, items: Path, tmp_path: Path) -> None:
    ran, found = crawled(crawl, items, tmp_path, "caption,hashtags")
    assert [line["hashtags"] for line in ran.lines] == [["qqtag1"], ["qqtag2"], ["qqtag4"]]
    assert [json.loads(line) for line in found["out.jsonl"].splitlines()] == ran.lines
    rest = [mark.encode() for mark in PRIVATE if mark not in EXTRAS]
    assert [(name, mark) for name, raw in found.items() for mark in rest if mark in raw] == []

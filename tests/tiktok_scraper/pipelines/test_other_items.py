"""Items of other spiders that tell of a TikTok by the file's fields are cleaned and written as ours are."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import attrs
import jsonschema
import orjson
import pytest
import scrapy
from itemadapter import ItemAdapter
from scrapy.exceptions import DropItem
from scrapy.utils.test import get_crawler

from tests.project import ROOT
from tiktok_scraper.pipelines import CountsPipeline, LinesPipeline

SCHEMA = json.loads((ROOT / "tiktok_scraper" / "tiktok.schema.json").read_text())
ADDRESS = "https://www.tiktok.com/@ann.b/video/7126812345678901234"
NAMES = ("url", "likes", "comments", "username", "user_followers", "user_likes")
TOLD: dict[str, Any] = {
    "url": ADDRESS,
    "likes": "12.3K",
    "comments": 456,
    "username": "ann.b",
    "user_followers": "340.7K",
    "user_likes": -1934013585,
}


class ScrapyItem(scrapy.Item):
    url = scrapy.Field()
    likes = scrapy.Field()
    comments = scrapy.Field()
    username = scrapy.Field()
    user_followers = scrapy.Field()
    user_likes = scrapy.Field()


@dataclass
class DataItem:
    url: Any = None
    likes: Any = None
    comments: Any = None
    username: Any = None
    user_followers: Any = None
    user_likes: Any = None


@attrs.define
class AttrsItem:
    url: Any = None
    likes: Any = None
    comments: Any = None
    username: Any = None
    user_followers: Any = None
    user_likes: Any = None


def through(directory: Path, *items: Any, **settings: str) -> list[Any]:
    """What comes out of both pipelines, as Scrapy chains them; a dropped item's reason in its place."""
    crawler = get_crawler(settings_dict={"TIKTOK_DATA_DIR": str(directory), **settings})
    counts, lines = CountsPipeline.from_crawler(crawler), LinesPipeline.from_crawler(crawler)
    out = []
    for item in items:
        try:
            out.append(lines.process_item(counts.process_item(item)))
        except DropItem as drop:
            out.append(str(drop))
    lines.close_spider()
    return out


def written(directory: Path, name: str = "tiktoks.jsonlines") -> list[dict[str, Any]]:
    path = directory / name
    return [orjson.loads(line) for line in path.read_bytes().splitlines()] if path.exists() else []


@pytest.mark.parametrize("kind", [dict, ScrapyItem, DataItem, AttrsItem])
def test_an_item_of_any_kind_with_the_files_fields_becomes_a_line(tmp_path: Path, kind: type) -> None:
    through(tmp_path, kind(**TOLD))
    (line,) = written(tmp_path)
    jsonschema.validate(line, SCHEMA)
    assert (line["likes"], line["likes_step"], line["likes_shown"]) == (12_300, 100, "12.3K")
    assert (line["comments"], line["comments_step"]) == (456, 1)
    assert (line["user_followers"], line["user_followers_step"]) == (340_700, 100)
    # 2^32 - 1934013585, by hand
    assert (line["user_likes"], line["user_likes_repair"], line["user_likes_wraps"]) == (2_360_953_711, "minimum", 1)
    assert (line["id"], line["kind"]) == ("7126812345678901234", "video")
    assert line["username"] == "https://www.tiktok.com/@ann.b"
    assert line["simulated"] is False


@pytest.mark.parametrize("kind", [dict, ScrapyItem, DataItem, AttrsItem])
def test_what_goes_on_holds_the_numbers_and_what_they_mean(tmp_path: Path, kind: type) -> None:
    (item,) = through(tmp_path, kind(**TOLD))
    told = ItemAdapter(item)
    assert (told["likes"], told["likes_step"]) == (12_300, 100)
    assert (told["user_likes"], told["user_likes_repair"]) == (2_360_953_711, "minimum")


def test_a_class_that_has_all_fields_stays_what_it_is(tmp_path: Path) -> None:
    from tiktok_scraper.items import FIELDS

    whole = type("Whole", (scrapy.Item,), {name: scrapy.Field() for name in FIELDS})
    (item,) = through(tmp_path, whole(**TOLD))
    assert type(item) is whole
    assert item["likes"] == 12_300


@pytest.mark.parametrize(
    ("address", "url", "kind"),
    [
        (f"{ADDRESS}?is_from_webapp=1&sender_device=pc", ADDRESS, "video"),
        ("http://m.tiktok.com/@ann.b/photo/71", "https://www.tiktok.com/@ann.b/photo/71", "photo"),
        ("https://tiktok.com/@a%20b/video/72/", "https://www.tiktok.com/@a%20b/video/72", "video"),
    ],
)
def test_addresses_are_spelled_as_in_the_file(tmp_path: Path, address: str, url: str, kind: str) -> None:
    through(tmp_path, {"url": address, "likes": 5})
    (line,) = written(tmp_path)
    assert (line["url"], line["kind"]) == (url, kind)
    assert line["username"] == url.rpartition("/")[0].rpartition("/")[0]


@pytest.mark.parametrize(
    "item",
    [
        {"likes": "12.3K"},
        {"url": ADDRESS, "title": "a page about it"},
        {"url": "https://www.tiktok.com/@ann.b", "user_followers": 5},
        {"url": "https://example.com/@ann.b/video/71", "likes": 5},
        {"url": None, "likes": 5},
        "no item at all",
    ],
    ids=str,
)
def test_what_tells_of_anything_else_passes_untouched(tmp_path: Path, item: Any) -> None:
    before = repr(item)
    (out,) = through(tmp_path, item)
    assert out is item
    assert repr(item) == before
    assert list(tmp_path.iterdir()) == []


def test_moment_and_run_are_completed_and_kept_where_told(tmp_path: Path) -> None:
    own = {"scraped_at": "2026-11-01T10:00:00.000+00:00", "run": "mine"}
    through(tmp_path, {"url": f"{ADDRESS}1", "likes": 5}, {"url": f"{ADDRESS}2", "likes": 5}, {**TOLD, **own})
    first, second, third = written(tmp_path)
    assert first["run"] == second["run"] != "mine"
    assert first["scraped_at"].endswith("+00:00")
    assert (third["run"], third["scraped_at"]) == ("mine", own["scraped_at"])


@pytest.mark.parametrize(
    ("field", "value", "found"),
    [("position", "3", "position to be int"), ("ad", 1, "ad to be bool"), ("session", True, "session to be int")],
)
def test_a_field_of_another_type_is_set_aside_with_its_name(tmp_path: Path, field: str, value: Any, found: str) -> None:
    (reason,) = through(tmp_path, {**TOLD, field: value})
    (rejected,) = written(tmp_path, "rejected.jsonlines")
    assert found in reason
    assert found in rejected["reason"]
    assert written(tmp_path) == []


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 3.5, True, [5]], ids=str)
def test_a_value_that_is_no_count_is_never_a_number(tmp_path: Path, value: Any) -> None:
    through(tmp_path, {**TOLD, "likes": value})
    (line,) = written(tmp_path)
    assert (line["likes"], line["likes_step"], line["likes_shown"]) == (None, None, str(value))


@pytest.mark.parametrize("asked", ["", "caption", "caption,hashtags"])
def test_caption_and_hashtags_are_written_only_where_asked_for(tmp_path: Path, asked: str) -> None:
    item = {**TOLD, "caption": "my words", "hashtags": ["mine"], "unheard_of": 1}
    through(tmp_path, item, {**item, "position": "wrong"}, TIKTOK_EXTRA_FIELDS=asked)
    (line,) = written(tmp_path)
    (rejected,) = written(tmp_path, "rejected.jsonlines")
    for told in (line, rejected["item"]):
        assert {"caption", "hashtags"} & told.keys() == set(asked.split(",")) - {""}
        assert "unheard_of" not in told

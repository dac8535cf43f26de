"""A list whose items lack what items have, or tell it in odd forms: each is a line that says no more than is so."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict
from typing import Any

import pytest
from scrapy.crawler import Crawler
from scrapy.spiders import Spider
from scrapy.statscollectors import MemoryStatsCollector

from tests.odd_items import ODD, UNREADABLE
from tiktok_scraper.items import TikTok
from tiktok_scraper.pages.data import read_feed_reply
from tiktok_scraper.pipelines import CountsPipeline
from tiktok_scraper.walk.sightings import Sighting, Sightings


def lines(**shown: str) -> tuple[dict[int, dict[str, Any]], Any]:
    """The lines of all odd items by number, and the stats; what the page shows as the creators' names may be told."""
    stats = MemoryStatsCollector(Crawler(Spider))
    sightings = Sightings("run", source="json")
    reply = read_feed_reply(json.dumps({"itemList": [item for item, _ in ODD.values()], "statusCode": 0}))
    assert reply.unreadable == ()
    sightings.add_feed(reply, 1_760_000_000.0)
    for number, (item, _) in ODD.items():
        author = item.get("author") or {}
        name = shown.get(f"n{number}", author.get("uniqueId", ""))
        assert sightings.show(Sighting(item["id"], name, 1_760_000_000.0, 5.0, number, 1, "b"))
    pipeline = CountsPipeline(stats)
    made = [pipeline.process_item(tiktok) for tiktok in sightings.due(0.0, closing=True)]
    assert all(isinstance(tiktok, TikTok) for tiktok in made)
    return {int(tiktok.id[-2:]): asdict(tiktok) for tiktok in made}, stats


@pytest.mark.parametrize("number", ODD)
def test_each_odd_item_is_a_line_that_says_what_is_so(number: int) -> None:
    line, (_, expected) = lines()[0][number], ODD[number]
    assert {name: line[name] for name in expected} == expected
    for count in ("likes", "comments", "shares", "views", "saves"):
        assert line[count] is None or line[count] >= 0


def test_what_is_no_count_is_counted() -> None:
    _, stats = lines()
    assert stats.get_value("tiktok/unreadable") == UNREADABLE


def test_what_scripts_print_of_no_name_is_no_name() -> None:
    made, _ = lines(n2="undefined", n3="null")
    assert Counter(made[number]["username"] for number in (2, 3)) == {None: 2}
    made, _ = lines(n1="undefined")  # the data know better
    assert made[1]["username"] == "https://www.tiktok.com/@maker_1"

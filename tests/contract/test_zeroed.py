"""Counts that failed to 0: the crawl writes of a reply what the analysis makes of lines that took it as sent."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from analysis.load import load
from tiktok_scraper.counts.settling import settle
from tiktok_scraper.items import OF_TIKTOK
from tiktok_scraper.pages.data import read_feed_reply
from tiktok_scraper.walk.sightings import Sighting, Sightings

CASES: list[dict[str, Any]] = json.loads((Path(__file__).parent / "zeroed.json").read_text(encoding="utf-8"))["replies"]
KEYS = ("diggCount", "commentCount", "shareCount", "playCount", "collectCount")
FIRST = 7_459_190_610_389_192_813
Told = dict[str, tuple[int | None, str | None]]  # count -> number, and what was shown in its place


def ids(case: dict[str, Any]) -> list[str]:
    return [str(FIRST + number) for number in range(len(case["reply"]))]


def expected(case: dict[str, Any]) -> list[Told]:
    return [
        {name: (None, "0") if name in untold else (sent, None) for name, sent in zip(OF_TIKTOK, as_sent, strict=True)}
        for as_sent, untold in zip(map(by_name, case["reply"]), case["untold"], strict=True)
    ]


def by_name(sent: list[int]) -> list[int]:
    """In the order of OF_TIKTOK, which is the table's."""
    assert OF_TIKTOK == ("likes", "comments", "shares", "views", "saves")
    return sent


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_the_crawl_writes_it_so(case: dict[str, Any]) -> None:
    items = [
        {"id": id_, "author": {"uniqueId": "ann"}, "stats": dict(zip(KEYS, sent, strict=True))}
        for id_, sent in zip(ids(case), case["reply"], strict=True)
    ]
    run = Sightings("r1")
    for number, id_ in enumerate(ids(case), 1):
        run.show(Sighting(id_, "ann", 1000.0, 5.0, number, session=1, era="b"))
    run.add_feed(read_feed_reply(json.dumps({"itemList": items})), 999.0)
    told = [settle(tiktok.told, zeroed=tiktok.zeroed) for tiktok in run.due(0.0, closing=True)]
    assert [{name: (own.counts[name].value, own.counts[name].shown) for name in OF_TIKTOK} for own in told] == (
        expected(case)
    )
    assert [own.zeroed for own in told] == [bool(untold) for untold in case["untold"]]
    assert all(own.counts[name].step is None for own in told for name in OF_TIKTOK if own.counts[name].value is None)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_the_analysis_reads_old_lines_so(case: dict[str, Any], tmp_path: Path) -> None:
    lines = [
        {
            "scraped_at": "2025-01-27T19:50:58.000+00:00",
            "url": f"https://www.tiktok.com/@ann/video/{id_}",
            "id": id_,
            "run": "r1",
            "session": 1,
            "schema": 2,
            **dict(zip(OF_TIKTOK, by_name(sent), strict=True)),
        }
        for id_, sent in zip(ids(case), case["reply"], strict=True)
    ]
    path = tmp_path / "tiktoks.jsonlines"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    loaded = load(path)
    rows = loaded.sightings.sort_values("id").astype(object).where(lambda frame: frame.notna(), None)
    found = [{name: (row[name], row[f"{name}_shown"]) for name in OF_TIKTOK} for row in rows.to_dict("records")]
    assert found == expected(case)
    assert loaded.report.zeroed == sum(map(bool, case["untold"]))

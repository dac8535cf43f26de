"""A history's lines against what the crawler itself makes of the same replies, and against its schema."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from replica.feed.world_feed import WorldSource
from replica.history import runs as history_runs
from replica.history.hours import Hour
from replica.history.lines import Lines
from replica.history.visit import Shown, Visit, visit
from replica.items.addresses import Media
from replica.items.handleless import without_handle
from replica.items.truth import iso
from replica.options import Options
from replica.unruly import TAME, Unruly
from replica.world.world import World
from tests.replica.history.histories import NOW, history
from tiktok_scraper import items
from tiktok_scraper.counts.settling import settle
from tiktok_scraper.items import OF_CREATOR, OF_TIKTOK, TikTok, record
from tiktok_scraper.pages.data import read_creator_reply, read_feed_reply
from tiktok_scraper.walk.sightings import Sighting, Sightings

SCHEMA = json.loads((Path(items.__file__).with_name("tiktok.schema.json")).read_text("utf-8"))
ERAS = {"2022": ("a", "b"), "2025": ("b", "c")}


def an_hour(number: int, era: str, author_stats: str) -> Hour:
    at = int(NOW) // 3_600 * 3_600 - 3_600 * number
    return Hour(at, number, 70, "limit", False, era, author_stats, True)


def crawled(source: WorldSource, seen: Visit, run: str) -> Iterator[dict[str, Any]]:
    """The lines of the crawler's own making, of items and replies as the replica serves them."""
    for shown in sorted(seen.shown, key=lambda s: s.written_at):
        yield record(_settled(_given_out(source, seen.hour, shown, run), zeroed=shown.zeroed))


def _given_out(source: WorldSource, hour: Hour, shown: Shown, run: str) -> TikTok:
    sent_at = _as_written(shown.sent_at)
    card = source.card(shown.tiktok, sent_at, late=shown.late, zeroed=shown.zeroed)
    named = not source.handleless(shown.tiktok)
    item = card.item if named else without_handle(card.item)
    sightings = Sightings(run, "json", simulated=True)
    reply = {"itemList": [item], "hasMore": True, "statusCode": 0}
    sightings.add_feed(read_feed_reply(json.dumps(reply)), sent_at)
    handle = shown.tiktok.creator.handle
    if shown.told_at is not None:
        told_at = _as_written(shown.told_at)
        sightings.add_creator(read_creator_reply(source.creator(handle, told_at).body), told_at)
    on_page = handle if named else ""
    assert sightings.show(Sighting(shown.tiktok.id, on_page, shown.shown_at, 0.0, shown.position, 1, hour.era))
    (tiktok,) = sightings.due(1.0)
    return tiktok


def _settled(tiktok: TikTok, *, zeroed: bool) -> TikTok:
    settled = settle(tiktok.told, ad=tiktok.ad, zeroed=zeroed)
    assert not settled.unread
    for name in (*OF_TIKTOK, *OF_CREATOR):
        count = settled.counts[name]
        for field, value in ((name, count.value), (f"{name}_step", count.step), (f"{name}_shown", count.shown)):
            setattr(tiktok, field, value)
    tiktok.source, tiktok.user_source = settled.source, settled.user_source
    tiktok.user_likes_repair, tiktok.user_likes_wraps = settled.repair, settled.wraps
    return tiktok


def _as_written(at: float) -> float:
    return datetime.fromisoformat(iso(at)).timestamp()


UNRULY = Unruly(zeroed=0.3, flips=0.5, taken_back=0.3, handleless=0.1)


@pytest.mark.parametrize("unruly", [TAME, UNRULY], ids=["tame", "unruly"])
@pytest.mark.parametrize("profile", ["2022", "2025"])
def test_every_line_is_what_the_crawler_makes_of_the_same_replies(profile: str, unruly: Unruly) -> None:
    world = World(1, NOW, profile, unruly=unruly)
    told = set()
    for number, era in enumerate(ERAS[profile]):
        for author_stats in ("mixed", "full"):
            hour = an_hour(10 * number + len(author_stats), era, author_stats)
            options = Options(era=era, profile=profile, author_stats=author_stats, unruly=unruly)
            source = WorldSource(world, options, Media(""))
            seen = visit(source, hour, pace=3.0)
            for shown in seen.shown[::4]:
                shown.told_at = None  # more creators than usual who were not answered
            run = history_runs.run_id(hour, seen.started_at, 1)
            lines = [sighting.line for sighting in Lines(world, unruly, zeros="untold").of(seen, run)]
            for ours, theirs in zip(lines, crawled(source, seen, run), strict=True):
                assert {n: (v, theirs[n]) for n, v in ours.items() if v != theirs[n]} == {}, ours["url"]
            told |= {(line["user_source"], line["user_likes_repair"]) for line in lines}
    assert told >= {("detail", None), ("item", None), (None, None), ("item", "minimum")}


def test_fields_are_the_crawlers_in_its_order() -> None:
    assert tuple(history()[0][0]) == items.FIELDS


@pytest.mark.parametrize(("profile", "schema"), [("2022", 2), ("2025", 2), ("2022", 1)])
def test_lines_keep_the_schema(profile: str, schema: int) -> None:
    validator = jsonschema.Draft202012Validator(SCHEMA)
    lines = history(profile, schema)[0]
    for line in lines[:: max(1, len(lines) // 80)]:
        validator.validate(line)
    assert all(line["simulated"] for line in lines)


def test_a_line_of_2022_has_nine_fields_and_its_mark() -> None:
    lines = history("2022", 1)[0]
    assert all(tuple(line) == (*items.FIELDS[:9], "simulated") for line in lines)
    assert all(datetime.fromisoformat(line["scraped_at"]).tzinfo is None for line in lines)
    likes = [(line["scraped_at"], line["user_likes"]) for line in lines if line["user_likes"] is not None]
    negative = [at for at, value in likes if value < 0]
    repaired = [at for at, value in likes if value > 2**31 and value % 100_000_000]
    assert negative
    assert repaired
    assert max(negative) < min(repaired)

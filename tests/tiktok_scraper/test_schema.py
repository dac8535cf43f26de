"""tiktok.schema.json against our lines, a line of 2022, and lines that break it."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import jsonschema
import orjson
import pytest

from tests.project import ROOT
from tiktok_scraper.counts.settling import settle
from tiktok_scraper.items import EXTRAS, FIELDS, TikTok, record
from tiktok_scraper.lines import encode

SCHEMA = json.loads((ROOT / "tiktok_scraper" / "tiktok.schema.json").read_text("utf-8"))

LINE_OF_2022 = """{"scraped_at": "2022-08-01T14:00:05",
"url": "https://www.tiktok.com/@someone/video/7126812345678901234", "audio": "original sound - someone",
"audio_url": "https://www.tiktok.com/music/original-sound-7126812345678901235", "likes": 12300, "comments": 456,
"username": "https://www.tiktok.com/@someone", "user_followers": 340700, "user_likes": -1934013585}"""


@pytest.fixture(scope="module")
def valid() -> Callable[[Any], bool]:
    """Whether a line keeps the contract."""
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    validator = jsonschema.Draft202012Validator(SCHEMA)
    return lambda line: bool(validator.is_valid(line))


def a_line(**changed: Any) -> dict[str, Any]:
    """A full line of ours as it is read from the file."""
    tiktok = TikTok(
        scraped_at="2026-11-22T22:07:00.123+00:00",
        url="https://www.tiktok.com/@Tailor%20Brands/video/7448640936797670672",
        audio="original sound - someone",
        audio_url="https://www.tiktok.com/music/オリジナル楽曲-7126812345678901235",
        username="https://www.tiktok.com/@Tailor%20Brands",
        id="7448640936797670672",
        creator_id="1",
        audio_id="7126812345678901235",
        created_at="2024-12-15T10:00:00+00:00",
        created_from="page",
        shown_at="2026-11-22T22:07:01.000+00:00",
        user_scraped_at="2026-11-22T22:07:01.500+00:00",
        run="20261122T220700Z-3fa9",
        position=1,
        session=1,
        era="b",
        ad=False,
        kind="video",
        audio_original=True,
        duration=15,
        language="en",
        simulated=True,
        caption="hello #world",
        hashtags=("world",),
        extras=EXTRAS,
    )
    told = {
        "statsV2": {"likes": "38884", "comments": "504", "shares": "0", "views": "1585253", "saves": "29100"},
        "card": {"user_followers": "340.7K", "user_likes": "-1934013585"},
    }
    settled = settle(told)
    for name, count in settled.counts.items():
        setattr(tiktok, name, count.value)
        setattr(tiktok, f"{name}_step", count.step)
        setattr(tiktok, f"{name}_shown", count.shown)
    tiktok.source, tiktok.user_source = settled.source, settled.user_source
    tiktok.user_likes_repair, tiktok.user_likes_wraps = settled.repair, settled.wraps
    line: dict[str, Any] = orjson.loads(encode(record(tiktok)))
    return line | changed


def test_every_field_is_in_the_schema_in_its_order() -> None:
    assert list(SCHEMA["properties"]) == [*FIELDS, *EXTRAS]
    assert all("description" in told for told in SCHEMA["properties"].values())


def test_schema_2_requires_every_field_but_the_extras() -> None:
    assert SCHEMA["then"]["required"] == list(FIELDS)


def test_our_line_is_valid(valid: Callable[[Any], bool]) -> None:
    assert valid(a_line())


def test_a_line_of_nulls_is_valid_where_only_url_and_id_are_known(valid: Callable[[Any], bool]) -> None:
    known = ("scraped_at", "url", "id", "run", "schema", "simulated")
    assert valid({name: value if name in known else None for name, value in a_line().items()})


def test_a_line_whose_counts_failed_is_valid(valid: Callable[[Any], bool]) -> None:
    settled = settle({"stats": {"likes": "0", "comments": "6258", "shares": "0", "views": "0", "saves": "0"}})
    told = {name: settled.counts[name] for name in ("likes", "comments", "shares", "views", "saves")}
    assert {name for name, count in told.items() if count.value is None and count.shown == "0"} == set(told) - {
        "comments"
    }
    line = a_line(
        **{name: count.value for name, count in told.items()},
        **{f"{name}_step": count.step for name, count in told.items()},
        **{f"{name}_shown": count.shown for name, count in told.items()},
    )
    assert valid(line)


def test_a_line_of_2022_is_valid_under_schema_1(valid: Callable[[Any], bool]) -> None:
    line = json.loads(LINE_OF_2022)
    assert valid(line)
    assert valid(line | {"schema": 1})
    assert valid(line | {"user_likes": 2360953711})
    assert valid(line | {"likes": None, "audio": None, "audio_url": None})
    assert not valid(line | {"schema": 2})


@pytest.mark.parametrize("name", list(json.loads(LINE_OF_2022)))
def test_each_of_the_nine_is_required(valid: Callable[[Any], bool], name: str) -> None:
    line = json.loads(LINE_OF_2022)
    del line[name]
    assert not valid(line)


@pytest.mark.parametrize("name", FIELDS)
def test_ours_requires_each_field(valid: Callable[[Any], bool], name: str) -> None:
    line = a_line()
    del line[name]
    # Without `schema` a line is one of 2022, whose nine fields ours has.
    assert valid(line) == (name == "schema")


def test_fields_that_readers_do_not_know_are_let_be(valid: Callable[[Any], bool]) -> None:
    assert valid(a_line(tomorrow=1, schema=3))


@pytest.mark.parametrize(
    "broken",
    [
        {"likes": "38884"},
        {"likes": -1},
        {"user_likes": -1934013585},
        {"likes_step": 10},
        {"likes_step": None},
        {"likes": None},
        {"user_likes_repair": None},
        {"user_likes_wraps": None},
        {"user_likes_shown": None},
        {"scraped_at": "2026-11-22T22:07:00"},
        {"scraped_at": "2026-11-22T22:07:00.123+01:00"},
        {"url": "https://www.tiktok.com/@a/video/1?lang=en"},
        {"url": "http://127.0.0.1:8000/@a/video/1"},
        {"url": None},
        {"id": None},
        {"id": 7448640936797670672},
        {"username": "someone"},
        {"run": "yesterday"},
        {"source": "guess"},
        {"kind": "live"},
        {"simulated": None},
        {"hashtags": "world"},
    ],
    ids=str,
)
def test_what_breaks_the_contract_is_invalid(valid: Callable[[Any], bool], broken: dict[str, Any]) -> None:
    assert not valid(a_line(**broken))

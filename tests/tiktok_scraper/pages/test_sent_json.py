"""Half a surrogate pair in a reply costs that character alone, a number without end that number."""

from __future__ import annotations

import json

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tiktok_scraper.counts.read import read_count
from tiktok_scraper.errors import UnreadableCount
from tiktok_scraper.pages.data import read_feed_reply
from tiktok_scraper.pages.sent_json import loads

PIECES = st.sampled_from(["\ud83c", "\udfb5", "\ud83d", "🎵", "\\", "u", '"', "d83c", "a"])
HALVES = st.lists(PIECES).map("".join)


@given(HALVES, st.booleans())
def test_every_other_character_stays(text: str, escaped: bool) -> None:
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass") if escaped else text
    expected = "".join("\ufffd" if "\ud800" <= character <= "\udfff" else character for character in whole)
    assert loads(json.dumps({"said": text}, ensure_ascii=escaped)) == {"said": expected}


@pytest.mark.parametrize("body", ["", "{", '{"a":"\\ud83c"', "NaN", '"\\\\ud83c" x'])
def test_what_is_no_json_is_none_still(body: str) -> None:
    with pytest.raises(orjson.JSONDecodeError):
        loads(body)


def test_the_tiktoks_beside_a_cut_emoji_are_read() -> None:
    cards = [{"id": str(n), "desc": "a\ud83c" if n == 1 else "b", "stats": {"diggCount": n}} for n in range(1, 4)]
    reply = read_feed_reply(json.dumps({"statusCode": 0, "itemList": cards}))
    assert [(item.id, item.told["stats"]["likes"]) for item in reply.items] == [("1", "1"), ("2", "2"), ("3", "3")]
    assert reply.items[0].caption == "a\ufffd"


@pytest.mark.parametrize("huge", ["9" * 400, "-" + "9" * 400, "1e999", "1.5E+400"])
def test_the_tiktoks_beside_a_number_without_end_are_read(huge: str) -> None:
    cards = [{"id": str(n), "desc": "a\ud83c", "stats": {"diggCount": n, "playCount": n}} for n in range(1, 4)]
    sent = json.dumps({"statusCode": 0, "itemList": cards}).replace('"diggCount": 2', f'"diggCount": {huge}')
    reply = read_feed_reply(sent)
    assert [(item.id, item.told["stats"]["views"]) for item in reply.items] == [("1", "1"), ("2", "2"), ("3", "3")]
    likes = [item.told["stats"]["likes"] for item in reply.items]
    assert (likes[0], likes[2]) == ("1", "3")
    with pytest.raises(UnreadableCount):
        read_count(likes[1])


def test_beside_it_other_numbers_are_what_they_are() -> None:
    others = f'"1e999",1.5,2e2,-0,{(1 << 64) - 1},{1 << 64},{-(1 << 63)},{-(1 << 63) - 1}]'
    told = loads(f"[1e999,{others}")
    assert told == ["1e999", *orjson.loads(f"[{others}")]
    assert [type(value) for value in told[1:]] == [type(value) for value in orjson.loads(f"[{others}")]


@pytest.mark.parametrize("body", ["[1e999", "[1e999,NaN]", "[1e999] x", "[" * 100_000 + "1e999" + "]" * 100_000])
def test_beside_it_what_is_no_json_is_none_still(body: str) -> None:
    with pytest.raises(orjson.JSONDecodeError):
        loads(body)

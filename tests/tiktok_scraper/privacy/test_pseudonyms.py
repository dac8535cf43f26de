"""Pseudonyms: the same by key, different for different names, final at once, and no name left in a line."""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from base64 import b32encode
from datetime import datetime
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.project import ROOT
from tests.tiktok_scraper.privacy.people import KEY, a_line, of_2022
from tiktok_scraper.errors import MixedLines
from tiktok_scraper.lines.pseudonymised import names_of
from tiktok_scraper.privacy.pseudonyms import Pseudonyms

PSEUDONYMS = Pseudonyms(KEY)
SCHEMA = json.loads((ROOT / "tiktok_scraper" / "tiktok.schema.json").read_text())
names = st.text(min_size=1, max_size=24).filter(lambda text: not text.startswith("p-"))


@given(st.sets(names, min_size=1, max_size=20))
def test_different_names_have_different_pseudonyms_always_the_same(seen: set[str]) -> None:
    of = {name: PSEUDONYMS.handle(name) for name in seen}
    assert len(set(of.values())) == len(seen)
    assert of == {name: Pseudonyms(KEY).handle(name) for name in seen}
    assert all(PSEUDONYMS.handle(made) == made for made in of.values())
    assert not set(of.values()) & {Pseudonyms(bytes(32)).handle(name) for name in seen}


def test_a_pseudonym_is_the_hmac_of_what_a_name_is_and_the_name() -> None:
    digest = hmac.new(KEY, b"handle\x00person.1", hashlib.sha256).digest()
    assert PSEUDONYMS.handle("person.1").rpartition("-")[2] == b32encode(digest).decode().lower()[:16]
    assert PSEUDONYMS.handle("12345") != PSEUDONYMS.creator("12345")


def test_pseudonyms_of_another_key_are_no_names() -> None:
    with pytest.raises(MixedLines, match="TIKTOK_PSEUDONYM_KEY"):
        PSEUDONYMS.handle(Pseudonyms(bytes(32)).handle("person.1"))


@pytest.mark.parametrize("ids", [False, True])
@pytest.mark.parametrize(
    "line", [a_line(1), of_2022(1), a_line(1, kind="photo", audio=None)], ids=("2", "2022", "photo")
)
def test_a_line_names_nobody_and_stays_a_line(line: dict[str, Any], ids: bool) -> None:
    made = PSEUDONYMS.sighting(line, ids=ids)
    told = json.dumps(made)
    assert "person.1" not in told
    assert "6900000000000000001" not in told
    assert ("7126812345678901234" in told) is not ids
    assert list(made)[: len(line)] == list(line)
    jsonschema.validate(made, SCHEMA)
    assert PSEUDONYMS.sighting(made, ids=ids) == made
    assert names_of(made) == PSEUDONYMS.name + (" with ids" if ids else "")
    untouched = line.keys() - {"url", "username", "creator_id", "audio", "audio_url", "id", "audio_id"}
    assert {name: made[name] for name in untouched - {"created_at", "created_from"}} == {
        name: line[name] for name in untouched - {"created_at", "created_from"}
    }


def test_the_address_leads_there_by_the_id_alone() -> None:
    assert PSEUDONYMS.sighting(a_line(1))["url"] == "https://www.tiktok.com/@/video/7126812345678901234"


def test_one_creator_has_one_pseudonym_in_all_kinds_of_lines() -> None:
    old, new = PSEUDONYMS.sighting(of_2022(1)), PSEUDONYMS.sighting(a_line(1))
    assert old["username"] == new["username"] == f"https://www.tiktok.com/@{PSEUDONYMS.handle('person.1')}"


def test_ids_of_a_line_become_others_and_keep_when_it_was_uploaded() -> None:
    made = PSEUDONYMS.sighting(of_2022(1), ids=True)
    assert datetime.fromisoformat(made["created_at"]).timestamp() == 7126812345678901234 // 2**32
    assert re.fullmatch(r"https://www\.tiktok\.com/@p-\w{4}/video/[1-9]\d{17}", made["url"])
    assert PSEUDONYMS.sighting(PSEUDONYMS.sighting(a_line(1)), ids=True) == PSEUDONYMS.sighting(a_line(1), ids=True)


def test_caption_hashtags_and_what_nobody_knows_are_left_out() -> None:
    line = a_line(1) | {"caption": "with @person.2", "hashtags": ["person1"], "nickname": "Person One"}
    assert PSEUDONYMS.sighting(line) == PSEUDONYMS.sighting(a_line(1))


@pytest.mark.parametrize(
    ("audio", "title"),
    [
        ("original sound - person.1", "original sound"),
        ("original sound - A - B", "original sound"),
        ("Song - Artist", "Song"),
        ("Song", "Song"),
        ("for person.1 - somebody", None),
    ],
)
def test_of_an_audio_the_title_stays(audio: str, title: str | None) -> None:
    url = f"https://www.tiktok.com/music/{audio.replace(' ', '-')}-7689324488571077254"
    made = PSEUDONYMS.sighting(a_line(1, audio=audio, audio_url=url))
    kept, _, author = made["audio"].partition(" - ")
    assert kept == title or (title is None and kept == PSEUDONYMS.of("audio", "for person.1"))
    assert not author or author.startswith(PSEUDONYMS.name)
    slug = f"{title.replace(' ', '-')}-" if title else ""
    assert made["audio_url"] == f"https://www.tiktok.com/music/{slug}7689324488571077254"


@given(st.dictionaries(st.sampled_from(sorted(a_line(1))), st.none() | st.integers() | st.text() | st.lists(st.text())))
def test_no_line_is_too_odd(odd: dict[str, Any]) -> None:
    made = PSEUDONYMS.sighting(a_line(1) | odd, ids=True)
    assert PSEUDONYMS.sighting(made, ids=True) == made

"""Forgetting: exactly the creator's lines go, all other bytes stay, and later sightings stay out."""

from __future__ import annotations

import gzip
import json
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.tiktok_scraper.privacy.people import KEY, a_line, bytes_below, of_2022, read, write
from tiktok_scraper.errors import BadSetting
from tiktok_scraper.privacy.folder import Folder
from tiktok_scraper.privacy.forget import forget
from tiktok_scraper.privacy.forgotten import Forgotten
from tiktok_scraper.privacy.person import asked, find
from tiktok_scraper.privacy.pseudonymise import pseudonymise
from tiktok_scraper.privacy.pseudonyms import Pseudonyms
from tiktok_scraper.privacy.removal import Removal
from tiktok_scraper.runs.raw import RawReplies
from tiktok_scraper.turn import Event

PSEUDONYMS = Pseudonyms(KEY)
LINES = "tiktoks.jsonlines"
ID = "6900000000000000001"  # of person.1


def forgotten(data: Path, *typed: str, dry_run: bool = False) -> Removal:
    folder = Folder.at(data)
    person = find([asked(one) for one in typed], folder.lines, PSEUDONYMS)
    return forget(folder, person, PSEUDONYMS, dry_run=dry_run)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


lines = st.lists(
    st.tuples(st.integers(1, 4), st.sampled_from(["new", "old", "renamed", "no id", "bad", "blank", "odd"])),
    max_size=25,
)


def spelled(number: int, kind: str) -> bytes:
    if kind == "bad":
        return f'{{"username": "https://www.tiktok.com/@person.{number}", "creator_id": "69\n'.encode()
    if kind == "blank":
        return b"\n"
    line = {
        "new": a_line(number),
        "old": of_2022(number),
        "renamed": a_line(number, handle=f"now.{number}"),
        "no id": a_line(number, creator_id=None),
        "odd": {**a_line(number), "nobody reads": "\u00e9 \U0001f3a7"},
    }[kind]
    return (json.dumps(line) + "\n").encode()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(lines, st.sampled_from(["@person.1", "person.1", ID, "https://www.tiktok.com/@Person.1?lang=en"]))
def test_exactly_their_lines_go_and_all_other_bytes_stay_in_order(told: list[tuple[int, str]], typed: str) -> None:
    # By the id alone a handle is known only where a line tells both.
    told = [(1, "new"), (1, "renamed"), (2, "new"), *told]
    with tempfile.TemporaryDirectory() as place:
        data = Path(place)
        (data / LINES).write_bytes(b"".join(spelled(*line) for line in told))
        done = forgotten(data, typed)
        gone = [line for line in told if line[0] == 1 and line[1] != "blank"]
        assert (data / LINES).read_bytes() == b"".join(spelled(*line) for line in told if line not in gone)
        assert done.files[LINES] == len(gone)
        assert (done.lines, read(data / "runs.jsonlines")[-1]["removed"]) == (len(told) - len(gone), len(gone))


def test_they_are_gone_from_every_file_and_none_names_them(data: Path) -> None:
    write(data / LINES, [a_line(1), a_line(2)])
    write(data / "tiktoks-2025.jsonlines", [of_2022(1), of_2022(2)])
    items = [{"author": {"id": f"690000000000000000{n}", "uniqueId": f"person.{n}"}, "id": f"{n}77"} for n in (1, 2)]
    write(data / "rejected.jsonlines", [{"run": "1", "at": "x", "reason": "y", "item": item} for item in items])
    (data / f"{LINES}.torn").write_text(
        '{"url": "https://www.tiktok.com/@person.1/vi\n{"url": "https://www.tiktok.com/@perso\n'
    )
    write(data / "spool" / "20261122T225803Z-c94c.jsonlines", [a_line(1), a_line(2)])
    write(data / "spool" / "20261122T225803Z-c94c.rejected.jsonlines", [{"run": "1", "item": items[0]}])
    raw = RawReplies(data, "20261122T225803Z-c94c")
    raw.keep(Event("feed", "https://x/api/recommend/item_list/?count=9", 1.0, 200, json.dumps({"itemList": items})))
    user = {"userInfo": {"user": items[0]["author"], "stats": {"heart": 1}}}
    raw.keep(Event("creator", "https://x/api/user/detail/?uniqueId=person.1", 2.0, 200, json.dumps(user)))
    for folder in ("contact/20261122T225803Z-c94c", "contact/20261101T000000Z-0000", "evidence/20261122T225803Z-c94c"):
        (data / folder).mkdir(parents=True)
    (data / "evidence/20261122T225803Z-c94c/person.1.png").touch()
    (data / "evidence/20261122T225803Z-c94c/person.2.png").touch()
    planned = forgotten(data, "@person.1", dry_run=True)
    assert b"person.1" in bytes_below(data)
    done = forgotten(data, "@person.1")
    assert done.files == planned.files
    assert done.files == {
        "raw/20261122T225803Z-c94c.jsonlines.gz": 2,
        f"{LINES}.torn": 1,
        "rejected.jsonlines": 1,
        "20261122T225803Z-c94c.rejected.jsonlines": 1,
        "20261122T225803Z-c94c.jsonlines": 1,
        "tiktoks-2025.jsonlines": 1,
        LINES: 1,
        "contact/20261122T225803Z-c94c": 1,
        "evidence/20261122T225803Z-c94c/person.1.png": 1,
    }
    (reply,) = gzip.decompress(raw.path.read_bytes()).splitlines()
    assert json.loads(reply)["body"] == {"itemList": [items[1]]}
    told = bytes_below(data) + reply
    assert b"person.1" not in told
    assert ID.encode() not in told
    assert told.count(b"person.2") > 4
    assert (data / "contact/20261101T000000Z-0000").is_dir()


def test_later_sightings_are_known_by_any_of_their_names(data: Path) -> None:
    write(data / LINES, [a_line(1), a_line(1, handle="now.1"), a_line(2)])
    marks = Forgotten(data, PSEUDONYMS)
    assert not marks.holds(ID, "person.1")
    forgotten(data, "@now.1")
    marks.refresh()
    assert marks.holds(ID, None)
    assert marks.holds(None, "Person.1")
    assert marks.holds("1", "now.1")
    assert marks.holds(PSEUDONYMS.creator(ID), None)
    assert not marks.holds("6900000000000000002", "person.2")
    assert b"person.1" not in (data / "forgotten.jsonlines").read_bytes()
    with pytest.raises(BadSetting, match="TIKTOK_PSEUDONYM_KEY"):
        Forgotten(data, Pseudonyms(bytes(32)))


def test_who_was_never_seen_is_left_out_from_now_on(data: Path) -> None:
    write(data / LINES, [a_line(2)])
    assert forgotten(data, "@nobody.yet").total == 0
    assert Forgotten(data, PSEUDONYMS).holds(None, "nobody.yet")


@pytest.mark.parametrize("typed", ["@person.1", ID, "https://www.tiktok.com/@/video/7126812345678901234", "pseudonym"])
def test_they_are_found_among_pseudonyms_too(data: Path, typed: str) -> None:
    write(data / LINES, [a_line(1), a_line(1, handle="now.1"), a_line(2, "7126812345678901299")])
    pseudonymise(Folder.at(data), PSEUDONYMS)
    stays = read(data / LINES)[2]
    forgotten(data, f"@{PSEUDONYMS.handle('now.1')}" if typed == "pseudonym" else typed)
    assert read(data / LINES) == [stays]
    assert Forgotten(data, PSEUDONYMS).holds(ID, None)


def test_a_handle_that_changed_hands_does_not_say_who_is_meant(data: Path) -> None:
    write(data / LINES, [a_line(1), a_line(2, handle="person.1"), a_line(3, creator_id=None, handle="person.1")])
    with pytest.raises(BadSetting, match=r"2 creators.*6900000000000000001, 6900000000000000002"):
        forgotten(data, "@person.1")
    done = forgotten(data, ID)
    assert read(data / LINES) == [a_line(2, handle="person.1")]
    assert "nobody knows whose they were" in " ".join(done.notes)
    assert not Forgotten(data, PSEUDONYMS).holds("6900000000000000002", "person.1")


def test_lines_of_others_that_name_them_stay_and_are_told_of(data: Path) -> None:
    other = a_line(2) | {"caption": "duet with @person.1"}
    write(data / LINES, [a_line(1), other])
    assert "1 lines of other creators name them" in " ".join(forgotten(data, "@person.1").notes)
    assert read(data / LINES) == [other]


@pytest.mark.parametrize("typed", ["", "@", "two words", "https://www.tiktok.com/foryou", "1234"])
def test_what_names_no_creator_is_told(typed: str) -> None:
    told: Any = None
    if typed == "1234":  # too short for an id: it may well be a handle
        told = asked(typed)
        assert told.handle == "1234"
        return
    with pytest.raises(BadSetting, match="expected @handle"):
        asked(typed)

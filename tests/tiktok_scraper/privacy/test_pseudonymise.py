"""A pseudonymised folder: nobody named anywhere, the same numbers, and nothing changed twice."""

from __future__ import annotations

import json
import lzma
import os
import shutil
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from analysis.load import load
from analysis.measures import overview
from analysis.report.study import Study
from tests.project import ROOT
from tests.tiktok_scraper.privacy.people import KEY, a_line, bytes_below, of_2022, read, write
from tiktok_scraper.errors import BadSetting, MixedLines
from tiktok_scraper.privacy.folder import Folder
from tiktok_scraper.privacy.pseudonymise import pseudonymise, pseudonymised_copy
from tiktok_scraper.privacy.pseudonyms import Pseudonyms
from tiktok_scraper.runs.process import this_process

PSEUDONYMS = Pseudonyms(KEY)
SOME = 1500  # lines of the sample
ITEM = {"id": "1", "author": {"id": "6900000000000000001", "uniqueId": "person.1"}}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    write(folder / "tiktoks.jsonlines", [of_2022(1), a_line(1), a_line(2)])
    write(folder / "tiktoks-2025.jsonlines", [a_line(1)])
    reason = "expected a TikTok with its url and id, found url 'https://www.tiktok.com/@person.1/video/', id ''"
    write(folder / "rejected.jsonlines", [{"run": "1", "at": "2026-11-22", "reason": reason, "item": ITEM}])
    write(folder / "runs.jsonlines", [{"event": "start", "run": "1"}, {"event": "end", "run": "1"}])
    return folder


def test_nobody_is_named_and_the_record_tells_the_generation(data: Path) -> None:
    done = pseudonymise(Folder.at(data), PSEUDONYMS)
    assert done.files == {"rejected.jsonlines": 1, "tiktoks-2025.jsonlines": 1, "tiktoks.jsonlines": 3}
    told = bytes_below(data)
    assert b"person" not in told
    assert b"69000000000000" not in told
    assert read(data / "rejected.jsonlines")[0]["reason"] == "expected a TikTok with its url and id"
    last = read(data / "runs.jsonlines")[-1]
    assert (last["generation"], last["reason"], last["removed"]) == (2, "pseudonymise", 0)
    of = {line["username"] for line in read(data / "tiktoks.jsonlines")[:2]} | {
        line["username"] for line in read(data / "tiktoks-2025.jsonlines")
    }
    assert of == {f"https://www.tiktok.com/@{PSEUDONYMS.handle('person.1')}"}


def test_a_second_time_changes_nothing(data: Path) -> None:
    pseudonymise(Folder.at(data), PSEUDONYMS)
    before = bytes_below(data)
    assert pseudonymise(Folder.at(data), PSEUDONYMS).files == {}
    assert bytes_below(data) == before
    with pytest.raises(MixedLines, match="TIKTOK_PSEUDONYM_KEY"):
        pseudonymise(Folder.at(data), Pseudonyms(bytes(32)))
    assert bytes_below(data) == before


def test_a_copy_leaves_the_data_as_they_are(data: Path, tmp_path: Path) -> None:
    before, out = bytes_below(data), tmp_path / "copy"
    (data / "raw").mkdir()
    (data / "raw" / "1.jsonlines.gz").write_bytes(b"person.1")
    pseudonymised_copy(Folder.at(data), PSEUDONYMS, out)
    shutil.rmtree(data / "raw")
    assert bytes_below(data) == before
    assert b"person" not in bytes_below(out)
    assert (out / "tiktoks.jsonlines").stat().st_mode == (data / "tiktoks.jsonlines").stat().st_mode
    pseudonymise(Folder.at(data), PSEUDONYMS)
    for name in ("tiktoks.jsonlines", "tiktoks-2025.jsonlines", "rejected.jsonlines"):
        assert (out / name).read_bytes() == (data / name).read_bytes()
    for place in (out, data / "copy"):
        with pytest.raises(BadSetting, match="-o names"):
            pseudonymised_copy(Folder.at(data), PSEUDONYMS, place)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["copy", "data"]


@pytest.mark.parametrize(
    "left", ["raw/20261122T225803Z-c94c.jsonlines.gz", "contact/1/page.html", "tiktoks.jsonlines.torn"]
)
def test_what_cannot_be_pseudonymised_is_in_the_way_until_it_may_go(data: Path, left: str) -> None:
    (data / left).parent.mkdir(parents=True, exist_ok=True)
    (data / left).write_bytes(b"person.1\n")
    before = bytes_below(data)
    with pytest.raises(BadSetting, match="--drop-raw"):
        pseudonymise(Folder.at(data), PSEUDONYMS)
    assert bytes_below(data) == before
    pseudonymise(Folder.at(data), PSEUDONYMS, drop_raw=True)
    assert b"person" not in bytes_below(data)


def test_a_line_that_is_none_stops_it_before_anything_is_changed(data: Path) -> None:
    with (data / "tiktoks.jsonlines").open("ab") as file:
        file.write(b'{"username": "https://www.tiktok.com/@person.3"\n')
    before = bytes_below(data)
    with pytest.raises(BadSetting, match=r"line 4 of .*lines repair"):
        pseudonymise(Folder.at(data), PSEUDONYMS)
    assert bytes_below(data) == before


def test_a_run_that_writes_names_is_waited_for(data: Path) -> None:
    with (data / "runs.jsonlines").open("a") as file:
        file.write(json.dumps({"event": "start", "run": "2", "process": this_process()}) + "\n")
    with pytest.raises(BadSetting, match=rf"run 2 goes on \(process {os.getpid()}\)"):
        pseudonymise(Folder.at(data), PSEUDONYMS)


@pytest.mark.parametrize("packed", ["tiktoks-2025.jsonlines.gz", "rejected.jsonlines.xz"])
def test_packed_lines_are_told_of(data: Path, packed: str) -> None:
    (data / packed).write_bytes(b"")
    with pytest.raises(BadSetting, match="unpack them"):
        Folder.at(data)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sample")
    for name in ("tiktoks", "runs"):
        packed = ROOT / "analysis" / "sample" / f"{name}.jsonlines.xz"
        lines = lzma.decompress(packed.read_bytes()).splitlines(keepends=True)
        (folder / f"{name}.jsonlines").write_bytes(b"".join(lines[:SOME]))
    return folder


def numbers(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows' numbers, times and truths, whatever their order and names."""
    told = frame.select_dtypes(include=["number", "bool", "boolean", "datetimetz"]).drop(
        columns="line_from", errors="ignore"
    )
    return told.sort_values(list(told.columns), ignore_index=True)


@pytest.mark.parametrize("ids", [False, pytest.param(True, marks=pytest.mark.thorough)])
def test_the_analysis_gives_the_same_numbers(sample: Path, tmp_path: Path, ids: bool) -> None:
    out = tmp_path / "copy"
    pseudonymised_copy(Folder.at(sample), PSEUDONYMS, out, ids=ids)
    before, after = Study(load(sample)), Study(load(out))
    assert len(before.sightings) > 1000
    assert before.totals.to_dict() == after.totals.to_dict()
    pairs: list[tuple[Any, Any]] = [
        (before.sightings, after.sightings),
        (before.tiktoks, after.tiktoks),
        (before.creators, after.creators),
        (before.audio_verdicts[0], after.audio_verdicts[0]),
        (before.loaded.coverage.hours, after.loaded.coverage.hours),
        (overview.totals(before.sightings, before.runs), overview.totals(after.sightings, after.runs)),
    ]
    for one, other in pairs:
        pd.testing.assert_frame_equal(numbers(one), numbers(other))
    # One to one, so that whatever is asked by creator has the same groups.
    creators = pd.DataFrame({"was": before.sightings["creator"], "is": after.sightings["creator"]})
    by_order = before.sightings["line_from"].rank(), after.sightings["line_from"].rank()
    assert by_order[0].equals(by_order[1])
    assert creators.groupby("was")["is"].nunique().eq(1).all()
    assert creators.groupby("is")["was"].nunique().eq(1).all()
    names = {PSEUDONYMS.handle(name.partition(" (")[0]) for name in creators["was"].dropna()}
    assert {name.partition(" (")[0] for name in creators["is"].dropna()} == names

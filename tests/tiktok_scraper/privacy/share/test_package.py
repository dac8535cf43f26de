"""What is shared: a valid data package, in which nobody is named and no number is of few."""

from __future__ import annotations

import csv
import json
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any

import frictionless
import pytest

from analysis.writing.csvs import RUN
from tests.tiktok_scraper.privacy.people import KEY, a_line, bytes_below, of_2022, read, write
from tiktok_scraper.errors import BadSetting
from tiktok_scraper.privacy.folder import Folder
from tiktok_scraper.privacy.pseudonymise import pseudonymise
from tiktok_scraper.privacy.pseudonyms import Pseudonyms
from tiktok_scraper.privacy.share.package import CONTROLS, FORMULAS, share

NOW = datetime(2026, 11, 29, tzinfo=UTC)
DAY, FEW = "2026-11-22", "2026-11-23"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A day of twelve creators, of whom three tell saves, and one of nine."""
    folder = tmp_path / "data"
    lines = [
        a_line(
            n,
            f"71268123456789{n:05}",
            scraped_at=f"{day}T22:58:{n:02}.855+00:00",
            likes=n * n,
            saves=n if n < 3 else None,
        )
        for day, creators in ((DAY, 12), (FEW, 9))
        for n in range(creators)
    ]
    write(folder / "tiktoks.jsonlines", [of_2022(1), *lines, {"no": "sighting"}])
    start = {"event": "start", "run": "1", "at": "2026-11-22T22:00:00.000+00:00", "pace": 3.0, "headless": True}
    end = {"event": "end", "run": "1", "at": "2026-11-22T22:10:00.000+00:00", "verdict": "fit", "written": 12}
    write(folder / "runs.jsonlines", [start, end | {"simulated": False}, {"event": "skipped", "run": None}])
    return folder


def table(out: Path, name: str) -> list[dict[str, str]]:
    with (out / f"{name}.csv").open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("what", ["all", "ids", "aggregates"])
def test_it_is_a_valid_package_that_names_nobody(data: Path, tmp_path: Path, what: str) -> None:
    out = tmp_path / "out"
    tables = {"all": {"ids", "aggregates", "runs"}}.get(what, {what, "runs"})
    made = share(Folder.at(data), out, what=what, now=NOW)
    assert set(made) == {f"{name}.csv" for name in (*tables, "codebook")} | {"datapackage.json", "codebook.md"}
    report = frictionless.validate(out / "datapackage.json")
    assert report.valid, report.flatten(["title", "message"])
    assert report.stats["tasks"] == len(tables) + 1
    told = bytes_below(out)
    for line in read(data / "tiktoks.jsonlines"):
        for name in (str(line.get("username")).rpartition("@")[2].partition("?")[0], line.get("creator_id")):
            assert not name or name == "None" or name.encode() not in told
    assert (b"71268123456789" in told) is ("ids" in tables)
    described = {(row["table"], row["column"]) for row in table(out, "codebook")}
    heads = {name: (out / f"{name}.csv").read_text().partition("\n")[0].split(",") for name in (*tables, "codebook")}
    assert described == {(name, column) for name, columns in heads.items() for column in columns}


def test_a_changed_table_no_longer_fits_its_package(data: Path, tmp_path: Path) -> None:
    share(Folder.at(data), tmp_path / "out", now=NOW)
    path = tmp_path / "out" / "ids.csv"
    path.write_text(path.read_text().replace(",1\n", ",many\n", 1))
    assert not frictionless.validate(tmp_path / "out" / "datapackage.json").valid


def test_the_tables(data: Path, tmp_path: Path) -> None:
    share(Folder.at(data), tmp_path / "out", now=NOW)
    ids = {row["id"]: row for row in table(tmp_path / "out", "ids")}
    assert len(ids) == 13
    assert ids["7126812345678900003"] == {
        "id": "7126812345678900003",
        "first_seen": "2026-11-22T22:58:03Z",
        "last_seen": "2026-11-23T22:58:03Z",
        "sightings": "2",
    }
    of_2022_, day, few = table(tmp_path / "out", "aggregates")
    assert (day["sightings"], day["tiktoks"], day["creators"]) == ("12", "12", "12")
    assert float(day["likes_median"]) == median(n * n for n in range(12))
    assert (day["suppressed"], day["saves_told"], day["saves_median"]) == ("false", "", "")
    for row in (of_2022_, few):
        assert {name for name, value in row.items() if value} == {"day", "suppressed"}
    (run,) = table(tmp_path / "out", "runs")
    told = {name: value for name, value in run.items() if value}
    assert told == {
        "run": "1",
        "started": "2026-11-22T22:00:00Z",
        "ended": "2026-11-22T22:10:00Z",
        "verdict": "fit",
        "written": "12",
        "pace": "3",
        "headless": "true",
        "simulated": "false",
    }
    package: dict[str, Any] = json.loads((tmp_path / "out" / "datapackage.json").read_text())
    assert "1 lines that tell no id or no time are left out" in package["description"]
    assert package["created"] == "2026-11-29T00:00:00Z"


@pytest.mark.parametrize("region", ["=1+1", " @SUM(A1)", "\t=1", "\uff1d1"])
def test_what_a_page_says_is_no_formula_of_a_spreadsheet(data: Path, tmp_path: Path, region: str) -> None:
    start, end, *_ = read(data / "runs.jsonlines")
    write(data / "runs.jsonlines", [start, end | {"region": region}])
    share(Folder.at(data), tmp_path / "out", now=NOW)
    (run,) = table(tmp_path / "out", "runs")
    assert run["region"] == f"'{region}"
    assert frictionless.validate(tmp_path / "out" / "datapackage.json").valid


def test_what_is_a_formula_is_the_same_in_the_tables_of_the_report() -> None:
    assert {*FORMULAS, *CONTROLS} == set(RUN)


def test_a_smaller_k_shows_more(data: Path, tmp_path: Path) -> None:
    share(Folder.at(data), tmp_path / "out", k=9, now=NOW)
    assert [row["suppressed"] for row in table(tmp_path / "out", "aggregates")] == ["true", "false", "false"]
    with pytest.raises(BadSetting, match="at least 2"):
        share(Folder.at(data), tmp_path / "other", k=1, now=NOW)


def test_ids_that_are_pseudonyms_are_for_nobody(data: Path, tmp_path: Path) -> None:
    lines = [line for line in read(data / "tiktoks.jsonlines") if "url" in line]
    pseudonymise(Folder.at(write(data / "tiktoks.jsonlines", lines).parent), Pseudonyms(KEY), ids=True)
    with pytest.raises(BadSetting, match="--aggregates"):
        share(Folder.at(data), tmp_path / "out", now=NOW)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["data"]
    share(Folder.at(data), tmp_path / "out", what="aggregates", now=NOW)

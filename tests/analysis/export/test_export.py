"""What DuckDB reads of every table, in every format, is what a plain loop over the lines says."""

from __future__ import annotations

import csv
import json
import shutil
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as pq
import pytest

from analysis.__main__ import main
from analysis.commands import export as command
from analysis.commands.export import export
from analysis.export.schema import TABLES, VIEWS, named, view_columns
from analysis.terms.errors import AnalysisError, BadArgument, NoFile
from analysis.terms.schema import MOMENT, NUMBER, TEXT, TRUTH, WHOLE
from tests.analysis.lines_of import IDS, OLD, line, run_events, stamp, written

Row = dict[str, Any]
HUGE = (1 << 53) - 1  # the most that a line may tell
SITE = "https://www.tiktok.com/@"
AUDIO = "https://www.tiktok.com/music/a-song-"


def by(handle: str, id_: str | None) -> Row:
    return {"username": SITE + handle, "creator_id": id_}


# One creator changed the handle; another's handle was taken over; one is known by the handle alone, one has no handle.
LINES: list[Row] = [
    line(0, **by("before", "700000000000000001"), audio="=cmd|' /C calc'!A0", likes_shown="-1"),
    line(1, **by("shop", "700000000000000002"), audio_id="11", audio="one title"),
    line(2, **by("alone", None), audio_id="12", audio="one title", views=HUGE, views_step=1),
    line(3, username=None, creator_id="700000000000000004", audio_id="12", audio=None, audio_url=None, likes=None),
    line(0, run="r2", hours=1, **by("after", "700000000000000001"), audio="\n@risk\nü", likes=12400, likes_step=100),
    line(4, run="r2", hours=2, **by("shop", "700000000000000005"), audio_id="12", audio="a newer title", ad=True),
    line(5, run="r2", hours=2, **by("p%C3%A4rson", None), audio_id=None, audio_url=None, audio='"quoted, title"'),
    line(4, run="r3", hours=3, **by("shop", "700000000000000005"), likes=None, comments=None, user_followers=None),
    {**OLD, "url": f"{SITE}someone/video/7126812345678901234"},
]
EVENTS = [*run_events("r1", 0, written=4), *run_events("r2", 1, verdict=None)]
KEYS = {0: "1", 1: "2", 2: "@alone", 3: "4", 4: "1", 5: "5", 6: "@pärson", 7: "5", 8: "@someone"}
CREATORS = [KEYS[n] if KEYS[n].startswith("@") else f"70000000000000000{KEYS[n]}" for n in range(len(LINES))]
COUNTS = ("likes", "comments", "shares", "views", "saves", "user_followers", "user_likes", "user_videos")


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("data"), *LINES, runs=EVENTS)


@pytest.fixture(scope="module")
def exported(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("out") / "new"
    for suffix in command.SUFFIXES:
        export(data, folder / f"out{suffix}", naive_zone="UTC")
    return folder


def of_parquet(folder: Path, name: str) -> list[Row]:
    path = folder / ("out.parquet" if name == "sightings" else f"out.{name}.parquet")
    found: list[Row] = duckdb.read_parquet(str(path)).to_arrow_table().to_pylist()
    return found


def of_csv(folder: Path, name: str) -> list[Row]:
    path = folder / ("out.csv" if name == "sightings" else f"out.{name}.csv")
    rows = duckdb.read_csv(str(path), header=True, all_varchar=True).to_arrow_table().to_pylist()
    return [{column: _typed(value, kinds(name)[column]) for column, value in row.items()} for row in rows]


def _typed(value: str | None, kind: str) -> Any:
    if value is None:
        return None
    if kind == MOMENT:
        return datetime.fromisoformat(value)
    parsed: dict[str, Callable[[str], Any]] = {WHOLE: int, NUMBER: float, TRUTH: {"true": True, "false": False}.get}
    # An apostrophe keeps a spreadsheet from running a text; nothing else of it changes.
    return parsed[kind](value) if kind in parsed else value.removeprefix("'")


def of_sqlite(folder: Path, name: str) -> list[Row]:
    """Read by the standard library, and given to DuckDB as it is: its own reader of SQLite is not always installed."""
    base = sqlite3.connect(folder / "out.sqlite")
    base.row_factory = sqlite3.Row
    rows = [dict(row) for row in base.execute(f'SELECT * FROM "{name}"')]
    base.close()
    for row in rows:
        for column, kind in kinds(name).items():
            if row[column] is not None and kind in {MOMENT, TRUTH}:
                row[column] = datetime.fromisoformat(row[column]) if kind == MOMENT else bool(row[column])
    return rows


def by_duckdb(folder: Path, name: str) -> list[Row]:
    with duckdb.connect(config={"autoinstall_known_extensions": False}) as base:
        try:
            base.execute("LOAD sqlite_scanner")
        except duckdb.Error:
            pytest.skip("DuckDB's extension for SQLite is not installed, and it is fetched from the network")
        base.execute(f"ATTACH '{folder / 'out.sqlite'}' AS out (TYPE sqlite, READ_ONLY)")
        rows: list[Row] = base.sql(f'SELECT * FROM out."{name}"').to_arrow_table().to_pylist()
    for row in rows:
        for column, kind in kinds(name).items():
            if row[column] is not None and kind in {MOMENT, TRUTH}:
                row[column] = datetime.fromisoformat(row[column]) if kind == MOMENT else bool(row[column])
    return rows


READERS = [of_parquet, of_csv, of_sqlite, by_duckdb]
every_format = pytest.mark.parametrize("read", READERS)


def kinds(name: str) -> dict[str, str]:
    shown = {view.name: view_columns(view) for view in VIEWS}
    return {column.name: column.kind for column in shown.get(name) or named(name).columns}


def when(told: Row) -> datetime:
    at = datetime.fromisoformat(told["scraped_at"])
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def tiktok(told: Row) -> str:
    return str(told["url"].rsplit("/", 1)[1])


def audio(told: Row) -> str | None:
    url = told.get("audio_url")
    return told.get("audio_id") or (url.rsplit("-", 1)[1] if url else None)


IN_TIME = sorted(range(len(LINES)), key=lambda n: when(LINES[n]))


@every_format
def test_sightings_are_the_lines_with_their_counts_exact_and_bounded(exported: Path, read: Any) -> None:
    rows = read(exported, "sightings")
    assert [row["sighting"] for row in rows] == list(range(1, len(LINES) + 1))
    for row, number in zip(rows, IN_TIME, strict=True):
        told = LINES[number]
        assert (row["scraped_at"], row["id"], row["url"]) == (when(told), tiktok(told), told["url"])
        assert (row["creator_key"], row["audio_key"]) == (CREATORS[number], audio(told))
        for name in ("audio", "username", "creator_id", "audio_id", "ad", "position", "era", "kind", "likes_shown"):
            assert row[name] == told.get(name), name
        for name in COUNTS:
            if not (name == "user_likes" and told is LINES[-1]):
                assert row[name] == told.get(name), name
        assert row["file"] == "tiktoks.jsonlines"
    assert {row["views"] for row in rows} == {None, HUGE}
    # By hand: 12,400 to the nearest 100; a repaired count of 2022 is a lower bound.
    (rounded,) = (row for row in rows if row["likes"] == 12400)
    assert (rounded["likes_lower"], rounded["likes_upper"], rounded["likes_step"]) == (12350, 12449, 100)
    old = rows[0]
    assert (old["user_likes"], old["user_likes_lower"], old["user_likes_upper"]) == (2360953711, 2360953711, None)
    assert (old["schema"], old["user_likes_shown"]) == (1, "-1934013585")


@every_format
def test_a_sighting_names_the_byte_that_its_line_begins_at(exported: Path, data: Path, read: Any) -> None:
    raw = (data / "tiktoks.jsonlines").read_bytes()
    for row in read(exported, "sightings"):
        assert json.loads(raw[row["line_from"] :].split(b"\n")[0])["url"] == row["url"]


@every_format
def test_tiktoks_are_what_was_last_told(exported: Path, read: Any) -> None:
    expected: dict[str, Row] = {}
    for rank, number in enumerate(IN_TIME, 1):
        told = LINES[number]
        row = expected.setdefault(
            tiktok(told), {"first_seen": when(told), "sightings": 0, "ad": None, "latest": rank, "told": False}
        )
        row |= {"url": told["url"], "last_seen": when(told), "creator_key": CREATORS[number]}
        row["sightings"] += 1
        row["ad"] = told["ad"] or row["ad"] or False if "ad" in told else row["ad"]
        tells = any(told.get(name) is not None for name in COUNTS[:5])
        if tells or not row["told"]:
            row |= {"latest": rank, "told": tells}
    rows = {row["id"]: row for row in read(exported, "tiktoks")}
    assert rows.keys() == expected.keys()
    for key, row in expected.items():
        assert {name: rows[key][name] for name in row if name != "told"} == {
            name: value for name, value in row.items() if name != "told"
        }
    assert rows[str(IDS + 4)]["latest"] == IN_TIME.index(5) + 1  # its last sighting tells no count
    assert rows[str(IDS)]["created_at"] == datetime(2026, 7, 31, tzinfo=UTC)


@every_format
def test_creators_are_people_under_their_latest_handle(exported: Path, read: Any) -> None:
    shown = {
        "700000000000000001": ("after", "after", 2),
        "700000000000000002": ("shop (700000000000000002)", "shop", 1),
        "@alone": ("alone", "alone", 1),
        "700000000000000004": ("_ (700000000000000004)", None, 0),
        "700000000000000005": ("shop", "shop", 1),
        "@pärson": ("pärson", "pärson", 1),
        "@someone": ("someone", "someone", 1),
    }
    rows = {row["creator_key"]: row for row in read(exported, "creators")}
    assert {key: (row["creator"], row["handle"], row["handles"]) for key, row in rows.items()} == shown
    for key, row in rows.items():
        its = [LINES[number] for number in range(len(LINES)) if CREATORS[number] == key]
        assert (row["sightings"], row["tiktoks"]) == (len(its), len({tiktok(told) for told in its}))
        assert (row["first_seen"], row["last_seen"]) == (min(map(when, its)), max(map(when, its)))
        assert row["creator_id"] == (None if key.startswith("@") else key)


@every_format
def test_handles_that_changed_hands_are_those_of_several(exported: Path, read: Any) -> None:
    rows = read(exported, "handles")
    assert {(row["creator_key"][-1], row["handle"]) for row in rows if not row["creator_key"].startswith("@")} == {
        ("1", "before"), ("1", "after"), ("2", "shop"), ("5", "shop"),
    }  # fmt: skip
    assert {row["handle"] for row in rows if row["holders"] > 1} == {"shop"}


@every_format
def test_audios_are_apart_by_id_under_their_latest_title(exported: Path, read: Any) -> None:
    expected: dict[str, Row] = {}
    titles: dict[str, set[str]] = {}
    for number in IN_TIME:
        told = LINES[number]
        if (key := audio(told)) is None:
            continue
        titles.setdefault(key, set()).update({told["audio"]} - {None})
        row = expected.setdefault(key, {"audio": None, "sightings": 0, "first_seen": when(told)})
        row |= {"audio": told["audio"] or row["audio"], "last_seen": when(told), "titles": len(titles[key])}
        row["sightings"] += 1
    rows = {row["audio_key"]: row for row in read(exported, "audios")}
    assert {key: {name: rows[key][name] for name in row} for key, row in expected.items()} == expected
    assert rows.keys() == expected.keys()
    assert (rows["11"]["audio"], rows["12"]["audio"], rows["12"]["titles"]) == ("one title", "a newer title", 2)


@every_format
def test_runs_are_those_of_the_record_and_of_the_lines(exported: Path, read: Any) -> None:
    rows = {row["run"]: row for row in read(exported, "runs")}
    told = {name: (row["sightings"], row["verdict"], row["killed"]) for name, row in rows.items()}
    assert told == {
        "r1": (4, "fit", False),
        "r2": (3, None, True),
        "r3": (1, None, None),
        "2022-08-01T14": (1, None, None),
    }
    assert (stamp(rows["r1"]["started"]), rows["r1"]["pace"]) == (EVENTS[0]["at"], 3.0)


@every_format
def test_the_latest_state_is_the_sighting_that_is_named_with_who_and_what(exported: Path, read: Any) -> None:
    sightings = {row["sighting"]: row for row in read(exported, "sightings")}
    names = {row["creator_key"]: row["creator"] for row in read(exported, "creators")}
    titles = {row["audio_key"]: row["audio"] for row in read(exported, "audios")}
    for view in VIEWS:
        rows, tables = read(exported, view.name), read(exported, view.table)
        assert len(rows) == len(tables)
        for row, held in zip(rows, tables, strict=True):
            assert {name: row[name] for name in held} == held
            latest = sightings[row["latest"]]
            rest = row.keys() - held.keys() - {"creator", "audio"}
            assert {name: row[name] for name in rest} == {name: latest[name] for name in rest}
    for row in read(exported, "tiktoks_latest"):
        assert (row["creator"], row["audio"]) == (names[row["creator_key"]], titles.get(row["audio_key"]))


@every_format
def test_the_dictionary_tells_of_every_column(exported: Path, read: Any) -> None:
    told = {(row["table_name"], row["column_name"]): row for row in read(exported, "columns")}
    shown = [table.name for table in TABLES] + [view.name for view in VIEWS]
    assert told.keys() == {(name, column) for name in shown for column in kinds(name)}
    assert all(row["meaning"] and row["type"] in {"text", "number", "truth", "time"} for row in told.values())
    assert [row["note"] for row in read(exported, "notes")]


def test_the_database_has_keys_types_and_indexes(exported: Path) -> None:
    base = sqlite3.connect(exported / "out.sqlite")
    for table in TABLES:
        told = {row[1]: (row[2], row[5]) for row in base.execute(f'PRAGMA table_info("{table.name}")')}
        types = {TEXT: "TEXT", WHOLE: "INTEGER", NUMBER: "REAL", TRUTH: "INTEGER", MOMENT: "TEXT"}
        assert {name: kind for name, (kind, _) in told.items()} == {c.name: types[c.kind] for c in table.columns}
        assert tuple(name for name, (_, key) in told.items() if key) == table.key
        refers = {row[3]: (row[2], row[4]) for row in base.execute(f'PRAGMA foreign_key_list("{table.name}")')}
        assert refers == table.references
    assert base.execute("PRAGMA foreign_key_check").fetchall() == []
    assert base.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    plan = " ".join(str(row) for row in base.execute("EXPLAIN QUERY PLAN SELECT * FROM sightings WHERE id = '1'"))
    assert "USING INDEX" in plan
    with pytest.raises(sqlite3.IntegrityError):
        base.execute("UPDATE sightings SET likes = 'many'")
    base.close()


def test_csv_is_what_spreadsheets_take_and_run_nothing_of(exported: Path) -> None:
    raw = (exported / "out.audios.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbfaudio_key,audio,") and raw.endswith(b"\r\n")
    rows = list(csv.DictReader((exported / "out.csv").read_text("utf-8-sig").splitlines(keepends=True)))
    texts = [row["audio"] for row in rows]
    assert any(text.startswith("'\n@risk") for text in texts)
    assert not [text for text in texts if text.lstrip().startswith(("=", "+", "-", "@"))]
    assert next(row["likes_shown"] for row in rows if row["likes"] == "12300" and row["likes_shown"]) == "'-1"
    found = duckdb.read_csv(str(exported / "out.csv"))
    types = dict(zip(found.columns, found.types, strict=True))
    assert (str(types["scraped_at"]), str(types["likes"])) == ("TIMESTAMP WITH TIME ZONE", "BIGINT")


def test_parquet_says_what_each_column_means(exported: Path) -> None:
    kept = pq.read_schema(exported / "out.parquet").field("likes_upper").metadata
    assert kept[b"unit"] == b"likes" and kept[b"meaning"].startswith(b"the most that likes may have been")
    described = {row[0]: row[1] for row in duckdb.sql(f"DESCRIBE FROM '{exported / 'out.parquet'}'").fetchall()}
    assert (described["id"], described["likes"], described["scraped_at"]) == (
        "VARCHAR", "BIGINT", "TIMESTAMP WITH TIME ZONE",
    )  # fmt: skip


def copied(exported: Path, suffix: str, folder: Path) -> tuple[Path, dict[str, bytes]]:
    """An export of one kind in *folder*: its main file, and the bytes of each by name."""
    for path in exported.glob(f"*{suffix}"):
        shutil.copy(path, folder)
    return folder / f"out{suffix}", {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.parametrize("suffix", command.SUFFIXES)
def test_an_export_is_written_anew_the_same_and_never_over_anything_else(
    data: Path, exported: Path, tmp_path: Path, suffix: str
) -> None:
    out, first = copied(exported, suffix, tmp_path)
    export(data, out, naive_zone="UTC")
    assert {path.name: path.read_bytes() for path in out.parent.iterdir()} == first
    foreign = sorted(out.parent.iterdir())[-1]
    foreign.write_bytes(b"somebody's own work")
    with pytest.raises(BadArgument, match="no export of this kind, and it stays"):
        export(data, out)
    assert foreign.read_bytes() == b"somebody's own work"
    assert {path.name for path in out.parent.iterdir()} == first.keys()


@pytest.mark.parametrize("suffix", command.SUFFIXES)
def test_what_fails_half_way_leaves_what_was_there(
    data: Path, exported: Path, tmp_path: Path, suffix: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    out, first = copied(exported, suffix, tmp_path)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    writer = {".sqlite": command.sqlite, ".csv": command.csvs, ".parquet": command.parquet}[suffix]
    monkeypatch.setattr(writer, "write", full)
    with pytest.raises(AnalysisError, match="No space left"):
        export(data, out, naive_zone="UTC")
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == first


def test_the_command_says_what_it_wrote_and_what_must_be_known(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["export", str(data), "-o", str(tmp_path / "out.csv")]) == 0
    told = capsys.readouterr()
    assert {Path(name).name for name in told.out.split()} == {path.name for path in tmp_path.iterdir()}
    assert "note: 1 lines have local times" in told.err
    assert main(["export", str(data), "-o", str(tmp_path / "out.xlsx")]) == 1
    assert ".parquet or .csv or .sqlite" in capsys.readouterr().err
    with pytest.raises(NoFile):
        export(tmp_path / "nowhere", tmp_path / "b.sqlite")
    assert not (tmp_path / "b.sqlite").exists()

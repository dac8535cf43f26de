"""The tables of an export: columns with types, units and meanings, keys, and the views for the latest state.

docs/data.md tells the same to people, and a test holds the two together; an SQLite file has it as the table `columns`.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from analysis.export.words import MEANINGS, OF_COUNTS, UNITS
from analysis.terms.definitions import COUNTS
from analysis.terms.schema import MOMENT, RUNS, SIGHTINGS, TEXT, TRUTH, WHOLE


@dataclass(frozen=True, slots=True)
class Column:
    """name, kind (a dtype of analysis/terms/schema.py), unit ("" where there is none), and meaning, a clause."""

    name: str
    kind: str
    unit: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its columns, its primary key, and what refers to what: column -> (table, its column).

    indexed: columns that are looked up besides.
    """

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    references: dict[str, tuple[str, str]] = field(default_factory=dict)
    indexed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class View:
    """Each row of *table* with columns of others: table -> (its own column that leads there, {column there: its name
    here})."""

    name: str
    table: str
    joined: dict[str, tuple[str, dict[str, str]]]


def counted(count: str) -> tuple[str, ...]:
    """The columns of a count: the count, the least and the most it may be, its step, and what was shown."""
    return (count, *(f"{count}_{of}" for of in OF_COUNTS))


def _columns(table: str, kinds: dict[str, str]) -> tuple[Column, ...]:
    return tuple(_column(table, name, kind) for name, kind in kinds.items())


def _column(table: str, name: str, kind: str) -> Column:
    for of, meaning in OF_COUNTS.items():
        count = name.removesuffix(f"_{of}")
        if count != name and count in COUNTS:
            told = "" if kind == TEXT else UNITS[count]
            return Column(name, kind, told, meaning.replace("COUNT", count))
    meaning = MEANINGS.get((table, name)) or MEANINGS["", name]
    return Column(name, kind, UNITS.get(name, ""), meaning)


_COUNT_KINDS = {name: TEXT if name.endswith("_shown") else WHOLE for count in COUNTS for name in counted(count)}
_REST = {
    name: kind
    for name, kind in SIGHTINGS.items()
    if name not in _COUNT_KINDS and name not in {"scraped_at", "id", "creator", "audio_key", "run", "line_from"}
}
_SEEN = {"first_seen": MOMENT, "last_seen": MOMENT, "sightings": WHOLE}
_TO_LATEST = {"latest": ("sightings", "sighting")}

SIGHTINGS_TABLE = Table(
    "sightings",
    _columns(
        "sightings",
        {
            "sighting": WHOLE,
            "scraped_at": MOMENT,
            "run": TEXT,
            "id": TEXT,
            "creator_key": TEXT,
            "audio_key": TEXT,
            **_COUNT_KINDS,
            **_REST,
            "file": TEXT,
            "line_from": WHOLE,
        },
    ),
    key=("sighting",),
    references={
        "run": ("runs", "run"),
        "id": ("tiktoks", "id"),
        "creator_key": ("creators", "creator_key"),
        "audio_key": ("audios", "audio_key"),
    },
    indexed=("scraped_at",),
)
TIKTOKS_TABLE = Table(
    "tiktoks",
    _columns(
        "tiktoks",
        {
            "id": TEXT,
            "url": TEXT,
            "creator_key": TEXT,
            "audio_key": TEXT,
            "created_at": MOMENT,
            "created_from": TEXT,
            "kind": TEXT,
            "duration": WHOLE,
            "language": TEXT,
            "ad": TRUTH,
            **_SEEN,
            "latest": WHOLE,
        },
    ),
    key=("id",),
    references={
        "creator_key": ("creators", "creator_key"),
        "audio_key": ("audios", "audio_key"),
        **_TO_LATEST,
    },
    indexed=("created_at",),
)
CREATORS_TABLE = Table(
    "creators",
    _columns(
        "creators",
        {
            "creator_key": TEXT,
            "creator": TEXT,
            "creator_id": TEXT,
            "handle": TEXT,
            "handles": WHOLE,
            **_SEEN,
            "tiktoks": WHOLE,
            "latest": WHOLE,
        },
    ),
    key=("creator_key",),
    references=_TO_LATEST,
    indexed=("handle",),
)
HANDLES_TABLE = Table(
    "handles",
    _columns("handles", {"creator_key": TEXT, "handle": TEXT, **_SEEN, "holders": WHOLE}),
    key=("creator_key", "handle"),
    references={"creator_key": ("creators", "creator_key")},
    indexed=("handle",),
)
AUDIOS_TABLE = Table(
    "audios",
    _columns(
        "audios",
        {
            "audio_key": TEXT,
            "audio": TEXT,
            "titles": WHOLE,
            "audio_url": TEXT,
            "audio_original": TRUTH,
            **_SEEN,
            "tiktoks": WHOLE,
            "latest": WHOLE,
        },
    ),
    key=("audio_key",),
    references=_TO_LATEST,
    indexed=("audio",),
)
RUNS_TABLE = Table("runs", _columns("runs", RUNS), key=("run",), indexed=("started",))
NOTES_TABLE = Table("notes", _columns("notes", {"number": WHOLE, "note": TEXT}), key=("number",))
COLUMNS_TABLE = Table(
    "columns",
    _columns("columns", dict.fromkeys(("table_name", "column_name", "type", "unit", "meaning"), TEXT)),
    key=("table_name", "column_name"),
)
TABLES = (
    SIGHTINGS_TABLE,
    TIKTOKS_TABLE,
    CREATORS_TABLE,
    HANDLES_TABLE,
    AUDIOS_TABLE,
    RUNS_TABLE,
    NOTES_TABLE,
    COLUMNS_TABLE,
)

_OF_TIKTOKS = ("likes", "comments", "shares", "views", "saves")
_OF_CREATORS = ("user_followers", "user_likes", "user_videos")


def _as_they_are(*counts: str) -> dict[str, str]:
    return {name: name for count in counts for name in counted(count) if not name.endswith("_shown")}


_WHOSE = {"creators": ("creator_key", {"creator": "creator"}), "audios": ("audio_key", {"audio": "audio"})}
VIEWS = (
    View("tiktoks_latest", "tiktoks", {"sightings": ("latest", _as_they_are(*_OF_TIKTOKS)), **_WHOSE}),
    View("creators_latest", "creators", {"sightings": ("latest", _as_they_are(*_OF_CREATORS))}),
    View("audios_latest", "audios", {"sightings": ("latest", {"id": "id", **_as_they_are("likes")})}),
)
COUNTS_OF = {"tiktoks": _OF_TIKTOKS, "creators": _OF_CREATORS, "audios": ("likes",)}


def named(name: str) -> Table:
    """The table of that name."""
    return next(table for table in TABLES if table.name == name)


def view_columns(view: View) -> tuple[Column, ...]:
    """What a view shows: all of its table, and what it takes from others under the names that it has here."""
    found = list(named(view.table).columns)
    for other, (_, taken) in view.joined.items():
        there = {column.name: column for column in named(other).columns}
        for name, here in taken.items():
            meaning = MEANINGS.get((view.name, here), there[name].meaning)
            found.append(Column(here, there[name].kind, there[name].unit, meaning))
    return tuple(found)

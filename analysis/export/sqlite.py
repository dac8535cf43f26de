"""The tables as one SQLite database, with keys, types and views: Datasette, DuckDB and any SQL tool open it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.export.schema import TABLES, VIEWS, Table, View, named
from analysis.terms.schema import MOMENT, NUMBER, TEXT, TRUTH, WHOLE

APPLICATION = 0x74746B65  # "ttke", in the header of the databases we write
VERSION = 1  # of the tables; raise it whenever one changes
_MARK_AT = 68  # where the application id stands in the header (sqlite.org/fileformat.html)
_OF_THE_DISK = ("SQLITE_FULL", "SQLITE_IOERR", "SQLITE_CANTOPEN", "SQLITE_READONLY")
_STRICT_SINCE = (3, 37)
_TYPES = {TEXT: "TEXT", WHOLE: "INTEGER", NUMBER: "REAL", TRUTH: "INTEGER", MOMENT: "TEXT"}


def is_ours(path: Path) -> bool:
    """Whether *path* is a database that this module wrote."""
    with path.open("rb") as file:
        head = file.read(_MARK_AT + 4)
    return head.startswith(b"SQLite format 3\0") and head[_MARK_AT:] == APPLICATION.to_bytes(4, "big")


def write(path: Path, tables: Mapping[str, Iterable[pd.DataFrame]]) -> None:
    """Make the database *path* of *tables* (name -> its rows in blocks), in one transaction.

    Times are text, ISO 8601 in UTC to the microsecond, so that text sorts as time does; truths are 1 and 0.

    Raises:
        OSError: the disk refuses.
    """
    try:
        _write(path, tables)
    except sqlite3.OperationalError as error:
        if not error.sqlite_errorname.startswith(_OF_THE_DISK):
            raise
        raise OSError(None, str(error), str(path)) from error


def _write(path: Path, tables: Mapping[str, Iterable[pd.DataFrame]]) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as base:
        base.execute(f"PRAGMA application_id = {APPLICATION}")
        base.execute(f"PRAGMA user_version = {VERSION}")
        # The file is renamed into its place when it is whole, so nothing has to survive a crash.
        base.execute("PRAGMA journal_mode = OFF")
        base.execute("PRAGMA synchronous = OFF")
        base.execute("BEGIN")
        for table in TABLES:
            base.execute(_made(table))
            marks = ", ".join("?" * len(table.columns))
            for block in tables[table.name]:
                base.executemany(f'INSERT INTO "{table.name}" VALUES ({marks})', _rows(table, block))
        for table in TABLES:
            for column in (*table.references, *table.indexed):
                base.execute(f'CREATE INDEX "by_{table.name}_{column}" ON "{table.name}" ("{column}")')
        for view in VIEWS:
            base.execute(_seen_as(view))
        if broken := base.execute("PRAGMA foreign_key_check").fetchall():
            raise sqlite3.IntegrityError(f"{len(broken):,} rows refer to none, the first: {broken[0]}")
        base.execute("COMMIT")


def _made(table: Table) -> str:
    lines = []
    for column in table.columns:
        alone = table.key == (column.name,)
        rule = " PRIMARY KEY" if alone else ""
        rule += " NOT NULL" if column.name in table.key else ""
        if column.kind == TRUTH:
            rule += f' CHECK ("{column.name}" IN (0, 1))'
        if column.name in table.references:
            other, there = table.references[column.name]
            rule += f' REFERENCES "{other}" ("{there}") DEFERRABLE INITIALLY DEFERRED'
        lines.append(f'"{column.name}" {_TYPES[column.kind]}{rule}')
    if len(table.key) > 1:
        lines.append(f"PRIMARY KEY ({', '.join(table.key)})")
    strict = " STRICT" if sqlite3.sqlite_version_info >= _STRICT_SINCE else ""
    return f'CREATE TABLE "{table.name}" (\n  ' + ",\n  ".join(lines) + f"\n){strict}"


def _seen_as(view: View) -> str:
    shown, joins = [f'"{view.table}".*'], []
    for other, (by, taken) in view.joined.items():
        shown += [f'"{other}"."{there}" AS "{here}"' for there, here in taken.items()]
        joins.append(f'LEFT JOIN "{other}" ON "{other}"."{named(other).key[0]}" = "{view.table}"."{by}"')
    return f'CREATE VIEW "{view.name}" AS SELECT {", ".join(shown)} FROM "{view.table}" {" ".join(joins)}'


def _rows(table: Table, block: pd.DataFrame) -> Iterator[tuple[object, ...]]:
    return zip(*(_values(block[column.name], column.kind) for column in table.columns), strict=True)


def _values(column: pd.Series, kind: str) -> list[object]:
    if kind == MOMENT:
        column = as_text(column)
    missing = column.isna().to_numpy(bool)
    values = column.to_numpy(dtype=object)
    if kind in {WHOLE, TRUTH}:
        return [None if lacks else int(value) for value, lacks in zip(values, missing, strict=True)]
    return [None if lacks else value for value, lacks in zip(values, missing, strict=True)]


def as_text(moments: pd.Series) -> pd.Series:
    """Moments in ISO 8601, UTC, to the microsecond (str); NA stays."""
    plain = moments.dt.tz_convert("UTC").dt.tz_localize(None).to_numpy("datetime64[us]")
    told = pd.Series(np.char.add(np.datetime_as_string(plain, unit="us"), "Z"), index=moments.index, dtype=TEXT)
    return told.where(moments.notna())

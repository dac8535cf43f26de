"""The sightings on disk, as far as shared tables are made of them: files of millions of lines need no memory.

Creators are told apart by a number that is made here and nowhere written.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC
from pathlib import Path
from statistics import median
from typing import Any

from ...errors import BadSetting
from ...items import OF_TIKTOK
from ...lines.pseudonymised import IDS, names_of
from ...lines.record import NotARecord, record_of
from ..expire import time_of
from ..pseudonyms import handle_of
from ..removal import progress
from ..rewrite import Watch

_AT_ONCE = 10_000


class Gathered:
    """Answers about the sightings. left_out: lines that are no sighting with an id and a time."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        self.left_out = self.lines = 0
        self.pseudonymous_ids = self.simulated = False

    def tiktoks(self) -> Iterator[tuple[Any, ...]]:
        """Id, first and last time, sightings of each TikTok, by id."""
        yield from self._database.execute("SELECT id, min(at), max(at), count(*) FROM seen GROUP BY id ORDER BY id")

    def days(self, k: int) -> Iterator[tuple[Any, ...]]:
        """A row of the table of aggregates for each day with sightings."""
        counts = "SELECT day, count(*), count(DISTINCT id), count(DISTINCT creator) FROM seen GROUP BY day ORDER BY day"
        for day, sightings, tiktoks, creators in self._database.execute(counts).fetchall():
            if creators < k:
                yield (day, True, *[None] * (3 + 2 * len(OF_TIKTOK)))
                continue
            medians = [number for name in OF_TIKTOK for number in self._of_day(day, name, k)]
            yield (day, False, sightings, tiktoks, creators, *medians)

    def _of_day(self, day: str, name: str, k: int) -> tuple[int | None, float | None]:
        rows = self._database.execute(f"SELECT {name}, creator FROM seen WHERE day = ? AND {name} IS NOT NULL", (day,))
        told = rows.fetchall()
        if len({creator for _, creator in told}) < k:
            return None, None
        return len(told), float(median(value for value, _ in told))


@contextmanager
def gathered(files: Iterable[Path], place: Path) -> Iterator[Gathered]:
    """Gather what *files* tell in a database in *place*, which is gone at the end.

    Raises:
        BadSetting: there is no sighting.
    """
    path = place / "gathered.sqlite"
    database = sqlite3.connect(path)
    try:
        database.execute("PRAGMA journal_mode = OFF")
        database.execute("PRAGMA synchronous = OFF")
        counts = ", ".join(f"{name} INTEGER" for name in OF_TIKTOK)
        database.execute(f"CREATE TABLE seen (id TEXT, at TEXT, day TEXT, creator TEXT, {counts})")
        found = Gathered(database)
        paths = list(files)
        with progress(paths, "gathering") as watch:
            _fill(database, found, paths, watch)
        if not found.lines:
            raise BadSetting(f"there is no sighting in {', '.join(map(str, paths)) or 'no file'}, so nothing to share")
        database.execute("CREATE INDEX by_day ON seen (day)")
        yield found
    finally:
        database.close()
        path.unlink(missing_ok=True)


def _fill(database: sqlite3.Connection, found: Gathered, paths: list[Path], watch: Watch) -> None:
    insert = f"INSERT INTO seen VALUES ({', '.join('?' * (4 + len(OF_TIKTOK)))})"
    rows: list[tuple[Any, ...]] = []
    for path in paths:
        with path.open("rb") as file:
            for raw in file:
                watch(len(raw))
                row = _row(raw, found)
                found.left_out += row is None
                if row is not None:
                    rows.append(row)
                if len(rows) == _AT_ONCE:
                    found.lines += len(rows)
                    database.executemany(insert, rows)
                    rows.clear()
    found.lines += len(rows)
    database.executemany(insert, rows)
    database.commit()


def _row(raw: bytes, found: Gathered) -> tuple[Any, ...] | None:
    try:
        record = record_of(raw)
    except NotARecord:
        return None
    at = time_of(record, UTC)
    url = record.get("url")
    id_ = record.get("id") or (url.partition("?")[0].rpartition("/")[2] if isinstance(url, str) else None)
    if at is None or not isinstance(id_, str) or not id_.isdecimal():
        return None
    found.simulated |= record.get("simulated") is True
    found.pseudonymous_ids |= (names_of(record) or "").endswith(IDS)
    moment = at.astimezone(UTC)
    creator = record.get("creator_id") or handle_of(record)
    counts = (record.get(name) for name in OF_TIKTOK)
    whole = (value if isinstance(value, int) and -(1 << 63) <= value < 1 << 63 else None for value in counts)
    return (id_, f"{moment:%Y-%m-%dT%H:%M:%SZ}", f"{moment:%Y-%m-%d}", creator and str(creator), *whole)

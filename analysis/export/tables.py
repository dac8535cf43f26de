"""The frames of an export: what `analysis.load` gave, as the tables of `analysis.export.schema`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.counts.bounds import with_bounds
from analysis.export.schema import COLUMNS_TABLE, COUNTS_OF, TABLES, VIEWS, View, named, view_columns
from analysis.load import Loaded
from analysis.reading.derived import handle_in
from analysis.reading.identity import handle_of
from analysis.reading.lines.files import SPAN
from analysis.terms.definitions import COUNTS
from analysis.terms.schema import MOMENT, NUMBER, TEXT, TRUTH, WHOLE, typed

BLOCK = 100_000  # sightings that are given their bounds at a time
TYPES = {TEXT: "text", WHOLE: "number", NUMBER: "number", TRUTH: "truth", MOMENT: "time"}


class Export:
    """What there is to write. sightings: as loaded, with sighting, creator_key and handle, in the order of time."""

    def __init__(self, loaded: Loaded) -> None:
        told = loaded.sightings
        self._files = [file.name for file in loaded.report.files]
        self._notes = loaded.report.warnings
        self._runs = loaded.runs
        self._sightings = told.assign(
            sighting=pd.Series(np.arange(1, len(told) + 1), index=told.index, dtype=WHOLE),
            creator_key=_creator_keys(told),
            handle=handle_in(told["username"]),
        )

    def sightings(self) -> Iterator[pd.DataFrame]:
        """The table of sightings, block after block: bounds are many columns, and memory need not hold them at once."""
        for start in range(0, len(self._sightings), BLOCK):
            yield self._block(self._sightings.iloc[start : start + BLOCK])

    def _block(self, rows: pd.DataFrame) -> pd.DataFrame:
        bounded = with_bounds(rows)
        names = {
            f"{count}_{ours}": f"{count}_{of}" for count in COUNTS for ours, of in (("lo", "lower"), ("hi", "upper"))
        }
        bounded = bounded.rename(columns=names)
        numbers = bounded["line_from"] // SPAN
        files = numbers.map(dict(enumerate(self._files))).astype(TEXT)
        return _of("sightings", bounded.assign(file=files, line_from=bounded["line_from"] % SPAN))

    def tables(self) -> dict[str, pd.DataFrame]:
        """Every other table by its name."""
        return {
            "tiktoks": self._tiktoks(),
            "creators": self._creators(),
            "handles": self._handles(),
            "audios": self._audios(),
            "runs": _of("runs", self._runs),
            "notes": _of("notes", pd.DataFrame({"number": range(1, len(self._notes) + 1), "note": list(self._notes)})),
            "columns": dictionary(),
        }

    def views(self, tables: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
        """Every view by its name, as rows. tables: what `tables` gave."""
        return {view.name: self._view(view, tables) for view in VIEWS}

    def _view(self, view: View, tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
        rows = tables[view.table]
        found = rows
        for other, (by, taken) in view.joined.items():
            there = self._at(rows[by]) if other == "sightings" else tables[other]
            there = there.set_index(named(other).key[0])[list(taken)].rename(columns=taken)
            found = found.join(there, on=by)
        return typed(found, {column.name: column.kind for column in view_columns(view)})

    def _at(self, latest: pd.Series) -> pd.DataFrame:
        return self._block(self._sightings.iloc[latest.to_numpy(np.int64) - 1])

    def _tiktoks(self) -> pd.DataFrame:
        rows = self._sightings
        told = ("url", "creator_key", "audio_key", "created_at", "created_from", "kind", "duration", "language")
        found = _seen(rows, "id").join(rows.groupby("id")[list(told)].last())
        return self._entities("tiktoks", found.join(rows.groupby("id")["ad"].max()))

    def _creators(self) -> pd.DataFrame:
        rows = self._sightings.dropna(subset="creator_key")
        found = _seen(rows, "creator_key").join(rows.groupby("creator_key")[["creator", "creator_id"]].last())
        of = rows.groupby("creator_key")
        handle = (
            found["creator"].where(~found["creator"].str.match(r"_ \((?:\d|p-)")).map(handle_of, na_action="ignore")
        )
        found = found.assign(handle=handle, handles=of["handle"].nunique(), tiktoks=of["id"].nunique())
        return self._entities("creators", found)

    def _handles(self) -> pd.DataFrame:
        rows = self._sightings.dropna(subset=["creator_key", "handle"])
        found = _seen(rows, ["creator_key", "handle"]).reset_index()
        return _of("handles", found.assign(holders=found.groupby("handle")["creator_key"].transform("nunique")))

    def _audios(self) -> pd.DataFrame:
        rows = self._sightings.dropna(subset="audio_key")
        of = rows.groupby("audio_key")
        found = _seen(rows, "audio_key").join(of[["audio", "audio_url", "audio_original"]].last())
        return self._entities("audios", found.assign(titles=of["audio"].nunique(), tiktoks=of["id"].nunique()))

    def _entities(self, name: str, found: pd.DataFrame) -> pd.DataFrame:
        """The rows of *found*, indexed by their key, with the last sighting that tells a count of theirs."""
        key = str(found.index.name)
        told = self._sightings[self._sightings[list(COUNTS_OF[name])].notna().any(axis=1)]
        latest = told.groupby(key)["sighting"].last().reindex(found.index)
        return _of(
            name, found.assign(latest=latest.fillna(self._sightings.groupby(key)["sighting"].last())).reset_index()
        )


def dictionary() -> pd.DataFrame:
    """The table `columns`: every column of every table and view."""
    shown = [(table.name, table.columns) for table in TABLES] + [(view.name, view_columns(view)) for view in VIEWS]
    rows = [
        (name, column.name, TYPES[column.kind], column.unit, column.meaning)
        for name, columns in shown
        for column in columns
    ]
    return pd.DataFrame(rows, columns=[column.name for column in COLUMNS_TABLE.columns]).astype(TEXT)


def _creator_keys(sightings: pd.DataFrame) -> pd.Series:
    """The id of each sighting's creator where any line tells it, else "@" and what the creator is shown as."""
    ids = sightings["creator_id"].where(sightings["creator_id"].ne(""))
    known = ids.groupby(sightings["creator"]).first()
    of = sightings["creator"].map(known).astype(TEXT)
    return of.where(of.notna(), "@" + sightings["creator"])


def _seen(rows: pd.DataFrame, key: str | list[str]) -> pd.DataFrame:
    of = rows.groupby(key)
    times = of["scraped_at"]
    return pd.DataFrame({"first_seen": times.min(), "last_seen": times.max(), "sightings": of.size()})


def _of(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    return typed(frame, {column.name: column.kind for column in named(name).columns}).reset_index(drop=True)


def places(output: Path, names: list[str]) -> dict[str, Path]:
    """Where each table goes of an export whose every file holds one: the sightings to *output*, others beside it."""
    return {name: output if name == "sightings" else output.with_suffix(f".{name}{output.suffix}") for name in names}

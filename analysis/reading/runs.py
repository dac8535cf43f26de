"""Read runs.jsonlines, the record of every run, into one row a run; of several computers or months, too."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pyarrow as pa

from analysis.reading.lines.foreign import HEAD, foreign
from analysis.reading.lines.line_by_line import WORD, BadLine, read_file
from analysis.reading.lines.unpacking import opened
from analysis.terms.schema import MOMENT, RUNS, TEXT, empty_runs, to_frame, typed

_TEXTS = ("reason", "verdict", "media", "locale", "zone", "viewport", "agent", "era", "region")
_NUMBERS = ("asked", "seen", "unique", "written", "repeated", "rejected", "generation", "removed")
RECORD = pa.schema(
    [
        *[(name, pa.string()) for name in ("event", "run", "at", *_TEXTS, "browser", "browser_version")],
        ("settings_hash", pa.string()),
        *[(name, pa.int64()) for name in _NUMBERS],
        ("pace", pa.float64()),
        ("headless", WORD),  # true, false or virtual
        ("simulated", pa.bool_()),
    ]
)


@dataclass(frozen=True, slots=True)
class Recorded:
    """runs: a runs frame without counted sightings. bad: bad lines.

    generation: the last one told, 0 if none is; of several files their sum, which changes as each does. removed: how
    many lines of runs were taken out of the file since, on purpose (python -m tiktok_scraper.privacy).
    """

    runs: pd.DataFrame
    bad: tuple[BadLine, ...] = ()
    generation: int = 0
    removed: int = 0


def read_runs(*files: Path) -> Recorded:
    """Return what *files* tell together; one that isn't there tells nothing.

    A run's start may stand in one file and its end in another, or both in two copies: of several files the events count
    in the order of their times.
    """
    frames, bad, generation, removed = [], [], 0, 0
    for path in files:
        try:
            with opened(path) as source:
                data = source.file.read()
        except (FileNotFoundError, NotADirectoryError):
            continue
        if source.damaged is not None:
            bad.append(BadLine(len(data), 0, f"{path.name} is damaged: {source.damaged}"))
        if (known := foreign(data[:HEAD])) is not None:
            bad.append(BadLine(0, len(data), str(known)))
            continue
        read = read_file(data, RECORD)
        bad += read.bad
        events = _events(to_frame(read.table).sort_values("line_from", ignore_index=True))
        generations = events["generation"].dropna()
        generation += int(generations.iloc[-1]) if len(generations) else 0
        taken_out = events.loc[events["event"].eq("generation"), "removed"]
        removed += int(taken_out.fillna(0).clip(lower=0).sum())
        frames.append(events)
    if not frames:
        return Recorded(empty_runs(), tuple(bad))
    every = frames[0]
    if len(frames) > 1:
        every = pd.concat(frames, ignore_index=True)
        every = every.assign(later=every["event"].ne("start"))
        every = every.sort_values(["at", "later"], kind="stable", ignore_index=True)
    return Recorded(_rows(every), tuple(bad), generation, removed)


def _events(events: pd.DataFrame) -> pd.DataFrame:
    at = pd.to_datetime(events["at"], utc=True, format="ISO8601", errors="coerce").astype(MOMENT)
    return events.assign(at=at, run=events["run"].fillna(events["event"] + " " + events["at"]))


def _rows(events: pd.DataFrame) -> pd.DataFrame:
    """Make one row a run of its events: what its later event tells counts, what only the earlier tells stays."""
    events = events[events["run"].notna() & events["event"].isin(("start", "end", "skipped"))]
    if events.empty:
        return empty_runs()
    events = events.assign(headless=events["headless"].astype(TEXT))
    runs = events.groupby("run", sort=True).last()
    began = events[events["event"].eq("start")].groupby("run")["at"].first()
    ended = events[events["event"].ne("start")].groupby("run")["at"].last()
    runs = runs.assign(
        started=began.reindex(runs.index),
        ended=ended.reindex(runs.index),
        event_last=runs["event"],
        killed=runs["event"].eq("start").astype("boolean"),
        simulated=_kinds(runs),
    )
    return typed(runs.reset_index(), RUNS).sort_values(["started", "ended", "run"], ignore_index=True)


def _kinds(runs: pd.DataFrame) -> pd.Series:
    """Whether each run is simulated; one that saw nothing can't tell, and is as all the others are, else real."""
    told = runs["simulated"].where(runs["simulated"].fillna(False) | runs["seen"].fillna(0).gt(0))
    others = told.dropna()
    return told.fillna(bool(len(others) and others.all()))

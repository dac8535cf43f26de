"""Bounded sightings from a few words: every count exact unless its step is given."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from analysis.counts.bounds import with_bounds
from analysis.terms.definitions import COUNTS
from analysis.terms.schema import SIGHTINGS, typed

START = pd.Timestamp("2026-03-01T00:00:00Z")


def at(day: float) -> pd.Timestamp:
    """The moment *day* days after the first of the history, to the second."""
    return START + pd.Timedelta(seconds=round(day * 86_400))


def bounded(records: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    """One sighting a record: creator, id, day; any field by its name; `born` is created_at in days."""
    rows = []
    for number, record in enumerate(records):
        day = float(record["day"])
        row = {
            "scraped_at": at(day),
            "run": f"r{int(day * 24):05d}",
            "position": number + 1,
            "simulated": True,
            "schema": 2,
        }
        row |= {"ad": False, "audio_key": "1", "username": f"https://www.tiktok.com/@{record['creator']}"}
        row |= {name: value for name, value in record.items() if name not in {"day", "born"}}
        if "born" in record:
            row["created_at"] = at(record["born"])
        for count in COUNTS:
            if row.get(count) is not None:
                row.setdefault(f"{count}_step", 1)
        rows.append(row)
    frame = pd.DataFrame(rows, columns=list(SIGHTINGS)).sort_values(["scraped_at", "run", "position"])
    return with_bounds(typed(frame.reset_index(drop=True), SIGHTINGS))

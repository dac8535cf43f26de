"""pandas alone: row by row as in 2022, by its defaults, and told the types."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pandas as pd

from benchmarks.answers.asked import Answers, first

TEXT = {"id": "str", "audio_id": "str", "creator_id": "str"}


def row_by_row(folder: Path) -> Answers:
    """The style of 2022: read_json, then a loop over rows."""
    frame = pd.read_json(folder / "tiktoks.jsonlines", lines=True, dtype=TEXT)
    views, audios = defaultdict[str, list[int]](list), defaultdict[str, set[str]](set)
    for _, row in frame.iterrows():
        views[row["id"]] += [] if pd.isna(row["views"]) else [int(row["views"])]
        if not pd.isna(row["audio_id"]):
            audios[row["audio_id"]].add(row["id"])
    return Answers(
        tiktoks=len(views),
        audios=len(audios),
        gained=first([(id, max(seen) - min(seen)) for id, seen in views.items() if seen]),
        heard=first([(audio, len(ids)) for audio, ids in audios.items()]),
    )


def by_default(folder: Path) -> Answers:
    """Whole columns, the types left to pandas."""
    return _of(pd.read_json(folder / "tiktoks.jsonlines", lines=True))


def typed(folder: Path) -> Answers:
    """Whole columns, the ids told to be text."""
    return _of(pd.read_json(folder / "tiktoks.jsonlines", lines=True, dtype=TEXT))


def _of(frame: pd.DataFrame) -> Answers:
    by = frame.groupby("id")["views"]
    gain = (by.max() - by.min()).dropna().nlargest(1_000)
    heard = frame.groupby("audio_id")["id"].nunique()
    return Answers(
        tiktoks=frame["id"].nunique(),
        audios=len(heard),
        gained=first(list(gain.items())),
        heard=first(list(heard.items())),
    )

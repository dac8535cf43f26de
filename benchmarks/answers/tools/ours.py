"""The analysis: in memory, over buckets on disk, and on a local Dask cluster."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from analysis.engines import scale
from analysis.load import load
from analysis.terms.engines import Engine
from benchmarks.answers.asked import Answers, first


def tiktok_rows(bounded: pd.DataFrame) -> pd.DataFrame:
    """One row a TikTok: id, gain (Int64, of views), audio_id (str)."""
    by = bounded.groupby("id", sort=True)
    gain = by["views"].max() - by["views"].min()
    return pd.DataFrame({"gain": gain, "audio_id": by["audio_id"].first()}).reset_index()


def in_memory(folder: Path) -> Answers:
    """`load`, which judges every line and says what it left out."""
    loaded = load(folder)
    return _of(tiktok_rows(loaded.sightings), len(loaded.report.bad))


def buckets(folder: Path) -> Answers:
    """Read block after block; bad lines are left out, and told by `load`."""
    return _in_parts(folder, "buckets")


def dask(folder: Path) -> Answers:
    """The same, on workers of this machine."""
    return _in_parts(folder, "dask")


def _in_parts(folder: Path, engine: Engine) -> Answers:
    return _of(scale.rows(tiktok_rows, folder, "id", engine=engine), None)


def _of(rows: pd.DataFrame, bad: int | None) -> Answers:
    gained = rows.dropna(subset=["gain"]).nlargest(1_000, "gain")
    heard = rows["audio_id"].value_counts()
    return Answers(
        tiktoks=len(rows),
        audios=len(heard),
        gained=first(list(zip(gained["id"], gained["gain"], strict=True))),
        heard=first(list(heard.items())),
        bad=bad,
    )

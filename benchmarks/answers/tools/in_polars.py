"""Polars, lazily, from the file: only the columns that are asked for, their types told (docs: scan_ndjson)."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from benchmarks.answers.asked import Answers, first

SCHEMA = {"id": pl.String, "audio_id": pl.String, "views": pl.Int64}


def answers(folder: Path) -> Answers:
    """A line that is no JSON gives a row of nulls (ignore_errors), which is left out and counted."""
    lines = pl.scan_ndjson(folder / "tiktoks.jsonlines", schema=SCHEMA, ignore_errors=True)
    good = lines.filter(pl.col("id").is_not_null())
    rows = good.group_by("id").agg((pl.col("views").max() - pl.col("views").min()).alias("gain"))
    heard = good.filter(pl.col("audio_id").is_not_null()).group_by("audio_id").agg(pl.col("id").n_unique())
    bad, found, audios = pl.collect_all(
        [lines.filter(pl.col("id").is_null()).select(pl.len()), rows, heard], engine="streaming"
    )
    return Answers(
        tiktoks=found.height,
        audios=audios.height,
        gained=first(found.drop_nulls().top_k(1_000, by="gain").rows()),
        heard=first(audios.rows()),
        bad=bad.item(),
    )

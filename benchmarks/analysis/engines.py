"""The three engines of the analysis on the same sightings: seconds, peak memory, and whether the rows agree."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
from pandas.testing import assert_frame_equal

from analysis.engines import scale
from analysis.measures.virality import tiktok_rows
from analysis.terms.engines import ENGINES, Engine
from benchmarks.analysis.simulated import sightings
from benchmarks.costs import MB, run

BLOCK = 100_000
HANGS_AFTER_S = 7_200.0
LOOK_EVERY_S = 0.1


@dataclass(frozen=True, slots=True)
class Ran:
    """One engine: seconds, the most memory of it and its processes together (bytes), its rows, and if all agree."""

    engine: str
    seconds: float
    peak: int
    rows: int
    same: bool


def compare(number: int, folder: Path) -> list[Ran]:
    """Measure *number* sightings with every engine, each in a process of its own; files go into *folder*."""
    sightings(number).to_parquet(folder / "sightings.parquet", row_group_size=BLOCK, compression="lz4")
    ran = []
    for engine in ENGINES:
        out = folder / f"{engine}.parquet"
        command = [sys.executable, "-m", "benchmarks.analysis.engines", engine, str(folder), str(out)]
        told = run(command, within=HANGS_AFTER_S, look_every=LOOK_EVERY_S)
        if told.exit_code:
            raise subprocess.CalledProcessError(told.exit_code, engine, stderr=told.stderr)
        rows = pd.read_parquet(out)
        same = _same(rows, pd.read_parquet(folder / "pandas.parquet"))
        ran.append(Ran(engine, json.loads(told.stdout.splitlines()[-1]), int(told.memory * MB), len(rows), same))
    return ran


def _same(rows: pd.DataFrame, others: pd.DataFrame) -> bool:
    try:
        assert_frame_equal(rows, others, check_exact=True)
    except AssertionError:
        return False
    return True


def _blocks(file: Path) -> Iterator[pd.DataFrame]:
    with pq.ParquetFile(file) as opened:
        for group in range(opened.num_row_groups):
            yield opened.read_row_group(group).to_pandas()


def _measure(engine: Engine, folder: Path, out: Path) -> float:
    started = time.perf_counter()
    rows = scale.rows(tiktok_rows, _blocks(folder / "sightings.parquet"), "id", engine=engine, folder=folder)
    seconds = time.perf_counter() - started
    rows.to_parquet(out)
    return seconds


if __name__ == "__main__":
    wanted, where, into = sys.argv[1:]
    print(_measure(next(engine for engine in ENGINES if engine == wanted), Path(where), Path(into)))

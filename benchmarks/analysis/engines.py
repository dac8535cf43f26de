"""The three engines of the analysis on the same sightings: seconds, peak memory, and whether the rows agree."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import psutil  # type: ignore[import-untyped]
import pyarrow.parquet as pq
from pandas.testing import assert_frame_equal

from analysis.engines import scale
from analysis.measures.virality import tiktok_rows
from benchmarks.analysis.simulated import sightings

BLOCK = 100_000
EVERY_S = 0.1


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
    for engine in scale.ENGINES:
        out = folder / f"{engine}.parquet"
        command = [sys.executable, "-m", "benchmarks.analysis.engines", engine, str(folder), str(out)]
        process = psutil.Popen(command, stdout=-1)
        watch = _Peak(process)
        watch.start()
        told, _ = process.communicate()
        watch.join()
        if process.returncode:
            raise subprocess.CalledProcessError(process.returncode, engine)
        rows = pd.read_parquet(out)
        same = _same(rows, pd.read_parquet(folder / "pandas.parquet"))
        ran.append(Ran(engine, json.loads(told.splitlines()[-1]), watch.peak, len(rows), same))
    return ran


class _Peak(threading.Thread):
    """Sums the memory of a process and all that it started, every EVERY_S, until it ends."""

    def __init__(self, process: psutil.Popen) -> None:
        super().__init__(daemon=True)
        self._process, self.peak = process, 0

    def run(self) -> None:
        while self._process.poll() is None:
            self.peak = max(self.peak, self._now())
            time.sleep(EVERY_S)

    def _now(self) -> int:
        total = 0
        try:
            for process in (self._process, *self._process.children(recursive=True)):
                total += process.memory_info().rss
        except psutil.Error:  # it ended meanwhile
            pass
        return total


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


def _measure(engine: scale.Engine, folder: Path, out: Path) -> float:
    started = time.perf_counter()
    rows = scale.rows(tiktok_rows, _blocks(folder / "sightings.parquet"), "id", engine=engine, folder=folder)
    seconds = time.perf_counter() - started
    rows.to_parquet(out)
    return seconds


if __name__ == "__main__":
    wanted, where, into = sys.argv[1:]
    print(_measure(next(engine for engine in scale.ENGINES if engine == wanted), Path(where), Path(into)))

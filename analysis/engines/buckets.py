"""Sightings beyond memory: a Parquet file a part in a temporary folder, and a pool of processes that measures them."""

from __future__ import annotations

import math
import multiprocessing
import os
import pickle
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack
from functools import partial
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from analysis.engines import memory
from analysis.engines.entities import EntityRows, Known, Measured, as_one, gather, measure, split
from analysis.terms.errors import AnalysisError, BadArgument
from analysis.writing.scratch import room_in, scratch

UNKNOWN_PARTS = 64  # where only reading would tell how many sightings there are
MOST_PROCESSES = 61  # Windows waits for no more at once
MOST_PARTS = 512  # each is an open file while buckets are written
MOST_BYTES = 2 << 30  # of the buckets that are measured at once: this process has room beside them
GATHERED = 200_000  # sightings that are split at once: a Parquet writer keeps an account of each piece it was given


def run(
    entity_rows: EntityRows,
    blocks: Iterable[pd.DataFrame],
    key: str,
    *,
    size: int | None,
    processes: int | None,
    folder: Path | None,
) -> Measured:
    """Write *blocks* into buckets by the hash of *key*, measure each bucket in a process, gather.

    size: of all blocks, in sightings, where known. folder: the buckets' parent (default: the system's temporary
    folder); they are removed at the end, however it comes. Raises AnalysisError.
    """
    check_travels(entity_rows)
    workers = processes or os.cpu_count() or 1
    passed = Known(key)
    with scratch(folder) as temporary:
        with room_in(folder):
            files = _write(passed.of(blocks), key, number(size, workers), temporary)
        parts = _measure_all(entity_rows, files, workers) if files else [measure(entity_rows, passed.empty)]
    return Measured(gather(parts, key), passed.sightings, passed.without_key, len(parts), "buckets")


def number(size: int | None, workers: int) -> int:
    """How many buckets, so that as many as there are *workers* fit into half the memory, or MOST_BYTES, at once."""
    if size is None:
        return UNKNOWN_PARTS
    needed = size * memory.SIGHTING_BYTES * memory.TIMES_ITS_SIZE * workers
    room = min(MOST_BYTES, max(1, memory.available() // 2))
    return min(MOST_PARTS, max(2 * workers, math.ceil(needed / room)))


def check_travels(entity_rows: EntityRows) -> None:
    """Raise AnalysisError where another process could not find the function."""
    try:
        pickle.dumps(entity_rows)
    except (pickle.PicklingError, AttributeError, TypeError) as error:
        raise BadArgument(
            expected="a function that other processes can import",
            found=f"{entity_rows!r} ({error})",
            where="entity function",
            next_step="move it to the top of a module, or take engine='pandas'",
        ) from error


def _write(blocks: Iterable[pd.DataFrame], key: str, parts: int, folder: Path) -> list[Path]:
    """One file a bucket that any sighting falls into, the sightings in the order they came."""
    with ExitStack() as opened:
        writers: dict[int, pq.ParquetWriter] = {}
        for block in gathered(blocks):
            schema = pa.Schema.from_pandas(block, preserve_index=False)
            for part, sightings in split(block, key, parts):
                if part not in writers:
                    writers[part] = opened.enter_context(_writer(_path(folder, part), schema))
                writers[part].write_table(pa.Table.from_pandas(sightings, schema, preserve_index=False))
    return [_path(folder, part) for part in sorted(writers)]


def gathered(blocks: Iterable[pd.DataFrame]) -> Iterator[pd.DataFrame]:
    """*blocks* in their order, put together until each has GATHERED sightings at least, but for the last."""
    held: list[pd.DataFrame] = []
    for block in blocks:
        held.append(block)
        if sum(map(len, held)) >= GATHERED:
            yield as_one(held)
            held = []
    if held:
        yield as_one(held)


def _writer(path: Path, schema: pa.Schema) -> pq.ParquetWriter:
    return pq.ParquetWriter(path, schema, compression="lz4")


def _path(folder: Path, part: int) -> Path:
    return folder / f"bucket-{part}.parquet"


def _measure_all(entity_rows: EntityRows, files: list[Path], workers: int) -> list[pd.DataFrame]:
    """The rows of each bucket, in the order of the buckets."""
    measured = partial(_measure_file, entity_rows)
    if workers == 1:
        return [measured(file) for file in files]
    # Fresh processes: a forked one would inherit this one's memory and the locks of its threads (Arrow has some).
    fresh = multiprocessing.get_context("spawn")
    try:
        with ProcessPoolExecutor(min(workers, len(files), MOST_PROCESSES), mp_context=fresh) as pool:
            return list(pool.map(measured, files))
    except BrokenProcessPool as error:
        raise AnalysisError(
            expected=f"{workers} processes to measure {len(files)} buckets",
            found="one of them gone, perhaps for want of memory",
            where="engine 'buckets'",
            next_step="take fewer, as with processes=1",
        ) from error


def _measure_file(entity_rows: EntityRows, file: Path) -> pd.DataFrame:
    """The rows of one bucket, in whatever process."""
    return measure(entity_rows, pd.read_parquet(file))

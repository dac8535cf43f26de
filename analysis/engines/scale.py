"""Run an entity function over sightings of any number: in memory, over buckets on disk, or on a Dask cluster.

The same pure function, the same rows whatever the engine: `entities` says why. Engines differ only in where a part is
measured:

- "pandas": one part, here. The sightings must fit into memory several times over.
- "buckets": parts in Parquet files of a temporary folder, measured by a pool of processes; for data beyond memory.
- "dask": parts on the workers of a Dask cluster (optional: `pip install 'dask[dataframe,distributed]'`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypedDict, Unpack

import pandas as pd

from analysis.engines import memory
from analysis.engines.entities import EntityRows, Known, Measured, as_one, gather, measure
from analysis.reading import stream
from analysis.reading.lines.files import files_of
from analysis.reading.lines.unpacking import unpacked_bytes
from analysis.terms.engines import ENGINES, Engine
from analysis.terms.errors import BadArgument

Source = pd.DataFrame | Path | str | Iterable[pd.DataFrame]
BLOCK = 250_000  # sightings of a frame that are split at once


class How(TypedDict, total=False):
    """How to measure, each optional; `run` says what they mean."""

    engine: Engine | None
    scheduler: str | None
    processes: int | None
    folder: Path | None
    cache: Path | None


def rows(entity_rows: EntityRows, sightings: Source, key: str, **how: Unpack[How]) -> pd.DataFrame:
    """The rows of every entity, sorted by *key*, RangeIndex; identical whatever the engine. See `run`."""
    return run(entity_rows, sightings, key, **how).rows


def run(
    entity_rows: EntityRows,
    sightings: Source,
    key: str,
    *,
    engine: Engine | None = None,
    scheduler: str | None = None,
    processes: int | None = None,
    folder: Path | None = None,
    cache: Path | None = None,
) -> Measured:
    """Measure every entity, and tell what the rows rest on.

    entity_rows: bounded sightings of whole entities in, rows with a column *key* out; defined in a module, so that
    other processes find it. sightings: the frame of `analysis.load`, its frames in the order of the file, or a data
    folder or file that need not fit into memory (`analysis.reading.stream`). key: "id", "creator" or "audio_key";
    sightings without one are left out and counted. engine: chosen by size unless told; a scheduler's address
    ("tcp://host:8786") means "dask". processes: of the pool or the local cluster (default: one a processor).
    folder: where blocks of a file and buckets are written, and removed at the end (default: the system's temporary
    folder). cache: where the Parquet parts of a file are kept, so that the next measure of it reads no JSON.
    Raises AnalysisError.
    """
    _check(processes)
    chosen = _chosen(engine, scheduler, sightings)
    if chosen == "pandas":
        whole = [sightings] if isinstance(sightings, pd.DataFrame) else frames(sightings, cache, folder)
        return _in_memory(entity_rows, whole, key)
    blocks = frames(sightings, cache, folder)
    if chosen == "buckets":
        from analysis.engines import buckets  # noqa: PLC0415 - only here are its process pool and writers needed

        return buckets.run(entity_rows, blocks, key, size=size(sightings), processes=processes, folder=folder)
    from analysis.engines import dask_engine  # noqa: PLC0415 - Dask is optional

    return dask_engine.run(entity_rows, blocks, key, scheduler=scheduler, processes=processes)


@contextmanager
def workers(engine: Engine | None, scheduler: str | None) -> Iterator[str | None]:
    """The scheduler's address for many measures: where *engine* is "dask" and none is given, one local cluster's.

    Without it each measure would start a cluster of its own, which takes seconds. None for the other engines.
    """
    if engine == "dask" and scheduler is None:
        from analysis.engines import dask_engine  # noqa: PLC0415 - Dask is optional

        with dask_engine.local_cluster(None) as address:
            yield address
    else:
        yield scheduler


def choose(sightings: Source) -> Engine:
    """Say "pandas" where the sightings fit into memory several times over; else, or if nobody knows, "buckets"."""
    known = size(sightings)
    fits = known is not None and known * memory.SIGHTING_BYTES * memory.TIMES_ITS_SIZE <= memory.available()
    return "pandas" if fits else "buckets"


def _chosen(engine: Engine | None, scheduler: str | None, sightings: Source) -> Engine:
    """The engine to take; BadArgument where there is no such engine, or it has no use for the scheduler."""
    chosen = engine or ("dask" if scheduler else choose(sightings))
    if chosen not in ENGINES:
        raise BadArgument(
            expected=f"one of {', '.join(ENGINES)}",
            found=repr(chosen),
            where="engine",
            next_step="leave it out to have it chosen by size",
        )
    if scheduler is not None and chosen != "dask":
        raise BadArgument(
            expected="the engine 'dask' where a scheduler is given",
            found=repr(chosen),
            where="engine",
            next_step="leave one of them out",
        )
    return chosen


def _check(processes: int | None) -> None:
    if processes is not None and processes < 1:
        raise BadArgument(
            expected="one process or more",
            found=str(processes),
            where="processes",
            next_step="leave it out for one a processor",
        )


def size(sightings: Source) -> int | None:
    """How many sightings there are, of a file about; None where only reading them would tell."""
    if isinstance(sightings, pd.DataFrame):
        return len(sightings)
    if isinstance(sightings, Path | str):
        return sum(map(unpacked_bytes, files_of(Path(sightings)))) // stream.LINE_BYTES
    if isinstance(sightings, list | tuple):
        return sum(map(len, sightings))
    return None


def frames(sightings: Source, cache: Path | None, folder: Path | None) -> Iterator[pd.DataFrame]:
    """The sightings, block after block, in the order they were written; cache, folder: as of `run`."""
    if isinstance(sightings, pd.DataFrame):
        for start in range(0, max(1, len(sightings)), BLOCK):
            yield sightings.iloc[start : start + BLOCK]
    elif isinstance(sightings, Path | str):
        yield from stream.stream(Path(sightings), cache=cache, folder=folder)
    else:
        yield from sightings


def _in_memory(entity_rows: EntityRows, blocks: Iterable[pd.DataFrame], key: str) -> Measured:
    passed = Known(key)
    parts = list(passed.of(blocks))
    whole = as_one(parts)
    del parts
    return Measured(gather([measure(entity_rows, whole)], key), passed.sightings, passed.without_key, 1, "pandas")

"""The same parts on the workers of a Dask cluster: one that is there already, or a local one for as long as needed.

Dask is optional. Workers of a cluster of your own must be able to import `analysis`: start them in the checkout.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import pandas as pd

from analysis.engines.buckets import check_travels
from analysis.engines.entities import EntityRows, Known, Measured, as_one, gather, measure, split
from analysis.terms.errors import AnalysisError, MissingTool

PARTS_EACH = 4  # parts a worker: several, so that one with a big part does not keep all others waiting
CONNECT_S = 10


def run(
    entity_rows: EntityRows,
    blocks: Iterable[pd.DataFrame],
    key: str,
    *,
    scheduler: str | None,
    processes: int | None,
) -> Measured:
    """Send each block's sightings to the worker that holds their part, measure the parts there, gather.

    scheduler: its address; a local cluster of *processes* workers (default: one a processor) where None.
    Raises AnalysisError.
    """
    check_travels(entity_rows)
    passed = Known(key)
    with _client(scheduler, processes) as client:
        workers = sorted(client.ncores())
        if not workers:
            raise AnalysisError(
                expected="workers to measure on",
                found="none",
                where=scheduler,
                next_step=f"start one in this checkout: dask worker {scheduler}",
            )
        pieces = _send(client, workers, passed.of(blocks), key)
        futures = [client.submit(_measure_pieces, entity_rows, held, pure=False) for _, held in sorted(pieces.items())]
        parts: list[pd.DataFrame] = client.gather(futures)
    parts = parts or [measure(entity_rows, passed.empty)]
    return Measured(gather(parts, key), passed.sightings, passed.without_key, len(parts), "dask")


def _send(client: Any, workers: list[str], blocks: Iterable[pd.DataFrame], key: str) -> dict[int, list[Any]]:
    """Futures of the sightings of each part, in the order they came; all of one part on one worker."""
    pieces: dict[int, list[Any]] = {}
    for block in blocks:
        parts = dict(split(block, key, PARTS_EACH * len(workers)))
        for number, worker in enumerate(workers):
            here = [part for part in parts if part % len(workers) == number]
            held = client.scatter([parts[part] for part in here], workers=[worker], hash=False) if here else []
            for part, future in zip(here, held, strict=True):
                pieces.setdefault(part, []).append(future)
    return pieces


def _measure_pieces(entity_rows: EntityRows, pieces: list[pd.DataFrame]) -> pd.DataFrame:
    """On a worker."""
    return measure(entity_rows, as_one(pieces))


@contextmanager
def local_cluster(processes: int | None) -> Iterator[str]:
    """The address of a cluster of *processes* workers on this machine (default: one a processor), ended with it."""
    workers = processes or os.cpu_count() or 1
    local: Any = _distributed().LocalCluster
    # Any free port: two local clusters, of two users say, must not warn of each other.
    with local(n_workers=workers, threads_per_worker=1, processes=True, dashboard_address=":0") as cluster:
        address: str = cluster.scheduler_address
        yield address


@contextmanager
def _client(scheduler: str | None, processes: int | None) -> Iterator[Any]:
    """A client of the given cluster, or of a local one that ends with it."""
    if scheduler is None:
        with local_cluster(processes) as address, _client(address, None) as client:
            yield client
        return
    try:
        client = _distributed().Client(scheduler, timeout=CONNECT_S, set_as_default=False)
    except (OSError, ValueError) as error:
        raise AnalysisError(
            expected="a Dask scheduler",
            found=str(error),
            where=scheduler,
            next_step="start one with `dask scheduler`, or leave the address out for a cluster on this machine",
        ) from error
    with client:
        yield client


def _distributed() -> Any:
    """Dask's module of clusters and clients, which is untyped."""
    try:
        import distributed  # noqa: PLC0415 - optional
    except ImportError as error:
        raise MissingTool(
            expected="Dask",
            found=str(error),
            where="engine 'dask'",
            next_step="run pip install 'dask[distributed]', or take engine='buckets', which needs nothing more",
        ) from error
    return distributed

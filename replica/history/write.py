"""python -m replica history: what hourly runs of the crawler would have recorded of the world that `serve` shows.

Deterministic: the same plan gives the same bytes. The lines are what the items and creators' replies of those hours
would have been written down as; the exact truth stands beside them in truth.jsonlines (truth.py).
"""

from __future__ import annotations

import gc
import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO
from zoneinfo import ZoneInfo

import orjson
from tqdm import tqdm

from replica.feed.world_feed import WorldSource
from replica.history import runs as history_runs
from replica.history.lines import Lines
from replica.history.plan import Plan
from replica.history.runs import Appended
from replica.history.truth import Truth
from replica.history.visit import visit
from replica.items.addresses import Media
from replica.options import ERAS

_NEVER = "lines are never written over"
FILES = ("tiktoks.jsonlines", "runs.jsonlines", "truth.jsonlines")
REPAIRED_FROM = 0.5  # in schema 1: from this part on, negative totals were repaired before they were written


def write(plan: Plan, directory: Path) -> dict[str, int]:
    """Write the files of *plan* into *directory*; returns how many lines each has.

    They appear together when all are whole. Raises ValueError where the plan holds no run, FileExistsError where a
    file is there already, also one that came while these were made, OSError where they can't be written.
    """
    if not plan.hours():
        raise ValueError(f"--days {plan.days:g} before --now hold no full hour whose run is over; give more days")
    directory.mkdir(parents=True, exist_ok=True)
    for name in FILES:
        if os.path.lexists(directory / name):
            raise FileExistsError(f"{directory / name} is there already: {_NEVER}")
    with TemporaryDirectory(prefix=".history-", dir=directory) as folder, _no_collecting():
        parts = {name: Path(folder) / name for name in FILES}
        counted = _write(plan, parts)
        _place_all({parts[name]: directory / name for name in reversed(FILES) if counted[name]})
    return counted


@contextmanager
def _no_collecting() -> Iterator[None]:
    """Without the garbage collector: nothing here is in cycles, and looking for some takes a tenth of the time."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def _place_all(places: Mapping[Path, Path]) -> None:
    """Give all parts their names, or none."""
    placed: list[Path] = []
    try:
        for part, file in places.items():
            _place(part, file)
            placed.append(file)
    except OSError:
        for file in placed:
            file.unlink()
        raise


def _place(part: Path, file: Path) -> None:
    """Give the whole *part* its name, in the place of nothing."""
    try:
        os.link(part, file)
    except FileExistsError as error:
        raise FileExistsError(f"{file} came meanwhile: {_NEVER}") from error
    except OSError:  # this file system knows no second name of a file
        if os.path.lexists(file):
            raise FileExistsError(f"{file} came meanwhile: {_NEVER}") from None
        part.rename(file)


def _write(plan: Plan, parts: Mapping[str, Path]) -> dict[str, int]:
    world = plan.world()
    sources = {era: WorldSource(world, plan.options(era), Media("")) for era in ERAS}
    lines = Lines(world, plan.unruly, zeros=plan.zeros)
    planned, truth, zone = plan.hours(), Truth(world, plan), ZoneInfo(plan.zone)
    counted = dict.fromkeys(FILES, 0)
    with ExitStack() as opened:
        tiktoks, runs, truths = (opened.enter_context(parts[name].open("wb")) for name in FILES)
        for number, hour in enumerate(tqdm(planned, desc="history", unit="run", disable=None)):
            seen = visit(sources[hour.era], hour, pace=plan.pace)
            run = history_runs.run_id(hour, seen.started_at, plan.seed)
            if plan.schema == 1:
                sightings = list(lines.of_2022(seen, zone, repaired=number >= REPAIRED_FROM * len(planned)))
            else:
                sightings = list(lines.of(seen, run))
            appended = _append(tiktoks, [sighting.line for sighting in sightings])
            truth.saw(run, sightings)
            counted[FILES[0]] += len(sightings)
            if plan.schema > 1:  # the study of 2022 kept no record of its runs
                counted[FILES[1]] += _append_all(runs, history_runs.records(seen, run, appended, plan.limit, plan.pace))
        counted[FILES[2]] = _append_all(truths, truth.lines())
    return counted


def _append(file: BinaryIO, records: list[dict[str, Any]]) -> Appended:
    told = b"".join(orjson.dumps(record, option=orjson.OPT_APPEND_NEWLINE) for record in records)
    start = file.tell()
    file.write(told)
    return Appended(records, start, start + len(told), hashlib.sha256(told).hexdigest())


def _append_all(file: BinaryIO, records: Iterable[Mapping[str, Any]]) -> int:
    count = 0
    for record in records:
        file.write(orjson.dumps(record, option=orjson.OPT_APPEND_NEWLINE))
        count += 1
    return count

"""A history's runs, made by one process or by several at once: the same bytes, since each run is a visit by itself.

Each process makes a piece of the hours that follow one another. The first piece is made here; the others by copies of
this process, which leave files for it to put behind.
"""

from __future__ import annotations

import hashlib
import multiprocessing
import os
import pickle
import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, BinaryIO
from zoneinfo import ZoneInfo

import orjson
from tqdm import tqdm

from replica.feed.world_feed import WorldSource
from replica.history import runs as history_runs
from replica.history.hours import Hour
from replica.history.lines import Lines, Sighting
from replica.history.plan import Plan
from replica.history.runs import Appended
from replica.history.truth import Truth
from replica.history.visit import visit
from replica.items.addresses import Media
from replica.options import ERAS
from replica.world.world import World

REPAIRED_FROM = 0.5  # in schema 1: from this part on, negative totals were repaired before they were written
WORTH_IT = 100  # runs of a piece, below which another process costs more than it makes
OFFSETS = ("bytes_from", "bytes_to")


@dataclass(frozen=True, slots=True)
class Counted:
    """Lines written of sightings and of runs."""

    sightings: int = 0
    runs: int = 0

    def __add__(self, other: Counted) -> Counted:
        return Counted(self.sightings + other.sightings, self.runs + other.runs)


@dataclass(frozen=True, slots=True)
class Maker:
    """Makes the lines of hours. world, planned: those of *plan*."""

    plan: Plan
    world: World
    planned: Sequence[Hour]

    def piece(
        self,
        numbers: range,
        tiktoks: BinaryIO,
        runs: BinaryIO,
        saw: Callable[[str, list[Sighting]], None],
        step: Callable[[], object] = lambda: None,
    ) -> Counted:
        """Append the lines of the hours of these *numbers*; *saw* takes a run's sightings, *step* follows each run."""
        plan = self.plan
        sources = {era: WorldSource(self.world, plan.options(era), Media("")) for era in ERAS}
        lines, zone, counted = Lines(self.world, plan.unruly, zeros=plan.zeros), ZoneInfo(plan.zone), Counted()
        for number in numbers:
            hour = self.planned[number]
            seen = visit(sources[hour.era], hour, pace=plan.pace)
            run = history_runs.run_id(hour, seen.started_at, plan.seed)
            if plan.schema == 1:
                repaired = number >= REPAIRED_FROM * len(self.planned)
                sightings = list(lines.of_2022(seen, zone, repaired=repaired))
            else:
                sightings = list(lines.of(seen, run))
            appended = append(tiktoks, [sighting.line for sighting in sightings])
            saw(run, sightings)
            of_run = 0
            if plan.schema > 1:  # the study of 2022 kept no record of its runs
                of_run = append_all(runs, history_runs.records(seen, run, appended, plan.limit, plan.pace))
            counted += Counted(len(sightings), of_run)
            step()
        return counted


def make(maker: Maker, truth: Truth, files: tuple[BinaryIO, BinaryIO], folder: Path, processes: int) -> Counted:
    """Write the lines of all hours, of sightings and of runs; *truth* takes every sighting.

    files: of sightings and of runs, empty. folder: where other processes may leave theirs. processes: how many at most.
    Raises RuntimeError where one of them failed; what it said stands on stderr.
    """
    first, *others = cut(len(maker.planned), processes)
    fork = multiprocessing.get_context("fork") if others else None
    started = [(fork.Process(target=_leave, args=(maker, piece, _left(folder, piece)))) for piece in others if fork]
    for process in started:
        process.start()
    try:
        with tqdm(total=len(maker.planned), desc="history", unit="run", disable=None) as bar:
            counted = maker.piece(first, *files, truth.saw, bar.update)
            for piece, process in zip(others, started, strict=True):
                counted += _behind(maker, truth, files, _left(folder, piece), process)
                bar.update(len(piece))
    finally:
        for process in started:
            process.kill()
            process.join()
    return counted


def processors() -> int:
    """How many processes may run at once here."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "fork") else 1


def cut(runs: int, processes: int) -> list[range]:
    """Cut so many runs into pieces of like size, one a process, but none of few."""
    many = max(1, min(processes, runs // WORTH_IT))
    ends = [runs * n // many for n in range(many + 1)]
    return [range(begin, end) for begin, end in pairwise(ends)]


def _left(folder: Path, piece: range) -> Path:
    return folder / f"from-{piece.start}"


def _leave(maker: Maker, numbers: range, where: Path) -> None:
    """In a process of its own: make a piece and leave it in the folder *where*."""
    where.mkdir()
    seen: list[tuple[str, list[tuple[int, Any]]]] = []
    with (where / "tiktoks").open("wb") as tiktoks, (where / "runs").open("wb") as runs:
        counted = maker.piece(
            numbers,
            tiktoks,
            runs,
            lambda run, told: seen.append((run, [(one.tiktok.index, one.exact) for one in told])),
        )
    (where / "seen").write_bytes(pickle.dumps((counted, seen), protocol=pickle.HIGHEST_PROTOCOL))


def _behind(maker: Maker, truth: Truth, files: tuple[BinaryIO, BinaryIO], where: Path, process: BaseProcess) -> Counted:
    """Wait for a piece and put it behind what stands in *files*."""
    process.join()
    if process.exitcode != 0:
        raise RuntimeError(f"a process that made a part of the history ended with {process.exitcode}")
    tiktoks, runs = files
    start = tiktoks.tell()
    with (where / "tiktoks").open("rb") as lines:
        shutil.copyfileobj(lines, tiktoks)
    append_all(runs, (_moved(orjson.loads(line), start) for line in (where / "runs").read_bytes().splitlines()))
    counted: Counted
    counted, seen = pickle.loads((where / "seen").read_bytes())
    for run, told in seen:
        truth.saw(run, [Sighting({}, maker.world.tiktok(index), exact) for index, exact in told])
    shutil.rmtree(where)
    return counted


def _moved(record: dict[str, Any], start: int) -> dict[str, Any]:
    """A run's line whose bytes begin *start* further on."""
    return {**record, **{name: record[name] + start for name in OFFSETS if record.get(name) is not None}}


def append(file: BinaryIO, records: list[dict[str, Any]]) -> Appended:
    """Append a run's lines."""
    told = b"".join(orjson.dumps(record, option=orjson.OPT_APPEND_NEWLINE) for record in records)
    start = file.tell()
    file.write(told)
    return Appended(records, start, start + len(told), hashlib.sha256(told).hexdigest())


def append_all(file: BinaryIO, records: Iterable[Mapping[str, Any]]) -> int:
    """Append lines one by one; returns how many."""
    count = 0
    for record in records:
        file.write(orjson.dumps(record, option=orjson.OPT_APPEND_NEWLINE))
        count += 1
    return count

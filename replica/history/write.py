"""python -m replica history: what hourly runs of the crawler would have recorded of the world that `serve` shows.

Deterministic: the same plan gives the same bytes. The lines are what the items and creators' replies of those hours
would have been written down as; the exact truth stands beside them in truth.jsonlines (truth.py).
"""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from replica.history.pieces import Maker, append_all, make
from replica.history.plan import Plan
from replica.history.truth import Truth

_NEVER = "lines are never written over"
FILES = ("tiktoks.jsonlines", "runs.jsonlines", "truth.jsonlines")


def write(plan: Plan, directory: Path, *, processes: int = 1) -> dict[str, int]:
    """Write the files of *plan* into *directory*; returns how many lines each has.

    They appear together when all are whole. processes: how many make them at most; the bytes are the same. Raises
    ValueError where the plan holds no run, FileExistsError where a file is there already, also one that came while
    these were made, OSError where they can't be written, RuntimeError where another process failed.
    """
    if not plan.hours():
        raise ValueError(f"--days {plan.days:g} before --now hold no full hour whose run is over; give more days")
    directory.mkdir(parents=True, exist_ok=True)
    for name in FILES:
        if os.path.lexists(directory / name):
            raise FileExistsError(f"{directory / name} is there already: {_NEVER}")
    with TemporaryDirectory(prefix=".history-", dir=directory) as folder, _no_collecting():
        parts = {name: Path(folder) / name for name in FILES}
        counted = _write(plan, parts, Path(folder), processes)
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


def _write(plan: Plan, parts: Mapping[str, Path], folder: Path, processes: int) -> dict[str, int]:
    world = plan.world()
    maker, truth = Maker(plan, world, plan.hours()), Truth(world, plan)
    with ExitStack() as opened:
        tiktoks, runs, truths = (opened.enter_context(parts[name].open("wb")) for name in FILES)
        counted = make(maker, truth, (tiktoks, runs), folder, processes)
        return dict(zip(FILES, (counted.sightings, counted.runs, append_all(truths, truth.lines())), strict=True))

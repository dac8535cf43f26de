"""Where the merged lines come from and go to: a new folder or file, which is there whole or not at all."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, tzinfo
from pathlib import Path
from typing import Any

from ...errors import BadSetting, CouldNotWrite
from ...items import SCHEMA, stamp
from ...needs.places import why
from ..encode import encode
from ..on_disk import sync_folder
from ..spool import FILES
from .inputs import kind_of_file, of_folder
from .one_file import Merged, merge_files

LINES, RUNS, _ = FILES
EVENT = "merged"


def merge(
    inputs: Sequence[Path], out: Path, *, zone: tzinfo = UTC, read: Callable[[int], object] = int
) -> list[Merged]:
    """Merge folders into the new folder *out*, or files into the new file *out*; returns what each new file holds.

    A new folder's record of runs ends with a line of the event "merged", which tells of what.

    Raises:
        BadSetting: what is named can't be merged, or *out* is there already.
        CouldNotWrite: *out* can't be written; nothing of it is there. Or what `merge_files` raises.
    """
    plan = planned(inputs)
    _check_new(out, folder=inputs[0].is_dir())
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        with _staging(out) as staging:
            if not inputs[0].is_dir():
                ((file, paths),) = plan.items()
                merged = [merge_files(paths, staging / out.name, zone=zone, strict=file != RUNS, read=read)]
                _put_file(staging, out)
                return merged
            merged = [
                merge_files(paths, staging / file, zone=zone, strict=file != RUNS, read=read)
                for file, paths in plan.items()
            ]
            _tell(staging / RUNS, merged)
            _put_folder(staging, out)
            return merged
    except OSError as error:
        raise CouldNotWrite(f"{out} was not written: {_of(out, error)}") from error


def planned(inputs: Sequence[Path]) -> dict[str, list[Path]]:
    """Return which files are merged, by the file of FILES that they make.

    Raises:
        BadSetting: one is not there, folders and files are named together, or files of different sorts.
    """
    if missing := [path for path in inputs if not path.exists()]:
        raise BadSetting(f"there is no {missing[0]}: name the folders where crawls wrote, or files of lines")
    folders = {path.is_dir() for path in inputs}
    if len(folders) > 1:
        raise BadSetting("name folders alone or files alone: folders make a folder, and files make a file")
    if folders == {False}:
        sorts: dict[str, list[Path]] = {}
        for path in inputs:
            sorts.setdefault(kind_of_file(path), []).append(path)
        if len(sorts) > 1:
            told = " and ".join(str(paths[0]) for paths in sorts.values())
            raise BadSetting(f"{told} hold different things: merge each sort by itself, or name their folders")
        return sorts
    for folder in inputs:
        if not any(of_folder(folder, file) for file in FILES):
            raise BadSetting(f"{folder} holds no {', no '.join(FILES)}: name a folder where a crawl wrote")
    found = {file: [path for folder in inputs for path in of_folder(folder, file)] for file in FILES}
    return {file: paths for file, paths in found.items() if paths}


def _check_new(out: Path, *, folder: bool) -> None:
    empty = folder and out.is_dir() and not out.is_symlink() and not any(out.iterdir())
    beside = () if folder else (out.with_name(out.name + ".torn"),)
    if there := [path for path in (out, *beside) if os.path.lexists(path) and not empty]:
        may = "an empty folder, or one that is not there yet" if folder else "a file that is not there yet"
        raise BadSetting(f"{there[0]} is there already, and nothing is ever written over: name {may}")


@contextmanager
def _staging(out: Path) -> Iterator[Path]:
    """A folder beside *out* that goes at the end, unless it has become *out*."""
    staging = Path(tempfile.mkdtemp(prefix=f".{out.name}.", suffix=".merging", dir=out.parent))
    try:
        yield staging
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _put_folder(staging: Path, out: Path) -> None:
    umask = os.umask(0)
    os.umask(umask)
    staging.chmod(0o777 & ~umask)
    sync_folder(staging)
    staging.rename(out)  # over an empty folder, too, and over nothing else
    sync_folder(out.parent)


def _put_file(staging: Path, out: Path) -> None:
    for path in sorted(staging.iterdir(), reverse=True):  # what is torn first: the file is what one looks for
        os.link(path, out.with_name(path.name))  # never over another, as a rename would
    sync_folder(out.parent)


def _tell(runs: Path, merged: Sequence[Merged]) -> None:
    """Append the line that tells what was merged: what runs say of their bytes does not fit the new file."""
    files = [
        {
            "file": one.file,
            "lines": one.lines,
            "repeats": one.repeats,
            "bad": one.bad,
            "sha256": one.sha256,
            "from": [{"file": str(of.path), "lines": of.lines, "bad": of.bad} for of in one.inputs],
        }
        for one in merged
    ]
    told: dict[str, Any] = {"event": EVENT, "run": None, "schema": SCHEMA, "at": stamp(time.time()), "merged": files}
    with runs.open("ab") as file:
        file.write(encode(told))
        file.flush()
        os.fsync(file.fileno())


def _of(out: Path, error: OSError) -> str:
    return why(Path(error.filename) if isinstance(error.filename, str) else out, error)

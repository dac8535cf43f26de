"""The record of a new generation: a line of runs.jsonlines for a file put in place, also where a kill came between."""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from ..items import SCHEMA, stamp
from ..lines import Generation, Line, LineFile, generation_of, read_lines
from ..lines.generation import EVENT
from .folder import PENDING, Folder
from .rewrite import Judge, Rewritten, Watch, rewrite

_BLOCK = 1 << 20


def current(folder: Folder) -> Generation:
    """Return the generation that the directory is at."""
    return generation_of(_records(folder.runs))


def next_generation(
    folder: Folder,
    path: Path,
    judge: Judge,
    *,
    reason: str,
    removed: Callable[[Rewritten], int],
    watch: Watch = lambda _: None,
    **told: Any,
) -> Rewritten:
    """Write a file of sightings anew; of tiktoks.jsonlines it is a new generation, which runs.jsonlines is told of.

    reason: "pseudonymise", "forget" or "expire". removed: how many lines of all files are gone by then. told: what else
    the record's line says.

    Raises:
        CouldNotWrite: as of `rewrite`.
    """
    if path != folder.main:
        return rewrite(path, judge, watch=watch)
    pending = folder.path / PENDING

    def before(made: Rewritten) -> None:
        number = current(folder).number + 1
        _write(pending, generation(number, made, reason=reason, removed=removed(made), **told))

    def after(_: Rewritten) -> None:
        _settle(folder, json.loads(pending.read_bytes()))

    return rewrite(path, judge, watch=watch, before=before, after=after)


def generation(number: int, made: Rewritten, *, reason: str, removed: int, **told: Any) -> dict[str, Any]:
    """The line of runs.jsonlines that tells of a new generation."""
    return {
        "event": EVENT,
        "run": None,
        "schema": SCHEMA,
        "at": stamp(time.time()),
        "generation": number,
        "reason": reason,
        "bytes": made.bytes,
        "sha256": made.sha256,
        "lines": made.lines,
        "removed": removed,
        **told,
    }


def settle(folder: Folder) -> None:
    """Tell the record of a generation that a killed command had put in place and not told of; else forget of it."""
    pending = folder.path / PENDING
    try:
        told = json.loads(pending.read_bytes())
    except FileNotFoundError:
        return
    except ValueError:  # killed while it was written: then nothing was put in place
        pending.unlink()
        return
    in_place = folder.main.exists() and _begins_with(folder.main, told["bytes"], told["sha256"])
    if in_place and current(folder).number < told["generation"]:
        _settle(folder, told)
    else:
        pending.unlink()


def _settle(folder: Folder, told: dict[str, Any]) -> None:
    with LineFile(folder.runs, sync_lines=1) as runs:
        runs.append(told)
    (folder.path / PENDING).unlink()


def _write(path: Path, told: dict[str, Any]) -> None:
    with path.open("w", encoding="utf-8") as file:
        json.dump(told, file)
        file.flush()
        os.fsync(file.fileno())


def _begins_with(path: Path, size: int, sha256: str) -> bool:
    digest, left = hashlib.sha256(), size
    with path.open("rb") as file:
        while left and (block := file.read(min(_BLOCK, left))):
            digest.update(block)
            left -= len(block)
    return not left and digest.hexdigest() == sha256


def _records(runs: Path) -> Iterator[dict[str, Any]]:
    if runs.exists():
        yield from (line.record for line in read_lines(runs) if isinstance(line, Line))

"""A file holds simulated lines or real ones, never both."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from ..errors import MixedLines
from .record import NotARecord, record_of

_SAMPLE = 1 << 16  # bytes at each end


def check_mixing(path: Path, simulated: bool) -> None:
    """Make sure that lines of this kind may be appended to *path*; reads its head and its tail.

    A file that doesn't exist, or holds no line yet, takes either kind. A line without `simulated` is real:
    those of 2022 are.

    Raises:
        MixedLines: it holds lines of the other kind.
    """
    kinds = kinds_in(path)
    if kinds - {simulated}:
        held, new = ("real", "simulated") if simulated else ("simulated", "real")
        raise MixedLines(
            f"{path} holds {held} lines and this run would add {new} ones: set TIKTOK_DATA_DIR to another directory"
        )


def kinds_in(path: Path) -> set[bool]:
    """Return which kinds of line the head and the tail of *path* hold: simulated True, real False."""
    return {kind for record in sampled(path) if (kind := kind_of(record)) is not None}


def sampled(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the records at the head and the tail of *path*; none of what isn't there, or is no plain file.

    To open a pipe would wait for whoever writes into it; what is wrong with it is told where lines are to be appended.
    """
    if not path.is_file():
        return
    try:
        with path.open("rb") as file:
            head = file.read(_SAMPLE).splitlines()
            file.seek(max(file.seek(0, os.SEEK_END) - _SAMPLE, 0))
            tail = file.read(_SAMPLE).splitlines()
    except FileNotFoundError:
        return
    for raw in (*head, *tail):
        # Lines cut by the samples' own edges don't parse; neither does what a reader would report as bad.
        with suppress(NotARecord):
            yield record_of(raw)


def kind_of(record: dict[str, Any]) -> bool | None:
    """Return whether a line is simulated; None where it doesn't tell.

    A sighting that doesn't say so is real, as those of 2022 are. A run's start can't say so, since nobody has answered
    yet, and neither can the end of a run that saw nothing, though older ones say that it is real.
    """
    told = record.get("simulated")
    if "event" in record:
        return None if told is None or not (told or record.get("seen")) else bool(told)
    if told is not None:
        return bool(told)
    return False if "url" in record else None

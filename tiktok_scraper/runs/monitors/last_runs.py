"""Which of the last runs a run is compared with: those that asked the same of the site in the same way."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from ...lines import Line, read_lines

# The site may answer to each of these with another feed, and what is told hangs on how it is read.
CONDITIONS = (
    *("simulated", "wanted_source", "wanted_view", "creator_counts", "pace", "media", "headless"),
    *("locale", "zone", "viewport"),
)
ENOUGH_LINES = 20  # a run of fewer is compared with none, and none with it
TAIL_BYTES = 4 << 20  # some months of hourly runs


def last_runs(records: Iterable[Mapping[str, Any]], run: Mapping[str, Any], most: int) -> list[Mapping[str, Any]]:
    """Return the ends of the last runs that *run* (as an end tells it) can be compared with, at most so many.

    They were fit for use, under the same CONDITIONS, tell of their feed, and have half to twice as many lines.
    A run that was unfit is none of them, so that what made it so does not become what is expected.
    """
    lines = run.get("written") or 0
    if lines < ENOUGH_LINES or most < 1:
        return []
    like = [
        record
        for record in records
        if record.get("event") == "end"
        and record.get("verdict") == "fit"
        and record.get("run") != run.get("run")
        and isinstance(record.get("feed"), dict)
        and all(record.get(name) == run.get(name) for name in CONDITIONS)
        and isinstance(written := record.get("written"), int)
        and written >= ENOUGH_LINES
        and lines <= 2 * written
        and written <= 2 * lines
    ]
    return like[-most:]


def read_last(path: Path) -> list[dict[str, Any]]:
    """Return the records at the end of runs.jsonlines, in their order; none without a file."""
    try:
        lines = list(read_lines(path, max(0, path.stat().st_size - TAIL_BYTES)))
    except OSError:
        return []
    return [line.record for line in lines if isinstance(line, Line)]

"""From when to when the job is meant to run, noted where the job notes its starts."""

from __future__ import annotations

import contextlib
from datetime import UTC, datetime
from pathlib import Path


def note(what: str, job: Path) -> None:
    """Note it, so that hours in which *job* was not meant to run are not told as missed."""
    notes = job.parent / "runs" / "attempts"
    with contextlib.suppress(OSError):  # it only explains: the crontab or the timer is what counts
        notes.parent.mkdir(exist_ok=True)
        with notes.open("a", encoding="utf-8") as file:
            file.write(f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}\t{what}\t\n")

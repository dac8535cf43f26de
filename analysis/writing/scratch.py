"""A copy of the sightings on disk for as long as it is needed, and what is said where there is no room for it."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from analysis.terms.errors import AnalysisError


@contextmanager
def room_in(folder: Path | None) -> Iterator[None]:
    """Say in our own words that there is no room for the copy in *folder* (None: the system's temporary one)."""
    try:
        yield
    except OSError as error:
        raise AnalysisError(
            expected="room for a copy of the sightings",
            found=str(error),
            where=folder or "the system's temporary folder",
            next_step="make room, or name another folder (TMPDIR names the temporary one)",
        ) from error


@contextmanager
def scratch(folder: Path | None) -> Iterator[Path]:
    """A folder in *folder* (None: the system's temporary one) that goes at the end, however it comes.

    Raises:
        AnalysisError: none can be made there.
    """
    with room_in(folder):
        made = tempfile.TemporaryDirectory(prefix="sightings-", dir=folder, ignore_cleanup_errors=True)
    with made as path:
        yield Path(path)

"""Can a run keep what it gathers? Looked at before anything is opened, so that it costs no visit."""

from __future__ import annotations

from pathlib import Path

from ..config import CrawlConfig
from ..errors import CouldNotWrite
from ..needs.places import check_folder, why

# A run of the longest hour writes about one megabyte of lines; its record has to fit as well.
ROOM_BYTES = 2 << 20


def check_folders(config: CrawlConfig) -> None:
    """Look whether lines, and what else the settings ask for, can be written.

    Raises:
        CouldNotWrite: a folder can't be made or written in, or its disk is full; the message says what to do.
    """
    kept = {"raw": config.keep_raw, "evidence": config.evidence}
    for folder in (config.data_dir, *(config.data_dir / name for name, wanted in kept.items() if wanted)):
        try:
            check_folder(folder, ROOM_BYTES)
        except OSError as error:
            raise CouldNotWrite(f"nothing can be written in {_spelled(folder)}: {why(folder, error)}") from error


def _spelled(folder: Path) -> str:
    return str(folder.absolute())

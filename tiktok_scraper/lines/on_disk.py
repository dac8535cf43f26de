"""A folder's names brought to the disk: a file that was made, renamed or removed is so for good only then."""

from __future__ import annotations

import os
from pathlib import Path


def sync_folder(folder: Path) -> None:
    """Fsync *folder*.

    Raises:
        OSError: it can't be opened, or its disk refuses.
    """
    fd = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)

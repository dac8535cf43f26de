"""A stretch of an open file, read without moving where the file is read: another thread may be reading it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import BinaryIO


def read_at(file: BinaryIO, length: int, at: int) -> bytes:
    """Return at most *length* bytes of *file* from byte *at*; fewer only where the file ends.

    Where the system has no such call (Windows), the file is opened once more by its name.
    """
    if not hasattr(os, "pread"):
        with Path(file.name).open("rb") as again:
            again.seek(at)
            return again.read(length)
    found = b""
    while piece := os.pread(file.fileno(), length - len(found), at + len(found)):
        found += piece
    return found

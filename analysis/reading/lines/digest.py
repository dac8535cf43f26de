"""The hash of a stretch of a file, as sha256sum gives it."""

from __future__ import annotations

import hashlib
from typing import BinaryIO

from analysis.reading.lines.at import read_at

CHUNK = 1 << 20  # bytes read at a time


def sha256(file: BinaryIO, start: int, end: int) -> str:
    """Return the hash of the bytes from *start* to *end*, or to where the file ends now; where it is read stays."""
    digest, at = hashlib.sha256(), start
    while piece := read_at(file, min(CHUNK, end - at), at):
        digest.update(piece)
        at += len(piece)
    return digest.hexdigest()

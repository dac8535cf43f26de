"""What a killed writer left at a file's end."""

from __future__ import annotations

import os

from .record import LONGEST, is_record

_BLOCK = 1 << 16


def torn_tail(fd: int, size: int) -> tuple[int, bytes]:
    """Return where the last whole line ends, and the bytes after it; no bytes where they are a whole object.

    The file has *size* bytes and no newline at its end. An object can't be cut short and still be one, so a
    tail that parses only lacks its newline.
    """
    start, blocks = size, [b""]
    while start and b"\n" not in blocks[-1]:
        length = min(_BLOCK, start)
        start -= length
        blocks.append(os.pread(fd, length, start))
    tail = b"".join(reversed(blocks))
    cut = tail.rfind(b"\n") + 1
    tail = tail[cut:]
    whole = len(tail) < LONGEST and is_record(tail)
    return (size, b"") if whole else (start + cut, tail)

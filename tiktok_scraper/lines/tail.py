"""What a killed writer left at a file's end."""

from __future__ import annotations

import os

import orjson

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
    try:
        whole = isinstance(orjson.loads(tail), dict)
    except orjson.JSONDecodeError:
        whole = False
    return (size, b"") if whole else (start + cut, tail)

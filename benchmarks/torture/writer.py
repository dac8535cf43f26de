"""What is killed: a process that appends lines without end, and tells each on a pipe once its append has returned."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable
from itertools import count
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from tiktok_scraper.lines import LineFile
from tiktok_scraper.lines.spool import KeptFile

KINDS = ("LineFile", "KeptFile")
# Sizes in characters: as most lines, as rejected items, and so long that a kill can fall into the write.
SIZES = ((0.80, 3_000), (0.97, 64_000), (1.00, 1_500_000))
# What a reader that looks for records on torn lines could fall for.
_TEXT = '\n{"run":"forged","n":1}\u2028\\" \x1b[2J 🎵 {"scraped_at":"2026-01-01T00:00:00+00:00"}\r\n'


def record(writer: str, n: int, drawn: random.Random) -> dict[str, Any]:
    """The *n*th line of a writer; "sum" is the SHA-256 of its text, so a line that is not as written is known."""
    share = drawn.random()
    most = next(size for below, size in SIZES if share <= below)
    text = (_TEXT + "x" * most)[: drawn.randrange(most)]
    return {"run": writer, "n": n, "sum": summed(text), "text": text}


def summed(text: str) -> str:
    """SHA-256 of a text, in hex."""
    return hashlib.sha256(text.encode()).hexdigest()


def write(path: Path, kind: str, writer: str, acknowledge: Connection) -> None:
    """Append to *path* by *kind*, one of KINDS, until killed; *acknowledge* takes each line's number as text."""
    append = appender(path, kind, writer)
    drawn = random.Random(writer)
    for n in count():
        append(record(writer, n, drawn))
        acknowledge.send_bytes(str(n).encode())


def appender(path: Path, kind: str, writer: str) -> Callable[[dict[str, Any]], object]:
    """What appends one record, and returns once it is acknowledged."""
    if kind == "LineFile":
        return LineFile(path).append
    kept = KeptFile(path, lambda: writer)

    def append(line: dict[str, Any]) -> None:
        if not kept.append(line):
            raise RuntimeError(f"{path} took no line: {kept.refused}")

    return append

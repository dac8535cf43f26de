"""The copy of one file as it would be: what is here, and what was fetched to stand behind it or in its place."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

BLOCK = 1 << 20


@dataclass(frozen=True)
class Copy:
    """here: the file that is here, there or not. kept: how many of its bytes stay, 0 where it is fetched anew.

    fetched: the file that was fetched, None where nothing was: its bytes from *kept* on are those of the one there;
    before may be a hole, which takes no room. packed: it is a compressed file, without lines.
    """

    here: Path
    kept: int
    fetched: Path | None = None
    packed: bool = False

    @property
    def whole(self) -> int:
        """Where the last whole line ends: the writer there may have been in the middle of one."""
        if self.fetched is None or not self.fetched.exists():
            return self.kept
        found = self.fetched.stat().st_size if self.packed else whole_lines(self.fetched)
        return max(found, self.kept)

    def pieces(self, start: int = 0, end: int | None = None) -> Iterator[bytes]:
        """The bytes from *start* to *end*, or to the end of the last whole line, in blocks."""
        end = self.whole if end is None else end
        if start < min(self.kept, end):
            yield from _pieces(self.here, start, min(self.kept, end))
        if self.fetched is not None and end > max(start, self.kept):
            yield from _pieces(self.fetched, max(start, self.kept), end)

    def sha256(self, start: int = 0, end: int | None = None) -> str:
        """SHA-256 of these bytes, in hex."""
        digest = hashlib.sha256()
        for piece in self.pieces(start, end):
            digest.update(piece)
        return digest.hexdigest()

    def count(self, start: int = 0, end: int | None = None) -> int:
        """How many lines end between these bytes."""
        return sum(piece.count(b"\n") for piece in self.pieces(start, end))

    def lines(self, start: int = 0) -> Iterator[bytes]:
        """The whole lines from byte *start* on, which begins one, each with its newline."""
        rest = b""
        for piece in self.pieces(start):
            *whole, rest = (rest + piece).split(b"\n")
            yield from (line + b"\n" for line in whole)


def whole_lines(path: Path) -> int:
    """Where the last whole line of a file ends, in bytes; 0 where there is no such file."""
    if not path.exists():
        return 0
    with path.open("rb") as file:
        at = os.fstat(file.fileno()).st_size
        while at:
            start = max(at - BLOCK, 0)
            if (found := os.pread(file.fileno(), at - start, start).rfind(b"\n")) >= 0:
                return start + found + 1
            at = start
    return 0


def _pieces(path: Path, start: int, end: int) -> Iterator[bytes]:
    with path.open("rb") as file:
        file.seek(start)
        while start < end and (block := file.read(min(BLOCK, end - start))):
            start += len(block)
            yield block

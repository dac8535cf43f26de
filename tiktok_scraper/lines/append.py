"""Appending: a lock, one write per line, and what a killed writer tore is set aside before the next line."""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
import stat
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import orjson

from ..errors import CouldNotWrite, NotLines
from ..needs.places import why
from .aside import aside, aside_of
from .foreign import HEAD, foreign
from .record import LONGEST, records_on
from .tail import torn_tail

_SURROGATE = re.compile("[\ud800-\udfff]")


class LineFile:
    """One JSON-lines file open for appending. Several processes may append to the same file at once.

    Every line is a single write at the file's end under a lock, so a killed process can leave at most one
    torn line; whoever appends next moves that aside to `<name>.torn`. A line that the disk refuses is cut off
    again. The file may be replaced while it is open (a new generation renamed over it): the next line goes
    there.

    torn: how many torn tails were moved aside. lines: how many were appended. start, end: the byte offsets of
    the first appended line and after the last, None before the first. digest: SHA-256 of the appended bytes.
    """

    def __init__(self, path: Path, *, sync_lines: int = 20) -> None:
        """Open *path*, made with its directories if need be, to be fsynced after every *sync_lines* lines.

        Raises:
            CouldNotWrite: the file can't be opened or locked; the message says why.
            NotLines: it is of another kind, such as gzip: it stays as it is.
        """
        self.path = path
        self.sync_lines = sync_lines
        self.torn = self.lines = self._written = 0
        self.start: int | None = None
        self.end: int | None = None
        self._sha = hashlib.sha256()
        self._fd = self._open()
        with self._at_the_end():
            pass

    def append(self, record: Mapping[str, Any]) -> None:
        """Write one object as one line.

        Raises:
            CouldNotWrite: the disk is full, or refuses; the file ends with the line before.
        """
        line = encode(record)
        with self._at_the_end() as end:
            self._write(line, end)
        self.start = end if self.start is None else self.start
        self.end = end + len(line)
        self.lines += 1
        self._written += len(line)
        self._sha.update(line)
        if self.lines % self.sync_lines == 0:
            os.fsync(self._fd)

    @property
    def alone(self) -> bool:
        """Whether nobody else wrote between our first byte and our last: then these bytes are those between them."""
        return self.start is not None and self.end is not None and self.end - self.start == self._written

    @property
    def digest(self) -> str:
        """SHA-256 of the appended bytes, in hex."""
        return self._sha.hexdigest()

    def close(self) -> None:
        """Fsync and close; a second time does nothing."""
        if self._fd >= 0:
            fd, self._fd = self._fd, -1
            try:
                os.fsync(fd)
            finally:
                os.close(fd)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _open(self) -> int:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            fd = os.open(self.path, os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o644)
        except OSError as error:
            link = f" (a link to {self.path.readlink()})" if self.path.is_symlink() else ""
            raise CouldNotWrite(f"{self.path}{link} can't be opened for appending: {why(self.path, error)}") from error
        if not stat.S_ISREG(os.fstat(fd).st_mode):
            os.close(fd)
            raise CouldNotWrite(f"{self.path} can't be appended to: it is no plain file; move it away")
        if (known := foreign(os.pread(fd, HEAD, 0))) is not None:
            os.close(fd)
            raise NotLines(f"{known.told(self.path)}; or choose another place with TIKTOK_DATA_DIR")
        return fd

    @contextmanager
    def _at_the_end(self) -> Iterator[int]:
        """Hold the lock, with the file's end right behind a whole line; yields that end."""
        self._lock()
        try:
            end = os.fstat(self._fd).st_size
            if end and os.pread(self._fd, 1, end - 1) != b"\n":
                end = self._mend(end)
            yield end
        finally:
            fcntl.flock(self._fd, fcntl.LOCK_UN)

    def _lock(self) -> None:
        """Lock the file that has our name now: it may have been replaced since we opened it."""
        while True:
            try:
                fcntl.flock(self._fd, fcntl.LOCK_EX)
            except OSError as error:
                raise CouldNotWrite(f"{self.path} can't be locked: {error.strerror}") from error
            ours = os.fstat(self._fd)
            try:
                named = self.path.stat()
            except FileNotFoundError:
                named = None
            if named is not None and (named.st_dev, named.st_ino) == (ours.st_dev, ours.st_ino):
                return
            os.close(self._fd)
            self._fd = self._open()

    def _mend(self, size: int) -> int:
        """Give the last line its newline if it is whole, else leave what is whole on it; returns the new end."""
        whole, tail = torn_tail(self._fd, size)
        if not tail:
            self._write(b"\n", size)
            return size + 1
        spans = records_on(tail) if len(tail) < LONGEST else []
        kept = b"".join(tail[begins:ends] + b"\n" for begins, ends in spans)
        edges = [0, *(edge for span in spans for edge in span), len(tail)]
        rest = [tail[begins:ends] for begins, ends in zip(edges[::2], edges[1::2], strict=True)]
        try:
            with aside(self.path) as torn:
                torn.write(b"".join(piece + b"\n" for piece in rest if piece.strip()))
        except OSError as error:
            raise CouldNotWrite(
                f"{self.path} ends in a torn line, which could not be set aside: {why(aside_of(self.path), error)}. "
                "It is as it was"
            ) from error
        os.ftruncate(self._fd, whole)
        self.torn += 1
        if kept:
            self._write(kept, whole)
        return whole + len(kept)

    def _write(self, line: bytes, end: int) -> None:
        try:
            written = os.write(self._fd, line)
            reason = f"only {written} of {len(line)} bytes fitted"
        except OSError as error:
            written, reason = 0, error.strerror or str(error)
        if written != len(line):
            os.ftruncate(self._fd, end)
            raise CouldNotWrite(
                f"{self.path}: the line at byte {end} could not be written: {reason}. The file ends with the "
                "line before; free some space, or choose another place with TIKTOK_DATA_DIR"
            )


def encode(record: Mapping[str, Any]) -> bytes:
    """Return the record as one line of bytes, its keys in their order. A lone surrogate becomes U+FFFD."""
    try:
        return orjson.dumps(record, option=orjson.OPT_APPEND_NEWLINE)
    except TypeError:
        return orjson.dumps(_spellable(record), option=orjson.OPT_APPEND_NEWLINE)


def _spellable(value: Any) -> Any:
    if isinstance(value, str):
        return _SURROGATE.sub("\ufffd", value)
    if isinstance(value, Mapping):
        return {_spellable(str(key)): _spellable(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_spellable(inner) for inner in value]
    return value if value is None or isinstance(value, bool | float) else _number_or_text(value)


def _number_or_text(value: Any) -> Any:
    # What JSON has no form for (an integer of more than 64 bits, bytes) is kept as text rather than lost.
    return value if isinstance(value, int) and -(1 << 63) <= value < 1 << 64 else str(value)

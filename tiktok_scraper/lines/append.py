"""Appending: a lock, one write per line, and what a killed writer tore is set aside before the next line."""

from __future__ import annotations

import fcntl
import hashlib
import os
import stat
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from ..errors import CouldNotWrite, NotLines
from ..needs.places import why
from .aside import aside, aside_of
from .encode import encode
from .foreign import HEAD, foreign
from .record import LONGEST, records_on
from .tail import torn_tail


class LineFile:
    """One JSON-lines file open for appending. Several processes may append to the same file at once.

    Every line is a single write at the file's end under a lock, so a killed process can leave at most one
    torn line; whoever appends next moves that aside to `<name>.torn`. A line that the disk refuses is cut off
    again. The file may be replaced while it is open (a new generation renamed over it): the next line goes
    there.

    torn: how many torn tails were moved aside. lines: how many were appended. start, end: the byte offsets of
    the first appended line and after the last, None before the first. digest: SHA-256 of the appended bytes.
    doubted: once an fsync has failed, the lines since the last one that did not: nobody knows whether they stay.
    replaced: how often another file was found under the name.
    """

    def __init__(self, path: Path, *, sync_lines: int = 20) -> None:
        """Open *path*, made with its directories if need be, to be fsynced after every *sync_lines* lines.

        Raises:
            CouldNotWrite: the file can't be opened or locked; the message says why.
            NotLines: it is of another kind, such as gzip: it stays as it is.
        """
        self.path = path
        self.sync_lines = sync_lines
        self.torn = self.lines = self.replaced = self._written = 0
        self._scattered = False  # what was appended lies in several files
        self.start: int | None = None
        self.end: int | None = None
        self.doubted: tuple[bytes, ...] = ()
        self._unsynced: list[bytes] = []
        self._sha = hashlib.sha256()
        self._fd = self._open()
        with self.at_the_end():
            pass

    def append(self, record: Mapping[str, Any], check: Callable[[], object] = lambda: None) -> None:
        """Write one object as one line.

        check: asked right before, while nobody can write to the file or put another in its place; what it raises
        keeps the line out.

        Raises:
            CouldNotWrite: the disk is full, or refuses; the file ends with the line before, unless it is `doubted`.
        """
        with self.at_the_end() as end:
            check()
            self.write(encode(record), end)
        if self.lines % self.sync_lines == 0:
            self.sync()

    def write(self, line: bytes, end: int) -> int:
        """Write a line at the file's *end*, which `at_the_end` holds; returns the end behind it.

        Raises:
            CouldNotWrite: the disk is full, or refuses; the file ends where it did.
        """
        self._write(line, end)
        self.start = end if self.start is None else self.start
        self.end = end + len(line)
        self.lines += 1
        self._written += len(line)
        self._sha.update(line)
        self._unsynced.append(line)
        return self.end

    def sync(self) -> None:
        """Bring the lines to the disk.

        Raises:
            CouldNotWrite: it did not take them; those since the last time are `doubted`.
        """
        try:
            os.fsync(self._fd)
        except OSError as error:
            self.doubted = tuple(self._unsynced)
            raise CouldNotWrite(f"{self.path} could not be brought to the disk: {why(self.path, error)}") from error
        self._unsynced.clear()

    @property
    def alone(self) -> bool:
        """Whether nobody else wrote between our first byte and our last: then these bytes are those between them."""
        if self._scattered or self.doubted or self.start is None or self.end is None:
            return False
        return self.end - self.start == self._written

    @property
    def digest(self) -> str:
        """SHA-256 of the appended bytes, in hex."""
        return self._sha.hexdigest()

    def close(self) -> None:
        """Fsync and close; a second time does nothing.

        Raises:
            CouldNotWrite: as of `sync`; it is closed all the same.
        """
        try:
            if self._fd >= 0 and not self.doubted:
                self.sync()
        finally:
            self._close()

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

    def _close(self) -> None:
        fd, self._fd = self._fd, -1
        if fd >= 0:
            with suppress(OSError):  # what fsync took is there, whatever a close says
                os.close(fd)

    @contextmanager
    def at_the_end(self) -> Iterator[int]:
        """Hold the lock, with the file's end right behind a whole line; yields that end.

        Raises:
            CouldNotWrite: the file, or the folder it was in, can't be opened or locked any more, or fails otherwise.
        """
        try:
            self._lock()
            try:
                end = os.fstat(self._fd).st_size
                if end and os.pread(self._fd, 1, end - 1) != b"\n":
                    end = self._mend(end)
                yield end
            finally:
                fcntl.flock(self._fd, fcntl.LOCK_UN)
        except OSError as error:
            raise CouldNotWrite(f"{self.path} can't be appended to any more: {why(self.path, error)}") from error

    def _lock(self) -> None:
        """Lock the file that has our name now: it may have been replaced since we opened it."""
        while True:
            if self._fd < 0:
                self._fd = self._open()
                self.replaced += 1
                self._scattered = self._scattered or bool(self.lines)
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
            self._close()

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
        written = 0
        try:
            while written < len(line):  # a second time only to learn why not all of it fitted
                written += os.write(self._fd, line[written:])
        except OSError as error:
            os.ftruncate(self._fd, end)
            raise CouldNotWrite(
                f"{self.path}: the line at byte {end} could not be written: {why(self.path, error)}. "
                "The file ends with the line before"
            ) from error

"""One of the files of a history as it was read: its parts, what it is, and what speaks against it."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from analysis.reading.cache import each_part, forget, read_parts
from analysis.reading.lines.blocks import BLOCK
from analysis.reading.lines.digest import sha256
from analysis.reading.lines.files import LINES
from analysis.reading.lines.foreign import HEAD, MARK, Foreign, foreign
from analysis.reading.lines.line_by_line import BadLine
from analysis.reading.lines.unpacking import opened
from analysis.reading.part import Part, last_line
from analysis.terms.errors import NoFile


@dataclass(frozen=True, slots=True)
class Source:
    """A file as read: its parts in their order, its size and hash as it lies there, a torn tail.

    length: the bytes of its lines, which are more than its size where it is packed (compressed). known: what it is,
    where it is of another kind. marked: it begins with a byte order mark. damaged: why a compressed one could not be
    unpacked to its end.
    """

    path: Path
    parts: list[Part]
    size: int
    length: int
    packed: bool
    sha256: str
    torn: BadLine | None
    known: Foreign | None
    marked: bool
    damaged: str | None

    @property
    def bad(self) -> list[BadLine]:
        """The bad lines of all parts."""
        return [line for part in self.parts for line in part.bad]

    @property
    def advice(self) -> str:
        """What to do about a file of another kind."""
        if self.known is None:
            return ""
        told = self.known.advice(self.path.with_suffix("") if self.packed else self.path)
        return f"Unpack it first. {told}" if self.packed else told

    @property
    def lines(self) -> int:
        """How many lines it has, good and bad."""
        return sum(part.lines for part in self.parts)

    @property
    def records(self) -> int:
        """How many sightings could be read of it, before anything that needs more than a line."""
        return sum(part.table.num_rows for part in self.parts)


def read_sources(files: Sequence[Path], cache: Path | None, generation: int, size: int = BLOCK) -> list[Source]:
    """Read each of *files* as long as it is now: a crawl may be appending to it. Raises NoFile, BadArgument."""
    found = []
    for number, path in enumerate(files):
        with readable(path):
            found.append(_source(number, files, cache_of(cache, path, files), generation, size))
    if cache is not None and cache.is_dir():
        forget(cache, {path.name for path in files})
    return found


def _source(number: int, files: Sequence[Path], cache: Path | None, generation: int, size: int) -> Source:
    path = files[number]
    name = _named(path, files)
    with opened(path) as source, path.open("rb") as stored, ThreadPoolExecutor(1) as aside:
        file, end = source.file, _length(source.file)
        # Of a plain file no more is hashed than is read.
        bytes_stored = _length(stored) if source.packed else end
        digest = aside.submit(sha256, stored if source.packed else file, 0, bytes_stored)
        head = file.read(min(end, HEAD))
        parts = read_parts(file, end, directory=cache, generation=generation, size=size)
        last, torn = last_line(file, parts[-1].end if parts else 0, end)
        return Source(
            path=path,
            parts=[_of(part, number, name) for part in ([*parts, last] if last is not None else parts)],
            size=bytes_stored,
            length=end,
            packed=source.packed,
            sha256=digest.result(),
            torn=replace(torn, file=name) if torn is not None else None,
            known=foreign(head),
            marked=head.startswith(MARK),
            damaged=source.damaged,
        )


def parts_of(
    number: int, files: Sequence[Path], cache: Path | None, generation: int, size: int = BLOCK
) -> Iterator[Part]:
    """The parts of the *number*-th of *files*, one at a time; a last line that lacks only its newline is one too."""
    path, at = files[number], 0
    with opened(path) as source:
        file, end = source.file, _length(source.file)
        directory = cache_of(cache, path, files)
        for part in each_part(file, end, directory=directory, generation=generation, size=size):
            at = part.end
            yield _of(part, number, _named(path, files))
        last, _ = last_line(file, at, end)
    if last is not None:
        yield _of(last, number, _named(path, files))


def _of(part: Part, number: int, name: str) -> Part:
    return replace(part, file=number, bad=tuple(replace(line, file=name) for line in part.bad))


def _named(path: Path, files: Sequence[Path]) -> str:
    return path.name if len(files) > 1 else ""


def _length(file: BinaryIO) -> int:
    return os.fstat(file.fileno()).st_size


def cache_of(cache: Path | None, path: Path, files: Sequence[Path]) -> Path | None:
    """Where the parts of *path* are kept: those of tiktoks.jsonlines, or of a file alone, in the cache itself."""
    return cache if cache is None or len(files) == 1 or path.name == LINES else cache / path.name


@contextmanager
def readable(path: Path) -> Iterator[None]:
    """Say in our own words what the system says against reading."""
    try:
        yield
    except OSError as error:
        raise NoFile(
            expected="a file that can be read",
            found=error.strerror or str(error),
            where=error.filename or path,
            next_step="check its permissions and the disk",
        ) from error

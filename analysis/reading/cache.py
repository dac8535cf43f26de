"""Parquet parts of what was read, so that next time only what was appended is read.

A part `part-<from>-<to>.parquet` holds the sightings of the file's bytes from..to, line by line and before anything
that needs the whole file; its metadata hold its bad lines and what it was made of. It is written under a temporary
name, then renamed. A part holds as long as the source has exactly the bytes it was made of, the generation and the
way of reading are the same, and so does all before it; from the first that does not, everything is read anew. Of
several files each has a folder of its own, but for tiktoks.jsonlines. The cache may be deleted at any time.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict
from pathlib import Path
from typing import BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from analysis.reading import at_once
from analysis.reading.lines.blocks import BLOCK, blocks
from analysis.reading.lines.digest import sha256
from analysis.reading.lines.files import TIKTOKS, mark_of
from analysis.reading.lines.line_by_line import BadLine
from analysis.reading.part import PART, Part, read_part
from analysis.terms.errors import BadArgument
from analysis.writing.output import replacing, sweep

FORMAT = "4"  # raise it whenever the same bytes would be read differently
_KEY = b"analysis"
_PART = re.compile(r"part-(\d+)-(\d+)\.parquet")
_NOT_OURS = (-1, -1)


def read_parts(
    file: BinaryIO, end: int, *, directory: Path | None, generation: int = 0, size: int = BLOCK
) -> list[Part]:
    """Return the parts of *file* up to byte *end*, all at once; see `each_part`."""
    return list(each_part(file, end, directory=directory, generation=generation, size=size))


def each_part(
    file: BinaryIO, end: int, *, directory: Path | None, generation: int = 0, size: int = BLOCK
) -> Iterator[Part]:
    """Yield the parts of *file* up to byte *end*, whole lines all; a tail without a newline is not among them.

    directory: where the Parquet parts are kept, made if need be; None: nowhere. Parts of another file, or of this one
    as it no longer is, are deleted at the end. No more parts are in memory at a time than threads read, and two.

    Raises:
        BadArgument: *directory* can't be made or written to.
        OSError: *file* can't be read.
    """
    if directory is None:
        yield from at_once.each(read_part, blocks(file, 0, end, size))
        return
    with _writable(directory):
        directory.mkdir(parents=True, exist_ok=True)
    names = []
    for part in _grown(file, end, directory, generation, size):
        names.append(_name(part))
        yield part
    with _writable(directory):
        _delete_others(directory, names)


def _grown(file: BinaryIO, end: int, directory: Path, generation: int, size: int) -> Iterator[Part]:
    """Yield the parts on disk that still hold, then those of what was appended, each on disk before it is given."""
    last: Part | None = None
    for part in _chain(file, end, directory, generation):
        if last is not None:
            yield last
        last = part
    for fresh in at_once.each(read_part, blocks(file, last.end if last else 0, end, size)):
        # A short last part grows instead of being followed by ever more short ones.
        part = fresh
        if last is not None and fresh.end - last.start <= size:
            part = joined(last, fresh)
        elif last is not None:
            yield last
        with _writable(directory):
            _write(part, file, directory, generation)
        last = part
    if last is not None:
        yield last


@contextmanager
def _writable(directory: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise BadArgument(
            expected="a directory for the cache that can be written to",
            found=error.strerror or str(error),
            where=directory,
            next_step="name another one or make room, or leave the cache out: the result is the same",
        ) from error


def joined(first: Part, second: Part) -> Part:
    """Return two parts that follow each other as one."""
    return Part(
        start=first.start,
        end=second.end,
        table=pa.concat_tables([first.table, second.table]).combine_chunks(),
        bad=first.bad + second.bad,
        lines=first.lines + second.lines,
    )


def _chain(file: BinaryIO, end: int, directory: Path, generation: int) -> Iterator[Part]:
    """Yield the parts on disk that follow each other from byte 0 and still hold; the longest where some overlap."""
    found: dict[int, tuple[int, Path]] = {}
    for path in directory.glob("part-*-*.parquet"):
        start, stop = _range(path)
        if 0 <= start < stop <= end and stop > found.get(start, (0, path))[0]:
            found[start] = (stop, path)
    at = 0
    while at in found and (part := _read(found[at][1], file, generation)) is not None:
        yield part
        at = part.end


def _range(path: Path) -> tuple[int, int]:
    """The bytes of the file that our part *path* holds, by its name."""
    ours = _PART.fullmatch(path.name)
    return (int(ours[1]), int(ours[2])) if ours else _NOT_OURS


def _made_of(file: BinaryIO, start: int, end: int, generation: int) -> dict[str, object]:
    """Return what a part must agree in with the file, to be taken for it."""
    return {
        "format": FORMAT,
        "pyarrow": pa.__version__,
        "generation": generation,
        "start": start,
        "end": end,
        "sha256": sha256(file, start, end),
    }


def _read(path: Path, file: BinaryIO, generation: int) -> Part | None:
    """Return the part, or None if it can't be read or isn't of this file."""
    start, stop = _range(path)
    try:
        table = pq.read_table(path)
        told = json.loads(table.schema.metadata[_KEY])
    except (OSError, pa.ArrowException, ValueError, KeyError, TypeError):
        return None  # written by another version, or damaged: it is made anew
    if told.pop("made_of", None) != _made_of(file, start, stop, generation):
        return None
    bad = tuple(BadLine(**line) for line in told["bad"])
    return Part(start, stop, table.replace_schema_metadata(None).cast(PART), bad, told["lines"])


def _write(part: Part, file: BinaryIO, directory: Path, generation: int) -> None:
    told = {
        "made_of": _made_of(file, part.start, part.end, generation),
        "bad": [asdict(line) for line in part.bad],
        "lines": part.lines,
    }
    path = directory / _name(part)
    with replacing(path) as fresh:
        pq.write_table(part.table.replace_schema_metadata({_KEY: json.dumps(told)}), fresh)


def _name(part: Part) -> str:
    return f"part-{part.start}-{part.end}.parquet"


def _delete_others(directory: Path, names: list[str]) -> None:
    """Delete our parts that are not among *names*; other people's Parquet files may stand beside them."""
    for path in directory.glob("part-*-*.parquet"):
        if _range(path) != _NOT_OURS and path.name not in names:
            path.unlink(missing_ok=True)
    sweep(directory, ".part-*-*.parquet.*.part")


def forget(directory: Path, files: Collection[str]) -> None:
    """Delete what the folders of *directory* hold of files of lines that are not among *files*, by name."""
    for folder in directory.iterdir():
        if folder.is_dir() and mark_of(folder, TIKTOKS) is not None and folder.name not in files:
            with _writable(folder):
                _delete_others(folder, [])
            with suppress(OSError):  # something else stands in it
                folder.rmdir()

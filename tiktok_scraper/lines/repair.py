"""Repair: what is whole stays byte for byte, each on a line of its own; the rest goes to `<name>.torn`.

The repaired file is written beside the old one and renamed over it: a reader, a writer and a full disk meet either
the old one or the new one. It has the old one's owner, group, mode and extended attributes, and a link to it stays.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from ..errors import CouldNotWrite, NotLines
from .aside import aside, own
from .foreign import HEAD, foreign
from .read import Bad, read_lines

_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Repaired:
    """How many lines were kept as they were, and how many records were found whole on bad ones.

    moved: how many bad lines went to `<name>.torn`, or what was left of them.
    """

    kept: int
    moved: int
    salvaged: int


def check_lines(path: Path) -> None:
    """Make sure that *path* is not plainly of another kind than JSON lines; it need not be without bad ones.

    Raises:
        NotLines: it is gzip, UTF-16, an array, ...; the message says what, and how to make lines of it.
        OSError: it can't be read.
    """
    with path.open("rb") as file:
        if (known := foreign(file.read(HEAD))) is not None:
            raise NotLines(known.told(path))


def repair(path: Path) -> Repaired:
    """Write *path* anew with a line for each whole record; a file that needs nothing is left alone.

    Whole records that stand on one line get a line each, also behind a torn one. A writer that has the file open goes
    on in the new one.

    Raises:
        NotLines: the file is of another kind, or holds no whole record at all; it is as it was.
        OSError: it can't be read.
        CouldNotWrite: the repaired file can't be written, or not for its owner; the old one is as it was.
    """
    real = path.resolve(strict=True)
    with _locked(real) as old:
        check_lines(path)
        kept, bad = 0, []
        for line in read_lines(real):
            if isinstance(line, Bad):
                bad.append(line)
            else:
                kept += 1
        salvaged = sum(len(line.records) for line in bad)
        if bad and not kept and not salvaged:
            raise NotLines(
                f"{path} holds not one whole line ({len(bad)} bad, the first: {bad[0].reason}), so nothing would be "
                "left of it, and it stays as it is. Check that this is the file you meant"
            )
        if not bad and _ended(old):
            return Repaired(kept, 0, 0)
        try:
            return Repaired(kept, _write_anew(real, old, bad), salvaged)
        except OSError as error:
            raise CouldNotWrite(f"{path} could not be repaired and is as it was: {error}") from error


@contextmanager
def _locked(real: Path) -> Iterator[BinaryIO]:
    """Open and lock the file that has the name: another repair may replace it while we wait."""
    while True:
        with real.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            if os.path.samestat(os.fstat(file.fileno()), real.stat()):
                yield file
                return


def _ended(file: BinaryIO) -> bool:
    size = os.fstat(file.fileno()).st_size
    return not size or os.pread(file.fileno(), 1, size - 1) == b"\n"


def _write_anew(real: Path, old: BinaryIO, bad: list[Bad]) -> int:
    """Put a copy with the whole records alone in the file's place; returns how many bad lines left something aside."""
    fd, name = tempfile.mkstemp(prefix=f".{real.name}.", suffix=".repaired", dir=real.parent)
    fresh = Path(name)
    try:
        with open(fd, "wb") as new, aside(real) as torn:  # noqa: PTH123 - it is open already
            own(new, old, real, "a repair would give it to another")
            left = sum(_part(line, old, new, torn) for line in bad)
            _copy(old, new, None)
            new.write(b"" if _ended(old) or (bad and bad[-1].torn) else b"\n")
            new.flush()
            shutil.copystat(real, fresh)
            os.fsync(new.fileno())
        fresh.replace(real)
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise
    return left


def _part(line: Bad, old: BinaryIO, new: BinaryIO, torn: BinaryIO) -> bool:
    """Copy up to the line, its whole records as lines, and the rest aside; returns whether there was any."""
    _copy(old, new, line.offset - old.tell())
    end, rest = line.offset + line.length, False
    for begins, ends in (*line.records, (end, end)):
        rest |= _set_aside(old, torn, begins - old.tell(), whole_line=not line.records)
        _copy(old, new, ends - begins)
        new.write(b"\n" if ends > begins else b"")
    return rest


def _set_aside(old: BinaryIO, torn: BinaryIO, length: int, *, whole_line: bool) -> bool:
    """Copy what is between records, unless it is nothing but space; a bad line without any goes as it is."""
    if not whole_line:
        between = old.read(length)
        if between.strip():
            torn.write(between.rstrip(b"\n") + b"\n")
        return bool(between.strip())
    if _copy(old, torn, length) not in (b"\n", b""):
        torn.write(b"\n")
    return True


def _copy(old: BinaryIO, new: BinaryIO, length: int | None) -> bytes:
    """Copy so many bytes, or the rest; returns the last one."""
    last = b""
    while length != 0 and (block := old.read(_BLOCK if length is None else min(_BLOCK, length))):
        new.write(block)
        last = block[-1:]
        length = None if length is None else length - len(block)
    return last

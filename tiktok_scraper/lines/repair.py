"""Repair: what is whole stays byte for byte, what is not goes to `<name>.torn`."""

from __future__ import annotations

import fcntl
import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import orjson

from ..errors import CouldNotWrite
from .read import Bad, read_lines

_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Repaired:
    """How many lines were kept, moved aside, and found whole behind a torn one on the same line."""

    kept: int
    moved: int
    salvaged: int


def repair(path: Path) -> Repaired:
    """Write *path* anew without its bad lines, which go to `<name>.torn`; a file without any is left alone.

    A record glued to a torn one is kept as a line of its own. A writer that has the file open goes on in the
    new one.

    Raises:
        OSError: it can't be read.
        CouldNotWrite: the repaired file can't be written; the old one is as it was.
    """
    with path.open("rb") as old:
        fcntl.flock(old, fcntl.LOCK_EX)
        kept, bad = 0, []
        for line in read_lines(path):
            if isinstance(line, Bad):
                bad.append(line)
            else:
                kept += 1
        unended = os.fstat(old.fileno()).st_size > 0 and os.pread(old.fileno(), 1, old.seek(-1, 2)) != b"\n"
        if not bad and not unended:
            return Repaired(kept, 0, 0)
        try:
            return Repaired(kept, len(bad), _write_anew(path, old, bad))
        except OSError as error:
            raise CouldNotWrite(f"{path} could not be repaired and is as it was: {error}") from error


def _write_anew(path: Path, old: BinaryIO, bad: list[Bad]) -> int:
    """Copy all but the bad lines, then put the copy in the file's place; returns how many were salvaged."""
    salvaged = 0
    fresh = path.with_name(path.name + ".repaired")
    old.seek(0)
    with fresh.open("wb") as new, path.with_name(path.name + ".torn").open("ab") as aside:
        for line in bad:
            _copy(old, new, line.offset - old.tell())
            torn, glued = glued_record(old.read(line.length))
            aside.write(torn.rstrip(b"\n") + b"\n")
            new.write(glued)
            salvaged += bool(glued)
        last = _copy(old, new, None)
        new.write(b"" if last in (b"\n", b"") else b"\n")
        for file in (new, aside):
            file.flush()
            os.fsync(file.fileno())
    shutil.copystat(path, fresh)
    fresh.replace(path)
    return salvaged


def _copy(old: BinaryIO, new: BinaryIO, length: int | None) -> bytes:
    """Copy so many bytes, or the rest; returns the last one."""
    last = b""
    while length != 0 and (block := old.read(_BLOCK if length is None else min(_BLOCK, length))):
        new.write(block)
        last = block[-1:]
        length = None if length is None else length - len(block)
    return last


def glued_record(raw: bytes) -> tuple[bytes, bytes]:
    """Split a bad line into what is torn and the whole record glued to its end, b"" where there is none."""
    at = raw.find(b'{"', 1)
    while at > 0:
        rest = raw[at:].strip()
        try:
            if isinstance(orjson.loads(rest), dict):
                return raw[:at], rest + b"\n"
        except orjson.JSONDecodeError:
            pass
        at = raw.find(b'{"', at + 1)
    return raw, b""

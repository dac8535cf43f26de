"""A file written anew, line by line: the new one lies beside the old until it is whole, then is renamed over it.

Most is copied while writers go on appending, which changes nothing that stands there; then the file is locked as
writers lock it, what came meanwhile is copied, and the names are changed. A writer that waited finds the new file
under the name and appends there. Whoever kills this at any moment finds one of the two files, whole.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from ..errors import CouldNotWrite
from ..lines.aside import own
from ..lines.on_disk import sync_folder
from ..lines.record import LONGEST
from .folder import TEMPORARY

# A line with its newline -> what stands in its place, itself or another; None: it is taken out.
Judge = Callable[[bytes], bytes | None]
Watch = Callable[[int], object]


@dataclass(slots=True)
class Rewritten:
    """lines: how many the new file has; removed: how many the old one had besides. bytes, sha256: of the new file."""

    lines: int = 0
    removed: int = 0
    bytes: int = 0
    sha256: str = ""


def rewrite(
    path: Path,
    judge: Judge,
    *,
    watch: Watch = lambda _: None,
    before: Callable[[Rewritten], object] = lambda _: None,
    after: Callable[[Rewritten], object] = lambda _: None,
) -> Rewritten:
    """Put what *judge* makes of each line of *path* in its place.

    Owner, group and mode stay, a link to the file stays. watch: told how many bytes were read. before: called when the
    new file is whole on the disk and not yet in place, after: when it is, both while no writer can append.

    Raises:
        CouldNotWrite: the new file can't be written, or not for the old one's owner; the old one is as it was.
    """
    real = path.resolve(strict=True)
    while (made := _try(real, judge, watch, before, after)) is None:
        pass  # somebody put another file in its place meanwhile, as a repair does: begin with that
    return made


def copied(path: Path, into: Path, judge: Judge, *, watch: Watch = lambda _: None) -> Rewritten:
    """Write what *judge* makes of each line of *path* into a new file, whole or not at all.

    Raises:
        CouldNotWrite: it can't be written.
    """
    with fresh(into) as (new, name), path.open("rb") as old:
        made = _Made(new, judge, watch)
        made.take(old, _whole_lines(old))
        os.fchmod(new.fileno(), os.fstat(old.fileno()).st_mode & 0o777)
        _flushed(new)
        name.replace(into)
    return made.told()


def _try(
    real: Path,
    judge: Judge,
    watch: Watch,
    before: Callable[[Rewritten], object],
    after: Callable[[Rewritten], object],
) -> Rewritten | None:
    with real.open("rb") as old, fresh(real) as (new, name):
        own(new, old, real, "would become another's")
        made = _Made(new, judge, watch)
        made.take(old, _whole_lines(old))
        fcntl.flock(old, fcntl.LOCK_EX)
        if not os.path.samestat(os.fstat(old.fileno()), real.stat()):
            return None
        made.take(old, None)
        shutil.copystat(real, name)
        _flushed(new)
        told = made.told()
        before(told)
        fcntl.flock(new, fcntl.LOCK_EX)  # whoever waits for the old file goes on in this one, and not before `after`
        name.replace(real)
        sync_folder(real.parent)
        after(told)
        return told


class _Made:
    """What is written so far: counts and hash, and that every line begins on a line of its own."""

    def __init__(self, new: BinaryIO, judge: Judge, watch: Watch) -> None:
        self._new, self._judge, self._watch = new, judge, watch
        self._sha = hashlib.sha256()
        self._told = Rewritten()
        self._ends = b"\n"  # how what was written last ends
        self._from = b"\n"  # how what was read last ends

    def take(self, old: BinaryIO, end: int | None) -> None:
        for raw in _pieces(old, end):
            self._watch(len(raw))
            kept = self._judge(raw)
            if kept is None:
                self._told.removed += 1
            else:
                self._told.lines += 1
                # The rest of a line too long to be one may be gone; the next one is no part of it.
                cut = b"\n" if self._from == b"\n" != self._ends else b""
                self._new.write(cut + kept)
                self._sha.update(cut + kept)
                self._told.bytes += len(cut + kept)
                self._ends = kept[-1:] or self._ends
            self._from = raw[-1:]

    def told(self) -> Rewritten:
        self._told.sha256 = self._sha.hexdigest()
        return self._told


def _pieces(old: BinaryIO, end: int | None) -> Iterator[bytes]:
    """Lines from where the file stands to byte *end*, or to its end; those longer than any line may be in pieces."""
    while (end is None or old.tell() < end) and (raw := old.readline(LONGEST)):
        yield raw


def _whole_lines(old: BinaryIO) -> int:
    """Where the last newline now stands: nothing before it is changed by a writer."""
    at = os.fstat(old.fileno()).st_size
    while at:
        start = max(at - (1 << 16), 0)
        if (found := os.pread(old.fileno(), at - start, start).rfind(b"\n")) >= 0:
            return start + found + 1
        at = start
    return 0


@contextmanager
def fresh(real: Path) -> Iterator[tuple[BinaryIO, Path]]:
    """A new file beside *real*, gone at the end unless it was renamed."""
    try:
        fd, name = tempfile.mkstemp(prefix=f".{real.name}.", suffix=TEMPORARY, dir=real.parent)
    except OSError as error:
        raise CouldNotWrite(f"nothing can be written beside {real}: {error.strerror}") from error
    try:
        with open(fd, "w+b") as new:  # noqa: PTH123 - it is open already
            yield new, Path(name)
    except OSError as error:
        raise CouldNotWrite(f"{real} could not be written anew and is as it was: {error}") from error
    finally:
        Path(name).unlink(missing_ok=True)


def _flushed(new: BinaryIO) -> None:
    new.flush()
    os.fsync(new.fileno())

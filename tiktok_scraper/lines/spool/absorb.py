"""Append what the spools hold to their data files, each line once, also where this is killed at any point.

A spool goes only after its lines are on the disk. Until then whoever comes next looks which of them stand in the file
already, so neither a kill nor somebody who appended them by hand makes one twice. The spool and the file are locked
meanwhile; of two runs that start at once the second finds nothing left.
"""

from __future__ import annotations

import fcntl
import os
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ...errors import CouldNotWrite, MixedLines, NotLines
from ...needs.places import why
from ..append import LineFile
from ..aside import aside, aside_of
from ..mixing import check_mixing, kind_of
from ..on_disk import sync_folder
from ..pseudonymised import check_names, names_of
from ..read import Line, read_lines
from ..record import LONGEST, record_of
from ..repair import check_lines
from .places import FILES, Place, every_place, named, open_spool, still_named

LeavesOut = Callable[[Mapping[str, Any]], bool]
# Whom to leave out stands here, as marks that only a key tells; `privacy.forgotten` reads and writes it.
FORGOTTEN = "forgotten.jsonlines"


@dataclass(frozen=True, slots=True)
class Absorbed:
    """What became of one spool. run: whose it was. file: the name of its data file. path: the spool's own.

    lines: how many are in the file now; bad: how many pieces went to the file's `.torn`; forgotten: how many lines were
    of somebody who is to be left out. stays: why the spool is as it was, None where it is gone.
    """

    run: str
    file: str
    path: Path
    lines: int = 0
    bad: int = 0
    forgotten: int = 0
    stays: str | None = None


@dataclass(frozen=True, slots=True)
class Spooled:
    """What a spool holds: lines with their newline, what is none, and of which kinds lines and their names are."""

    lines: list[bytes]
    bad: list[bytes]
    kinds: frozenset[bool]
    names: frozenset[str]


def absorb(data_dir: Path, files: Collection[str] = FILES, leaves_out: LeavesOut | None = None) -> list[Absorbed]:
    """Append every spool of these data files of *data_dir*, the oldest run's first; one that can't be stays.

    leaves_out: which lines not to append. None: nobody can tell, so where somebody is to be left out a spool stays
    that `forget` may not have found.

    Raises:
        CouldNotWrite: a data file takes no lines; its spool is as it was.
    """
    return list(_absorbed(data_dir, files, leaves_out))


def _absorbed(data_dir: Path, files: Collection[str], leaves_out: LeavesOut | None) -> Iterator[Absorbed]:
    found = [(name, place) for place in every_place(data_dir) for name in names(place)]
    for name, place in sorted(found, key=lambda one: one[0]):  # of one run what came first first
        if (told := named(name)) is None:
            yield Absorbed("", "", place.path / name, stays="it is named as no run's spool is: move it away")
        elif told[1] in files and (one := _one(data_dir, place, name, leaves_out)) is not None:
            yield one
    for place in every_place(data_dir):
        place.remove()


def names(place: Place) -> list[str]:
    """What lies in a place of spools; nothing where it isn't there, or not ours."""
    try:
        with place.opened() as folder:
            return os.listdir(folder)  # noqa: PTH208 - an open folder has no path
    except OSError:
        return []


def _one(data_dir: Path, place: Place, name: str, leaves_out: LeavesOut | None) -> Absorbed | None:
    """Append one spool and remove it; None: another run did, or does."""
    path = place.path / name
    run, file = named(name) or ("", "")
    if leaves_out is None and place.path.parent != data_dir and (data_dir / FORGOTTEN).exists():
        return Absorbed(run, file, path, stays=f"{FORGOTTEN} names whom to leave out, which the next run looks at")
    try:
        with place.opened() as folder, _locked(name, folder) as ours:
            if not ours:
                return None
            every = read_spool(path)
            held = _without(every, leaves_out)
            _append(data_dir / file, held)
            os.unlink(name, dir_fd=folder)
            os.fsync(folder)
    except (NotLines, MixedLines) as error:
        return Absorbed(run, file, path, stays=str(error))
    except OSError as error:
        if isinstance(error, FileNotFoundError) and not os.path.lexists(path):
            return None
        return Absorbed(run, file, path, stays=why(path, error))
    return Absorbed(run, file, path, len(held.lines), len(held.bad), len(every.lines) - len(held.lines))


def _without(held: Spooled, leaves_out: LeavesOut | None) -> Spooled:
    if leaves_out is None:
        return held
    return replace(held, lines=[line for line in held.lines if not leaves_out(record_of(line))])


@contextmanager
def _locked(name: str, folder: int) -> Iterator[bool]:
    """Lock a spool; False: another run has the lock, or has removed it."""
    try:
        fd = open_spool(name, folder)
    except FileNotFoundError:
        yield False
        return
    try:
        try:
            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
            ours = still_named(fd, name, folder)
        except BlockingIOError:
            ours = False
        yield ours
    finally:
        os.close(fd)


def read_spool(path: Path) -> Spooled:
    """Return what a spool holds.

    Raises:
        NotLines: it is of another kind.
        OSError: it can't be read.
    """
    lines: list[bytes] = []
    bad: list[bytes] = []
    check_lines(path)
    with path.open("rb") as spool:
        for line in read_lines(path):
            raw = os.pread(spool.fileno(), line.length, line.offset)
            # As `repair` parts a bad line: whole records get lines of their own, the rest goes aside.
            spans = ((line.offset, line.offset + line.length),) if isinstance(line, Line) else line.records
            edges = [0, *(edge - line.offset for span in spans for edge in span), len(raw)]
            whole = zip(edges[1:-1:2], edges[2:-1:2], strict=True)
            lines += [raw[begins:ends].rstrip(b"\n") + b"\n" for begins, ends in whole]
            rest = [raw[begins:ends] for begins, ends in zip(edges[::2], edges[1::2], strict=True)]
            bad += [piece.rstrip(b"\n") + b"\n" for piece in rest if piece.strip()]
    records = [record_of(line) for line in lines]
    kinds = frozenset(kind for record in records if (kind := kind_of(record)) is not None)
    names = frozenset(name for record in records if (name := names_of(record)) is not None)
    return Spooled(lines, bad, kinds, names)


def _append(path: Path, held: Spooled) -> None:
    """Append what the file lacks, and bring it to the disk.

    Raises:
        CouldNotWrite: it takes no lines.
        MixedLines: they are of another kind than its own, or of both.
        OSError: what is bad can't be set aside.
    """
    made = not path.exists()
    with LineFile(path, sync_lines=len(held.lines) + 1) as file:
        with file.at_the_end() as at:
            end = at
            for kind in held.kinds:
                check_mixing(path, kind)
            for name in held.names:
                check_names(path, name)
            if len(held.kinds) > 1 or len(held.names) > 1:
                raise MixedLines("it holds simulated lines and real ones, or names and pseudonyms: part them by hand")
            for line in _lacking(path, held.lines):
                end = file.write(line, end)
        file.sync()
    if bad := _lacking(aside_of(path), held.bad):
        with aside(path) as torn:
            torn.write(b"".join(bad))
    if made or bad:
        _sync_folder(path.parent)


def _lacking(path: Path, lines: list[bytes]) -> list[bytes]:
    """Return those of *lines* that do not stand in *path*, by their bytes."""
    there: Counter[bytes] = Counter()
    wanted = set(lines)
    try:
        with path.open("rb") as file:
            # What an fsync failed to write may still be read from memory, and is not there.
            if hasattr(os, "posix_fadvise"):
                os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
            while wanted and (raw := file.readline(LONGEST)):
                if raw in wanted:
                    there[raw] += 1
    except FileNotFoundError:
        pass
    lacking = []
    for line in lines:
        if there[line]:
            there[line] -= 1
        else:
            lacking.append(line)
    return lacking


def _sync_folder(folder: Path) -> None:
    try:
        sync_folder(folder)
    except OSError as error:
        raise CouldNotWrite(f"{folder} could not be brought to the disk: {why(folder, error)}") from error

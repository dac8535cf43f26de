"""Putting in place what was fetched: whole lines behind those that are here, or a whole file in the old one's place."""

from __future__ import annotations

import fcntl
import os
import tempfile
from pathlib import Path

from ..errors import CouldNotPull, CouldNotWrite
from ..lines import LineFile
from ..needs.places import why
from ..privacy.folder import TEMPORARY
from .copy import Copy


def append(copy: Copy, end: int) -> None:
    """Append the fetched lines up to byte *end*, each with a single write, under the lock that writers take.

    Raises:
        CouldNotPull: somebody else wrote to the file meanwhile; it stays as it is.
        CouldNotWrite: the disk is full, or refuses; the file ends with a whole line.
    """
    with LineFile(copy.here), copy.here.open("r+b", buffering=0) as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        found = os.fstat(file.fileno()).st_size
        if found != copy.kept or not os.path.samestat(os.fstat(file.fileno()), copy.here.stat()):
            raise CouldNotPull(
                f"somebody wrote to {copy.here} during the pull, so nothing is added to it; run this again"
            )
        at = copy.kept
        try:
            file.seek(at)
            for line in copy.lines(copy.kept):
                if at + len(line) > end:
                    break
                written = file.write(line)
                if written != len(line):
                    raise OSError(28, f"only {written} of {len(line)} bytes fitted")
                at += len(line)
            os.fsync(file.fileno())
        except OSError as error:
            os.ftruncate(file.fileno(), at)
            raise CouldNotWrite(
                f"{copy.here}: lines could not be added: {why(copy.here, error)}. It ends with a whole line"
            ) from error


def replace(copy: Copy, mtime: int | None = None) -> None:
    """Put what was fetched in the place of the file here, at once; a link to it stays. mtime: seconds; None: now.

    Raises:
        CouldNotWrite: it can't be written; the old one is as it was.
    """
    real = copy.here.resolve()
    try:
        fd, name = tempfile.mkstemp(prefix=f".{real.name}.", suffix=TEMPORARY, dir=real.parent)
    except OSError as error:
        raise CouldNotWrite(f"nothing can be written beside {real}: {why(real.parent, error)}") from error
    fresh = Path(name)
    try:
        with open(fd, "wb") as new:  # noqa: PTH123 - it is open already
            new.writelines(copy.pieces())
            new.flush()
            mode = real.stat().st_mode & 0o777 if real.exists() else 0o644 & ~_umask()
            os.fchmod(new.fileno(), mode)
            os.fsync(new.fileno())
        if mtime is not None:
            os.utime(fresh, (mtime, mtime))
        _swap(fresh, real)
    except OSError as error:
        raise CouldNotWrite(f"{real} could not be written and is as it was: {why(real, error)}") from error
    finally:
        fresh.unlink(missing_ok=True)


def aside(copy: Copy, start: int, path: Path) -> None:
    """Write the lines from byte *start* on into a file of their own, in place of what an earlier pull put there.

    Raises:
        CouldNotWrite: it can't be written.
    """
    try:
        with path.open("wb") as file:
            file.writelines(copy.pieces(start))
    except OSError as error:
        raise CouldNotWrite(f"{path} can't be written: {why(path, error)}") from error


def _swap(fresh: Path, real: Path) -> None:
    """Rename over the old one while nobody writes to it: a writer that waits goes on in the new one."""
    if not real.exists():
        fresh.replace(real)
        return
    with real.open("rb") as old:
        fcntl.flock(old, fcntl.LOCK_EX)
        fresh.replace(real)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask

"""A browser's folder: all its temporary files lie in one, and nothing outlives the run.

It is locked while the run goes: a folder whose lock is free belonged to a run that was killed, and is removed by the
next.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import stat
import tempfile
import time
from pathlib import Path

from ...errors import CouldNotStart
from ...needs.places import check_folder, name_of, why
from .far import ended
from .processes import on_display

# Chromium makes a socket in its temporary folder and exits where its path exceeds 107 bytes, of which its own part
# (/browser-XXXXXXXX/org.chromium.Chromium.XXXXXX/SingletonSocket) takes 63.
LONGEST_PARENT = 107 - 63
# A fresh profile and what a browser writes beside it until the first page is drawn.
ROOM_BYTES = 16 << 20
LOCK = "lock"  # of a run directory
MADE_WITHIN_S = 60.0  # a folder and its lock are, however busy the machine


class RunDirectory:
    """A fresh, locked folder below *wanted* for a browser's profile and temporary files."""

    def __init__(self, wanted: Path) -> None:
        parent = wanted
        try:
            parent = short(wanted)
            check_folder(parent, ROOM_BYTES)
            sweep(parent)
            if is_ours(temporary()):  # where the doctor's browsers have theirs, wherever a crawl's are
                sweep(temporary())
            self.path, self._lock = made(parent)
        except OSError as error:
            raise CouldNotStart(f"the browser's files can't be put into {parent}: {why(parent, error)}") from error

    def environment(self, display: str = "") -> dict[str, str]:
        """The environment for the driver: temporary files here, and no calls home of Selenium's.

        display: the X display that windows are to be drawn on, and on no other one that there may be; "": as it comes.
        """
        ours = {"TMPDIR": str(self.path), "SE_OFFLINE": "true", "SE_AVOID_STATS": "true"}
        return {**(on_display(display) if display else os.environ), **ours}

    def remove(self) -> None:
        """Delete the folder with all that is in it."""
        clear(self.path)
        os.close(self._lock)

    def leave(self) -> None:
        """Leave the folder to the next run, as a killed one does."""
        os.close(self._lock)


def made(parent: Path) -> tuple[Path, int]:
    """A new folder in *parent*, and its lock, which is held.

    The sweep of another browser's start may take it for a dead run's just before it is locked. Whoever sweeps holds
    the lock until the folder is gone, so that it shows here: then another one is made.
    """
    while True:
        path = Path(tempfile.mkdtemp(prefix="browser-", dir=parent))
        lock = os.open(path / LOCK, os.O_CREAT | os.O_RDWR)
        fcntl.flock(lock, fcntl.LOCK_EX)
        with contextlib.suppress(FileNotFoundError):
            if os.path.samestat(os.fstat(lock), (path / LOCK).stat()):
                return path, lock
        os.close(lock)


def short(wanted: Path) -> Path:
    """Return *wanted*, or a folder of this user's in the system's temporary one where its path is too long.

    Raises:
        CouldNotStart: that one is not this user's, or has too long a path as well.
        OSError: there is no temporary folder.
    """
    return wanted if len(os.fsencode(wanted.resolve())) <= LONGEST_PARENT else in_temporary(wanted)


def temporary() -> Path:
    """Where this user's browsers keep their files if nowhere else; it need not be there."""
    return Path(tempfile.gettempdir()) / f"tiktok_scraper-{os.getuid()}"


def in_temporary(wanted: Path | None = None) -> Path:
    """Return `temporary`, made where it is missing; *wanted*: what it stands for, if anything.

    Raises:
        CouldNotStart: it is not this user's, or has too long a path.
        OSError: there is no temporary folder.
    """
    ours = temporary()
    helps = "set TMPDIR to another folder"
    if wanted is not None:
        helps += f", or choose a TIKTOK_DATA_DIR of at most {LONGEST_PARENT - len('/runs')} bytes"
    if len(os.fsencode(ours.resolve())) > LONGEST_PARENT:
        where = f"{wanted} or {ours}, whose paths are" if wanted is not None else f"{ours}, whose path is"
        raise CouldNotStart(f"a browser can make no socket in {where} too long: {helps}")
    with contextlib.suppress(FileExistsError):
        ours.mkdir(mode=0o700)
    if not is_ours(ours):
        owner = ours.lstat().st_uid
        what = "is no folder" if owner == os.getuid() else f"belongs to {name_of(owner)}"
        raise CouldNotStart(f"{ours}, where this user's browsers keep their files, {what}: remove it, {helps}")
    return ours


def is_ours(place: Path) -> bool:
    """Whether *place* is a folder of this user's, and no link to one."""
    try:
        found = place.lstat()
    except OSError:
        return False
    return stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid()


def sweep(parent: Path) -> int:
    """Remove the run directories below *parent* whose run is gone, and end its session elsewhere; return how many."""
    removed = 0
    for folder in parent.glob("browser-*"):
        try:
            lock = os.open(folder / LOCK, os.O_RDWR)
        except FileNotFoundError:
            removed += _left_without_lock(folder)
            continue
        except OSError:
            continue  # nobody can tell whether its run goes on
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            continue
        else:
            if ended(folder):
                clear(folder)
                removed += 1
        finally:
            os.close(lock)
    return removed


def clear(folder: Path) -> None:
    """Delete a run directory, its lock last: where that is cut short, the next run finds it by the lock."""
    with contextlib.suppress(OSError):
        for entry in list(folder.iterdir()):
            if entry.is_dir() and not entry.is_symlink():
                shutil.rmtree(entry, ignore_errors=True)
            elif entry.name != LOCK:
                entry.unlink(missing_ok=True)
        if {entry.name for entry in folder.iterdir()} <= {LOCK}:
            shutil.rmtree(folder, ignore_errors=True)


def _left_without_lock(folder: Path) -> bool:
    """Remove a folder whose run was killed as it was made or removed; one that is young is so at this very moment."""
    with contextlib.suppress(OSError):
        if abs(time.time() - folder.stat().st_mtime) > MADE_WITHIN_S:
            shutil.rmtree(folder, ignore_errors=True)
            return not folder.exists()
    return False

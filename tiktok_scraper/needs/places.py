"""Why a file or a folder can't be used, in a sentence that ends in what to do about it."""

from __future__ import annotations

import contextlib
import errno
import os
import pwd
import shlex
import tempfile
from pathlib import Path

# Enough that a disk with a few bytes left does not pass for one with room.
PROBE_BYTES = 64 << 10


def check_folder(folder: Path, room: int = PROBE_BYTES) -> None:
    """Make *folder* if need be, write in it, and look whether *room* bytes are free.

    Raises:
        OSError: it can't be made or written in, or lacks the room; `why` tells it to a person.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryFile(dir=folder) as probe:
        probe.write(bytes(PROBE_BYTES))
    disk = os.statvfs(folder)
    # Some file systems tell nothing of their size.
    if disk.f_blocks and disk.f_bavail * disk.f_frsize < room:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(folder))


def why(path: Path, error: OSError) -> str:
    """Return what keeps *path* from being used, by the *error* it met and by what stands there."""
    known = {
        errno.ENOSPC: "no space left on its disk: free some, or choose another place with TIKTOK_DATA_DIR",
        errno.EDQUOT: "your quota of its disk is used up: free some space, or choose another with TIKTOK_DATA_DIR",
        errno.EROFS: "its file system is read-only: choose another place with TIKTOK_DATA_DIR",
        errno.EFBIG: "files may not grow so large here: raise the limit (ulimit -f)",
        errno.EMFILE: "too many files are open: raise the limit (ulimit -n)",
        errno.EISDIR: f"it is a folder where a file should be: move {shlex.quote(str(path))} away",
    }
    if error.errno in {errno.EACCES, errno.EPERM}:
        return _not_ours(path)
    if error.errno in {errno.ENOTDIR, errno.EEXIST} and (file := _file_in_the_way(path)):
        return f"{file} is a file where a folder should be: move it away, or choose another place with TIKTOK_DATA_DIR"
    return known.get(error.errno or 0) or error.strerror or str(error)


def name_of(uid: int) -> str:
    """A user's name, or the number of one that has none."""
    with contextlib.suppress(KeyError):
        return pwd.getpwuid(uid).pw_name
    return f"user {uid}"


def _not_ours(path: Path) -> str:
    """Whose the place is that refused: *path*, or the lowest folder above it that we can see."""
    place = path
    while place != place.parent and not _seen(place):
        place = place.parent
    owner, we = place.stat().st_uid, os.geteuid()
    quoted = shlex.quote(str(place))
    if owner != we:
        us = name_of(we)
        return (
            f"{place} belongs to {name_of(owner)}, and this run is {us}'s (was an earlier one root's, by sudo?): "
            f"sudo chown -R {us} {quoted}, or choose another place with TIKTOK_DATA_DIR"
        )
    return f"{place} may not be written or entered: chmod -R u+rwX {quoted}"


def _seen(place: Path) -> bool:
    try:
        return place.exists()
    except OSError:
        return False


def _file_in_the_way(path: Path) -> Path | None:
    return next((place for place in (path, *path.parents) if _seen(place) and not place.is_dir()), None)

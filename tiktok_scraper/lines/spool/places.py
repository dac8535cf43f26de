"""Where spools lie: in the data folder's own, and where that takes nothing in one of ours in the temporary folder.

The one in the temporary folder is this user's alone, and named after the data folder's resolved path: the next run of
the same folder finds it, and two folders never share one.
"""

from __future__ import annotations

import errno
import hashlib
import os
import re
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

FOLDER = "spool"
FILES = ("tiktoks.jsonlines", "runs.jsonlines", "rejected.jsonlines")
_NAME = re.compile(r"([\w-]+)(?:\.(runs|rejected))?\.jsonlines")


@dataclass(frozen=True, slots=True)
class Place:
    """A folder that spools lie in. private: in the temporary folder, where others may put what they like."""

    path: Path
    private: bool

    @contextmanager
    def opened(self, *, make: bool = False) -> Iterator[int]:
        """Hold the folder open, by its descriptor: what is opened beside it is in this folder and no other.

        Raises:
            OSError: it is not there, can't be made, or is not ours alone where it should be.
        """
        if make:
            with suppress(FileExistsError):
                self.path.mkdir(mode=0o700 if self.private else 0o777)
        flags = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC
        fd = os.open(self.path, flags | os.O_NOFOLLOW if self.private else flags)
        try:
            told = os.fstat(fd)
            if self.private and (told.st_uid != os.geteuid() or stat.S_IMODE(told.st_mode) & 0o077):
                raise PermissionError(errno.EPERM, "it is not this user's alone", str(self.path))
            yield fd
        finally:
            os.close(fd)

    def remove(self) -> None:
        """Remove the folder if it is empty."""
        with suppress(OSError):
            self.path.rmdir()


def places(data_dir: Path) -> tuple[Place, ...]:
    """Return where spools of *data_dir* are put, the first choice first."""
    try:
        return _below(data_dir, Path(tempfile.gettempdir()))
    except OSError:  # no folder for temporary files takes one
        return _below(data_dir)


def every_place(data_dir: Path) -> tuple[Place, ...]:
    """Return where spools of *data_dir* may lie: a run of cron's has another TMPDIR, a full folder is passed over."""
    told = [os.environ.get("TMPDIR"), "/tmp", "/var/tmp"]
    others = {place.path: place for place in _below(data_dir, *(Path(name) for name in told if name))}
    return (*(ours := places(data_dir)), *(others[path] for path in others.keys() - {place.path for place in ours}))


def _below(data_dir: Path, *temporary: Path) -> tuple[Place, ...]:
    resolved = data_dir.resolve()
    name = f"tiktok_scraper-spool-{os.geteuid()}-{hashlib.sha256(os.fsencode(resolved)).hexdigest()[:16]}"
    return Place(resolved / FOLDER, False), *(Place(folder.resolve() / name, True) for folder in temporary)


def name_of(run: str, file: str) -> str:
    """Return what the spool of a run is named, for a data file of FILES: RUN.jsonlines, RUN.runs.jsonlines, ..."""
    of = file.removesuffix(".jsonlines")
    return f"{run}.jsonlines" if file == FILES[0] else f"{run}.{of}.jsonlines"


def named(name: str) -> tuple[str, str] | None:
    """Return the run and the data file of FILES that a spool is of by its *name*; None: it is none of ours."""
    if (found := _NAME.fullmatch(name)) is None:
        return None
    return found[1], f"{found[2]}.jsonlines" if found[2] else FILES[0]


def open_spool(name: str, folder: int, *, make: bool = False) -> int:
    """Open a spool of the open *folder* for reading and appending; returns its descriptor.

    Raises:
        OSError: it can't be opened, or is a link or no plain file.
    """
    flags = os.O_RDWR | os.O_APPEND | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK
    try:
        fd = os.open(name, flags | os.O_CREAT if make else flags, 0o600, dir_fd=folder)
    except OSError as error:
        if error.errno == errno.ELOOP:
            raise OSError(errno.ELOOP, "it is a link, and no run makes one there: move it away", name) from error
        raise
    if not stat.S_ISREG(os.fstat(fd).st_mode):
        os.close(fd)
        raise OSError(errno.EINVAL, "it is no plain file", name)
    return fd


def still_named(fd: int, name: str, folder: int) -> bool:
    """Whether the open spool still has its name: whoever locks it may have waited for one who removed it."""
    try:
        return os.path.samestat(os.fstat(fd), os.stat(name, dir_fd=folder, follow_symlinks=False))
    except FileNotFoundError:
        return False

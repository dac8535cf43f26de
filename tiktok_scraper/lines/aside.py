"""What is kept aside of a file, in `<name>.torn` beside it, and whose the files are that stand in for others."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from ..errors import CouldNotWrite


def aside_of(path: Path) -> Path:
    """Where what is torn of *path* goes: beside the file itself, also where *path* is a link to it."""
    real = path.resolve()
    return real.with_name(real.name + ".torn")


@contextmanager
def aside(path: Path) -> Iterator[BinaryIO]:
    """Open `<name>.torn` of *path* for appending; what is written is on the disk at the end, or gone where it failed.

    One that is made here belongs to whom *path* belongs to: root may be the one who repairs, and the owner's runs go
    on writing there.
    """
    torn = aside_of(path)
    made = not torn.exists()
    with torn.open("ab") as file:
        held = file.seek(0, os.SEEK_END)
        if made:
            with suppress(PermissionError):
                give(file.fileno(), path.stat())
        try:
            yield file
            file.flush()
            os.fsync(file.fileno())
            if made and not os.fstat(file.fileno()).st_size:
                torn.unlink()
        except BaseException:
            with suppress(OSError):
                file.flush()
            os.ftruncate(file.fileno(), held)
            if made:
                torn.unlink()
            raise


def give(fd: int, like: os.stat_result) -> None:
    """Give an open file the owner, group and mode of another.

    Raises:
        PermissionError: only root may.
    """
    own = os.fstat(fd)
    if (own.st_uid, own.st_gid) != (like.st_uid, like.st_gid):
        os.fchown(fd, like.st_uid, like.st_gid)
    os.fchmod(fd, like.st_mode & 0o7777)


def own(new: BinaryIO, old: BinaryIO, real: Path, otherwise: str) -> None:
    """Give *new*, which is to stand in *real*'s place, owner, group and mode of *old*.

    otherwise: what would become of *real*, for the error.

    Raises:
        CouldNotWrite: they can't be given by whoever runs this.
    """
    like = os.fstat(old.fileno())
    try:
        give(new.fileno(), like)
    except PermissionError as error:
        raise CouldNotWrite(
            f"{real} belongs to user {like.st_uid}, group {like.st_gid}, and {otherwise}, so it is as it was: "
            f"run this as its owner, such as with sudo -u '#{like.st_uid}'"
        ) from error

"""A data file with the run's spool behind it: what the one does not take goes to the other."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from shlex import quote
from typing import Any

from ...errors import CouldNotWrite
from ...needs.places import why
from ..append import LineFile
from ..encode import encode
from .places import Place, name_of, open_spool, places, still_named

_TRIES = 5  # whoever appends a spool may remove its folder at the moment in which we want it


class KeptFile:
    """One data file open for appending; from the first line on that it does not take, all go to the run's spool.

    refused: why it takes no more, None while it does. kept: how many lines are in the spool; after a failed fsync some
    of them may stand in the file as well, and whoever appends them looks. where: the spool files. lost: how many lines
    could be kept nowhere, known once it is closed. failed: the folders that took no spool, with why.
    """

    def __init__(self, path: Path, run: Callable[[], str], *, sync_lines: int = 20) -> None:
        """Take the places now: a folder that is gone later can't be resolved. run: the run's id, once it is needed."""
        self.path = path
        self.refused: CouldNotWrite | None = None
        self.file: LineFile | None = None
        self.kept = self.lost = 0
        self.where: list[Path] = []
        self._run = run
        self._sync_lines = sync_lines
        self._places = places(path.parent)
        self._unkept: list[bytes] = []
        self.failed: dict[Path, str] = {}

    def open(self) -> LineFile:
        """Return the file, opened if it was not.

        Raises:
            CouldNotWrite: it takes no lines.
        """
        if self.file is None:
            self.file = LineFile(self.path, sync_lines=self._sync_lines)
        return self.file

    def append(self, record: Mapping[str, Any], check: Callable[[], object] = lambda: None) -> bool:
        """Write one object as a line of the file; False: it went to the spool, and `refused` says why.

        check: as of `LineFile.append`.
        """
        if self.refused is None:
            try:
                self.open().append(record, check)
                return True
            except CouldNotWrite as error:
                self.refused = error
                if self.file is not None and self.file.doubted:
                    self._keep(self.file.doubted)  # the line is one of them
                    return False
        self._keep((encode(record),))
        return False

    def close(self) -> None:
        """Bring all to the disk, if need be into the spool; once more for what no spool took before."""
        if self.file is not None:
            try:
                self.file.close()
            except CouldNotWrite as error:
                self.refused = self.refused or error
                self._keep(self.file.doubted)
        unkept, self._unkept = self._unkept, []
        self._keep(unkept)
        self.lost = len(self._unkept)

    def _keep(self, lines: tuple[bytes, ...] | list[bytes]) -> None:
        name = name_of(self._run(), self.path.name)
        for line in lines:
            if not any(self._kept_in(place, name, line) for place in self._places):
                self._unkept.append(line)

    def _kept_in(self, place: Place, name: str, line: bytes) -> bool:
        try:
            append_to(place, name, line)
        except OSError as error:
            self.failed[place.path] = why(place.path, error)
            return False
        self.kept += 1
        if (path := place.path / name) not in self.where:
            self.where.append(path)
        return True


def kept_aside(*files: KeptFile) -> str:
    """Say in one line why closed *files* took no more, where the lines are and what to do; "" where they took all."""
    refused = [file for file in files if file.refused]
    if not refused:
        return ""
    kept, lost = sum(file.kept for file in files), sum(file.lost for file in files)
    where = " and ".join(str(path) for file in files for path in file.where)
    told = [str(refused[0].refused)]
    if kept:
        command = f"python -m tiktok_scraper.lines repair {quote(str(refused[0].path))}"
        told.append(f"{_lines(kept)} kept in {where}; once there is room the next run appends them, or {command}")
    if lost:
        failed = "; ".join(f"{folder}: {reason}" for file in files for folder, reason in file.failed.items())
        told.append(f"{_lines(lost)} lost: no spool took them ({failed})")
    return ". ".join(told)


def _lines(count: int) -> str:
    return f"{count} {'line is' if count == 1 else 'lines are'}"


def append_to(place: Place, name: str, line: bytes) -> None:
    """Append a line to a spool, made with its folder if need be, and bring it to the disk.

    Raises:
        OSError: it can't be; the spool ends with the line before.
    """
    for _ in range(_TRIES):
        with suppress(FileNotFoundError), place.opened(make=True) as folder:
            try:
                if _append(name, folder, line):
                    return
            except OSError:
                place.remove()
                raise
    raise FileNotFoundError(f"{place.path / name} can't be made, or is removed again and again")


def _append(name: str, folder: int, line: bytes) -> bool:
    """Append the line; False where the spool was removed before it was ours."""
    fd = open_spool(name, folder, make=True)
    try:
        fcntl.flock(fd, fcntl.LOCK_EX)
        if not still_named(fd, name, folder):
            return False
        end = os.fstat(fd).st_size
        try:
            written = 0
            while written < len(line):
                written += os.write(fd, line[written:])
            os.fsync(fd)
            os.fsync(folder)
        except OSError:
            with suppress(OSError):
                os.ftruncate(fd, end)
            if not end:
                with suppress(OSError):
                    os.unlink(name, dir_fd=folder)
            raise
        return True
    finally:
        os.close(fd)

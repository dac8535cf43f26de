"""Where what is fetched waits until it is whole and checked: `.pull/` in the folder, which one pull at a time uses."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ..errors import CouldNotPull
from ..needs.places import why
from ..privacy.folder import alone_in
from .copy import Copy
from .look import There
from .names import is_packed

FOLDER = ".pull"


@dataclass(frozen=True)
class Stage:
    """into: the folder of the copies. Staged files bear their names, in `tail/` what stands behind those that are
    here, in `anew/` what stands in their place.
    """

    into: Path

    @property
    def tail(self) -> Path:
        """For what is to be appended."""
        return self._made("tail")

    @property
    def anew(self) -> Path:
        """For whole files."""
        return self._made("anew")

    def appended(self, name: str, size: int) -> Copy:
        """The copy as it will be when the lines fetched so far stand behind the *size* bytes that are here."""
        return Copy(self.into / name, size, self.tail / name)

    def replaced(self, name: str) -> Copy:
        """The copy as it will be when the file fetched stands in the place of the one here."""
        return Copy(self.into / name, 0, self.anew / name, packed=is_packed(name))

    def left(self, sizes: dict[str, int]) -> dict[str, list[Copy]]:
        """What an earlier pull left staged, by names. sizes: of the whole lines that are here."""
        left: dict[str, list[Copy]] = {}
        for path in sorted(self.tail.iterdir()):
            left.setdefault(path.name, []).append(self.appended(path.name, sizes.get(path.name, 0)))
        for path in sorted(self.anew.iterdir()):
            left.setdefault(path.name, []).append(self.replaced(path.name))
        return left

    @staticmethod
    def keep_what_fits(left: dict[str, list[Copy]], files: dict[str, There]) -> None:
        """Keep the whole lines of what was left staged where the file there still begins so; remove the rest."""
        for name, copies in left.items():
            for copy in copies:
                there = files.get(name)
                assert copy.fetched is not None
                fits = there is not None and copy.whole and there.sums.get(copy.whole) == copy.sha256()
                if fits and copy.whole > copy.kept:
                    os.truncate(copy.fetched, copy.whole)
                else:
                    copy.fetched.unlink()

    @staticmethod
    def begin(copy: Copy) -> int:
        """Make the staged file as long as what is kept of the one here, as a hole, unless something is staged; returns
        how long it is.
        """
        assert copy.fetched is not None
        with copy.fetched.open("ab") as file:
            if not file.tell():
                file.truncate(copy.kept)
            return os.fstat(file.fileno()).st_size

    def clear(self) -> None:
        """Remove all that is staged."""
        for folder in (self.tail, self.anew):
            shutil.rmtree(folder)

    def fresh(self) -> Path:
        """An empty folder for whole files, in `anew/`'s place."""
        shutil.rmtree(self.anew)
        return self.anew

    def _made(self, name: str) -> Path:
        folder = self.into / FOLDER / name
        folder.mkdir(parents=True, exist_ok=True)
        return folder


@contextmanager
def staged(into: Path) -> Iterator[Stage]:
    """Yield the stage of a folder, which is made if need be; no other pull and no command of privacy is at work there.

    Raises:
        CouldNotPull: another pull is at work there, or nothing can be written there.
        CouldNotWrite: a command of privacy is.
    """
    try:
        (into / FOLDER).mkdir(parents=True, exist_ok=True, mode=0o700)
        fd = os.open(into / FOLDER, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    except OSError as error:
        raise CouldNotPull(f"nothing can be written in {into}: {why(into, error)}") from error
    try:
        try:
            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise CouldNotPull(f"another pull into {into} still goes: wait until it has ended") from None
        with alone_in(into):
            yield Stage(into)
    finally:
        os.close(fd)

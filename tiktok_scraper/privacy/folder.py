"""A data directory: which of its files tell of people, and that one command at a time changes them."""

from __future__ import annotations

import fcntl
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from ..errors import BadSetting, CouldNotWrite
from ..runs.record import FILE as RUNS_FILE

LINES = "tiktoks.jsonlines"
REJECTED = "rejected.jsonlines"
TEMPORARY = ".generation"  # the ending of a file that is being written anew
PENDING = f".pending{TEMPORARY}.json"  # what runs.jsonlines is to be told of a file that is about to be put in place
# What is made of lines by commands of the analysis, and holds their names.
_DERIVED = re.compile(r"report\.html|export\..*|.*\.(?:pdf|sqlite|parquet)|(?:tiktok|creator|audio)-.*\.(?:png|csv)")
_PACKED = re.compile(r"(?:tiktoks|rejected).*\.jsonlines\.(?!torn$).+")


@dataclass(frozen=True)
class Folder:
    """The files of one data directory, each in the order of its name; links to files are followed."""

    path: Path

    @classmethod
    def at(cls, path: Path) -> Folder:
        """Take the data directory at *path*.

        Raises:
            BadSetting: it is no folder with lines, or holds lines that are compressed.
        """
        if path.is_file():
            raise BadSetting(f"{path} is a file: name the folder that it lies in, {path.parent}")
        folder = cls(path)
        if not path.is_dir() or not (folder.lines or folder.rejected or _holds(path / RUNS_FILE)):
            found = "no such folder" if not path.is_dir() else "a folder without tiktoks.jsonlines"
            raise BadSetting(f"expected a folder where a crawl wrote, found {found} at {path}")
        if packed := [file.name for file in folder._all if _PACKED.fullmatch(file.name)]:
            raise BadSetting(
                f"{path} holds compressed lines ({', '.join(packed)}), which would be left as they are: unpack them "
                "first, such as with gunzip, and run this again"
            )
        return folder

    @property
    def main(self) -> Path:
        """tiktoks.jsonlines, whose generations runs.jsonlines counts."""
        return self.path / LINES

    @property
    def runs(self) -> Path:
        """runs.jsonlines, in which nothing tells of people."""
        return self.path / RUNS_FILE

    @cached_property
    def lines(self) -> list[Path]:
        """Files of sightings, also those that wait in spool/ for tiktoks.jsonlines.

        It comes last itself, since its generation is told of.
        """
        found = [*self._named(r"tiktoks.*\.jsonlines"), *self._spooled(rejected=False)]
        return sorted(found, key=lambda path: (path.name == LINES, path.name))

    @cached_property
    def rejected(self) -> list[Path]:
        """Files of what could not be a line."""
        return [*self._named(r"rejected.*\.jsonlines"), *self._spooled(rejected=True)]

    @cached_property
    def torn(self) -> list[Path]:
        """What is kept aside of either, beside the file that a link leads to, too."""
        found = {file.resolve().with_name(file.resolve().name + ".torn") for file in (*self.lines, *self.rejected)}
        found |= {file.resolve() for file in self._named(r"(?:tiktoks|rejected|runs).*\.torn")}
        return sorted(file for file in found if file.is_file())

    @cached_property
    def raw(self) -> list[Path]:
        """Replies kept of runs, a file each."""
        return self._below("raw", "*.jsonlines.gz")

    @cached_property
    def pages(self) -> list[Path]:
        """Folders of a run each: masked pages in contact/, pictures of preview cards in evidence/."""
        return [*self._below("contact", "*"), *self._below("evidence", "*")]

    @cached_property
    def derived(self) -> list[Path]:
        """What the analysis made of the lines, and no command here changes."""
        return [file for file in self._all if _DERIVED.fullmatch(file.name)]

    @cached_property
    def _all(self) -> list[Path]:
        return sorted(file for file in self.path.iterdir() if file.is_file())

    def _spooled(self, *, rejected: bool) -> list[Path]:
        found = [file for file in self._below("spool", "*.jsonlines") if not file.name.endswith(".runs.jsonlines")]
        return [file for file in found if file.name.endswith(".rejected.jsonlines") is rejected]

    def _named(self, pattern: str) -> list[Path]:
        return [file for file in self._all if re.fullmatch(pattern, file.name)]

    def _below(self, name: str, pattern: str) -> list[Path]:
        return sorted((self.path / name).glob(pattern)) if (self.path / name).is_dir() else []


@contextmanager
def alone_in(path: Path) -> Iterator[None]:
    """Keep other commands of privacy out of a data directory, and remove what a killed one left half written.

    Raises:
        CouldNotWrite: another one is at work there.
    """
    fd = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        try:
            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise CouldNotWrite(
                f"another command of tiktok_scraper.privacy is at work in {path}; try when it has ended"
            ) from None
        for place in {path, path / "raw", path / "spool", *(file.resolve().parent for file in Folder(path).lines)}:
            for left in place.glob(f".*{TEMPORARY}") if place.is_dir() else ():
                left.unlink(missing_ok=True)
        yield
    finally:
        os.close(fd)


def _holds(path: Path) -> bool:
    """Whether a file has anything in it: a run that could not start leaves an empty record."""
    return path.exists() and path.stat().st_size > 0

"""Who is to be left out from now on: `forgotten.jsonlines` in the data directory, a keyed mark each, that names nobody.

A mark is made of a pseudonym, so that it is found by a creator's id or handle and by a pseudonym of them alike.
"""

from __future__ import annotations

import os
from base64 import b32encode
from collections.abc import Iterable
from pathlib import Path

from ..errors import BadSetting
from ..items import stamp
from ..lines import Line, LineFile, read_lines
from ..lines.spool import FORGOTTEN
from .pseudonyms import Pseudonyms

FILE = FORGOTTEN
FIRST_KEY = "forgotten"


class Forgotten:
    """The marks of a data directory, read anew whenever the file has changed."""

    def __init__(self, folder: Path, pseudonyms: Pseudonyms) -> None:
        """Read the marks.

        Raises:
            BadSetting: some were made with another key, so that whom they mean could not be told.
        """
        self.path = folder / FILE
        self._pseudonyms = pseudonyms
        self._state: tuple[int, int, int] | None = None
        self._marks: frozenset[str] = frozenset()
        self.refresh()

    def refresh(self) -> None:
        """Read the file if it has changed."""
        try:
            there = self.path.stat()
        except FileNotFoundError:
            self._state, self._marks = None, frozenset()
            return
        state = (there.st_ino, there.st_size, there.st_mtime_ns)
        if state == self._state:
            return
        records = [line.record for line in read_lines(self.path) if isinstance(line, Line)]
        if other := {str(record.get("key")) for record in records} - {self._pseudonyms.name}:
            raise BadSetting(
                f"{self.path} was made with the key {', '.join(sorted(other))}, and yours is {self._pseudonyms.name}, "
                "so nobody in it can be left out: name the file of that key with TIKTOK_PSEUDONYM_KEY"
            )
        self._state, self._marks = state, frozenset(str(record.get(FIRST_KEY)) for record in records)

    def holds(self, creator_id: str | None, handle: str | None) -> bool:
        """Whether a creator of this id or handle, or of these pseudonyms, is to be left out."""
        return bool(self._marks) and any(
            told and self.mark(kind, told) in self._marks
            for kind, told in (("creator", creator_id), ("handle", handle))
        )

    def mark(self, kind: str, name: str) -> str:
        """The mark of a creator's id ("creator") or handle ("handle"), or of its pseudonym."""
        pseudonym = self._pseudonyms.of(kind, name.lower() if kind == "handle" else name)
        return b32encode(self._pseudonyms.digest("forgotten", pseudonym)).decode().lower()[:32]

    def add(self, ids: Iterable[str], handles: Iterable[str], now: float) -> int:
        """Write marks of those that have none yet; returns how many there were to write."""
        marks = {self.mark("creator", id_) for id_ in ids} | {self.mark("handle", handle) for handle in handles}
        fresh = sorted(marks - self._marks)
        if fresh:
            made = not self.path.exists()
            with LineFile(self.path) as file:
                for mark in fresh:
                    file.append({FIRST_KEY: mark, "key": self._pseudonyms.name, "at": stamp(now)})
            if made:
                _as_its_folder(self.path)
        self.refresh()
        return len(fresh)


def _as_its_folder(path: Path) -> None:
    """Root may be the one who forgets, and the owner's runs go on reading here."""
    there = path.parent.stat()
    if os.geteuid() == 0:
        os.chown(path, there.st_uid, there.st_gid)

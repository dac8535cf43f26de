"""The file, held against what was acknowledged; read by json and split() alone, not by the reader that is tried."""

from __future__ import annotations

import fcntl
import json
import random
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.torture.writer import record, summed
from tiktok_scraper.lines import Line, LineFile, encode, read_lines
from tiktok_scraper.lines.aside import aside_of
from tiktok_scraper.lines.record import is_record

Key = tuple[str, int]
_TORN = "torn on purpose"
_PLANTED = f'{{"run":"{_TORN}"'.encode()


@dataclass(slots=True)
class Judged:
    """One file under torture.

    acknowledged, seen, lost: lines, by writer and number. twice: lines that stood in the file already. torn: torn tails
    that kills left; planted: those that `tear` made. faults: what may never be, in words.
    """

    path: Path
    acknowledged: set[Key] = field(default_factory=set)
    seen: set[Key] = field(default_factory=set)
    lost: set[Key] = field(default_factory=set)
    torn: int = 0
    planted: int = 0
    twice: int = 0
    faults: list[str] = field(default_factory=list)
    _tail: bytes = b""
    _offset: int = 0  # up to here it is read, and may never change

    def look(self) -> None:
        """Read what came since, while nobody writes."""
        if not self.path.exists():
            return
        with self.path.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            file.seek(self._offset)
            *lines, tail = file.read().split(b"\n")
        for line in lines:
            self._line(line)
            self._offset += len(line) + 1
        self.torn += bool(tail) and tail != self._tail and not tail.startswith(_PLANTED)
        self._tail = tail
        self.lost |= self.acknowledged - self.seen

    def tear(self, drawn: random.Random) -> None:
        """Leave a line cut short at the end, as a power cut does, so that kills fall into its mending too."""
        line = encode(record(_TORN, self.planted, drawn))
        with self.path.open("ab+") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            end = file.seek(0, 2)
            file.seek(max(end - 1, 0))
            if file.read(1) in {b"", b"\n"}:
                file.write(line[: drawn.randrange(len(_PLANTED), len(line) - 1)])
                file.flush()
                self.planted += 1

    def end(self) -> None:
        """Open it once more, as the next run does: it ends with a whole line, and every reader reads the same."""
        before = self.torn
        with LineFile(self.path):
            pass
        self.look()
        if self.torn != before:
            self.faults.append("it ends in a torn line after it was opened")
        self.torn = before
        read = list(read_lines(self.path))
        if bad := [line for line in read if not isinstance(line, Line)]:
            self.faults.append(f"{len(bad)} lines can't be read, the first at byte {bad[0].offset}")
        if (keys := [_key(line.record) for line in read if isinstance(line, Line)]) and len(keys) != len(self.seen):
            self.faults.append(f"{len(keys)} lines are read, {len(self.seen)} were seen")
        torn = aside_of(self.path)
        pieces = torn.read_bytes().split(b"\n") if torn.exists() else []
        if whole := [piece for piece in pieces if is_record(piece)]:
            self.faults.append(f"{len(whole)} whole records were set aside as torn")

    def _line(self, line: bytes) -> None:
        try:
            record = json.loads(line)
            as_written = record["sum"] == summed(record["text"])
        except (ValueError, KeyError, TypeError):
            as_written = False
        if not as_written:
            self.faults.append(f"the line at byte {self._offset} is not as anybody wrote it")
            return
        key = _key(record)
        self.twice += key in self.seen
        self.seen.add(key)


def _key(record: dict[str, Any]) -> Key:
    return record["run"], record["n"]

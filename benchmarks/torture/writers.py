"""Writers of one file, alone or two at once, killed at random moments; the next one goes on."""

from __future__ import annotations

import multiprocessing
import random
import time
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.torture.judged import Judged
from benchmarks.torture.writer import KINDS, write

LONGEST_LIFE_S = 0.06  # from the fork, or from the first line: opening, mending, some dozens of lines
STARTS_WITHIN_S = 60.0
TEARS = 0.25  # of the kills a line cut short is added by hand
KILLS_A_FILE = 50  # then a new one, so that reading it whole stays quick
_FORKS = multiprocessing.get_context("forkserver")  # a fork of what has imported all: a start costs a few ms
_FORKS.set_forkserver_preload(["benchmarks.torture.writer"])


@dataclass(slots=True)
class Killed:
    """What came of kills. lines: found in the files; the others as of `Judged`, as numbers."""

    kills: int = 0
    acknowledged: int = 0
    lines: int = 0
    torn: int = 0
    planted: int = 0
    lost: int = 0
    twice: int = 0
    seconds: float = 0.0
    faults: list[str] = field(default_factory=list)

    def add(self, judged: Judged) -> None:
        """Add one file's."""
        self.acknowledged += len(judged.acknowledged)
        self.lines += len(judged.seen)
        self.torn += judged.torn
        self.planted += judged.planted
        self.lost += len(judged.lost)
        self.twice += judged.twice
        self.faults += judged.faults


class Writer:
    """One living writer, and what it acknowledges."""

    def __init__(self, path: Path, kind: str, name: str) -> None:
        self.name = name
        self._told, acknowledge = _FORKS.Pipe(duplex=False)
        self._process = _FORKS.Process(target=write, args=(path, kind, name, acknowledge), daemon=True)
        self._process.start()
        acknowledge.close()

    def wait(self) -> None:
        """Until a line is acknowledged that nobody has asked for yet."""
        if not self._told.poll(STARTS_WITHIN_S):
            raise RuntimeError(f"the writer {self.name} appended nothing within {STARTS_WITHIN_S:.0f} s")

    def acknowledged(self) -> set[tuple[str, int]]:
        """What was acknowledged since last asked."""
        return {(self.name, n) for n in _numbers(self._told)}

    def kill(self) -> None:
        """SIGKILL.

        Raises:
            RuntimeError: it had ended by itself.
        """
        self._process.kill()
        self._process.join()
        if self._process.exitcode != -9:
            raise RuntimeError(f"the writer {self.name} ended by itself: exit code {self._process.exitcode}")


def killed(kills: int, at_once: int, seed: int) -> Killed:
    """Kill writers *kills* times, *at_once* of them living on one file."""
    drawn, found, began = random.Random(seed), Killed(), time.monotonic()
    while found.kills < kills:
        with TemporaryDirectory() as folder:
            judged = Judged(Path(folder) / "tiktoks.jsonlines")
            _torture(judged, min(KILLS_A_FILE, kills - found.kills), at_once, drawn)
            found.kills += min(KILLS_A_FILE, kills - found.kills)
            judged.end()
            found.add(judged)
    found.seconds = time.monotonic() - began
    return found


def _torture(judged: Judged, kills: int, at_once: int, drawn: random.Random) -> None:
    living: list[Writer] = []
    for number in range(kills):
        while len(living) < min(at_once, kills - number):
            living.append(Writer(judged.path, drawn.choice(KINDS), f"{number}-{len(living)}-{drawn.random()}"))
        dead = living.pop(drawn.randrange(len(living)))
        if drawn.random() < 0.5:
            dead.wait()
        time.sleep(drawn.uniform(0, LONGEST_LIFE_S))  # the moment is to be random
        dead.kill()
        for writer in (dead, *living):
            judged.acknowledged |= writer.acknowledged()
        judged.look()
        if drawn.random() < TEARS:
            judged.tear(drawn)


def _numbers(told: Connection) -> list[int]:
    numbers = []
    with suppress(EOFError):
        while told.poll():
            numbers.append(int(told.recv_bytes()))
    return numbers

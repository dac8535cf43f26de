"""Pictures and tables of the page, and some measures, made by forks of this process while it goes on.

The page is the same on any number of processors: what a fork makes is text that hangs on nothing but its own data, and
stands in the page where it was asked for. A fork that fails or never ends costs time alone: its work is done here.
"""

from __future__ import annotations

import os
import pickle
import re
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from typing import IO, Any, Generic, TypeVar

from analysis.report.markup import Html
from analysis.terms.errors import AnalysisError

Made = TypeVar("Made")

# Fewer than this are not worth a fork, which takes as long as a small picture.
BATCH = 4
HANGS_AFTER_S = 120.0  # counted from when nothing else is left to do
LOOK_EVERY_S = 0.005
_LENGTH = 8  # bytes that say how long a result is
# No text of the data can hold it: `escaped` lets no control character pass.
_PLACE = re.compile("\x02([0-9]+)\x03")


class Later(Generic[Made]):
    """What will be made; until then it stands in the page by a mark. What it is made of is let go when it is made."""

    def __init__(self, make: Callable[[], Made], workers: Workers) -> None:
        self._make: Callable[[], Made] | None = make
        self._workers = workers
        self._made: list[Made] = []

    def text(self, say: Callable[[Made], Html]) -> Html:
        """What *say* says of it, or the mark in its place."""
        return say(self._made[0]) if self._made else self._workers.place(lambda: say(self.made()))

    @property
    def is_made(self) -> bool:
        """Whether it is made, here or elsewhere."""
        return self._make is None

    def made(self) -> Made:
        """What was made; made now, if it was not."""
        if self._make is not None:
            self.take(self._make())
        return self._made[0]

    def take(self, made: Made) -> None:
        """It is made, here or elsewhere."""
        self._made, self._make = [made], None


@dataclass
class Fork:
    """A process at work: what it makes, and the file that it leaves each result in, its length and then its pickle.

    taken: how many of the results were taken from the file, and read: how many bytes of it.
    """

    pid: int
    work: list[Later[Any]]
    file: IO[bytes]
    taken: int = 0
    read: int = 0

    def take(self) -> None:
        """Take what it has left whole since; the place in the file is the fork's, so it is not moved."""
        while self.taken < len(self.work):
            length = os.pread(self.file.fileno(), _LENGTH, self.read)
            size = int.from_bytes(length, "big")
            if len(length) < _LENGTH or os.fstat(self.file.fileno()).st_size < self.read + _LENGTH + size:
                return  # asked again and again, and it may be large: nothing is read in halves
            made = os.pread(self.file.fileno(), size, self.read + _LENGTH)
            if len(made) < size:
                return
            if not (asked := self.work[self.taken]).is_made:
                asked.take(pickle.loads(made))
            self.taken, self.read = self.taken + 1, self.read + _LENGTH + size

    def left(self) -> list[Later[Any]]:
        """What nobody has made: the fork is at the first of it."""
        return [asked for asked in self.work[self.taken :] if not asked.is_made]

    def is_at(self, asked: Later[Any]) -> bool:
        """Whether it makes *asked* now."""
        return self.work[self.taken : self.taken + 1] == [asked]


@dataclass
class Workers:
    """Has forks make what is asked for, so that *processes* work at once, this one too; 1: all is made here."""

    processes: int = 1
    _waiting: list[Later[Any]] = field(default_factory=list)
    _forks: list[Fork] = field(default_factory=list)
    _places: list[Callable[[], Html]] = field(default_factory=list)

    def later(self, make: Callable[[], Made]) -> Later[Made]:
        """*make* by a fork, which sees the data as they are by then: nothing may change them."""
        asked = Later(make, self)
        if self.processes < 2:
            asked.made()
            return asked
        self._waiting.append(asked)
        if len(self._waiting) >= BATCH:
            self._start()
        return asked

    def ahead(self, makes: Sequence[Callable[[], Any]]) -> list[Later[Any]]:
        """*makes* by a fork that begins with them at once, in their order; ask for them by `awaited`."""
        asked = [Later(make, self) for make in makes]
        if self.processes > 1:
            others, self._waiting = self._waiting, list(asked)
            self._start()
            self._waiting = others
        return asked

    def awaited(self, asked: Later[Made]) -> Made:
        """What was made, when the fork that is at it has made it; made here, where none is."""
        ends = time.monotonic() + HANGS_AFTER_S
        while time.monotonic() < ends:
            self._collect()
            for fork in self._forks:
                fork.take()
            if asked.is_made or not any(fork.is_at(asked) for fork in self._forks):
                break
            time.sleep(LOOK_EVERY_S)
        return asked.made()

    def place(self, say: Callable[[], Html]) -> Html:
        """A mark that `filled` puts what *say* says in place of."""
        self._places.append(say)
        return Html(f"\x02{len(self._places) - 1}\x03")

    def filled(self, page: str) -> str:
        """*page* with everything in its place."""
        try:
            for asked in self._waiting:
                asked.made()
            self._waiting.clear()
            ends = time.monotonic() + HANGS_AFTER_S
            while self._forks and time.monotonic() < ends:
                self._collect()
                if self._help():
                    ends = time.monotonic() + HANGS_AFTER_S
        finally:
            self.close()
        return _PLACE.sub(lambda found: self._places[int(found[1])](), page)

    def close(self) -> None:
        """End the forks that are still at work."""
        for fork in list(self._forks):
            self._end(fork)

    def _start(self) -> None:
        self._collect()
        if len(self._forks) >= self.processes - 1:
            return  # more comes together meanwhile
        with ExitStack() as opened:
            try:
                file = opened.enter_context(tempfile.TemporaryFile())
                pid = os.fork()
            except OSError:  # no room for a file or a process: all that follows is made here
                self.processes = 1
                return
            opened.pop_all()  # it is closed when it is collected
        work, self._waiting = self._waiting, []
        if pid == 0:
            _work(work, file)
        self._forks.append(Fork(pid, work, file))

    def _collect(self) -> None:
        """Take from the forks that have ended what they made; what they did not is made here when it is asked for."""
        for fork in list(self._forks):
            try:
                pid, _ = os.waitpid(fork.pid, os.WNOHANG)
            except ChildProcessError:  # reaped by somebody else, as where SIGCHLD is ignored
                pid = fork.pid
            if pid == 0:
                continue
            self._forks.remove(fork)
            with fork.file:
                fork.take()

    def _help(self) -> bool:
        """Make the last of what a fork has not come to, or wait for what it is at; whether something was made."""
        for fork in list(self._forks):
            fork.take()
            left = fork.left()
            if len(left) > 1:
                left[-1].made()
                return True
            if not left:  # it has come to what was made here
                self._end(fork)
        time.sleep(LOOK_EVERY_S if self._forks else 0)
        return False

    def _end(self, fork: Fork) -> None:
        with suppress(ProcessLookupError, ChildProcessError):  # gone by itself, and reaped by whoever it is
            os.kill(fork.pid, signal.SIGKILL)
            os.waitpid(fork.pid, 0)
        fork.file.close()
        self._forks.remove(fork)


def outcome(make: Callable[[], Made]) -> Made | AnalysisError:
    """What *make* gives, or the AnalysisError that it raises: an answer as well, which a fork can leave."""
    try:
        return make()
    except AnalysisError as error:
        return error


def _work(work: list[Later[Any]], file: IO[bytes]) -> None:
    """In the fork: make, leave, and end without a word; what failed is made again by who asked, and told there."""
    code = 1
    try:
        for asked in work:
            made = pickle.dumps(asked.made(), protocol=pickle.HIGHEST_PROTOCOL)
            file.write(len(made).to_bytes(_LENGTH, "big") + made)
            file.flush()
        code = 0
    finally:
        os._exit(code)


def processors() -> int:
    """How many processes may work at once: 1 where a fork may not be safe, beside threads or off Linux."""
    if not sys.platform.startswith("linux") or not hasattr(os, "fork") or threading.active_count() > 1:
        return 1
    return len(os.sched_getaffinity(0))

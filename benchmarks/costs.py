"""Run a command to its end, and tell what it and every process below it took: seconds, processor time, memory.

Processor time is the kernel's own account of children that have ended. This process takes in orphans meanwhile
(`PR_SET_CHILD_SUBREAPER`), so that what a driver leaves behind is accounted for too.
Memory is looked at again and again, as the sum over all processes of their proportional shares (PSS): Chromium's share
much. Each look takes some ms of a processor, from everybody who is compared alike.
"""

from __future__ import annotations

import ctypes
import os
import re
import resource
import signal
import subprocess
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from benchmarks.places import ROOT
from benchmarks.processes import descendants
from benchmarks.started import environment

HANGS_AFTER_S = 900.0
LOOK_EVERY_S = 1.0
ORPHANS_WITHIN_S = 10.0
MB = 1_000_000
SET_CHILD_SUBREAPER = 36


@dataclass(frozen=True, slots=True)
class Ran:
    """began, ended: time.monotonic(); cpu: seconds in user and system mode; memory: the most that was held, MB."""

    began: float
    ended: float
    exit_code: int
    stdout: str
    stderr: str
    cpu: float
    memory: float

    @property
    def seconds(self) -> float:
        """From its start to its end."""
        return self.ended - self.began


def run(command: Sequence[str], *, within: float | None = None, look_every: float = LOOK_EVERY_S) -> Ran:
    """Run *command* in the project's root, and wait for its end and that of all it started.

    within: seconds, HANGS_AFTER_S if None; look_every: how often memory is looked at, in seconds.

    Raises:
        subprocess.TimeoutExpired: it hangs; it is killed with all below it.
    """
    with taking_in_orphans():
        return _run(command, HANGS_AFTER_S if within is None else within, look_every)


def _run(command: Sequence[str], within: float, look_every: float) -> Ran:
    others, before = children(), _used()
    began = time.monotonic()
    with subprocess.Popen(
        command, cwd=ROOT, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as running:
        looking = Looking(running.pid, look_every)
        looking.start()
        try:
            stdout, stderr = running.communicate(timeout=within)
        except BaseException:
            for each in (running.pid, *(process.pid for process in descendants(running.pid))):
                with suppress(ProcessLookupError):
                    os.kill(each, signal.SIGKILL)
            raise
        finally:
            ended = time.monotonic()
            looking.stop()
    _wait_for(children() - others)
    return Ran(began, ended, running.returncode, stdout, stderr, _used() - before, looking.most)


@contextmanager
def taking_in_orphans() -> Iterator[None]:
    """Have the kernel give this process what others leave behind, where it would go to the first of all."""
    prctl = ctypes.CDLL(None).prctl
    prctl(SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    try:
        yield
    finally:
        prctl(SET_CHILD_SUBREAPER, 0, 0, 0, 0)


class Looking(threading.Thread):
    """Looks at the memory of a process and all below it. most: in MB."""

    def __init__(self, pid: int, every: float) -> None:
        super().__init__(daemon=True)
        self.most = 0.0
        self._pid, self._every, self._ended = pid, every, threading.Event()

    def run(self) -> None:
        """Look until it is stopped."""
        while not self._ended.wait(self._every):
            self.most = max(self.most, held(self._pid))

    def stop(self) -> None:
        """Look no more."""
        self._ended.set()
        self.join()


def held(pid: int) -> float:
    """What the process and all below it hold in memory, MB, shared parts counted once."""
    total = 0.0
    for each in (pid, *(process.pid for process in descendants(pid))):
        with suppress(OSError):  # gone since
            total += in_memory(each, "Pss")
    return total


def in_memory(pid: int, what: Literal["Pss", "Rss"]) -> float:
    """What a process holds in memory by itself, MB: its proportional share, or all that is resident.

    Raises:
        OSError: it is gone.
    """
    told = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="utf-8")
    return sum(int(kb) for kb in re.findall(rf"^{what}: +([0-9]+) kB$", told, re.MULTILINE)) * 1024 / MB


def children() -> set[int]:
    """The processes right below this one, ended ones that nobody has waited for among them."""
    mine = set[int]()
    for thread in Path("/proc/self/task").iterdir():
        with suppress(OSError):
            mine |= set(map(int, (thread / "children").read_text(encoding="ascii").split()))
    return mine


def _used() -> float:
    told = resource.getrusage(resource.RUSAGE_CHILDREN)
    return told.ru_utime + told.ru_stime


def _wait_for(orphans: set[int]) -> None:
    """Wait for those that were left to this process, so that the kernel accounts for them."""
    ends = time.monotonic() + ORPHANS_WITHIN_S
    for pid in orphans:
        with suppress(ChildProcessError):
            while os.waitpid(pid, os.WNOHANG)[0] == 0 and time.monotonic() < ends:
                time.sleep(0.01)

"""Whose child which process is, from /proc: who was below a killed crawl may by then be nobody's child."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple


class Process(NamedTuple):
    """A process; started: in clock ticks since boot, by which a pid that was given anew is told apart."""

    pid: int
    started: int


def descendants(pid: int) -> set[Process]:
    """All below *pid* now."""
    parents = {process: parent for process, parent, _ in _all()}
    below, pids = set[Process](), {pid}
    while new := {process for process, parent in parents.items() if parent in pids} - below:
        below |= new
        pids = {process.pid for process in new}
    return below


def living(known: set[Process], mark: str) -> set[Process]:
    """Who of *known* still runs, and who else has *mark* in its command line or environment."""
    running = {process for process, _, state in _all() if state not in "ZX"}
    return {process for process in running if process in known or _marked(process.pid, os.fsencode(mark))}


def _all() -> list[tuple[Process, int, str]]:
    """Each process with its parent's pid and its state."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):  # gone since
            told = (folder / "stat").read_text(errors="replace").rpartition(")")[2].split()
            found.append((Process(int(folder.name), int(told[19])), int(told[1]), told[0]))
    return found


def _marked(pid: int, mark: bytes) -> bool:
    for name in ("cmdline", "environ"):
        with suppress(OSError):
            if mark in Path(f"/proc/{pid}/{name}").read_bytes():
                return True
    return False

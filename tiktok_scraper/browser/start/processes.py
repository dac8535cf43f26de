"""A run's processes: none outlives the run.

The driver gets SIGKILL when the thread that started it ends (prctl PR_SET_PDEATHSIG), and Chromium ends with the
driver's pipe.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import shutil
import signal
import subprocess
import time
from pathlib import Path
from typing import Any

from ...errors import CouldNotStart

PR_SET_PDEATHSIG = 1
VERSION_WITHIN_S = 30.0
# Processes that were killed are gone by then, on a busy machine too; and how often it is looked.
GONE_WITHIN_S, LOOK_EVERY_S = 3.0, 0.02
# Loaded before any fork: a child of a threaded process may not import.
LIBC = ctypes.CDLL(None) if os.name == "posix" else None


def die_with_parent(by: signal.Signals = signal.SIGKILL) -> None:
    """In the child, before exec: be killed when the thread that forked us ends (Linux; elsewhere nothing)."""
    if LIBC is not None and hasattr(LIBC, "prctl"):
        LIBC.prctl(PR_SET_PDEATHSIG, by, 0, 0, 0)


# How a driver is started: in a session of its own, because Ctrl-C is sent to all of the terminal's, and the run has
# to end before its browser does.
DRIVER_PROCESS: dict[str, Any] = {"preexec_fn": die_with_parent, "start_new_session": True}


def on_display(display: str) -> dict[str, str]:
    """This process's environment with the X *display* alone: a desktop's Wayland would come before it."""
    left = {name: value for name, value in os.environ.items() if name not in {"WAYLAND_DISPLAY", "WAYLAND_SOCKET"}}
    return {**left, "DISPLAY": display, "XDG_SESSION_TYPE": "x11", "GDK_BACKEND": "x11", "MOZ_ENABLE_WAYLAND": "0"}


def kill_tree(pid: int) -> None:
    """Kill a process and all below it, frozen ones too; those that are gone are no error."""
    for victim in (pid, *descendants(pid)):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.kill(victim, signal.SIGKILL)


def descendants(pid: int) -> list[int]:
    """The processes below *pid*, by /proc; none where there is no such folder."""
    parents: dict[int, int] = {}
    for told in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):  # gone between two looks
            # The name stands in parentheses and may hold anything; the state and the parent follow it.
            parents[int(told.parent.name)] = int(told.read_text(errors="replace").rpartition(")")[2].split()[1])
    found, below = [], [pid]
    while below:
        below = [child for child, parent in parents.items() if parent in below]
        found += below
    return found


def end_session(pid: int) -> None:
    """Kill what is left of the session that a driver began, and wait until it is gone: a browser whose driver was
    killed still writes into its profile while it ends, and a folder that is written into can't be removed.
    """
    end = time.monotonic() + GONE_WITHIN_S
    while (left := in_session(pid)) and time.monotonic() < end:
        for victim in left:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(victim, signal.SIGKILL)
        time.sleep(LOOK_EVERY_S)


def in_session(pid: int) -> list[int]:
    """The processes of the session that *pid* began, by /proc, without zombies; none where there is no such folder."""
    found = []
    for told in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):  # gone between two looks
            state, _, _, session = told.read_text(errors="replace").rpartition(")")[2].split()[:4]
            if int(session) == pid and state not in {"Z", "X"}:
                found.append(int(told.parent.name))
    return found


def first_on_path(names: tuple[str, ...]) -> str | None:
    """Return the path of the first of *names* that can be run."""
    return next((path for name in names if (path := shutil.which(name))), None)


def working(browser: str) -> str:
    """Return *browser* if it can tell its version: a driver waits a minute for one that ends at once.

    Raises:
        CouldNotStart: it can't.
    """
    try:
        subprocess.run([browser, "--version"], check=True, capture_output=True, timeout=VERSION_WITHIN_S)
    except (OSError, subprocess.SubprocessError) as error:
        raise CouldNotStart(f"{browser} did not start: it can't tell its version ({error})") from error
    return browser

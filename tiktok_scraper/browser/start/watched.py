"""A browser whose start is watched: a driver waits a minute for one that has exited at once, and drops its words.

The browser is started by a script that notes its process id and keeps its error output, and then becomes the
browser. A thread looks while the driver waits whether that process still is, and kills the driver if it is not.
"""

from __future__ import annotations

import contextlib
import os
import shlex
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

LOOK_EVERY_S = 0.1
# A driver that sees the end itself says more than we can: so long it may.
GRACE_S = 0.5


class Watched:
    """The script *path* to start *browser* by, and what is known of the process. folder: the run directory."""

    def __init__(self, browser: str, folder: Path) -> None:
        self.folder, self.log = folder, folder / "browser.log"
        self._pid = folder / "browser.pid"
        self.exited = False
        script = folder / "browser"
        words = [shlex.quote(str(word)) for word in (self._pid, self.log, browser)]
        script.write_text('#!/bin/sh\necho $$ >{}\nexec 2>{}\nexec {} "$@"\n'.format(*words))
        script.chmod(0o700)
        # On a file system that runs no programs the browser itself is started, and its end is waited for.
        self.path = str(script) if os.access(script, os.X_OK) else browser

    @contextlib.contextmanager
    def start(self, service: Any) -> Iterator[None]:
        """While the body starts the browser by *service*, kill the driver once the browser has exited."""
        done = threading.Event()
        watcher = threading.Thread(target=self._watch, args=(service, done), name="browser-watch", daemon=True)
        watcher.start()
        try:
            yield
        finally:
            done.set()
            watcher.join()

    def _watch(self, service: Any, done: threading.Event) -> None:
        while not done.wait(LOOK_EVERY_S):
            if self._gone() and not done.wait(GRACE_S):
                self.exited = True
                if (process := getattr(service, "process", None)) is not None:
                    process.kill()
                return

    def _gone(self) -> bool:
        """Whether the browser had started and has ended, with every process that uses its folder."""
        try:
            pid = int(self._pid.read_text())
        except (OSError, ValueError):
            return False
        return not alive(pid) and not any(self._uses(told) for told in Path("/proc").glob("[0-9]*/cmdline"))

    def _uses(self, cmdline: Path) -> bool:
        try:  # a launcher may have handed the browser on to another process
            return f"={self.folder}/".encode() in cmdline.read_bytes()
        except OSError:
            return False


def alive(pid: int) -> bool:
    """Whether a process of that id runs; a zombie does not."""
    with contextlib.suppress(OSError):
        told = Path(f"/proc/{pid}/stat").read_bytes()
        return told.rpartition(b")")[2].split()[0] not in {b"Z", b"X"}
    if Path("/proc/self/stat").exists():
        return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True

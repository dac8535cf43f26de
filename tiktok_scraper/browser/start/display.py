"""A display of the run's own, for windows on a machine that has none: Xvfb, one a run, gone with it.

Xvfb is asked to end (SIGTERM, on which it takes its socket away) when the thread that started it ends:
that thread lives for nothing else, since those of the browsers may end before the run does.
"""

from __future__ import annotations

import contextlib
import itertools
import os
import shutil
import signal
import subprocess
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotInTime
from dataclasses import replace
from typing import Any

from pyvirtualdisplay.abstractdisplay import XStartError, XStartTimeoutError
from pyvirtualdisplay.xvfb import XvfbDisplay

from ...config import BrowserConfig
from ...config.browser import VIRTUAL
from ...errors import CouldNotStart
from .processes import die_with_parent

# A usual screen; what browsers draw around a page has room where the page alone is larger.
SCREEN = (1920, 1080)
AROUND = (360, 320)
# Firefox calls a window hidden that others cover wholly, and its page all but stands still; so each of a run's windows
# (as many as it may have browsers) stands aside of the others.
ASIDE = (40, 20)
WINDOWS = 8
# No reset when the last window closes (another may be opening), and a screen that never goes dark.
ARGUMENTS = ["-noreset", "-s", "0"]
START_WITHIN_S = 30.0
END_WITHIN_S = 3.0
ENDING_POLL_S = 0.02
MISSING = (
    "TIKTOK_HEADLESS=virtual needs Xvfb, which is not on the PATH: on Debian sudo apt-get install xvfb, elsewhere the "
    "package that has it (xorg-x11-server-Xvfb, xorg-server-xvfb); or give True in its place"
)


class VirtualDisplay:
    """The display of one run, started when it is first asked for. viewport: of the pages, in CSS pixels."""

    def __init__(self, viewport: tuple[int, int]) -> None:
        self._size = tuple(
            max(least, part + around) for least, part, around in zip(SCREEN, viewport, AROUND, strict=True)
        )
        self._lock = threading.Lock()
        self._keeper: ThreadPoolExecutor | None = None
        self._xvfb: Any = None
        self._places = itertools.cycle((n * ASIDE[0], n * ASIDE[1]) for n in range(WINDOWS))

    def onto(self, config: BrowserConfig) -> BrowserConfig:
        """*config* with this display, where it asks for a virtual one; from any thread.

        Raises:
            CouldNotStart: there is no Xvfb, or it does not start.
        """
        if config.headless != VIRTUAL:
            return config
        with self._lock:
            if self._xvfb is None:
                self._start()
            return replace(config, display=self._xvfb.new_display_var, place=next(self._places))

    def stop(self) -> None:
        """End it, if it was started."""
        with self._lock:
            if self._keeper is not None:
                self._keeper.submit(self._end).result()
                self._keeper.shutdown()
            self._keeper = self._xvfb = None

    def _start(self) -> None:
        check_xvfb()
        self._keeper = self._keeper or ThreadPoolExecutor(1, thread_name_prefix="display")
        xvfb = _BoundXvfb(size=self._size, extra_args=ARGUMENTS, manage_global_env=False)  # type: ignore[no-untyped-call]
        starting = self._keeper.submit(xvfb.start)
        try:
            starting.result(START_WITHIN_S)
        except NotInTime as error:
            xvfb.kill()  # which ends the wait for it, too
            with contextlib.suppress(NotInTime):  # the machine is busy: it ends by itself, once it has begun
                starting.exception(END_WITHIN_S)
            raise CouldNotStart(
                f"Xvfb did not start within {START_WITHIN_S:g} s: start it by hand to see why"
            ) from error
        except (XStartError, XStartTimeoutError, OSError, ValueError) as error:
            said = " ".join((xvfb.stderr or b"").decode(errors="replace").split()) or str(error)
            raise CouldNotStart(f"Xvfb did not start: {said[-200:]}; start it by hand to see why") from error
        self._xvfb = xvfb

    def _end(self) -> None:
        if self._xvfb is None:
            return
        end = time.monotonic() + END_WITHIN_S
        with contextlib.suppress(ProcessLookupError):
            os.kill(self._xvfb.pid, signal.SIGTERM)
        while self._xvfb.is_alive() and time.monotonic() < end:
            time.sleep(ENDING_POLL_S)
        self._xvfb.stop()


class _BoundXvfb(XvfbDisplay):
    """PyVirtualDisplay's Xvfb, in a session of its own (Ctrl-C is not meant for it) and bound to its thread."""

    _is_unwanted = False

    def _popen(self, use_pass_fds: bool) -> None:
        self._subproc: subprocess.Popen[bytes] = subprocess.Popen(
            self._command,
            pass_fds=[int(self._pipe_wfd or 0)] if use_pass_fds else [],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            preexec_fn=_end_with_parent,  # noqa: PLW1509  it calls the kernel and nothing else
            start_new_session=True,
        )
        if self._is_unwanted:
            self._subproc.kill()

    def kill(self) -> None:
        """Kill it, from another thread than the one that waits for it; also one that has yet to begin."""
        self._is_unwanted = True
        if self._subproc is not None:
            self._subproc.kill()


def _end_with_parent() -> None:
    die_with_parent(signal.SIGTERM)


def check_xvfb() -> None:
    """Look whether there is an Xvfb.

    Raises:
        CouldNotStart: there is none; the message says how to get one.
    """
    if shutil.which("Xvfb") is None:
        raise CouldNotStart(MISSING)

"""What can be known of drivers, displays and far addresses before a browser is started, in milliseconds."""

from __future__ import annotations

import contextlib
import os
import shlex
import subprocess
import sys
import urllib.error
from http.client import HTTPException
from typing import Any

from ...config.values import shown
from ...errors import CouldNotStart
from .far import status_of

# A driver tells its version in some ten milliseconds, a grid its status in some hundred.
VERSION_WITHIN_S = 4.0
STATUS_WITHIN_S = 4.0
# One that took the question is there: on a machine with much else to do it may need longer, once more.
PATIENT_S = 10.0
OTHERS_DRIVER = {"chrome": "geckodriver", "firefox": "chromedriver"}


def check_driver(driver: str, browser: str) -> None:
    """Have *driver* tell its version: selenium waits half a minute for one that ends or is something else.

    Raises:
        CouldNotStart: it can't, or drives another browser.
    """
    try:
        told = subprocess.run(
            [driver, "--version"], check=True, capture_output=True, timeout=VERSION_WITHIN_S, stdin=subprocess.DEVNULL
        )
    except PermissionError as error:
        raise CouldNotStart(f"the driver {driver} may not be run: chmod +x {shlex.quote(driver)}") from error
    except OSError as error:
        raise CouldNotStart(
            f"the driver {driver} can't be run: {error.strerror}; is it made for this kind of machine?"
        ) from error
    except subprocess.TimeoutExpired as error:
        raise _no_driver(driver, f"did not tell its version within {VERSION_WITHIN_S:g} s") from error
    except subprocess.CalledProcessError as error:
        said = error.stderr.decode(errors="replace").strip().splitlines()
        raise _no_driver(
            driver, f"exits at once, with code {error.returncode}{f': {said[-1]}' if said else ''}"
        ) from error
    name = told.stdout.decode(errors="replace").strip()
    if "driver" not in name.lower():
        raise _no_driver(driver, f"says {name.splitlines()[0]!r} for its version" if name else "exits at once")
    if OTHERS_DRIVER[browser] in name.lower():
        raise CouldNotStart(f"{driver} is {name.splitlines()[0]}, and no driver of {browser}: see SELENIUM_DRIVER_NAME")


def _no_driver(driver: str, what: str) -> CouldNotStart:
    return CouldNotStart(f"the driver {driver} {what}: is SELENIUM_DRIVER_EXECUTABLE_PATH the path of a driver?")


def check_display(has_window: bool, display: str = "") -> None:
    """Look whether a browser that shows itself has where to: the *display* that was started for it, or another.

    Raises:
        CouldNotStart: it has not.
    """
    if not has_window or display or not sys.platform.startswith("linux"):
        return
    if not os.environ.get("DISPLAY") and not os.environ.get("WAYLAND_DISPLAY"):
        raise CouldNotStart(
            "TIKTOK_HEADLESS=False needs a display, and neither DISPLAY nor WAYLAND_DISPLAY is set: leave it out, give "
            "virtual in place of False, or run in a desktop session or under xvfb-run"
        )


def check_executor(address: str) -> Any:
    """Ask the driver or grid at *address* for its status: selenium would wait minutes for an answer.

    Returns what it told, None where that is not to be read.

    Raises:
        CouldNotStart: nobody answers.
    """
    try:
        with contextlib.suppress(TimeoutError):  # who can't be reached is a URLError
            return status_of(address, STATUS_WITHIN_S)
        return status_of(address, PATIENT_S)
    except urllib.error.HTTPError as error:
        error.close()
        return None  # somebody is there; what it lacks, the start will tell
    except (OSError, HTTPException) as error:
        cause = getattr(error, "reason", error)
        told = getattr(cause, "strerror", None) or cause
        raise CouldNotStart(
            f"the browser at {shown(address)} did not start: nobody answers there ({told}); "
            "is a driver or a grid running there? SELENIUM_COMMAND_EXECUTOR names it"
        ) from error

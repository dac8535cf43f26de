"""The browser and its driver: which are found, and whether their versions fit each other."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator

from ..browser.start.before import check_driver, check_executor
from ..browser.start.chromium import NAMES
from ..browser.start.firefox import NAMES as FIREFOX_NAMES
from ..browser.start.launch import DRIVERS
from ..browser.start.processes import VERSION_WITHIN_S, first_on_path, working
from ..browser.start.refusals import PACKAGES, missing
from ..config import BrowserConfig
from ..config.values import shown
from ..errors import CouldNotStart
from .findings import FAILURE, OK, WARNING, Finding

VERSION = re.compile(r"\d+(?:\.\d+)+")


def programs(config: BrowserConfig) -> Iterator[Finding]:
    """Look for the browser and the driver that *config* means; the versions are compared where both are told."""
    if config.command_executor:
        check_executor(config.command_executor)
        yield Finding(OK, "driver", f"somebody answers at {shown(config.command_executor)}")
        return
    browser = driver = ""
    try:
        path, browser = _browser(config)
        yield Finding(OK, "browser", f"{config.driver_name} {browser} at {path}")
    except CouldNotStart as error:
        yield Finding(FAILURE, "browser", str(error))
    try:
        path, driver = _driver(config)
        yield Finding(OK, "driver", f"{DRIVERS[config.driver_name]} {driver} at {path}")
    except CouldNotStart as error:
        yield Finding(FAILURE, "driver", str(error))
    if browser and driver:
        yield fitting(config.driver_name, browser, driver)


def fitting(name: str, browser: str, driver: str) -> Finding:
    """Whether the versions fit: Chromium's and its driver's have one major, geckodriver drives any newer Firefox."""
    if name == "firefox":
        return Finding(OK, "versions", f"geckodriver {driver} and Firefox {browser}; the start tells whether they fit")
    ours, its = browser.partition(".")[0], driver.partition(".")[0]
    if not (ours.isdigit() and its.isdigit()):
        return Finding(WARNING, "versions", f"can't be compared: {browser} and {driver}", "the start tells")
    if ours == its:
        return Finding(OK, "versions", f"browser and driver are both of {ours}")
    return Finding(
        FAILURE,
        "versions",
        f"the browser is of {ours} and the driver of {its}",
        f"on Debian sudo apt-get install {PACKAGES[name][1]}, or name a fitting driver with "
        "SELENIUM_DRIVER_EXECUTABLE_PATH",
    )


def _browser(config: BrowserConfig) -> tuple[str, str]:
    chrome = config.driver_name == "chrome"
    path = config.browser_path or first_on_path(NAMES if chrome else FIREFOX_NAMES)
    if not path:
        raise CouldNotStart(
            missing("chromium" if chrome else "firefox", config.driver_name, "SELENIUM_BROWSER_EXECUTABLE_PATH")
        )
    return path, version_of(working(path))


def _driver(config: BrowserConfig) -> tuple[str, str]:
    program = DRIVERS[config.driver_name]
    path = config.driver_path or shutil.which(program)
    if not path:
        raise CouldNotStart(missing(program, config.driver_name, "SELENIUM_DRIVER_EXECUTABLE_PATH"))
    check_driver(path, config.driver_name)
    return path, version_of(path)


def version_of(program: str) -> str:
    """Return the version that *program*, which is known to tell one, tells; "?" where it has no such number."""
    told = subprocess.run(
        [program, "--version"], check=False, capture_output=True, timeout=VERSION_WITHIN_S, stdin=subprocess.DEVNULL
    )
    found = VERSION.search(told.stdout.decode(errors="replace"))
    return found[0] if found else "?"

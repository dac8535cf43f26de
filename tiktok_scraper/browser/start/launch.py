"""Start and end a browser and every process of it: Chromium, Firefox, or one behind a remote address.

All of it runs in the thread that owns the driver and lives to the end of the run (see processes.py).
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import dataclass

from selenium.common.exceptions import NoSuchDriverException, WebDriverException
from selenium.webdriver.remote.webdriver import WebDriver
from urllib3.exceptions import HTTPError
from websocket import WebSocketException

from ...config import BrowserConfig
from ...config.values import shown
from ...errors import CouldNotStart
from ..bidi import BidiCollector
from ..capture import NetworkCapture, PerformanceLog
from ..deaths import first_line
from . import chromium, far, firefox, remote
from .connections import HeldDriver
from .processes import end_session, kill_tree
from .refusals import missing, remedy
from .run_directory import RunDirectory

# By suffix and by the site's own path for clips (site.md section 4.2); fonts and scripts load.
MEDIA_PATTERNS = ("*.mp4*", "*/video/tos/*", "*.webm*", "*.jpeg*", "*.jpg*", "*.webp*", "*.mp3*")
FACTS_JS = """
return [innerWidth, innerHeight, navigator.userAgent, Intl.DateTimeFormat().resolvedOptions().timeZone]
"""
# The longest command is to load a page, which ends by itself: it is given so many times as long.
LONGEST_COMMAND = 1.5
DRIVERS = {"chrome": "chromedriver", "firefox": "geckodriver"}


@dataclass(slots=True)
class Launched:
    """A running browser: its driver, the ear on its network, and what is on disk for it."""

    driver: WebDriver
    capture: NetworkCapture
    directory: RunDirectory
    facts: dict[str, str]

    def close(self) -> None:
        """End the browser and delete its files; a browser that is gone already is no error."""
        if end(self.driver):
            self.directory.remove()
        else:
            self.directory.leave()

    def kill(self) -> None:
        """Kill the driver and its browser, or cut a remote one off: what it was asked for fails then."""
        if isinstance(self.driver, HeldDriver):
            self.driver.cut_off()
        service = getattr(self.driver, "service", None)
        if service is not None and service.process is not None:
            kill_tree(service.process.pid)


def launch(config: BrowserConfig, url: str, needless: Callable[[], bool] = lambda: False) -> Launched:
    """Start the browser that *config* names, to open *url* with.

    needless: whether the run needs no browser any more: one at a remote address may have to be waited for.

    Raises:
        CouldNotStart: there is no browser or driver, or they do not start.
        BadSetting: it would have to run as root without a sandbox against a foreign host.
        StartCut: the run needs no browser any more.
    """
    directory = RunDirectory(config.runs_dir)
    driver: WebDriver | None = None
    try:
        driver = start(config, url, directory, needless)
        # Selenium waits for an answer without end: of a remote browser, which can't be killed, that has to do.
        driver.command_executor.client_config.timeout = LONGEST_COMMAND * config.page_timeout  # type: ignore[union-attr]
        driver.set_page_load_timeout(config.page_timeout)
        fit_viewport(driver, config.viewport)
        if config.display:
            driver.set_window_position(*config.place)
        if config.block_media:
            block_media(driver)
        bidi = config.driver_name == "firefox" or bool(config.command_executor)
        capture: NetworkCapture = BidiCollector(driver) if bidi else PerformanceLog(driver)
        return Launched(driver, capture, directory, facts_of(driver))
    except BaseException as error:
        if (driver is not None and not end(driver)) or (driver is None and far.is_noted(directory.path)):
            directory.leave()  # a session may still come of it, which the next run finds by the note there
        else:
            directory.remove()
        if isinstance(error, WebDriverException | HTTPError | OSError | WebSocketException):
            raise CouldNotStart(explained(config, error)) from error
        raise


def start(config: BrowserConfig, url: str, directory: RunDirectory, needless: Callable[[], bool]) -> WebDriver:
    """Start the local or the remote browser."""
    if config.command_executor:
        return remote.start(config, url, directory, needless)
    return (
        firefox.start(config, directory) if config.driver_name == "firefox" else chromium.start(config, url, directory)
    )


def fit_viewport(driver: WebDriver, wanted: tuple[int, int]) -> None:
    """Make the page's own area *wanted* large, in CSS pixels: a window's frame is no part of it."""
    inner = driver.execute_script("return [innerWidth, innerHeight]")
    if inner != list(wanted):
        window = driver.get_window_size()
        driver.set_window_size(window["width"] + wanted[0] - inner[0], window["height"] + wanted[1] - inner[1])


def end(driver: WebDriver) -> bool:
    """Quit the browser and stop its driver, whatever state they are in.

    Returns whether nothing is left of it: a remote one that does not answer may be there still.
    """
    service = getattr(driver, "service", None)
    if service is None:
        return remote.end(driver)
    with contextlib.suppress(WebDriverException, HTTPError, OSError, WebSocketException):
        driver.quit()
    with contextlib.suppress(WebDriverException, HTTPError, OSError):
        service.stop()
    if service.process is not None:
        end_session(service.process.pid)
    return True


def block_media(driver: WebDriver) -> None:
    """Keep clips, covers and sounds from loading."""
    if driver.name != "firefox":
        driver.execute_cdp_cmd("Network.enable", {})
        driver.execute_cdp_cmd("Network.setBlockedURLs", {"urls": list(MEDIA_PATTERNS)})
        return
    driver.network.add_request_handler(  # type: ignore[no-untyped-call]
        callback=lambda request: request.fail() if is_media(request.url) else request.continue_request()
    )


def is_media(url: str) -> bool:
    """Whether *url* is one that blocking media blocks."""
    return any(pattern.strip("*") in url for pattern in MEDIA_PATTERNS)


def facts_of(driver: WebDriver) -> dict[str, str]:
    """What the run record keeps of a browser."""
    told = driver.capabilities
    width, height, agent, zone = driver.execute_script(FACTS_JS)
    own = told.get("chrome", {}).get("chromedriverVersion") or told.get("moz:geckodriverVersion") or ""
    return {
        "browser": str(told.get("browserName", "")),
        "browser_version": str(told.get("browserVersion", "")),
        "driver_version": str(own).split(" ", maxsplit=1)[0],
        "agent": agent,
        "page_viewport": f"{width}x{height}",
        "page_zone": zone,
    }


def explained(config: BrowserConfig, error: Exception) -> str:
    """What went wrong at the start, where, and what to type."""
    what = first_line(error).removeprefix("Message: ").partition("; For documentation")[0]
    if config.command_executor:
        return f"{config.driver_name} at {shown(config.command_executor)} did not start: {what}"
    if isinstance(error, NoSuchDriverException):
        return missing(DRIVERS[config.driver_name], config.driver_name, "SELENIUM_DRIVER_EXECUTABLE_PATH")
    helps = remedy(what, config.driver_name)
    return f"{config.driver_name} did not start: {what}{'; ' if helps else ''}{helps}"

"""Chromium: its options, and how it is started."""

from __future__ import annotations

import shutil
from pathlib import Path

from selenium import webdriver
from selenium.common.exceptions import WebDriverException
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service
from urllib3.exceptions import HTTPError

from ...config import BrowserConfig
from ...errors import CouldNotStart
from .before import check_display, check_driver
from .processes import DRIVER_PROCESS, first_on_path, working
from .refusals import missing, own_words, remedy
from .run_directory import RunDirectory
from .safety import needs_no_sandbox
from .watched import Watched

# What keeps Chromium from talking to anybody but the site.
ARGUMENTS = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # What a page is drawn without: the start is the shorter for it.
    "--disable-extensions",
    "--disable-component-extensions-with-background-pages",
    "--disable-breakpad",
    # Where it asks whether somebody is signed in: else at accounts.google.com, a name that sites do use.
    "--gaia-url=https://gaia.invalid",
    "--remote-debugging-pipe",  # Chromium ends when the driver's end of the pipe does
)
# Whom Chromium asks all the same, by its own net log: for updates, the time, hints, the search page of Debian's build
# (and two of the same kind that were not seen here). In our browser these names don't resolve.
QUIET_NAMES = (
    "clients2.google.com",
    "update.googleapis.com",
    "optimizationguide-pa.googleapis.com",
    "content-autofill.googleapis.com",
    "safebrowsing.googleapis.com",
    "start.duckduckgo.com",
    "gaia.invalid",
)
# Parts of the browser's own window that are drawn as pages, each in a renderer beside the site's.
UNUSED_FEATURES = ("PreloadTopChromeWebUI", "WebUIOmniboxPopup", "WebUIOmniboxAimPopup")
# What a window has around its page where no desktop draws it, in CSS pixels (Chromium 156). launch.py mends it where
# this is off, by a resize that took 0.03 to 0.3 s of the start when it was timed.
FRAME = (0, 143)
# Chromium heeds only the last argument of a name: what each of these is told by us, and how its parts are joined.
JOINED = {
    "--host-resolver-rules=": (tuple(f"MAP {name} ~NOTFOUND" for name in QUIET_NAMES), ", "),
    "--disable-features=": (UNUSED_FEATURES, ","),
}
# Else a new tab's page is drawn first, in a renderer beside the site's, and the first command waits for it.
STARTS_BLANK = {"session.restore_on_startup": 4, "session.startup_urls": ["about:blank"]}
# A page may not leave files in the user's folder of downloads; what it offers is not what is crawled.
NO_DOWNLOADS = 3
BY_HAND = "start it by hand to see why, or name another with SELENIUM_BROWSER_EXECUTABLE_PATH"
NAMES = ("chromium", "google-chrome", "google-chrome-stable", "chromium-browser")


def options(config: BrowserConfig, url: str, profile: Path | None) -> Options:
    """The options Chromium is started with; *profile* is a fresh folder (None: the remote end makes one).

    Raises:
        BadSetting: it would have to run as root without a sandbox against a foreign host.
    """
    made = Options()
    width, height = config.viewport
    frame = FRAME if config.display or not config.has_window else (0, 0)
    arguments = [f"--window-size={width + frame[0]},{height + frame[1]}", f"--lang={config.locale}"]
    if not config.has_window:
        arguments.append("--headless=new")
    if config.display:
        arguments.append("--ozone-platform=x11")
    if profile is not None:
        arguments += [*ARGUMENTS, f"--user-data-dir={profile}"]
    if needs_no_sandbox(url, config.arguments, allowed=config.allow_no_sandbox):
        arguments.append("--no-sandbox")
    for argument in (*arguments, *with_ours(config.arguments)):
        made.add_argument(argument)
    prefs = {"intl.accept_languages": config.languages, "download_restrictions": NO_DOWNLOADS}
    made.add_experimental_option("prefs", {**prefs, **STARTS_BLANK})
    made.page_load_strategy = "eager"
    return made


def with_ours(arguments: tuple[str, ...]) -> list[str]:
    """*arguments*, with our resolver rules and features behind the user's own."""
    made = [a for a in arguments if not a.startswith(tuple(JOINED))]
    for name, (ours, joint) in JOINED.items():
        theirs = [a.removeprefix(name) for a in arguments if a.startswith(name)][-1:]
        made.append(name + joint.join([*theirs, *ours]))
    return made


def start(config: BrowserConfig, url: str, directory: RunDirectory) -> webdriver.Chrome:
    """Start Chromium with all its files in *directory* and its performance log on.

    Raises:
        CouldNotStart: the driver can't be run, there is no display, or the browser exits at once.
        BadSetting: it would have to run as root without a sandbox against a foreign host.
    """
    made = options(config, url, directory.path / "profile")
    made.set_capability("goog:loggingPrefs", {"performance": "ALL"})
    made.add_experimental_option("perfLoggingPrefs", {"enableNetwork": True, "enablePage": False})
    check_display(config.has_window, config.display)
    # A driver path keeps Selenium Manager, which asks the network, out of it.
    if driver := config.driver_path or shutil.which("chromedriver"):
        check_driver(driver, "chrome")
    browser = config.browser_path or first_on_path(NAMES)
    if driver and not browser:
        raise CouldNotStart(missing("chromium", "chrome", "SELENIUM_BROWSER_EXECUTABLE_PATH"))
    service = Service(driver, env={**directory.environment(config.display), "TZ": config.zone}, popen_kw=DRIVER_PROCESS)
    if not browser:
        return webdriver.Chrome(made, service)
    watched = Watched(browser, directory.path)
    made.binary_location = watched.path if watched.path != browser else working(browser)
    with watched.start(service):
        try:
            return webdriver.Chrome(made, service)
        except (WebDriverException, HTTPError, OSError) as error:
            if not watched.exited:
                raise
            said = own_words(watched.log)
            helps = remedy(said, "chrome") or BY_HAND
            why = f"{browser} did not start, but exits at once: {said or 'it says nothing'}; {helps}"
            raise CouldNotStart(why) from error

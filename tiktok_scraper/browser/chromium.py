"""Chromium: its options, and how it is started."""

from __future__ import annotations

import shutil
from pathlib import Path

from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service

from ..config import BrowserConfig
from .processes import RunDirectory, die_with_parent, first_on_path, working
from .safety import needs_no_sandbox

# What keeps Chromium from talking to anybody but the site.
ARGUMENTS = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
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
# What a headless window has around its page, in CSS pixels (Chromium 156). launch.py mends it where this is off, by a
# resize that took 0.03 to 0.3 s of the start when it was timed.
FRAME = (0, 143)
RESOLVER_RULES = "--host-resolver-rules="
NAMES = ("chromium", "google-chrome", "google-chrome-stable", "chromium-browser")


def options(config: BrowserConfig, url: str, profile: Path | None) -> Options:
    """The options Chromium is started with; *profile* is a fresh folder (None: the remote end makes one).

    Raises:
        BadSetting: it would have to run as root without a sandbox against a foreign host.
    """
    made = Options()
    width, height = config.viewport
    frame = FRAME if config.headless else (0, 0)
    arguments = [f"--window-size={width + frame[0]},{height + frame[1]}", f"--lang={config.locale}"]
    if config.headless:
        arguments.append("--headless=new")
    if profile is not None:
        arguments += [*ARGUMENTS, f"--user-data-dir={profile}"]
    if needs_no_sandbox(url, config.arguments, allowed=config.allow_no_sandbox):
        arguments.append("--no-sandbox")
    for argument in (*arguments, *with_quiet_names(config.arguments)):
        made.add_argument(argument)
    made.add_experimental_option("prefs", {"intl.accept_languages": config.languages})
    made.page_load_strategy = "eager"
    return made


def with_quiet_names(arguments: tuple[str, ...]) -> list[str]:
    """*arguments*, with our resolver rules behind the user's own: Chromium heeds the last such argument only."""
    theirs = [a.removeprefix(RESOLVER_RULES) for a in arguments if a.startswith(RESOLVER_RULES)][-1:]
    ours = [f"MAP {name} ~NOTFOUND" for name in QUIET_NAMES]
    rest = [a for a in arguments if not a.startswith(RESOLVER_RULES)]
    return [*rest, RESOLVER_RULES + ", ".join([*theirs, *ours])]


def start(config: BrowserConfig, url: str, directory: RunDirectory) -> webdriver.Chrome:
    """Start Chromium with all its files in *directory* and its performance log on."""
    made = options(config, url, directory.path / "profile")
    made.set_capability("goog:loggingPrefs", {"performance": "ALL"})
    made.add_experimental_option("perfLoggingPrefs", {"enableNetwork": True, "enablePage": False})
    if browser := config.browser_path or first_on_path(NAMES):
        made.binary_location = working(browser)
    # A driver path keeps Selenium Manager, which asks the network, out of it.
    service = Service(
        config.driver_path or shutil.which("chromedriver"),
        env={**directory.environment(), "TZ": config.zone},
        popen_kw={"preexec_fn": die_with_parent},
    )
    return webdriver.Chrome(made, service)

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
    "--remote-debugging-pipe",  # Chromium ends when the driver's end of the pipe does
)
NAMES = ("chromium", "google-chrome", "google-chrome-stable", "chromium-browser")


def options(config: BrowserConfig, url: str, profile: Path | None) -> Options:
    """The options Chromium is started with; *profile* is a fresh folder (None: the remote end makes one).

    Raises:
        BadSetting: it would have to run as root without a sandbox against a foreign host.
    """
    made = Options()
    width, height = config.viewport
    arguments = [f"--window-size={width},{height}", f"--lang={config.locale}"]
    if config.headless:
        arguments.append("--headless=new")
    if profile is not None:
        arguments += [*ARGUMENTS, f"--user-data-dir={profile}"]
    if needs_no_sandbox(url, config.arguments, allowed=config.allow_no_sandbox):
        arguments.append("--no-sandbox")
    for argument in (*arguments, *config.arguments):
        made.add_argument(argument)
    made.add_experimental_option("prefs", {"intl.accept_languages": config.languages})
    made.page_load_strategy = "eager"
    return made


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
    driver = webdriver.Chrome(made, service)
    width, height = config.viewport
    inner = driver.execute_script("return [innerWidth, innerHeight]")
    if inner != [width, height]:  # the window's frame is no part of the viewport
        driver.set_window_size(2 * width - inner[0], 2 * height - inner[1])
    return driver

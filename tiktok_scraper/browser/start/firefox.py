"""Firefox: its options and preferences, and how it is started."""

from __future__ import annotations

import os
import shlex
import shutil
from pathlib import Path

from selenium import webdriver
from selenium.common.exceptions import WebDriverException
from selenium.webdriver.firefox.options import Options
from selenium.webdriver.firefox.service import Service

from ...config import BrowserConfig
from ...errors import CouldNotStart
from .before import check_display, check_driver
from .processes import DRIVER_PROCESS, first_on_path, working
from .refusals import own_words, remedy
from .run_directory import RunDirectory

PREFERENCE = "-pref="
NAMES = ("firefox", "firefox-esr")


def options(config: BrowserConfig) -> Options:
    """The options Firefox is started with. An argument such as `-pref=NAME=VALUE` sets a preference."""
    made = Options()
    width, height = config.viewport
    if not config.has_window:
        made.add_argument("-headless")
    made.add_argument(f"--width={width}")
    made.add_argument(f"--height={height}")
    for argument in config.arguments:
        name, _, value = argument.removeprefix(PREFERENCE).partition("=")
        if argument.startswith(PREFERENCE):
            made.set_preference(name, typed(value))
        elif argument == "--ignore-certificate-errors":
            made.accept_insecure_certs = True
        else:
            made.add_argument(argument)
    made.set_preference("intl.accept_languages", config.languages)
    made.enable_bidi = True
    made.page_load_strategy = "eager"
    return made


def start(config: BrowserConfig, directory: RunDirectory) -> webdriver.Firefox:
    """Start Firefox with all its files in *directory*.

    Raises:
        CouldNotStart: the driver can't be run, there is no display, or the browser exits at once.
    """
    check_display(config.has_window, config.display)
    if driver := config.driver_path or shutil.which("geckodriver"):
        check_driver(driver, "firefox")
    made = options(config)
    # Firefox can't be forbidden to save what a page offers: it goes where all its files go when the run ends.
    made.set_preference("browser.download.folderList", 2)
    made.set_preference("browser.download.dir", str(directory.path / "downloads"))
    if browser := config.browser_path or first_on_path(NAMES):
        made.binary_location = str(bound_to_driver(Path(working(browser)), directory.path))
    log = directory.path / "geckodriver.log"
    service = Service(
        driver,
        env={**directory.environment(config.display), "TZ": config.zone},
        popen_kw=DRIVER_PROCESS,
        log_output=str(log),
    )
    try:
        return webdriver.Firefox(made, service)
    except WebDriverException as error:
        said = own_words(log)
        if not (helps := remedy(said, "firefox")):
            raise
        raise CouldNotStart(f"firefox did not start: {said}; {helps}") from error


def bound_to_driver(browser: Path, folder: Path) -> Path:
    """A script that starts Firefox so that it dies with geckodriver, which alone would leave it running."""
    setpriv = shutil.which("setpriv")
    if setpriv is None:
        return browser
    script = folder / "firefox"
    script.write_text(f'#!/bin/sh\nexec {setpriv} --pdeathsig KILL {shlex.quote(str(browser))} "$@"\n')
    script.chmod(0o755)
    # On a file system that runs no programs, the browser itself.
    return script if os.access(script, os.X_OK) else browser


def typed(value: str) -> str | int | bool:
    """A preference's value as Firefox types it."""
    if value.lower() in {"true", "false"}:
        return value.lower() == "true"
    return int(value) if value.lstrip("-").isdigit() else value

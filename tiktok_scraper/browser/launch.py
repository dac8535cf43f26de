"""Start and end a browser and every process of it: Chromium, Firefox, or one behind a remote address.

All of it runs in the thread that owns the driver and lives to the end of the run (see processes.py).
"""

from __future__ import annotations

import contextlib
import shutil
from dataclasses import dataclass
from pathlib import Path

from selenium import webdriver
from selenium.common.exceptions import WebDriverException
from selenium.webdriver.chrome.options import Options as ChromeOptions
from selenium.webdriver.chrome.service import Service as ChromeService
from selenium.webdriver.firefox.options import Options as FirefoxOptions
from selenium.webdriver.firefox.service import Service as FirefoxService
from selenium.webdriver.remote.webdriver import WebDriver
from urllib3.exceptions import HTTPError

from ..config import BrowserConfig
from ..errors import CouldNotStart
from .capture import BidiCollector, NetworkCapture, PerformanceLog
from .processes import RunDirectory, die_with_parent
from .safety import needs_no_sandbox

# What keeps Chromium from talking to anybody but the site; as root it also needs --no-sandbox.
CHROMIUM_ARGUMENTS = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--remote-debugging-pipe",  # Chromium ends when the driver's end of the pipe does
)
CHROMIUM_NAMES = ("chromium", "google-chrome", "google-chrome-stable", "chromium-browser")
MEDIA_PATTERNS = ("*.mp4*", "*/video/tos/*", "*.webm*", "*.jpeg*", "*.jpg*", "*.webp*", "*.mp3*")
GET_CHROMIUM = "on Debian or Ubuntu: sudo apt-get install chromium chromium-driver (or, as root: make setup)"
GET_FIREFOX = "on Debian: sudo apt-get install firefox-esr, and put geckodriver on the PATH"


@dataclass(slots=True)
class Launched:
    """A running browser: its driver, the ear on its network, and what is on disk for it."""

    driver: WebDriver
    capture: NetworkCapture
    directory: RunDirectory
    facts: dict[str, str]

    def close(self) -> None:
        """End the browser and delete its files; a browser that is gone already is no error."""
        with contextlib.suppress(WebDriverException, HTTPError, OSError):
            self.driver.quit()
        service = getattr(self.driver, "service", None)
        if service is not None:
            with contextlib.suppress(WebDriverException, HTTPError, OSError):
                service.stop()
        self.directory.remove()


def launch(config: BrowserConfig, url: str) -> Launched:
    """Start the browser that *config* names, to open *url* with.

    Raises:
        CouldNotStart: there is no browser or driver, or they do not start.
        BadSetting: it would have to run as root without a sandbox against a foreign host.
    """
    directory = RunDirectory(config.runs_dir)
    try:
        if config.command_executor:
            driver = _remote(config, url)
        elif config.driver_name == "firefox":
            driver = _firefox(config, directory)
        else:
            driver = _chromium(config, url, directory)
        driver.set_page_load_timeout(config.page_timeout)
        driver.set_script_timeout(30)
        bidi = config.driver_name == "firefox" or bool(config.command_executor)
        if config.block_media:
            _block_media(driver, bidi)
        capture: NetworkCapture = BidiCollector(driver) if bidi else PerformanceLog(driver)
    except (WebDriverException, HTTPError, OSError) as error:
        directory.remove()
        raise CouldNotStart(_explain(config, error)) from error
    except BaseException:
        directory.remove()
        raise
    return Launched(driver, capture, directory, _facts(driver))


def chromium_options(config: BrowserConfig, url: str, profile: Path | None) -> ChromeOptions:
    """The options Chromium is started with; *profile* is a fresh folder (None: the remote end makes one)."""
    options = ChromeOptions()
    width, height = config.viewport
    arguments = [f"--window-size={width},{height}", f"--lang={config.locale}"]
    if config.headless:
        arguments.append("--headless=new")
    if profile is not None:
        arguments += [*CHROMIUM_ARGUMENTS, f"--user-data-dir={profile}"]
    if needs_no_sandbox(url, config.arguments, allowed=config.allow_no_sandbox):
        arguments.append("--no-sandbox")
    for argument in (*arguments, *config.arguments):
        options.add_argument(argument)
    options.add_experimental_option("prefs", {"intl.accept_languages": _languages(config.locale)})
    options.page_load_strategy = "eager"
    return options


def _chromium(config: BrowserConfig, url: str, directory: RunDirectory) -> WebDriver:
    options = chromium_options(config, url, directory.path / "profile")
    options.set_capability("goog:loggingPrefs", {"performance": "ALL"})
    options.add_experimental_option("perfLoggingPrefs", {"enableNetwork": True, "enablePage": False})
    if browser := config.browser_path or _first_on_path(CHROMIUM_NAMES):
        options.binary_location = browser
    # A driver path keeps Selenium Manager, which asks the network, out of it.
    service = ChromeService(
        config.driver_path or shutil.which("chromedriver"),
        env={**directory.environment(), "TZ": config.zone},
        popen_kw={"preexec_fn": die_with_parent},
    )
    driver = webdriver.Chrome(options, service)
    _set_zone_and_size(driver, config)
    return driver


def _set_zone_and_size(driver: webdriver.Chrome, config: BrowserConfig) -> None:
    width, height = config.viewport
    inner = driver.execute_script("return [innerWidth, innerHeight]")
    if inner != [width, height]:  # the window's frame is not the viewport's
        driver.set_window_size(2 * width - inner[0], 2 * height - inner[1])
    driver.execute_cdp_cmd("Emulation.setTimezoneOverride", {"timezoneId": config.zone})


def firefox_options(config: BrowserConfig) -> FirefoxOptions:
    """The options Firefox is started with. A part such as `-pref=name=value` of the arguments sets a preference."""
    options = FirefoxOptions()
    width, height = config.viewport
    if config.headless:
        options.add_argument("-headless")
    options.add_argument(f"--width={width}")
    options.add_argument(f"--height={height}")
    for argument in config.arguments:
        name, _, value = argument.removeprefix("-pref=").partition("=")
        if argument.startswith("-pref="):
            options.set_preference(name, _preference(value))
        elif argument == "--ignore-certificate-errors":
            options.accept_insecure_certs = True
        else:
            options.add_argument(argument)
    options.set_preference("intl.accept_languages", _languages(config.locale))
    options.enable_bidi = True
    options.page_load_strategy = "eager"
    return options


def _firefox(config: BrowserConfig, directory: RunDirectory) -> WebDriver:
    options = firefox_options(config)
    browser = config.browser_path or _first_on_path(("firefox", "firefox-esr"))
    if browser:
        options.binary_location = str(_bound_to_driver(Path(browser), directory.path))
    service = FirefoxService(
        config.driver_path or shutil.which("geckodriver"),
        env={**directory.environment(), "TZ": config.zone},
        popen_kw={"preexec_fn": die_with_parent},
        log_output=str(directory.path / "geckodriver.log"),
    )
    return webdriver.Firefox(options, service)


def _bound_to_driver(browser: Path, folder: Path) -> Path:
    """A script that starts Firefox so that it dies with geckodriver, which alone would leave it running."""
    setpriv = shutil.which("setpriv")
    if setpriv is None:
        return browser
    script = folder / "firefox"
    script.write_text(f'#!/bin/sh\nexec {setpriv} --pdeathsig KILL {browser} "$@"\n')
    script.chmod(0o755)
    return script


def _remote(config: BrowserConfig, url: str) -> WebDriver:
    options = firefox_options(config) if config.driver_name == "firefox" else chromium_options(config, url, None)
    options.enable_bidi = True
    driver = webdriver.Remote(config.command_executor or "", options=options)
    if config.driver_name == "chrome":
        driver.execute_cdp_cmd("Emulation.setTimezoneOverride", {"timezoneId": config.zone})
    return driver


def _block_media(driver: WebDriver, bidi: bool) -> None:
    if not bidi or driver.name != "firefox":
        driver.execute_cdp_cmd("Network.enable", {})
        driver.execute_cdp_cmd("Network.setBlockedURLs", {"urls": list(MEDIA_PATTERNS)})
        return
    driver.network.add_request_handler(  # type: ignore[no-untyped-call]
        callback=lambda request: request.fail() if _is_media(request.url) else request.continue_request()
    )


def _is_media(url: str) -> bool:
    return any(pattern.strip("*") in url for pattern in MEDIA_PATTERNS)


def _languages(locale: str) -> str:
    return f"{locale},{locale.partition('-')[0]}"


def _preference(value: str) -> str | int | bool:
    if value.lower() in {"true", "false"}:
        return value.lower() == "true"
    return int(value) if value.lstrip("-").isdigit() else value


def _first_on_path(names: tuple[str, ...]) -> str | None:
    return next((path for name in names if (path := shutil.which(name))), None)


def _facts(driver: WebDriver) -> dict[str, str]:
    told = driver.capabilities
    own = told.get("chrome", {}).get("chromedriverVersion") or told.get("moz:geckodriverVersion") or ""
    return {
        "browser": str(told.get("browserName", "")),
        "browser_version": str(told.get("browserVersion", "")),
        "driver_version": str(own).split(" ")[0],
        "agent": str(driver.execute_script("return navigator.userAgent")),
    }


def _explain(config: BrowserConfig, error: Exception) -> str:
    first = (str(error).strip().splitlines() or [type(error).__name__])[0]
    where = f" at {config.command_executor}" if config.command_executor else ""
    get = GET_FIREFOX if config.driver_name == "firefox" else GET_CHROMIUM
    return f"{config.driver_name}{where} did not start: {first}; {get}"

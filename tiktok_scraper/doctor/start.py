"""A real start of the browser, as the settings have it: how long it takes, its sandbox, what it plays and tells."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from dataclasses import replace

from ..browser.navigation import told_of
from ..browser.start.display import VirtualDisplay
from ..browser.start.launch import launch
from ..browser.start.run_directory import in_temporary
from ..browser.start.safety import needs_no_sandbox
from ..config import BrowserConfig
from ..config.browser import VIRTUAL
from ..errors import BadSetting
from .findings import FAILURE, OK, WARNING, Finding

HERE = "http://127.0.0.1/"
# Chromium starts in about one second, Firefox in some; ten times that costs every run.
SLOW_S = 15.0
NO_H264 = {
    "chrome": "the site's videos stay dark: install a browser with that codec, as Debian's chromium or Google Chrome",
    "firefox": "the site's videos stay dark: it needs ffmpeg's libraries, on Debian sudo apt-get install ffmpeg",
}


def sandbox(config: BrowserConfig, url: str) -> Iterator[Finding]:
    """Whether a crawl of *url* may start the browser, and with its sandbox."""
    if config.driver_name == "firefox" or config.command_executor:
        yield Finding(OK, "sandbox", "the browser's own affair")
        return
    try:
        without = needs_no_sandbox(url, config.arguments, allowed=config.allow_no_sandbox)
    except BadSetting as error:
        yield Finding(FAILURE, "sandbox", str(error))
        return
    if without and config.allow_no_sandbox:
        told = "TIKTOK_ALLOW_NO_SANDBOX: a page that breaks out of the browser has this user's rights"
        yield Finding(WARNING, "sandbox", told, "leave the setting out where Chromium starts without it")
    elif without:
        yield Finding(OK, "sandbox", "none, as root and towards this machine")
    else:
        yield Finding(OK, "sandbox", "asked for; that the browser starts tells that it has one")


def start(config: BrowserConfig, url: str) -> Iterator[Finding]:
    """Start the browser, open nothing, ask it what it is, and end it.

    Raises:
        CouldNotStart: it does not start; the message says why and what helps.
    """
    try:
        needs_no_sandbox(url, config.arguments, allowed=config.allow_no_sandbox)
    except BadSetting:
        url = HERE  # as root it may start for this machine alone
    display = VirtualDisplay(config.viewport)
    try:
        began = time.monotonic()
        launched = launch(replace(display.onto(config), runs_dir=in_temporary()), url)
        took = time.monotonic() - began
        try:
            facts = {**launched.facts, **told_of(launched.driver)}
        finally:
            launched.close()
    finally:
        display.stop()
    kind = (
        "with a window on Xvfb" if config.headless == VIRTUAL else "with a window" if config.has_window else "headless"
    )
    slow = took > SLOW_S
    yield Finding(
        WARNING if slow else OK,
        "start",
        f"{facts['browser']} {facts['browser_version']} {kind} in {took:.1f} s",
        f"more than {SLOW_S:g} s: {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}" if slow else "",
    )
    h264 = facts["h264"] == "true"
    yield Finding(
        OK if h264 else WARNING,
        "H.264",
        "played" if h264 else "not played",
        "" if h264 else NO_H264[config.driver_name],
    )
    yield zone(config, facts["page_zone"])


def zone(config: BrowserConfig, page_zone: str) -> Finding:
    """Whether pages see the zone that was asked for."""
    names = {config.zone, page_zone}
    if len(names) == 1 or names <= {"UTC", "Etc/UTC", "GMT", "Etc/GMT", "Etc/UCT", "Etc/Zulu"}:
        return Finding(OK, "browser's zone", page_zone)
    fix = "the browser lacks that zone's data, or knows it by another name: install tzdata, or give the name it tells"
    return Finding(WARNING, "browser's zone", f"{page_zone}, and TIKTOK_ZONE is {config.zone}", fix)

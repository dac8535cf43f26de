"""Why a browser did not start, in its own words, and what to do about it."""

from __future__ import annotations

import logging
import os
import re
import textwrap
from pathlib import Path

# What a browser's error output or its driver says -> what helps. The first that fits counts.
REMEDIES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(words, re.IGNORECASE), remedy)
    for words, remedy in (
        (
            r"no usable sandbox|sandbox.*(namespace|SUID|setuid)|Operation not permitted.*namespace",
            "on Debian: sudo apt-get install chromium-sandbox; elsewhere let users make user namespaces; or set "
            "TIKTOK_ALLOW_NO_SANDBOX=True, knowing what that opens",
        ),
        (
            r"missing x server|no display|cannot open display|can't open display|ozone_platform|wayland",
            "TIKTOK_HEADLESS=False needs a display that answers: leave it out, give virtual in place of False, or "
            "run in a desktop session or under xvfb-run",
        ),
        (
            r"shared librar|symbol lookup|GLIBC|exec format|not found$",
            "it is incomplete, or made for another machine: install it anew, on Debian with "
            "sudo apt-get install --reinstall {package}",
        ),
        (r"no space left|disk.?full", "free some space, or choose another place with TIKTOK_DATA_DIR"),
        (
            r"only supports|version.*mismatch|expected .*browser.*version",
            "browser and driver have to be of one version: on Debian sudo apt-get install {packages}, or name a "
            "fitting one with SELENIUM_DRIVER_EXECUTABLE_PATH",
        ),
        (
            r"unknown command.*addDataCollector",
            "it is too old to hand out what a page receives, as Firefox ESR 140 is and ESR 153 is not: on Debian "
            "sudo apt-get update && sudo apt-get install {package}",
        ),
        (r"too many open files|cannot allocate|out of memory|resource temporarily", "free memory, or raise the limits"),
    )
)
PACKAGES = {"chrome": ("chromium", "chromium chromium-driver"), "firefox": ("firefox-esr", "firefox-esr")}
# What no package of Debian 12 holds, firefox-esr included.
ELSEWHERE = {"geckodriver": "take it from github.com/mozilla/geckodriver/releases"}
# Before each line of Chromium's log: [process:thread:date/time:LEVEL:file(line)]; or its script's own.
PREFIX = re.compile(r"^\[[\d:/.]+:[A-Z]+:[^\]]*\]\s*|^\S*/browser: (line )?\d+: exec: ")
# Said at every start on machines without a desktop; never why one fails.
IDLE = re.compile(
    r"dbus|gcm|DEPRECATED_ENDPOINT|unexpected operator|dconf|VSync|vaapi|devtools listening|^#|^\s*$", re.I
)
LONGEST = 160


def own_words(log: Path) -> str:
    """Why the browser ended, by the *log* of its error output; "" where it holds nothing."""
    try:
        lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    told = [line for line in lines if not IDLE.search(line)]
    known = [line for line in told if remedy(line, "chrome")]
    fatal = [line for line in told if ":FATAL:" in line] or [line for line in told if ":ERROR:" in line]
    said = (known or fatal or told or [""])[-1]
    return textwrap.shorten(PREFIX.sub("", said), LONGEST, placeholder=" ...")


def remedy(said: str, browser: str) -> str:
    """What helps against what was *said*; "" where that is not known. browser: chrome or firefox."""
    package, packages = PACKAGES[browser]
    found = next((text for words, text in REMEDIES if words.search(said)), "")
    return found.format(package=package, packages=packages)


# Selenium's search for a driver warns of each step; the one line that tells what is missing follows.
logging.getLogger("selenium.webdriver.common.selenium_manager").setLevel(logging.ERROR)


def missing(program: str, browser: str, setting: str) -> str:
    """What to say where a *program* is not found: where it was looked for, and how to name it."""
    searched = os.environ.get("PATH", os.defpath)
    source = ELSEWHERE.get(program, f"on Debian: sudo apt-get install {PACKAGES[browser][1]}")
    return (
        f"there is no {program} on the PATH ({searched}; under cron it is shorter than in a terminal): name it with "
        f"-s {setting}=/path/to/{program}, or {source}"
    )

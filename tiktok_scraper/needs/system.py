"""What the crawler needs of the system. Asked before what is missing fails to be imported."""

from __future__ import annotations

import importlib.util
import sys

ANALYSIS = "the analysis of what was crawled runs here: python -m analysis --help"


def need_linux(system: str = sys.platform) -> None:
    """End the process with one line and exit code 1 where the crawl can't run: elsewhere than on Linux.

    A run ends with its browser by what Linux's kernel does (prctl), and finds what was left behind in /proc.
    """
    if not system.startswith("linux") or not _has_locks():
        sys.exit(f"the crawl needs Linux (on Windows: WSL), and this is {system}; {ANALYSIS}")


def need_locks() -> None:
    """The same for reading and mending the crawl's files, which takes a lock on them: any Unix has it."""
    if not _has_locks():
        sys.exit(f"tiktok_scraper's files need locks that {sys.platform} does not have (fcntl); {ANALYSIS}")


def _has_locks() -> bool:
    try:
        return importlib.util.find_spec("fcntl") is not None
    except ValueError:  # somebody has taken it away
        return False

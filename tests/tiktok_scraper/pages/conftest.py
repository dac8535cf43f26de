"""The saved real pages, which stand beside the checkout and are no part of it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

from tests.project import ROOT

# How long an example takes says more of the machine than of the readers.
settings.register_profile("pages", deadline=None)
settings.load_profile("pages")


@pytest.fixture(scope="session")
def captures() -> Path:
    """The folder of the saved pages; TIKTOK_CAPTURES names another one."""
    folder = Path(os.environ.get("TIKTOK_CAPTURES", ROOT / ".." / "shared" / "captures"))
    if not folder.is_dir():
        pytest.skip(f"needs the saved real pages at {folder}")
    return folder

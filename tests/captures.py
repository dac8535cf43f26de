"""The real pages and replies that may lie beside the checkout; a test that needs one is skipped without it."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from tests.project import ROOT

BESIDE = ROOT.parent / "shared" / "captures"
CAPTURES = Path(os.environ.get("TIKTOK_CAPTURES", BESIDE))


def capture(name: str) -> Any:
    """Return the parsed JSON capture *name*, or skip the test."""
    path = CAPTURES / "json" / name
    if not path.exists():
        pytest.skip(f"no real captures beside the checkout: {path.name} is not there")
    return json.loads(path.read_text(encoding="utf-8"))

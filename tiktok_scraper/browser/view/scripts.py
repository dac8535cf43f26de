"""The scripts that are run in pages, each behind what all of them share."""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).parent
SHARED = "well_formed.js"


def script(*names: str) -> str:
    """Scripts of this folder as one text; each may use what well_formed.js and those before it define."""
    return "".join((FOLDER / name).read_text(encoding="utf-8") for name in (SHARED, *names))

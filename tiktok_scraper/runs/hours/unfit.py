"""What the hourly job mails of a run that is not fit for use: one line for its owner, who saw nothing of it. Pure."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ..choices import choices
from ..met import met


def unfit(stats: Mapping[str, Any], folder: Path) -> str:
    """Return how the run ended, what speaks against it, what was met and what to do next, by its stats, in one line.

    folder: where its lines and its record are.
    """
    written, asked = stats.get("tiktok/written", 0), stats.get("tiktok/asked")
    reason = stats.get("tiktok/reason")
    told = {
        "": f"ended by {reason} with {written} of {asked} TikToks{', which are kept' if written else ''}",
        "unfit because": "; ".join(stats.get("tiktok/because", [])),
        "what was met": met(stats),
        "what may help": choices(stats),
        "next": f'docs/crawl.md says under "How a run ends" what {reason} means, and '
        f".venv/bin/python -m tiktok_scraper.runs {shlex.quote(str(folder))} shows the hours before it",
    }
    words = "; ".join(f"{name}: {what}".removeprefix(": ") for name, what in told.items() if what)
    return " ".join(words.split())

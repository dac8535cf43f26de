"""Which TIKTOK_* settings there are: a misspelt one would be passed over in silence, and another crawl be run."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from difflib import get_close_matches

from .. import settings as project
from ..errors import BadSetting
from .thresholds import Thresholds

PREFIX = "TIKTOK_"


def known() -> set[str]:
    """Every setting of ours by name: those with a default in settings.py, and those of the verdict."""
    shares = {f"{PREFIX}HEALTH_{f.name.upper()}" for f in fields(Thresholds) if f.name != "min_tiktoks"}
    return {name for name in dir(project) if name.startswith(PREFIX)} | shares | {f"{PREFIX}MIN_TIKTOKS"}


def check_names(names: Iterable[str]) -> None:
    """Check the names of all settings of a crawl.

    Raises:
        BadSetting: one begins as ours do and is none.
    """
    ours = known()
    for name in sorted(names):
        if name.startswith(PREFIX) and name not in ours:
            near = get_close_matches(name, ours, 1)
            hint = f"did you mean {near[0]}?" if near else f"docs/crawl.md lists them: {', '.join(sorted(ours))}"
            raise BadSetting(f"there is no setting {name}; {hint}")

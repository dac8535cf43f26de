"""Which settings of ours there are: a misspelt one would be passed over in silence, and another crawl be run."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from difflib import get_close_matches

from .. import settings as project
from ..errors import BadSetting
from .thresholds import Thresholds

PREFIX, OF_SELENIUM = "TIKTOK_", "SELENIUM_"
# scrapy-selenium's, and nothing else here begins like them; those without a default are found on the PATH, or unset.
SELENIUM = {
    f"{OF_SELENIUM}{name}"
    for name in (
        "DRIVER_NAME",
        "DRIVER_EXECUTABLE_PATH",
        "BROWSER_EXECUTABLE_PATH",
        "COMMAND_EXECUTOR",
        "DRIVER_ARGUMENTS",
    )
}


def known() -> set[str]:
    """Every setting of ours by name: those with a default in settings.py, of the verdict, and scrapy-selenium's."""
    shares = {f"{PREFIX}HEALTH_{f.name.upper()}" for f in fields(Thresholds) if f.name != "min_tiktoks"}
    return {name for name in dir(project) if name.startswith(PREFIX)} | shares | {f"{PREFIX}MIN_TIKTOKS"} | SELENIUM


def check_names(names: Iterable[str]) -> None:
    """Check the names of all settings of a crawl.

    Raises:
        BadSetting: one begins as ours do and is none.
    """
    ours = known()
    for name in sorted(names):
        if name.startswith((PREFIX, OF_SELENIUM)) and name not in ours:
            near = get_close_matches(name, ours, 1)
            alike = sorted(known for known in ours if known.partition("_")[0] == name.partition("_")[0])
            hint = f"did you mean {near[0]}?" if near else f"docs/crawl.md lists them: {', '.join(alike)}"
            raise BadSetting(f"there is no setting {name}; {hint}")

"""A copy of the hourly job in a folder of a test's own, with less patience where a test would have to wait for it."""

from __future__ import annotations

import re
from pathlib import Path

from tests.project import ROOT

NAME = "tiktok_scraper.cron"


def copy_job(folder: Path, **numbers: int) -> None:
    """Have the job in *folder*, with those of its *numbers* (GRACE_S, LOCK_S, NICE) changed.

    It keeps the niceness of its test here, or the tests that run beside it would decide how long it takes.
    """
    text = (ROOT / NAME).read_text()
    for name, number in {"NICE": -20, **numbers}.items():
        text, changed = re.subn(rf"(?m)^{name}=-?\d+ ", f"{name}={number} ", text)
        assert changed == 1, name
    (folder / NAME).write_text(text)
    (folder / NAME).chmod(0o755)

"""A copy of the hourly job in a folder of a test's own, with less patience where a test would have to wait for it,
and the run that it started."""

from __future__ import annotations

import re
import time
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


def run_of(folder: Path, seconds: float = 300) -> int:
    """The pid of the run that the job in *folder* started.

    The job writes 0 until it knows it, and a signal to 0 is one to all processes of whoever sends it, tests and all.
    """
    state, ends = folder / "runs" / "cron.pid", time.monotonic() + seconds
    while not (pid := int(state.read_text().split()[0])):
        assert time.monotonic() < ends, f"{state} tells of no run"
        time.sleep(0.02)
    return pid

"""Which process a run is, so that a later one can tell whether it still goes: a pid alone is soon another's."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

PROC = Path("/proc")
BOOT_ID = PROC / "sys/kernel/random/boot_id"


def this_process() -> dict[str, Any]:
    """Return pid, start (clock ticks since boot) and the boot's id of this process; null where there is no /proc."""
    return {"pid": os.getpid(), "started": _started(os.getpid()), "boot": _boot()}


def still_goes(told: Mapping[str, Any] | None) -> bool:
    """Whether the process that `this_process` told of is alive: same pid and start in the same boot, and no zombie."""
    if not told or told.get("boot") is None or told["boot"] != _boot():
        return False
    started = _started(told.get("pid"))
    return started is not None and started == told.get("started")


def booted() -> datetime | None:
    """Return when this machine was started (UTC), by its clock of now; None where there is no /proc."""
    try:
        up = float((PROC / "uptime").read_text().split()[0])
    except (OSError, ValueError, IndexError):
        return None
    return datetime.fromtimestamp(time.time() - up, UTC)


def _boot() -> str | None:
    try:
        return BOOT_ID.read_text().strip()
    except OSError:
        return None


def _started(pid: Any) -> int | None:
    """The start of *pid*; None: there is none, or it is a zombie, which has ended and waits for its parent."""
    try:
        # The name may hold spaces and brackets, so fields are counted from behind the last bracket.
        fields = (PROC / str(pid) / "stat").read_text(errors="replace").rpartition(")")[2].split()
        return None if fields[0] == "Z" else int(fields[19])
    except (OSError, ValueError, IndexError):
        return None

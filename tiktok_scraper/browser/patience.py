"""How long a turn may take: a browser or driver that hangs answers no command, and no command ends by itself. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

# What a turn does beside waiting for what it was told to wait for, on a busy machine: as a share of what a page may
# take to load, which is three times a step, and half a minute at least.
BESIDE = 1 / 2
LOADING = {"robots", "open"}
# A turn that is still out so long after the run was to end is given up: cron's job waits 15 s before it kills the run
# itself, and its record is not written then.
TURN_WITHIN_S = 4.0


def gives_up_at(action: str, told: Mapping[str, Any], page_timeout: float, ends_at: float, now: float) -> float:
    """When a turn that begins *now* is given up, its browser being killed then; all times are of one clock.

    told: the turn's arguments, of which "timeout" or "wait" is what it may wait for, in seconds. page_timeout: how long
    a page may take to load. ends_at: when the run has to be over.
    """
    waits = float(told.get("timeout", told.get("wait", 0.0)))
    loads = page_timeout if action in LOADING else 0.0
    return min(now + waits + loads + BESIDE * page_timeout, max(now, ends_at) + TURN_WITHIN_S)

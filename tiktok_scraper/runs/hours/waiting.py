"""After several runs in a row that met a wall the job waits, longer each time: asking on would only harden it. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from .account import moment_of, told_moment

# Ends by which the site says that it does not want this visitor now.
WALLS = frozenset({"captcha", "captcha-v1", "login-wall", "waf", "refused", "region", "status-10000"})
PATIENCE = 3  # so many in a row are no accident
FIRST, MOST = timedelta(hours=2), timedelta(hours=24)  # the wait doubles from the first to the most
# Cron fires some seconds early or late by the run's own clock; the hour that ends the wait is not to be missed by them.
SLACK = timedelta(minutes=5)


def wait_until(records: Iterable[Mapping[str, Any]]) -> tuple[datetime, int] | None:
    """Return until when (UTC) the job had better wait, and how many runs in a row met a wall; None: it need not.

    Counted from the start of the last of them. A run that was killed or stopped by its owner says nothing either way;
    any other that met no wall ends the row.
    """
    row, last = 0, None
    started: dict[str, datetime | None] = {}
    for record in records:
        run = str(record.get("run"))
        if record.get("event") == "start":
            started[run] = moment_of(record.get("at"))
        elif record.get("event") == "end" and record.get("reason") != "stopped":
            walled = record.get("reason") in WALLS
            row = row + 1 if walled else 0
            last = started.get(run) or moment_of(record.get("at"))
    if row < PATIENCE or last is None:
        return None
    doublings = min(row - PATIENCE, 10)  # beyond it only the most is left
    return last + min(FIRST * 2**doublings, MOST), row


def waits(records: Iterable[Mapping[str, Any]], now: datetime) -> str | None:
    """Return why the job does not crawl *now*, in words; None: it does."""
    if (wait := wait_until(records)) is None or wait[0] - SLACK <= now:
        return None
    return f"{wait[1]} runs in a row met a wall, so the next one is due from {told_moment(wait[0])} on"

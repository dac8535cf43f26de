"""Whether this machine's clock can be believed, asking nobody: lines are stamped and hours are told by it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from .findings import FAILURE, OK, WARNING, Finding

SET_IT = "set it, on systemd by sudo timedatectl set-ntp true"
# This program is not older, and will hardly be used so late.
YEARS = range(2026, 2046)
WATCHED_S = 0.2
# What two clocks that are read one after the other may differ by in that time, on a busy machine.
APART_S = 0.1
SLACK = timedelta(minutes=1)


def clock(
    zone: str,
    written: Path,
    now: Callable[[], float] = time.time,
    monotonic: Callable[[], float] = time.monotonic,
    sleep: Callable[[float], None] = time.sleep,
) -> Iterator[Finding]:
    """Look at the year, at the pace of both clocks, and at when *written*, a file of earlier runs, was changed.

    zone: TIKTOK_ZONE, known by now.
    """
    here = datetime.fromtimestamp(now(), UTC)
    local = datetime.fromtimestamp(now()).astimezone()
    pages = here.astimezone(ZoneInfo(zone))
    told = f"{here:%Y-%m-%d %H:%M:%S} UTC, here {local:%H:%M} ({local.tzname()}), for pages {pages:%H:%M} ({zone})"
    wrong = []
    if here.year not in YEARS:
        wrong.append(Finding(FAILURE, "clock", f"it is the year {here.year} here", SET_IT))
    try:
        changed = datetime.fromtimestamp(written.stat().st_mtime, UTC)
    except OSError:
        changed = here
    if changed > here + SLACK:
        wrong.append(
            Finding(FAILURE, "clock", f"{written} is of {changed:%Y-%m-%d %H:%M}, which is yet to come", SET_IT)
        )
    before = now(), monotonic()
    sleep(WATCHED_S)
    passed = now() - before[0], monotonic() - before[1]
    if passed[1] <= 0 or abs(passed[0] - passed[1]) > APART_S:
        gone = f"in {passed[1]:.2f} s of the machine's own count its clock went {passed[0]:.2f} s"
        wrong.append(Finding(WARNING, "clock", gone, "it is being set, or the machine sleeps: run this again"))
    yield from wrong or [Finding(OK, "clock", told)]

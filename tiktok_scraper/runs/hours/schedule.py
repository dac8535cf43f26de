"""When the job was due: the times of its crontab lines, as the system's cron counts them, clock changes included."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from cronsim import CronSim, CronSimError

from tools.hourly.line import Checkout, Found

from ...errors import BadSetting

LOCALTIME = Path("/etc/localtime")
# What cron(5) says of the words; @reboot is no time.
WORDS = {
    "@yearly": "0 0 1 1 *",
    "@annually": "0 0 1 1 *",
    "@monthly": "0 0 1 * *",
    "@weekly": "0 0 * * 0",
    "@daily": "0 0 * * *",
    "@midnight": "0 0 * * *",
    "@hourly": "0 * * * *",
}


def expressions(crontab: bytes, job: Path) -> list[str]:
    """Return the five fields of each line of *crontab* that runs *job*, in their order; words are spelled out."""
    checkout = Checkout(job)
    lines = checkout.of(crontab.splitlines(keepends=True), Found.ALONE, Found.WITH_OTHERS)
    return [fields for line in lines if (fields := _fields(line.decode(errors="replace")))]


def _fields(line: str) -> str | None:
    words = line.split()
    return WORDS.get(words[0].lower()) if words[0].startswith("@") else " ".join(words[:5])


def due(told: Iterable[str], after: datetime, until: datetime, zone: tzinfo | None = None) -> list[datetime]:
    """Return when jobs of these five-field expressions were due: after *after*, up to *until*; UTC, sorted, each once.

    zone: the one that cron counts in, by default this machine's. On the day a clock goes forward a job of a skipped
    time is due right after it, and an hourly one is due in both hours of the day it goes back, as Debian's cron does.

    Raises:
        BadSetting: an expression can't be read.
    """
    here = zone or local_zone()
    return sorted({moment for fields in told for moment in _of(fields, after.astimezone(here), until)})


def last_due(told: Iterable[str], now: datetime, zone: tzinfo | None = None) -> datetime | None:
    """Return when jobs of these expressions were due last, *now* or before; UTC. None: never, or there are none.

    Raises:
        BadSetting: an expression can't be read.
    """
    here = zone or local_zone()
    back = (_before(fields, now.astimezone(here) + timedelta(seconds=1)) for fields in told)
    return max((moment for moment in back if moment), default=None)


def _before(fields: str, now: datetime) -> datetime | None:
    try:
        return next(CronSim(fields, now, reverse=True)).astimezone(UTC)
    except StopIteration:
        return None
    except CronSimError as error:
        raise unreadable(fields, error) from error


def _of(fields: str, after: datetime, until: datetime) -> Iterator[datetime]:
    try:
        for moment in CronSim(fields, after):
            if (instant := moment.astimezone(UTC)) > until:
                return
            yield instant
    except CronSimError as error:
        raise unreadable(fields, error) from error


def unreadable(fields: str, error: Exception) -> BadSetting:
    """Return the error of an expression that is none."""
    return BadSetting(f"the schedule {fields!r} can't be read ({error}); give five fields such as '0 * * * *'")


def local_zone() -> tzinfo:
    """Return the zone of this machine, or of TZ; UTC where neither can be read."""
    try:
        if name := os.environ.get("TZ", "").removeprefix(":"):
            return ZoneInfo(name)
        with LOCALTIME.open("rb") as file:
            return ZoneInfo.from_file(file, key=str(LOCALTIME))
    except (OSError, ValueError, ZoneInfoNotFoundError):
        return UTC

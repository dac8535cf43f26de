"""What a run of the hourly job does before it crawls: tell of the hours before it, and wait where it had better."""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from typing import Any

from scrapy.settings import BaseSettings as Settings

from tools.hourly import JOB, crontab, timer

from ...config import data_dir
from ...config.values import flag
from ...errors import BadSetting
from ...items import SCHEMA, stamp
from ...lines import Line, LineFile, check_lines, read_lines
from ..earlier import append_spooled, telling_of_spools
from ..process import booted, still_goes
from ..record import FILE, HOUR
from .account import KILLED, Known, killed, served, since, skipped, told_moment
from .attempts import read_attempts
from .on_calendar import read_calendars
from .schedule import due, expressions, last_due
from .waiting import waits

logger = logging.getLogger(__name__)

# In the environment of what the job starts: that it did, and its own path, as its crontab line names it.
MARK, SCRIPT = "TIKTOK_CRON_RUN", "TIKTOK_CRON_JOB"
BACKED_OFF = "backed-off"


@dataclass(frozen=True, slots=True)
class Place:
    """Where the job's account stands: its script, and what reads the user's crontab and timer."""

    job: Path = field(default_factory=lambda: Path(os.environ.get(SCRIPT) or JOB))
    crontab: Callable[[], bytes] = crontab.read
    timer: Callable[[Path], list[str]] = timer.schedule

    def attempts(self) -> Path:
        """The job's own notes."""
        return self.job.parent / "runs" / "attempts"


def begin(settings: Settings, place: Place | None = None, now: datetime | None = None) -> str | None:
    """Write the lines of the hours before this one; return why the job waits, None where it crawls.

    The hour that the run is for goes into the environment, for its record.

    Raises:
        BadSetting: a setting can't be used.
        NotLines: runs.jsonlines is a file of another kind.
        CouldNotWrite: it can't be written.
    """
    place, now = place or Place(), now or datetime.now(UTC)
    told, zone = schedule(settings, place)
    folder = data_dir(settings)
    path = folder / FILE
    with telling_of_spools(folder):
        append_spooled(folder, {FILE}, lambda _: False)  # the end of a run that could not write it is no kill
    known = Known(_records(path), read_attempts(place.attempts()), booted())
    hour = last_due(told, now, zone)
    hour = None if hour in served(known.records) else hour
    began = since(known)
    hours = due(told, began, now, zone) if began else []
    lines: list[dict[str, Any]] = [{"event": "skipped", **of} for of in skipped(known, hours)]
    lines += [{"event": KILLED, "run": run, "reason": KILLED} for run in killed(known.records, still_goes)]
    why = waits(known.records, now) if flag(settings, "TIKTOK_BACK_OFF", True) else None
    if why:
        scheduled = told_moment(hour) if hour else None
        lines.append({"event": "skipped", "scheduled": scheduled, "reason": BACKED_OFF, "said": why})
    _append(path, lines)
    os.environ[HOUR] = told_moment(hour) if hour else ""
    return why


def schedule(settings: Settings, place: Place) -> tuple[list[str], tzinfo | None]:
    """Return the expressions that say when the job is due, and their zone: None is this machine's.

    They are of TIKTOK_SCHEDULE, else of the user's systemd timer, else of the user's crontab.
    """
    if told := str(settings.get("TIKTOK_SCHEDULE") or "").strip():
        return [told], None
    try:
        if calendars := place.timer(place.job):
            return read_calendars(calendars)
        return expressions(place.crontab(), place.job), None
    except (crontab.CrontabError, BadSetting) as error:
        logger.warning("Which hours are due is not known: %s", error)
        return [], None


def _records(path: Path) -> list[dict[str, Any]]:
    if not path.exists():
        return []
    check_lines(path)
    return [line.record for line in read_lines(path) if isinstance(line, Line)]


def _append(path: Path, lines: list[dict[str, Any]]) -> None:
    if not lines:
        return
    file = LineFile(path, sync_lines=len(lines))
    try:
        for line in lines:
            file.append({"run": None, "schema": SCHEMA, "at": stamp(time.time()), **line})
    finally:
        file.close()

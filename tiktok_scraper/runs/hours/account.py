"""What became of each hour that was due, and of each run that never told its end. Pure.

The next run of the job makes these lines, because an hour in which nothing ran can't tell of itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

from .attempts import BEGINS, SCHEDULED, UNSCHEDULED, Attempt

OFF = "off"  # the machine was started after it
NOT_FIRED = "not-fired"  # the machine was on, and no job began: cron stopped, a clock that stepped, a machine asleep
NEVER_CRAWLED = "could-not-start"  # a job began, and no crawl
KILLED = "killed"
SCHEDULING = {SCHEDULED, UNSCHEDULED}
ENDED_EARLY = "the job began and ended before its crawl did"


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of the hours: the record's lines, the job's notes, and since when this machine is on (UTC)."""

    records: Sequence[Mapping[str, Any]]
    attempts: Sequence[Attempt] = ()
    booted: datetime | None = None


def since(known: Known) -> datetime | None:
    """Return up to when the hours are told: the last one a line names, else the job's first note; None: no job yet."""
    if told := served(known.records):
        return max(told)
    return min((attempt.at for attempt in known.attempts), default=None)


def skipped(known: Known, due: Sequence[datetime]) -> Iterator[dict[str, Any]]:
    """Yield what a line of each hour of *due* says that no run served, but for the last, which is the present one.

    due: sorted times, UTC; an hour lasts until the next one.
    """
    done = served(known.records)
    for hour, until in pairwise(due):
        if hour not in done and _wanted(known.attempts, hour):
            yield {"scheduled": told_moment(hour), **_why(known, hour, until)}


def served(records: Iterable[Mapping[str, Any]]) -> set[datetime]:
    """Return the hours that a line tells of already."""
    return {moment for record in records if (moment := moment_of(record.get("scheduled")))}


def _wanted(attempts: Sequence[Attempt], hour: datetime) -> bool:
    """Whether the job was meant to run then: not between make uncron and make cron."""
    told = [attempt.outcome for attempt in attempts if attempt.at <= hour and attempt.outcome in SCHEDULING]
    return not told or told[-1] == SCHEDULED


def _why(known: Known, hour: datetime, until: datetime) -> dict[str, str]:
    within = [note for note in known.attempts if hour <= note.at < until and note.outcome not in SCHEDULING]
    if gave_up := [attempt for attempt in within if attempt.outcome != BEGINS]:
        return {"reason": gave_up[-1].outcome, "said": gave_up[-1].said}
    if within:
        return {"reason": NEVER_CRAWLED, "said": ENDED_EARLY}
    return {"reason": OFF if known.booted and known.booted > hour else NOT_FIRED, "said": ""}


def killed(records: Iterable[Mapping[str, Any]], goes: Callable[[Mapping[str, Any] | None], bool]) -> list[str]:
    """Return the runs that began and neither ended nor go on, in their order.

    goes: whether the process of a start still does, see `process.still_goes`.
    """
    starts: dict[str, Mapping[str, Any]] = {}
    ended: set[str] = set()
    for record in records:
        run = str(record.get("run"))
        if record.get("event") == "start":
            starts.setdefault(run, record)
        else:
            ended.add(run)
    return [run for run, record in starts.items() if run not in ended and not goes(record.get("process"))]


def moment_of(told: Any) -> datetime | None:
    """Return a line's time, UTC; None for what is none."""
    try:
        moment = datetime.fromisoformat(told)
    except (TypeError, ValueError):
        return None
    return moment.astimezone(UTC) if moment.tzinfo else None


def told_moment(moment: datetime) -> str:
    """Return a scheduled hour as lines tell it: UTC, to the minute as cron's are, such as 2026-11-22T07:00:00Z."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

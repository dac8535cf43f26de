"""Expiry: what is older than a moment goes, by the time that each line tells."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path

from ..errors import BadSetting
from ..lines.record import NotARecord, record_of
from .folder import Folder
from .removal import Removal, drop, mend, progress, take_out, would_take_out
from .rewrite import Judge

_SPAN = re.compile(r"(\d{1,6})\s*(d|days?|w|weeks?|h|hours?)")
_HOURS = {"h": 1, "d": 24, "w": 7 * 24}
_STAMP = re.compile(r"(\d{8}T\d{6})Z")
_TORN_TIME = re.compile(rb'"(?:scraped_at|at)"\s*:\s*"([^"]{10,40})"')


def cutoff(told: str, now: datetime) -> datetime:
    """Return the moment before which all goes: told as "180d", "26w", "48h", or an ISO date or time (UTC by itself).

    Raises:
        BadSetting: it is none of these, or lies in the future.
    """
    text = told.strip().lower()
    try:
        if span := _SPAN.fullmatch(text):
            moment = now - timedelta(hours=int(span[1]) * _HOURS[span[2][0]])
        else:
            moment = datetime.fromisoformat(told.strip())
            moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        raise BadSetting(f"--older-than takes 180d, 26w, 48h or a date such as 2026-05-01; found {told!r}") from None
    if moment > now:
        raise BadSetting(f"--older-than {told} lies in the future, and all lines would go")
    return moment


def expire(folder: Folder, before: datetime, zone: tzinfo = UTC, *, dry_run: bool = False) -> Removal:
    """Take out of all files of *folder* what is older than *before*.

    A sighting is as old as its scraped_at, what was rejected as its `at`, kept replies and pages as the start of their
    run. Local times of 2022 are read in *zone*. What tells no time is as old as what stands before it in its file.

    Raises:
        CouldNotWrite: a file can't be written anew; those before it are done, and the command can be given again.
    """
    removal = Removal()
    if not dry_run:
        mend([*folder.rejected, *folder.lines])
        folder = Folder.at(folder.path)
    undated: list[int] = []

    def judge_of(path: Path) -> Judge:
        # Nothing of a file is younger than its last change.
        last = _changed(path) if path in folder.torn else None
        return _judge(before, zone, last if last is not None and last < before else None, undated)

    with progress([*folder.torn, *folder.rejected, *folder.lines], "expiring") as watch:
        if dry_run:
            would_take_out(folder, removal, judge_of, watch=watch)
        else:
            take_out(folder, removal, judge_of, reason="expire", watch=watch)
    old = [place for place in (*folder.raw, *folder.pages) if _begun(place) < before]
    drop(folder, removal, old, dry_run=dry_run)
    if undated:
        removal.notes.append(f"{len(undated):,} lines that tell no time, with none before them that does, stay.")
    return removal


def time_of(record: dict[str, object], zone: tzinfo) -> datetime | None:
    """When a line says that it was made: `scraped_at` of a sighting, `at` of anything else; None where it says none."""
    told = record.get("scraped_at") or record.get("at")
    return _moment(told, zone) if isinstance(told, str) else None


def _judge(before: datetime, zone: tzinfo, last: datetime | None, undated: list[int]) -> Judge:
    latest = last

    def judge(raw: bytes) -> bytes | None:
        nonlocal latest
        try:
            moment = time_of(record_of(raw), zone)
        except NotARecord:
            found = _TORN_TIME.search(raw)
            moment = _moment(found[1].decode("utf-8", "replace"), zone) if found else None
        if moment is None:
            moment = latest
        if moment is None:
            undated.append(len(raw))
            return raw
        latest = moment
        return None if moment < before else raw

    return judge


def _moment(told: str, zone: tzinfo) -> datetime | None:
    try:
        moment = datetime.fromisoformat(told)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)


def _begun(place: Path) -> datetime:
    """When the run of a file or folder began, by its name; else when it was last changed."""
    if found := _STAMP.match(place.name):
        return datetime.strptime(found[1], "%Y%m%dT%H%M%S").replace(tzinfo=UTC)
    return _changed(place)


def _changed(place: Path) -> datetime:
    return datetime.fromtimestamp(place.stat().st_mtime, UTC)

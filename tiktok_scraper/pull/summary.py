"""What a pull has to tell, in lines. Pure."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from .pull import Pulled

_LATE = timedelta(hours=2)  # of an hourly job: one hour may be missed by a run that still goes
_BY = {
    "rsync": "",
    "ssh": " (by ssh alone: no rsync at both ends)",
    "scp": " (by scp, whole files: the host runs no command)",
}


def summary(pulled: Pulled, into: str, now: datetime) -> list[str]:
    """Say what came, and how long ago the last run there was."""
    lines = []
    if pulled.generation is not None:
        of = pulled.generation
        lines.append(
            f"Generation {of.number} ({of.reason}) is in place{_of(pulled)}: what was taken out there is out here."
        )
    elif pulled.anew:
        lines.append(f"Copied whole: {', '.join(pulled.anew)}.")
    lines += [f"{note}." for note in pulled.notes]
    new = ((pulled.lines, "new line"), (pulled.runs, "new run"))
    came = ", ".join(f"{count:,} {what}{'' if count == 1 else 's'}" for count, what in new if count) or "nothing new"
    lines.append(f"{into}: {came}{_BY[pulled.by]}.{last_run(pulled.last, now)}")
    return lines


def last_run(last: dict[str, Any] | None, now: datetime) -> str:
    """A sentence on the last run there; of an hourly job that stands still, what to do."""
    at = _time(last.get("at")) if last is not None else None
    if last is None or at is None:
        return ""
    age = max(now - at, timedelta())
    how = {"start": "began", "killed": "was killed"}.get(str(last.get("event")), f"ended ({last.get('verdict')})")
    told = f" The last run there {how} {at:%Y-%m-%d %H:%M} UTC, {_ago(age)}."
    if last.get("scheduled") and age > _LATE:
        told += " The hourly job there stands still or waits: python -m tiktok_scraper.runs tells why, there."
    return told


def _of(pulled: Pulled) -> str:
    told = [
        f"{name} with {counts[1]:,} lines instead of {counts[0]:,}" for name, counts in pulled.anew.items() if counts
    ]
    return f" ({', '.join(told)})" if told else ""


def _time(told: Any) -> datetime | None:
    try:
        at = datetime.fromisoformat(str(told))
    except ValueError:
        return None
    return at if at.tzinfo is not None else at.replace(tzinfo=UTC)


def _ago(age: timedelta) -> str:
    minutes = int(age.total_seconds() // 60)
    if minutes < 120:
        return f"{minutes} minutes ago"
    return f"{minutes // 60} hours ago" if minutes < 48 * 60 else f"{minutes // 1440} days ago"

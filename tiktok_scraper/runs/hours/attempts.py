"""What was noted of the hourly job's starts in runs/attempts: one line each, of a time, an outcome and some words.

The job is a shell script that may end before there is a Python to write a record, so it leaves this for the next run.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

BEGINS = "begins"
COULD_NOT_START = "could-not-start"
LOCK_HELD = "lock-held"
SCHEDULED, UNSCHEDULED = "scheduled", "unscheduled"  # make cron and make uncron note these
OUTCOMES = frozenset({BEGINS, COULD_NOT_START, LOCK_HELD, SCHEDULED, UNSCHEDULED})


@dataclass(frozen=True, slots=True)
class Attempt:
    """One note: when (UTC), one of OUTCOMES, and the job's words where it gave up."""

    at: datetime
    outcome: str
    said: str = ""


def read_attempts(path: Path) -> list[Attempt]:
    """Return the notes in *path*, in their order; none where it isn't there. What is no note is passed over.

    A torn or foreign line can only make an hour less well explained, never lose a line of data.
    """
    try:
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return []
    return [attempt for line in lines if (attempt := _attempt(line))]


def _attempt(line: str) -> Attempt | None:
    at, _, rest = line.partition("\t")
    outcome, _, said = rest.partition("\t")
    try:
        moment = datetime.fromisoformat(at)
    except ValueError:
        return None
    return Attempt(moment, outcome, said) if outcome in OUTCOMES and moment.tzinfo else None

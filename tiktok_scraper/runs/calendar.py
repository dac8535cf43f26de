"""The last days as a calendar: a mark an hour, how many of the hours due were good, and what to do. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

from .choices import DOUBTED
from .hours.account import moment_of
from .hours.waiting import WALLS
from .table import OF_A_RUN

DAYS = 14
HOURS = 24
EMPTY, AHEAD = ".", " "
TOLD = ("event", "reason", "verdict", "process")  # of a run's lines, what its mark hangs on
# mark -> (what it says, what to do), the worst last: an hour with several runs has the best.
MARKS = {
    ">": ("goes on", ""),
    "#": ("fit for use", ""),
    "+": ("gathered too little, or of doubtful use", "the table below says why each was unfit"),
    "x": ("the site put something in the way", "it is the site's word: wait, or see docs/crawl.md, How a run ends"),
    "b": ("backed off: runs in a row had met a wall", "nothing: the job waits by itself, up to a day"),
    "k": ("killed: it never told its end", "see cron.log, and journalctl -k for a machine out of memory"),
    "s": ("could not start, or not write", "scrapy doctor says what is missing"),
    "l": ("another start of the job held the lock", "see ps -ef | grep tiktok_scraper.cron"),
    "n": (
        "no job began, though the machine was on",
        "systemctl status cron, or systemctl --user list-timers",
    ),
    "o": ("the machine was off", "nothing, unless it was meant to be on"),
}
Goes = Callable[[Mapping[str, Any] | None], bool]  # whether the process of a start still does
_OF_SKIPPED = {"backed-off": "b", "lock-held": "l", "off": "o", "not-fired": "n"}


def never(_: Mapping[str, Any] | None) -> bool:
    """No run goes on."""
    return False


def mark(record: Mapping[str, Any], goes: Goes = never) -> str:
    """Return the mark of what a run, by all its lines in one mapping, or a skipped hour came to."""
    reason = record.get("reason")
    if record.get("event") == "start" and goes(record.get("process")):
        return ">"
    if record.get("event") == "skipped":
        return _OF_SKIPPED.get(str(reason), "s")
    if record.get("event") in {"start", "killed"}:
        return "k"
    if record.get("verdict") == "fit":
        return "#"
    if reason in WALLS or reason in DOUBTED:
        return "x"
    return "s" if reason in {"could-not-start", "could-not-write"} else "+"


def calendar(records: Iterable[Mapping[str, Any]], now: datetime, goes: Goes = never, days: int = DAYS) -> str:
    """Return the calendar of the last *days* up to *now*, in UTC; empty where no record falls into them.

    An hour has the best mark of what began in it or was due in it; hours before the first record are not counted.
    goes: whether a run without an end still goes, see `process.still_goes`.
    """
    marks = _marks(records, goes)
    today = now.astimezone(UTC).date()
    shown = [today - timedelta(days=back) for back in reversed(range(days))]
    first = min((hour for hour in marks if hour.date() >= shown[0]), default=None)
    if first is None:
        return ""
    shown = [day for day in shown if day >= first.date()]
    within = {hour: of for hour, of in marks.items() if hour.date() >= shown[0]}
    return "".join([_head(), *(_row(day, within, now) for day in shown), "\n", *_told(within, len(shown))])


def _marks(records: Iterable[Mapping[str, Any]], goes: Goes) -> dict[datetime, str]:
    runs: dict[str, dict[str, Any]] = {}
    for number, record in enumerate(records):
        if record.get("event") not in {*OF_A_RUN, "skipped"}:
            continue
        run = runs.setdefault(str(record.get("run") or number), {})
        # A run is of the hour it was for, else of the one it began in; later lines say what came of it.
        run.setdefault("hour", moment_of(record.get("scheduled")) or moment_of(record.get("at")))
        run.update(
            {key: record.get(key) for key in ("event", "reason", "verdict", "process") if record.get(key) is not None}
        )
    marks: dict[datetime, str] = {}
    for run in runs.values():
        if hour := run["hour"]:
            whole = hour.replace(minute=0, second=0, microsecond=0)
            marks[whole] = min(marks.get(whole, "o"), mark(run, goes), key=list(MARKS).index)
    return marks


def _head() -> str:
    return f"{'UTC':<12}{'    '.join(f'{hour:02d}' for hour in range(0, HOURS, 6))}\n"


def _row(day: date, marks: Mapping[datetime, str], now: datetime) -> str:
    begins = datetime(day.year, day.month, day.day, tzinfo=UTC)
    hours = [begins + timedelta(hours=hour) for hour in range(HOURS)]
    cells = "".join(marks.get(hour, AHEAD if hour > now else EMPTY) for hour in hours)
    return f"{day.isoformat()}  {cells}".rstrip() + "\n"


def _told(marks: Mapping[datetime, str], days: int) -> Iterator[str]:
    counts = Counter(marks.values())
    fit, hours = counts["#"], len(marks)
    past = f"in {days} {'day' if days == 1 else 'days'}"
    yield f"{fit} of {hours} hours that are told of were fit for use ({fit / hours:.0%}) {past}\n"
    for sign, (says, do) in MARKS.items():
        if counts[sign]:
            yield f"  {sign} {counts[sign]:>4}  {says}{f': {do}' if do else ''}\n"
    yield f"  {EMPTY}       no run, and no later run of the job that tells why\n"
    yield "\n"

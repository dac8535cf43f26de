"""The hourly line in this user's crontab: there or not, and whether cron and its shell can read it; or the timer."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

from tools.hourly import JOB, crontab, timer
from tools.hourly.line import SCHEDULED, Checkout, Found

from .findings import FAILURE, OK, WARNING, Finding

MEND = "make cron mends it"


def hourly(
    job: Path = JOB, read: Callable[[], bytes] = crontab.read, timed: Callable[[Path], list[str]] = timer.schedule
) -> Iterator[Finding]:
    """Look for *job* in the crontab, or in a timer; none is no fault, since a crawl may be started by hand."""
    checkout = Checkout(job)
    if told := timed(job):
        yield from _run_by(job)
        yield Finding(OK, "hourly line", f"none, but a systemd timer: OnCalendar={', '.join(told)}")
        return
    try:
        lines = read().splitlines(keepends=True)
    except crontab.CrontabError as error:
        yield Finding(WARNING, "hourly line", str(error))
        return
    found = list(_wrong(checkout, lines))
    if there := checkout.of(lines, Found.ALONE, Found.WITH_OTHERS):
        found += _run_by(job)
        if len(there) > 1:
            found.append(Finding(WARNING, "hourly line", f"{len(there)} lines run it", "crontab -e takes one out"))
        else:
            found.append(Finding(OK, "hourly line", _spelled(there[0])))
    yield from found or [Finding(OK, "hourly line", "none of this checkout; make cron adds one, or make timer")]


def _wrong(checkout: Checkout, lines: list[bytes]) -> Iterator[Finding]:
    for line in checkout.of(lines, Found.BROKEN):
        yield Finding(FAILURE, "hourly line", f"cron can't read its path: {_spelled(line)}", MEND)
    name = os.fsencode(str(checkout.job))
    for line in lines:
        if name in line and not line.lstrip().startswith(b"#") and not SCHEDULED.match(line):
            told = f"it has no five fields of a time before the command: {_spelled(line)}"
            yield Finding(FAILURE, "hourly line", told, "crontab -e mends it; an hourly one begins with 0 * * * *")
    for line in checkout.gone(lines):
        told = f"it runs a job that is not there any more: {_spelled(line)}"
        yield Finding(WARNING, "hourly line", told, "crontab -e takes it out")


def _run_by(job: Path) -> Iterator[Finding]:
    """What a line that is there leans on."""
    if not os.access(job, os.X_OK):
        yield Finding(FAILURE, "hourly job", f"{job} may not be run", f"chmod +x {job}")
    if not os.access(job.parent / ".venv/bin/python", os.X_OK):
        yield Finding(FAILURE, "hourly job", f"there is no {job.parent}/.venv/bin/python", "make setup")
    if os.geteuid() == 0:
        told = "it is root's, and each run will be refused unless TIKTOK_ALLOW_NO_SANDBOX is set"
        yield Finding(WARNING, "hourly job", told, "have it in an ordinary user's crontab")


def _spelled(line: bytes) -> str:
    return line.decode(errors="replace").strip()

"""The two units of the systemd timer as text: what they say, and whose job one runs. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

SERVICE, TIMER = "tiktok_scraper.service", "tiktok_scraper.timer"

SERVICE_TEXT = """\
# Written by make timer, taken out by make untimer; what you change here stays.
[Unit]
Description=One crawl of the hourly job of tiktok_scraper

[Service]
Type=exec
# Arguments behind the path are handed on to scrapy crawl tiktok.
{exec_start}
# A run that still goes is ended before the next hour, as the job itself does where cron starts it. A timer that
# fires less often may give it longer.
RuntimeMaxSec=59min
# The job hands the signal on to its crawl and waits 15 s for it; what is left then is killed.
KillMode=mixed
TimeoutStopSec=30
Nice=10
CPUWeight=20
IOSchedulingClass=best-effort
IOSchedulingPriority=7
"""

TIMER_TEXT = """\
# Written by make timer, taken out by make untimer; what you change here stays.
[Unit]
Description=The hourly job of tiktok_scraper

[Timer]
# In UTC, because "hourly" is not hourly in the night that a clock goes back: systemd leaves the repeated hour out.
OnCalendar=*-*-* *:00:00 UTC
AccuracySec=1s
# What an hour showed can't be crawled after it.
Persistent=false

[Install]
WantedBy=timers.target
"""


def exec_start(job: Path) -> str:
    """The service's line that runs *job*: by sh, because systemd takes no quote in a program's path."""
    return f'ExecStart=/bin/sh "{escaped(str(job))}"'


def escaped(word: str) -> str:
    """*word* as a unit has it between double quotes: systemd's own escapes, specifiers and variables taken away."""
    return word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("$", "$$")


def service(job: Path) -> str:
    """The text of the service that runs *job*."""
    return SERVICE_TEXT.format(exec_start=exec_start(job))


def runs(text: str, job: Path) -> bool:
    """Whether the service *text* runs *job*, with whatever arguments."""
    return any(f"{line.rstrip()} ".startswith(f"{exec_start(job)} ") for line in text.splitlines())


def calendars(texts: Iterable[str]) -> list[str]:
    """The OnCalendar= of a timer and its drop-ins, in their order; an empty one takes back those before it."""
    found: list[str] = []
    for line in (line.strip() for text in texts for line in text.splitlines()):
        name, equals, told = line.partition("=")
        if equals and name.strip() == "OnCalendar":
            found = [*found, told.strip()] if told.strip() else []
    return found

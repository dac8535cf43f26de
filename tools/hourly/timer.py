"""The hourly job as a timer of the user's own systemd: written, switched on, and taken out again."""

from __future__ import annotations

import contextlib
import os
import shlex
import shutil
import subprocess
from pathlib import Path

from . import ROOTS, HourlyError, crontab
from .line import Checkout, Found
from .notes import note
from .units import SERVICE, TIMER, TIMER_TEXT, calendars, runs, service

LINGER = "It fires only while you are logged in, unless you say: loginctl enable-linger"


def folder() -> Path:
    """Where this user's units are."""
    return Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "systemd" / "user"


def is_there(job: Path) -> bool:
    """Whether this user's timer runs *job*."""
    return (folder() / TIMER).exists() and runs(text(folder() / SERVICE), job)


def schedule(job: Path) -> list[str]:
    """The calendar expressions by which this user's timer runs *job*; none where it does not."""
    drop_ins = sorted((folder() / f"{TIMER}.d").glob("*.conf"))
    return calendars(text(path) for path in (folder() / TIMER, *drop_ins)) if is_there(job) else []


def add(job: Path) -> bool:
    """Have the timer once, and switched on; what is there of it stays. False: the user has to switch it on.

    Raises:
        HourlyError: the crontab runs the job, the units are another checkout's, or they can't be written.
    """
    if shutil.which("systemctl") is None:
        raise HourlyError("this machine has no systemctl, so nothing was written: make cron does the same by cron")
    check_crontab(job)
    check_whose(job)
    missing = [(name, made) for name, made in ((SERVICE, service(job)), (TIMER, TIMER_TEXT)) if not has(name)]
    for name, made in missing:
        write(folder() / name, made)
    if missing:
        note("scheduled", job)
    print("Written:" if missing else "Your timer is there already, and stays as it is:")
    for name in (SERVICE, TIMER):
        print(f"  {folder() / name}")
    commands = [["daemon-reload"], ["enable", "--now", TIMER]]
    if done := switched(commands):
        print(f"It is on. When it fires: systemctl --user list-timers; what it says: journalctl --user -u {SERVICE}")
        print("It crawls the live site from its next hour on (docs/ethics.md); make untimer takes it out again.")
    print(LINGER)
    if os.getuid() == 0:
        print(ROOTS)
    return done


def remove(job: Path) -> bool:
    """Take the timer out; False: it is another checkout's and stays, or the user has to switch it off."""
    if not (has(SERVICE) or has(TIMER)):
        print("There is no timer of the hourly crawl.")
        return True
    check_whose(job)
    # Without its unit there is nothing to disable any more, but what was loaded of it may go on.
    reached = switched([["disable", "--now", TIMER]], otherwise=[["stop", TIMER], ["daemon-reload"]])
    for path in (folder() / "timers.target.wants" / TIMER, folder() / TIMER, folder() / SERVICE):
        with contextlib.suppress(FileNotFoundError):
            path.unlink()
    note("unscheduled", job)
    print("The timer of this checkout is taken out.")
    return switched([["daemon-reload"]]) if reached else False


def check_crontab(job: Path) -> None:
    """Look for *job* in the crontab.

    Raises:
        HourlyError: it is there, or the crontab can't be read.
    """
    lines = crontab.read().splitlines(keepends=True) if shutil.which("crontab") else []
    if there := Checkout(job).of(lines, *Found):
        line = there[0].decode(errors="replace").strip()
        raise HourlyError(
            f"your crontab runs the job already ({line}), and each would end the other's run, so nothing was written: "
            "make uncron first"
        )


def check_whose(job: Path) -> None:
    """Look whose units are there.

    Raises:
        HourlyError: they run something else than *job*.
    """
    if has(SERVICE) and not runs(found := text(folder() / SERVICE), job):
        line = next((line for line in found.splitlines() if line.startswith("ExecStart=")), "no ExecStart")
        raise HourlyError(
            f"{folder() / SERVICE} is not of this checkout ({line}), and stays as it is: make untimer there takes it "
            f"out, or: rm {shlex.quote(str(folder() / SERVICE))}"
        )


def switched(commands: list[list[str]], otherwise: list[list[str]] | None = None) -> bool:
    """Run *commands* of systemctl --user; where one fails, say what the user is to type: those left, or *otherwise*."""
    for done, words in enumerate(commands):
        try:
            ran = subprocess.run(["systemctl", "--user", *words], capture_output=True, text=True, check=False)
            code, said = ran.returncode, ran.stderr.strip()
        except OSError as error:
            code, said = 1, str(error)
        if code != 0:
            print(f"systemctl --user {' '.join(words)} said: {said or 'nothing'}. Logged in as yourself, type:")
            for left in otherwise or commands[done:]:
                print(f"  systemctl --user {' '.join(left)}")
            return False
    return True


def has(name: str) -> bool:
    """Whether there is a unit of that name."""
    return (folder() / name).exists()


def text(path: Path) -> str:
    """What *path* says; nothing where it is not there."""
    try:
        return path.read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return ""


def write(path: Path, said: str) -> None:
    """Have *said* in *path*, whole or not at all.

    Raises:
        HourlyError: it can't be written.
    """
    new = path.with_name(f".{path.name}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        new.write_text(said, encoding="utf-8", errors="surrogateescape")
        new.replace(path)
    except OSError as error:
        raise HourlyError(f"{path} can't be written: {error.strerror}") from error

"""`python -m tools.hourly add` or `remove`, of the checkout that this file lies in."""

from __future__ import annotations

import os
import sys

from . import JOB, ROOTS, HourlyError, crontab, timer
from .line import Checkout, Found
from .notes import note


def add(checkout: Checkout) -> None:
    """Have the job in the crontab once; a line of ours that is there stays as its user has it."""
    if timer.is_there(checkout.job):
        raise HourlyError(
            "your systemd timer runs the job already, and each would end the other's run, so nothing was changed: "
            "make untimer first"
        )
    lines = crontab.read().splitlines(keepends=True)
    if there := checkout.of(lines, Found.ALONE, Found.WITH_OTHERS):
        show("Your crontab has it already, and it stays as it is:", there)
    elif checkout.of(lines, Found.BROKEN):
        mended = [checkout.mended(line) if checkout.look(line) is Found.BROKEN else line for line in lines]
        crontab.write(b"".join(mended))
        show("Its path is now spelled so that cron can read it, in your crontab:", checkout.of(mended, Found.ALONE))
    else:
        ended = [line if line.endswith(b"\n") else line + b"\n" for line in lines]
        ours = b"0 * * * * " + checkout.command() + b"\n"
        crontab.write(b"".join([*ended, ours]))
        show("Added to your crontab:", [ours])
        note("scheduled", checkout.job)
    if gone := checkout.gone(lines):
        show("This runs a job that is not there any more, as of a checkout that was moved; crontab -e ends it:", gone)
    print("It crawls the live site from its next hour on (docs/ethics.md); make uncron takes it out again.")
    if os.getuid() == 0:
        print(ROOTS)


def remove(checkout: Checkout) -> bool:
    """Take our lines out of the crontab; False: one of them does more than ours, and is left to its user."""
    lines = crontab.read().splitlines(keepends=True)
    kept = [line for line in lines if checkout.look(line) not in {Found.ALONE, Found.BROKEN}]
    if kept != lines:
        crontab.write(b"".join(kept))
        note("unscheduled", checkout.job)
    if left := checkout.of(kept, Found.WITH_OTHERS):
        show("This runs the hourly crawl and something else, so it was left alone; crontab -e changes it:", left)
        return False
    print("Your crontab has no hourly crawl of this checkout any more.")
    return True


def show(what: str, lines: list[bytes]) -> None:
    """Print *what*, then the lines."""
    print(what)
    for line in lines:
        print("  " + line.decode(errors="replace").rstrip("\r\n"))


def main(words: list[str]) -> int:
    """Do what *words* say; returns the exit code."""
    try:
        if "\n" in str(JOB):
            raise HourlyError(f"no crontab and no unit holds a path with a line break: move {str(JOB.parent)!r}")
        if words == ["add"]:
            add(Checkout(JOB))
        elif words == ["remove"]:
            return 0 if remove(Checkout(JOB)) else 1
        elif words == ["timer"]:
            return 0 if timer.add(JOB) else 1
        elif words == ["untimer"]:
            return 0 if timer.remove(JOB) else 1
        else:
            raise HourlyError(f"give add, remove, timer or untimer; found {' '.join(words) or 'nothing'}")
    except HourlyError as error:
        print(f"tools.hourly: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

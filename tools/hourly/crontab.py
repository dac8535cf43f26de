"""The user's crontab as bytes: read whole or not at all, and written only after that."""

from __future__ import annotations

import os
import re
import subprocess

from . import HourlyError

# What crontab -l says where there is none yet: of Debian, cronie and macOS; of busybox, with the user's name after it.
NONE_YET = "no crontab for"
NO_FILE = ("can't open '", "No such file or directory")
# Debian's crontab -l prints a carriage return as these two characters, so writing back what it printed would change it.
SPELLED_CR = re.compile(rb"(?<!\\)\\r$", re.MULTILINE)


class CrontabError(HourlyError):
    """The crontab can't be read or written; the message says why, and what was changed."""


def read() -> bytes:
    """Return the user's crontab; empty where there is none.

    Raises:
        CrontabError: it can't be read.
    """
    done = run("-l")
    said = done.stderr.decode(errors="replace").strip()
    if done.returncode == 0:
        if SPELLED_CR.search(done.stdout):
            raise CrontabError(
                "your crontab has lines with Windows line ends, which crontab -l doesn't print as they are, so nothing "
                "was changed: take the \\r out with crontab -e, then try again"
            )
        return done.stdout
    if not done.stdout and (NONE_YET in said.lower() or all(part in said for part in NO_FILE)):
        return b""
    raise CrontabError(f"your crontab could not be read, so nothing was changed: crontab -l said {said or 'nothing'!r}")


def write(lines: bytes) -> None:
    """Make *lines* the user's crontab, and look whether they are.

    Raises:
        CrontabError: they could not be written, or something else stands there now.
    """
    done = run("-", lines)
    if done.returncode != 0:
        said = done.stderr.decode(errors="replace").strip()
        raise CrontabError(f"your crontab could not be written and stays as it was: it said {said or 'nothing'!r}")
    if read() != lines:
        raise CrontabError("your crontab is not what was written, as if another program changed it: see crontab -l")


def run(word: str, given: bytes | None = None) -> subprocess.CompletedProcess[bytes]:
    """Run the crontab command, which finds out by itself whose crontab it is.

    Raises:
        CrontabError: there is no such command.
    """
    plain = {**os.environ, "LC_ALL": "C"}  # its words are read
    try:
        return subprocess.run(["crontab", word], input=given, capture_output=True, env=plain, check=False)
    except OSError as error:
        why = f"the crontab command can't be run ({error.strerror}); on Debian: sudo apt-get install cron"
        raise CrontabError(why) from error

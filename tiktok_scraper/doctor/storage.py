"""Whether all that a run writes can be written, and for how long the disk will do. Leaves nothing behind."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from collections.abc import Iterator
from pathlib import Path

from ..browser.start.run_directory import ROOM_BYTES as BROWSER_BYTES
from ..browser.start.run_directory import short
from ..config import BrowserConfig, CrawlConfig
from ..errors import CouldNotStart, CouldNotWrite
from ..lines import check_lines
from ..lines.spool import sentence
from ..needs.places import check_folder, why
from ..runs.ready import ROOM_BYTES
from .findings import FAILURE, OK, WARNING, Finding

FILES = ("tiktoks.jsonlines", "runs.jsonlines", "rejected.jsonlines")
# A run writes a megabyte or so; a month of hourly ones should find room.
MONTH_BYTES = 30 * 24 << 20


def places(crawl: CrawlConfig, browser: BrowserConfig) -> Iterator[Finding]:
    """Look at each folder and file that a run with these settings writes to."""
    wanted = {"raw": crawl.keep_raw, "evidence": crawl.evidence, "contact": crawl.contact}
    folders = [(crawl.data_dir, ROOM_BYTES)]
    folders += [(crawl.data_dir / name, ROOM_BYTES) for name, asked in wanted.items() if asked]
    found: list[Finding] = []
    for folder, room in folders:
        found += _folder(folder, room)
    try:
        found += _folder(short(browser.runs_dir), BROWSER_BYTES)
    except (CouldNotStart, OSError) as error:
        found.append(Finding(FAILURE, "writing", str(error)))
    for name in FILES:
        found += _file(crawl.data_dir / name)
    yield from found or [Finding(OK, "writing", f"all that a run writes in {crawl.data_dir.absolute()}")]


def disk(folder: Path) -> Iterator[Finding]:
    """How much is free where the data are, in the lowest folder above that is there."""
    there = next((place for place in (folder.absolute(), *folder.absolute().parents) if place.is_dir()), Path("/"))
    told = os.statvfs(there)
    if not told.f_blocks:
        yield Finding(OK, "disk", f"{there} does not tell its size")
        return
    free = told.f_bavail * told.f_frsize
    short_of = free < MONTH_BYTES
    level = FAILURE if free < ROOM_BYTES + BROWSER_BYTES else WARNING if short_of else OK
    fix = "free some, or choose another place with TIKTOK_DATA_DIR: an hourly run writes about 1 MB" if short_of else ""
    yield Finding(level, "disk", f"{free / (1 << 30):.1f} GB free at {there}", fix)


def spooled(folder: Path) -> Iterator[Finding]:
    """Whether lines of earlier runs wait to be appended to the files of the data *folder*."""
    if told := sentence(folder):
        yield Finding(WARNING, "spool", told)
    else:
        yield Finding(OK, "spool", "no line waits to be appended")


def _folder(folder: Path, room: int) -> list[Finding]:
    missing = [place for place in (folder, *folder.parents) if not os.path.lexists(place)]
    try:
        check_folder(folder, room)
    except OSError as error:
        return [Finding(FAILURE, "writing", f"nothing can be written in {folder.absolute()}: {why(folder, error)}")]
    finally:
        for place in missing:  # made by the check, and empty
            with contextlib.suppress(OSError):
                place.rmdir()
    return []


def _file(path: Path) -> list[Finding]:
    """A data file that is there: plain, ours to append to, and of lines."""
    try:
        if not os.path.lexists(path):
            return []
        if not stat.S_ISREG(path.stat().st_mode):
            kind = OSError(errno.EISDIR, os.strerror(errno.EISDIR))
            reason = why(path, kind) if path.is_dir() else f"it is no plain file: move {path} away"
            return [Finding(FAILURE, "writing", f"{path} can't be written: {reason}")]
        with path.open("ab"):
            check_lines(path)
    except CouldNotWrite as error:
        return [Finding(FAILURE, "writing", str(error))]
    except OSError as error:
        return [Finding(FAILURE, "writing", f"{path} can't be written: {why(path, error)}")]
    return []

"""Files that a command writes: whole or not at all, and never in the place of data."""

from __future__ import annotations

import glob
import os
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from analysis.terms.errors import AnalysisError, BadArgument

LEFT_AFTER_S = 24 * 3600  # nobody writes one file for so long: what is older was left by a process that was killed


def check_output(output: Path, suffixes: tuple[str, ...], *others: Path) -> None:
    """Raise BadArgument where *output* ends in none of *suffixes*, is a folder, or is one of *others* as well.

    A link is judged by what it leads to, too, since that is what is written.
    """
    leads_to = output.resolve()
    if leads_to.suffix.lower() not in suffixes and output.suffix.lower() in suffixes:
        raise BadArgument(
            expected=f"a file to write whose name ends in {' or '.join(suffixes)}",
            found=f"a link to {leads_to}",
            where=output,
            next_step="name another one, or take the link away",
        )
    if output.suffix.lower() not in suffixes or output.is_dir():
        raise BadArgument(
            expected=f"a file to write whose name ends in {' or '.join(suffixes)}",
            found="a folder" if output.is_dir() else repr(output.name),
            where=output,
            next_step=f"name one, such as {output.stem or 'report'}{suffixes[0]}",
        )
    if any(output.resolve() == other.resolve() for other in others):
        raise BadArgument(
            expected="a file of its own for each thing written",
            found="the same one named twice",
            where=output,
            next_step="name another one",
        )


def write(file: Path, data: bytes) -> None:
    """Write *data* to *file*. Raises AnalysisError where the system refuses; what was there before then stays."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with replacing(file) as fresh:
            fresh.write_bytes(data)
    except OSError as error:
        raise AnalysisError(
            expected="a file that can be written",
            found=error.strerror or str(error),
            where=file,
            next_step="make room, check its folder's permissions, or name another place",
        ) from error


@contextmanager
def replacing(file: Path) -> Iterator[Path]:
    """A path beside *file* to write to, which takes its place at the end: a reader never meets half a file.

    A link stays, and what it leads to is written. A file that was there keeps its mode, and its owner and group where
    the system lets it. What killed processes left of such files is removed. Raises OSError where the system refuses.
    """
    file = file.resolve()
    sweep(file.parent, f".{glob.escape(file.name)}.*.part")
    fresh = file.with_name(f".{file.name}.{os.getpid()}.part")
    try:
        yield fresh
        _take_over(file, fresh)
        fresh.replace(file)
    finally:
        fresh.unlink(missing_ok=True)


def _take_over(file: Path, fresh: Path) -> None:
    """Make *fresh* whose and as open as *file* is, if there is one."""
    try:
        before, own = file.stat(), fresh.stat()
    except FileNotFoundError:
        return
    if hasattr(os, "chown") and (before.st_uid, before.st_gid) != (own.st_uid, own.st_gid):
        with suppress(PermissionError):  # only root may give files away
            os.chown(fresh, before.st_uid, before.st_gid)
    fresh.chmod(stat.S_IMODE(before.st_mode))


def check_page(output: Path, mark: str) -> None:
    """Raise BadArgument where *output* is there and holds no *mark*: it is a page that somebody else wrote."""
    try:
        there = output.read_bytes()
    except FileNotFoundError:
        return
    if there.strip() and mark.encode() not in there:
        raise BadArgument(
            expected="a new file, or the report that is written anew",
            found="a page that is no report of ours, and it stays",
            where=output,
            next_step="name another file with -o, or move that one away",
        )


def sweep(folder: Path, pattern: str) -> None:
    """Remove what killed processes left of files that they were writing."""
    for left in folder.glob(pattern):
        with suppress(FileNotFoundError):  # somebody else sweeps too
            if time.time() - left.stat().st_mtime > LEFT_AFTER_S:
                left.unlink()

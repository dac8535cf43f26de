"""Files that a command writes: whole or not at all, and never in the place of data."""

from __future__ import annotations

import glob
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from analysis.terms.errors import AnalysisError, BadArgument

LEFT_AFTER_S = 24 * 3600  # nobody writes one file for so long: what is older was left by a process that was killed


def check_output(output: Path, suffixes: tuple[str, ...], *others: Path) -> None:
    """Raise BadArgument where *output* ends in none of *suffixes*, is a folder, or is one of *others* as well."""
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

    What killed processes left of such files is removed. Raises OSError where the system refuses.
    """
    sweep(file.parent, f".{glob.escape(file.name)}.*.part")
    fresh = file.with_name(f".{file.name}.{os.getpid()}.part")
    try:
        yield fresh
        fresh.replace(file)
    finally:
        fresh.unlink(missing_ok=True)


def sweep(folder: Path, pattern: str) -> None:
    """Remove what killed processes left of files that they were writing."""
    for left in folder.glob(pattern):
        with suppress(FileNotFoundError):  # somebody else sweeps too
            if time.time() - left.stat().st_mtime > LEFT_AFTER_S:
                left.unlink()

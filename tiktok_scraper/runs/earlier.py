"""What earlier runs left in their spools, appended before this one begins, or told of where it can't be."""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ..errors import CouldNotWrite
from ..lines.spool import LeavesOut, absorb, sentence

logger = logging.getLogger(__name__)


def append_spooled(folder: Path, files: Collection[str], leaves_out: LeavesOut) -> list[dict[str, Any]]:
    """Append what the spools of the data *folder* hold; return of each which run's it was and how many lines.

    leaves_out: which lines are not appended.

    Raises:
        CouldNotWrite: a data file takes no lines.
    """
    told = []
    for one in absorb(folder, files, leaves_out):
        if one.stays:
            logger.warning("What %s holds could not be appended and stays there: %s", one.path, one.stays)
            continue
        logger.info("Appended to %s what it had not taken from run %s: %d lines", one.file, one.run, one.lines)
        if one.bad:
            logger.warning("%s had %d pieces that are no lines, now in %s.torn", one.path, one.bad, one.file)
        counts = {"lines": one.lines, "bad": one.bad, "forgotten": one.forgotten}
        told.append({"run": one.run, "file": one.file, **counts})
    return told


@contextmanager
def telling_of_spools(folder: Path) -> Iterator[None]:
    """Have an error of a *folder* that takes no lines say which lines wait for it.

    Raises:
        CouldNotWrite: what was raised, with that.
    """
    try:
        yield
    except CouldNotWrite as error:
        if not (waits := sentence(folder)):
            raise
        raise type(error)(f"{error}. Of earlier runs {waits}") from error

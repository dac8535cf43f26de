"""The sightings of files that memory would not hold, block after block: what `load` gives, in the files' order.

Bad lines, gates and zones are as in `load`, which reports them; a stream only leaves out what `load` leaves out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pandas as pd

from analysis.reading.beside import read_beside
from analysis.reading.identity import identities
from analysis.reading.lines.blocks import BLOCK
from analysis.reading.lines.files import files_of
from analysis.reading.naive import Clock
from analysis.reading.repeats import Repeats
from analysis.reading.source import parts_of
from analysis.reading.whole import mixed, whole
from analysis.reading.zeroed import Replies

LINE_BYTES = 1_000  # of a line of ours, about


def stream(
    where: Path, *, naive_zone: str | None = None, size: int = BLOCK, cache: Path | None = None
) -> Iterator[pd.DataFrame]:
    """Sightings of a data folder or a file of lines in blocks of about *size* bytes, for `scale.rows`.

    Concatenated and sorted by `schema.SIGHTINGS_ORDER` they equal `load(where).sightings`. naive_zone, cache: as in
    `load`. The files are read once more than they are given, to know who their creators are (`identity`) and which
    replies failed (`zeroed`); a cache spares the second reading its JSON.

    Raises:
        NoFile, MixedData, BadArgument: as `load` does.
    """
    files = files_of(where)

    def blocks() -> Iterator[pd.DataFrame]:
        return _blocks(files, naive_zone, size, cache)

    replies = Replies()
    who = identities(lambda: map(replies.take, blocks()))
    for block in blocks():
        yield who.of(replies.judged(block))


def _blocks(files: Sequence[Path], naive_zone: str | None, size: int, cache: Path | None) -> Iterator[pd.DataFrame]:
    """The sightings, each under its line's own handle."""
    beside = read_beside(files)
    repeats = Repeats()
    simulated: bool | None = None
    for number in range(len(files)):
        clock = Clock()
        for part in parts_of(number, files, cache, beside.generation, size):
            told = whole([part], naive_zone=naive_zone, simulated=beside.simulated, files=files, clock=clock)
            clock, found = told.clock, told.sightings
            if found.empty:
                continue
            kind = bool(found["simulated"].iloc[0])
            if kind != (simulated := kind if simulated is None else simulated):
                raise mixed("the other kind", int(found["line_from"].min()), files)
            yield repeats.without(found, told.untold)

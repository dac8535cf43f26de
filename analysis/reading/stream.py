"""The sightings of a file that memory would not hold, block after block: what `load` gives, in the file's order.

Bad lines, gates and zones are as in `load`, which reports them; a stream only leaves out what `load` leaves out.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from analysis.reading.beside import lines_of, read_beside
from analysis.reading.cache import each_part
from analysis.reading.identity import identities
from analysis.reading.lines.blocks import BLOCK
from analysis.reading.naive import Clock
from analysis.reading.part import Part, last_line
from analysis.reading.repeats import Repeats
from analysis.reading.whole import whole
from analysis.reading.zeroed import Replies
from analysis.terms.errors import MixedData

LINE_BYTES = 1_000  # of a line of ours, about


def stream(
    where: Path, *, naive_zone: str | None = None, size: int = BLOCK, cache: Path | None = None
) -> Iterator[pd.DataFrame]:
    """Sightings of a data folder or a .jsonlines file in blocks of about *size* bytes, for `scale.rows`.

    Concatenated and sorted by `schema.SIGHTINGS_ORDER` they equal `load(where).sightings`. naive_zone, cache: as in
    `load`. The file is read once more than it is given, to know who its creators are (`identity`) and which replies
    failed (`zeroed`); a cache spares the second reading its JSON.

    Raises:
        NoFile, MixedData, BadArgument: as `load` does.
    """
    path = lines_of(where)

    def blocks() -> Iterator[pd.DataFrame]:
        return _blocks(path, naive_zone, size, cache)

    replies = Replies()
    who = identities(lambda: map(replies.take, blocks()))
    for block in blocks():
        yield who.of(replies.judged(block))


def _blocks(path: Path, naive_zone: str | None, size: int, cache: Path | None) -> Iterator[pd.DataFrame]:
    """The sightings, each under its line's own handle."""
    beside = read_beside(path)
    repeats = Repeats()
    simulated: bool | None = None
    clock = Clock()
    for part in _parts(path, size, cache, beside.generation):
        told = whole([part], naive_zone=naive_zone, old_simulated=beside.simulated, where=str(path), clock=clock)
        clock, found = told.clock, told.sightings
        if found.empty:
            continue
        if simulated is None:
            simulated = bool(found["simulated"].iloc[0])
        elif simulated != bool(found["simulated"].iloc[0]):
            raise MixedData(
                expected="lines that are all real or all simulated",
                found=f"the other kind from byte {part.start:,} on",
                where=path,
                next_step="split the file by the field simulated, and read each part alone",
            )
        yield repeats.without(found, told.untold)


def _parts(path: Path, size: int, cache: Path | None, generation: int) -> Iterator[Part]:
    """Whole lines; a last one that lacks only its newline is one too."""
    with path.open("rb") as file:
        end, at = os.fstat(file.fileno()).st_size, 0
        for part in each_part(file, end, directory=cache, generation=generation, size=size):
            at = part.end
            yield part
        last, _ = last_line(file, at, end)
    if last is not None:
        yield last

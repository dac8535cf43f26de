"""The sightings of files that memory would not hold, block after block: what `load` gives, in the files' order.

Bad lines, gates and zones are as in `load`, which reports them; a stream only leaves out what `load` leaves out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pandas as pd
from pyarrow import feather

from analysis.reading.beside import read_beside
from analysis.reading.identity import ASKED, identities
from analysis.reading.lines.blocks import BLOCK
from analysis.reading.lines.files import files_of
from analysis.reading.naive import Clock
from analysis.reading.part import Part
from analysis.reading.repeats import Repeats
from analysis.reading.source import parts_of, readable
from analysis.reading.whole import mixed, whole
from analysis.reading.zeroed import Replies
from analysis.writing.scratch import room_in, scratch

LINE_BYTES = 1_000  # of a line of ours, about


def stream(
    where: Path,
    *,
    naive_zone: str | None = None,
    size: int = BLOCK,
    cache: Path | None = None,
    folder: Path | None = None,
) -> Iterator[pd.DataFrame]:
    """Sightings of a data folder or a file of lines in blocks of about *size* bytes, for `scale.rows`.

    Concatenated and sorted by `schema.SIGHTINGS_ORDER` they equal `load(where).sightings`. naive_zone, cache: as in
    `load`. Who the creators are (`identity`) and which replies failed (`zeroed`) is known after the last line alone,
    so the blocks lie on disk until then: about a sixth of the lines' bytes, in a folder in *folder* (default: the
    system's temporary one) that goes when the stream ends, however it does.

    Raises:
        NoFile, MixedData, BadArgument: as `load` does.
        AnalysisError: there is no room in *folder*.
    """
    files = files_of(where)
    replies = Replies()
    with scratch(folder) as held:
        kept: list[Path] = []
        for block in _blocks(files, naive_zone, size, cache):
            kept.append(held / f"{len(kept)}.feather")
            with room_in(folder):
                feather.write_feather(replies.take(block), kept[-1], compression="lz4")
        who = identities(lambda: (_read(path, ASKED) for path in kept))
        for path in kept:
            yield who.of(replies.judged(_read(path)))
            path.unlink()


def _read(path: Path, columns: Sequence[str] | None = None) -> pd.DataFrame:
    found: pd.DataFrame = feather.read_feather(path, columns, memory_map=False)
    return found


def _parts(number: int, files: Sequence[Path], cache: Path | None, generation: int, size: int) -> Iterator[Part]:
    with readable(files[number]):
        yield from parts_of(number, files, cache, generation, size)


def _blocks(files: Sequence[Path], naive_zone: str | None, size: int, cache: Path | None) -> Iterator[pd.DataFrame]:
    """The sightings, each under its line's own handle."""
    with readable(files[0]):
        beside = read_beside(files)
    repeats = Repeats()
    simulated: bool | None = None
    for number in range(len(files)):
        clock = Clock()
        for part in _parts(number, files, cache, beside.generation, size):
            told = whole([part], naive_zone=naive_zone, simulated=beside.simulated, files=files, clock=clock)
            clock, found = told.clock, told.sightings
            if found.empty:
                continue
            kind = bool(found["simulated"].iloc[0])
            if kind != (simulated := kind if simulated is None else simulated):
                raise mixed("the other kind", int(found["line_from"].min()), files)
            yield repeats.without(found, told.untold)

"""A stretch of the file, read and judged line by line: what a Parquet part of the cache holds.

Everything here depends on one line alone, never on its neighbours, so that it doesn't matter where a file is cut.
What needs the whole file (zones, duplicates, gates, order) is in analysis/reading/whole.py.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import BinaryIO

import pyarrow as pa

from analysis.reading.derived import derived
from analysis.reading.judging import NAIVE, judged
from analysis.reading.lines.at import read_at
from analysis.reading.lines.blocks import Block, read_block
from analysis.reading.lines.json_line import LONGEST, is_whole
from analysis.reading.lines.line_by_line import BadLine
from analysis.terms.schema import LINE, MOMENT, SIGHTINGS, TEXT, TRUTH, WHOLE, to_frame

_ARROW = {TEXT: pa.string(), WHOLE: pa.int64(), TRUTH: pa.bool_(), MOMENT: pa.timestamp("us", "UTC")}
PART = pa.schema([(name, _ARROW[kind]) for name, kind in SIGHTINGS.items()] + [(NAIVE, pa.timestamp("us"))])


@dataclass(frozen=True, slots=True)
class Part:
    """What the file holds from byte *start* to byte *end*: a table (PART), bad lines, and how many lines in all.

    file: which of the files it is of; its table's line_from is the byte of that file alone.
    """

    start: int
    end: int
    table: pa.Table
    bad: tuple[BadLine, ...]
    lines: int
    file: int = 0


def read_part(block: Block) -> Part:
    """Return what *block* holds."""
    read = read_block(block, LINE)
    # In one thread: several blocks are read at once already (at_once.py).
    frame, wrong = judged(to_frame(read.table, threads=False))
    table = pa.Table.from_pandas(derived(frame), PART, preserve_index=False, nthreads=1)
    return Part(
        start=block.offset,
        end=block.end,
        table=table.replace_schema_metadata(None),
        bad=_bad(block, read.bad, wrong),
        lines=read.lines,
    )


def last_line(file: BinaryIO, at: int, end: int) -> tuple[Part | None, BadLine | None]:
    """Return what stands after the last newline, from byte *at* to *end*: a line that lacks only it, or a torn one.

    A crawl may be writing it, so a torn one is left for the next time, but for whole records that stand on it.
    Neither where nothing stands there.
    """
    tail = read_at(file, min(end - at, LONGEST), at)
    if not tail:
        return None, None
    found = read_part(Block(at, tail)) if len(tail) == end - at else None
    if found is not None and is_whole(tail):
        return found, None
    salvaged = found.table.num_rows if found is not None else 0
    torn = BadLine(at, end - at, "torn: no newline yet, left for next time", salvaged)
    return replace(found, bad=(), lines=0) if found is not None and salvaged else None, torn


def _bad(block: Block, bad: tuple[BadLine, ...], wrong: dict[int, str]) -> tuple[BadLine, ...]:
    """Return the bad lines, with those that are whole objects but no sightings (line_from -> why)."""
    lines = {line.offset: line for line in bad}
    for at, reason in wrong.items():
        start = block.data.rfind(b"\n", 0, at - block.offset) + 1 + block.offset
        if start in lines:  # a salvaged record, but no sighting
            line = lines[start]
            lines[start] = replace(line, salvaged=line.salvaged - 1, reason=f"{line.reason}; {reason}")
        else:
            end = block.data.find(b"\n", at - block.offset) + 1 or len(block.data)
            lines[start] = BadLine(start, end + block.offset - start, reason)
    return tuple(lines[offset] for offset in sorted(lines))

"""Cut a file of JSON lines into blocks at newlines, and read a block in one go where nothing is wrong with it.

pyarrow's reader is some ten times faster than the json module, but one bad line fails its whole block, and it is
lenient in its own ways: it joins records on one line, skips empty lines, lets Inf, broken UTF-8 and any nesting pass,
and crashes on a block of a bare `null`. So it is given only blocks in which each line looks like one object, its rows
are counted against the lines, and any doubt cuts the block into pieces that are tried alone: what is left of a doubt
in a few lines sends those, and only those, to line_by_line.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

import numpy as np
import pyarrow as pa
import pyarrow.json

from analysis.reading.lines.json_line import DEEPEST, LONGEST
from analysis.reading.lines.line_by_line import LINE_FROM, BadLine, Read, read_lines

BLOCK = 16 << 20  # bytes: larger ones are read no faster, and two threads share already what a month has
_PIECES = 8  # that a block with a bad line is cut into, and so on
_FEW = 64  # lines that are read one by one sooner than they are cut
_CHUNK = 4 << 20  # what pyarrow parses at a time; a line that is longer fails its block
_NEWLINE, _OPEN, _CLOSE, _LIST = b"\n{}["
_NO_NUMBER = re.compile(rb"[:,\[]\s*-?(?:NaN|Inf)")


@dataclass(frozen=True, slots=True)
class Block:
    """Whole lines: their bytes (the last one of a file may lack its newline) and the file offset of the first.

    overlong: instead of bytes, the length of one line beyond LONGEST, which is not held in memory.
    """

    offset: int
    data: bytes
    overlong: int = 0

    @property
    def end(self) -> int:
        """The file offset behind it."""
        return self.offset + (self.overlong or len(self.data))


def blocks(file: BinaryIO, start: int, end: int, size: int = BLOCK) -> Iterator[Block]:
    """Yield the whole lines of *file* from byte *start* up to *end*, in blocks of about *size* bytes.

    A tail without a newline is not among them: what is behind the last block's end.
    """
    offset, held = start, b""
    file.seek(start)
    while fresh := file.read(min(size, end - offset - len(held))):
        cut = fresh.rfind(b"\n") + 1
        if cut:
            data = held + fresh[:cut]
            yield Block(offset, data)
            offset, held = offset + len(data), fresh[cut:]
        elif len(held) + len(fresh) > LONGEST:
            length = _to_newline(file, len(held) + len(fresh), end - offset)
            if not length:
                return
            yield Block(offset, b"", overlong=length)
            offset, held = offset + length, b""
        else:
            held += fresh


def _to_newline(file: BinaryIO, length: int, most: int) -> int:
    """Read on to the end of the present line, *length* bytes of which are behind us; its length, 0 without an end."""
    while length < most and (piece := file.readline(min(_CHUNK, most - length))):
        length += len(piece)
        if piece.endswith(b"\n"):
            return length
    return 0


def read_block(block: Block, schema: pa.Schema) -> Read:
    """Return the objects of *block* as a table of *schema* and line_from (int64, file offset), and its bad lines.

    Fields that *schema* doesn't have are ignored; those it has must have its type.
    """
    if block.overlong:
        reason = f"longer than {LONGEST} bytes"
        return Read(read_lines(b"", 0, schema).table, (BadLine(block.offset, block.overlong, reason),), 1)
    if not block.data.endswith(b"\n"):  # the file's last line, whole but for that
        return read_lines(block.data, block.offset, schema)
    ends = np.flatnonzero(np.frombuffer(block.data, dtype=np.uint8) == _NEWLINE)
    starts = np.concatenate(([0], ends[:-1] + 1))
    read = list(_pieces(block, starts, ends, schema))
    bad = tuple(line for piece in read for line in piece.bad)
    return Read(pa.concat_tables([piece.table for piece in read]), bad, sum(piece.lines for piece in read))


def _pieces(block: Block, starts: np.ndarray, ends: np.ndarray, schema: pa.Schema) -> Iterator[Read]:
    """The lines of *block* from *starts* to *ends*, at once or, where one of them is bad, in pieces."""
    begin, end = int(starts[0]), int(ends[-1]) + 1
    data = block.data[begin:end]
    table = _at_once(data, starts - begin, ends - begin, schema)
    if table is not None:
        line_from = pa.array(starts + block.offset, type=pa.int64())
        yield Read(table.append_column(LINE_FROM, line_from), (), len(starts))
    elif len(starts) <= _FEW:
        yield read_lines(data, block.offset + begin, schema)
    else:
        pieces = min(_PIECES, len(starts))
        for some, to in zip(np.array_split(starts, pieces), np.array_split(ends, pieces), strict=True):
            yield from _pieces(block, some, to, schema)


def _at_once(data: bytes, starts: np.ndarray, ends: np.ndarray, schema: pa.Schema) -> pa.Table | None:
    """Return the block's table, a row a line, or None where anything at all speaks against it."""
    if not _looks_sound(data, starts, ends):
        return None
    try:
        table = pa.json.read_json(
            pa.BufferReader(data),
            # In one thread: with several, its threads once waited for each other for ever (pyarrow 26, a busy machine),
            # which nobody would notice of an unattended report; it takes a quarter less of the processors' time, too.
            read_options=pa.json.ReadOptions(block_size=_CHUNK, use_threads=False),
            parse_options=pa.json.ParseOptions(explicit_schema=schema, unexpected_field_behavior="ignore"),
        )
    except pa.ArrowInvalid:
        return None
    # Each line holds at least one object, so as many rows as lines means that each holds exactly one.
    return table if table.num_rows == len(starts) else None


def _looks_sound(data: bytes, starts: np.ndarray, ends: np.ndarray) -> bool:
    """Whether each line begins and ends as an object, in UTF-8, without what pyarrow takes and JSON doesn't."""
    array = np.frombuffer(data, dtype=np.uint8)
    if not (ends > starts).all():
        return False
    if not ((array[starts] == _OPEN).all() and (array[ends - 1] == _CLOSE).all()) or (ends - starts).max() > LONGEST:
        return False
    if _may_be_deep(data, array, starts):
        return False
    if (b"NaN" in data or b"Inf" in data) and _NO_NUMBER.search(data):
        return False
    return _is_text(data)


def _is_text(data: bytes) -> bool:
    """Whether *data* are UTF-8, which pyarrow tells thirty times faster than `bytes.decode`."""
    ends = pa.py_buffer(np.array([0, len(data)], dtype=np.int64))
    try:
        pa.Array.from_buffers(pa.large_string(), 1, [None, ends, pa.py_buffer(data)]).validate(full=True)
    except pa.ArrowInvalid:
        return False
    return True


def _may_be_deep(data: bytes, array: np.ndarray, starts: np.ndarray) -> bool:
    """Whether a line has more brackets than may stand in each other."""
    if data.count(b"[") + data.count(b"{") <= DEEPEST + len(starts) - 1:  # each line has one at least
        return False
    brackets = np.flatnonzero((array == _OPEN) | (array == _LIST))
    before = np.searchsorted(brackets, np.append(starts, len(array)))
    return bool(np.diff(before).max() > DEEPEST)

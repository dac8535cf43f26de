"""Lines in the order of their keys, with no more of them in memory than there is room for.

A crawl appends in the order of time, give or take the minutes for which lines wait and runs overlap. So each input goes
through a heap of ROOM bytes at first, which mends that, and the inputs are merged as they come (k-way). A line that
comes later than the heap can mend (a file put together by hand) has all be read again and sorted outside of memory:
blocks of ROOM bytes, each sorted, in temporary files beside the result, merged 64 at a time.
"""

from __future__ import annotations

import heapq
import pickle
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from .judge import Key

ROOM = 32 << 20  # bytes of lines that are held, of all inputs together
AT_ONCE = 64  # files of sorted blocks that are open at a time
Keyed = tuple[Key, bytes]
_OF_A_LINE = 400  # bytes that a line takes beside its own, about


class TooFarApart(Exception):
    """A line came too late for the heap."""


def nearly_sorted(lines: Iterable[Keyed], room: int) -> Iterator[Keyed]:
    """Yield the lines sorted, as long as a heap of *room* bytes can.

    Raises:
        TooFarApart: it can't any more.
    """
    held: list[Keyed] = []
    size = 0
    last: Keyed | None = None
    for line in lines:
        if last is not None and line < last:
            raise TooFarApart
        heapq.heappush(held, line)
        size += len(line[1]) + _OF_A_LINE
        while size > room and len(held) > 1:
            last = heapq.heappop(held)
            size -= len(last[1]) + _OF_A_LINE
            yield last
    while held:
        yield heapq.heappop(held)


def sorted_outside(lines: Iterable[Keyed], room: int, folder: Path) -> Iterator[Keyed]:
    """Yield the lines sorted, whatever their order was."""
    blocks = [_written(sorted(block), folder) for block in _blocks(lines, room)]
    while len(blocks) > AT_ONCE:
        first, blocks = blocks[:AT_ONCE], blocks[AT_ONCE:]
        blocks.append(_written(heapq.merge(*map(_read, first)), folder))
    yield from heapq.merge(*map(_read, blocks))


def _blocks(lines: Iterable[Keyed], room: int) -> Iterator[list[Keyed]]:
    block: list[Keyed] = []
    size = 0
    for line in lines:
        block.append(line)
        size += len(line[1]) + _OF_A_LINE
        if size > room:
            yield block
            block, size = [], 0
    if block:
        yield block


def _written(lines: Iterable[Keyed], folder: Path) -> BinaryIO:
    file = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 - it goes when it has been read
    for line in lines:
        pickle.dump(line, file, pickle.HIGHEST_PROTOCOL)
    file.seek(0)
    return file


def _read(file: BinaryIO) -> Iterator[Keyed]:
    with file:
        while True:
            try:
                yield pickle.load(file)
            except EOFError:
                return

"""Several blocks of a file made into what they hold at once, by threads, in the order of the blocks.

pyarrow and NumPy let go of Python while they work, and that is most of what reading is. A process more would have to
import all of it, and on some systems a script that has no `if __name__ == "__main__"` would be run again by it.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor

from analysis.reading.lines.blocks import Block
from analysis.reading.part import Part

MOST = 4  # two take 0.6 of the time of one, since what is Python's own is done by one at a time; more were not tried


def threads() -> int:
    """How many read: no more than this process may have processors."""
    allowed = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(MOST, allowed)


def each(made: Callable[[Block], Part], blocks: Iterable[Block]) -> Iterator[Part]:
    """Yield what *made* makes of each of *blocks*, in their order; one block more than threads is held in memory.

    What *made* raises is raised where its part would be, and what *blocks* raises when it does, before the parts that
    are being made.
    """
    many = threads()
    if many == 1:
        yield from map(made, blocks)
        return
    pool = ThreadPoolExecutor(many, thread_name_prefix="reading")
    try:
        asked: deque[Future[Part]] = deque()
        for block in blocks:
            asked.append(pool.submit(made, block))
            if len(asked) > many:
                yield asked.popleft().result()
        while asked:
            yield asked.popleft().result()
    finally:
        pool.shutdown(cancel_futures=True)

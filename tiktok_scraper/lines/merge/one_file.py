"""Several files of lines of one sort -> one, sorted, each record once; what is bad goes beside it."""

from __future__ import annotations

import hashlib
import heapq
import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import tzinfo
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

from ...errors import MixedLines
from ..mixing import kind_of
from ..read import Beginnings, Line, judged
from ..record import LONGEST, MARK, record_of
from .inputs import Lines, check_kind, opened
from .judge import Key, Times, digest_of
from .order import ROOM, Keyed, TooFarApart, nearly_sorted, sorted_outside

Stream = Iterator[Keyed]
Whole = tuple[dict[str, Any], bytes]  # a record and its line
_LEAST_ROOM = 1 << 20
_APART_S = 61 * 60.0  # the same record stands in two files at two places that far from each other at most, see judge


@dataclass(slots=True)
class Input:
    """One file that is merged, and what it was found to hold."""

    path: Path
    lines: int = 0
    bad: int = 0
    kinds: set[bool] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Merged:
    """lines: how many the file has; repeats: how many records stood in the inputs once more; bad: what is in `.torn`.

    sha256: of the file, in hex.
    """

    file: str
    inputs: tuple[Input, ...]
    lines: int
    repeats: int
    bad: int
    sha256: str


def merge_files(
    paths: Sequence[Path], into: Path, *, zone: tzinfo, strict: bool = True, read: Callable[[int], object] = int
) -> Merged:
    """Write what *paths* hold to the new file *into*, brought to the disk, and what is bad to `<into>.torn`.

    zone: of times without an offset. strict: no file may hold lines of another kind than the others, simulated or
    real; else only those may not that hold one kind alone. read: is told of each line's bytes as they are read.

    Raises:
        MixedLines: simulated and real lines would stand in one file.
        NotLines: one is of another kind than JSON lines.
        CouldNotWrite: a compressed one is damaged.
        OSError: one can't be read, or the new one not written.
    """
    for path in paths:
        check_kind(path)
    try:
        inputs = [Input(path) for path in paths]
        merged = _merged(inputs, into, zone, read, nearly_sorted)
    except TooFarApart:
        inputs = [Input(path) for path in paths]
        merged = _merged(inputs, into, zone, read, partial(sorted_outside, folder=into.parent))
    _check_kinds(inputs, strict)
    return merged


def _merged(
    inputs: list[Input], into: Path, zone: tzinfo, read: Callable[[int], object], in_order: Callable[..., Stream]
) -> Merged:
    room = max(ROOM // len(inputs), _LEAST_ROOM)
    torn_path = into.with_name(into.name + ".torn")
    lines = repeats = 0
    digest = hashlib.sha256()
    with into.open("wb") as out, torn_path.open("wb") as torn:
        streams = [in_order(_keyed(one, zone, torn, read), room) for one in inputs]
        seen = Recent()
        for key, raw in heapq.merge(*streams):
            if not seen.new(key):
                repeats += 1
                continue
            out.write(raw)
            digest.update(raw)
            lines += 1
        for file in (out, torn):
            file.flush()
            os.fsync(file.fileno())
    if not torn_path.stat().st_size:
        torn_path.unlink()
    bad = sum(one.bad for one in inputs)
    return Merged(into.name, tuple(inputs), lines, repeats, bad, digest.hexdigest())


class Recent:
    """The records of the last hour: the same one stands no further from itself, since all come in the order of time."""

    def __init__(self) -> None:
        self._held: set[bytes] = set()
        self._order: deque[tuple[float, bytes]] = deque()

    def new(self, key: Key) -> bool:
        """Whether it is the first of its record."""
        at, digest = key[0], key[-1]
        if digest in self._held:
            return False
        while self._order and self._order[0][0] < at - _APART_S:
            self._held.remove(self._order.popleft()[1])
        self._held.add(digest)
        self._order.append((at, digest))
        return True


def _keyed(one: Input, zone: tzinfo, torn: BinaryIO, read: Callable[[int], object]) -> Iterator[Keyed]:
    """Yield the records of a file with their places, in the file's order; the rest goes to *torn*."""
    times = Times(zone)
    for record, raw in _whole(one, torn, read):
        one.lines += 1
        if (kind := kind_of(record)) is not None:
            one.kinds.add(kind)
        yield times.key(record, digest_of(record, raw)), raw


def _whole(one: Input, torn: BinaryIO, read: Callable[[int], object]) -> Iterator[Whole]:
    """Yield the whole records of a file as lines, those that stand on a bad line too, as `repair` would."""
    beginnings = Beginnings()
    with ExitStack() as stack:
        file = stack.enter_context(opened(one.path))
        while raw := file.readline(LONGEST):
            read(len(raw))
            if len(raw) == LONGEST and not raw.endswith(b"\n"):
                one.bad += 1
                _set_aside_long(raw, file, torn, read)
                continue
            line = judged(raw, 0, len(raw), beginnings)
            if isinstance(line, Line):
                yield line.record, raw.removeprefix(MARK) if raw.endswith(b"\n") else raw.removeprefix(MARK) + b"\n"
                continue
            one.bad += 1
            at = 0
            for begins, ends in (*line.records, (len(raw), len(raw))):
                if (piece := raw[at:begins].removesuffix(b"\n")).strip() or not line.records:
                    torn.write(piece + b"\n")
                if begins < ends:
                    yield record_of(raw[begins:ends]), raw[begins:ends] + b"\n"
                at = ends


def _set_aside_long(raw: bytes, file: Lines, torn: BinaryIO, read: Callable[[int], object]) -> None:
    while raw and not raw.endswith(b"\n"):
        torn.write(raw)
        raw = file.readline(LONGEST)
        read(len(raw))
    torn.write(raw or b"\n")


def _check_kinds(inputs: Sequence[Input], strict: bool) -> None:
    simulated, real = (
        next((one.path for one in inputs if (kind in one.kinds if strict else one.kinds == {kind})), None)
        for kind in (True, False)
    )
    if simulated and real:
        where = f"{simulated} holds" if simulated == real else f"{simulated} holds simulated lines and {real}"
        what = "simulated lines and real ones" if simulated == real else "real ones"
        raise MixedLines(f"{where} {what}: they may not stand in one file, so nothing was merged")

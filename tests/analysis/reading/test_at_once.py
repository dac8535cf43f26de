"""Blocks that threads read at once come in their order, and no more of them are held than there are threads."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from analysis.reading import at_once
from analysis.reading.lines.blocks import Block
from analysis.reading.part import PART, Part

WAIT_S = 60


def part_of(block: Block) -> Part:
    return Part(block.offset, block.end, PART.empty_table(), (), 1)


def blocks(number: int) -> list[Block]:
    return [Block(at, b"x") for at in range(number)]


@pytest.fixture(params=[1, 2, 3])
def threads(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    many: int = request.param
    monkeypatch.setattr(at_once, "threads", lambda: many)
    return many


def test_parts_come_in_the_order_of_their_blocks_whichever_is_ready_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(at_once, "threads", lambda: 2)
    second = threading.Event()

    def made(block: Block) -> Part:
        if block.offset == 0:
            assert second.wait(WAIT_S)  # the first waits for the second, which only another thread can make
        if block.offset == 1:
            second.set()
        return part_of(block)

    assert [part.start for part in at_once.each(made, blocks(7))] == list(range(7))


def test_no_more_blocks_are_taken_than_threads_and_one(threads: int) -> None:
    taken: list[int] = []

    def given() -> Iterator[Block]:
        for block in blocks(20):
            taken.append(block.offset)
            yield block

    ahead = [len(taken) - at for at, _ in enumerate(at_once.each(part_of, given()))]
    assert len(taken) == 20
    assert max(ahead) <= (threads + 1 if threads > 1 else 1)


def test_what_a_block_raises_comes_after_the_parts_before_it(threads: int) -> None:
    def made(block: Block) -> Part:
        if block.offset == 3:
            raise OSError("the disk is gone")
        return part_of(block)

    found: list[int] = []
    with pytest.raises(OSError, match="the disk is gone"):
        found.extend(part.start for part in at_once.each(made, blocks(9)))
    assert found == [0, 1, 2]


def test_who_stops_early_leaves_no_thread(threads: int) -> None:
    before = threading.active_count()
    parts = at_once.each(part_of, iter(blocks(50)))
    assert next(parts).start == 0
    parts.close()  # type: ignore[attr-defined]
    assert threading.active_count() == before


def test_threads_are_no_more_than_processors(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(at_once.os, "sched_getaffinity", lambda _: {0}, raising=False)
    assert at_once.threads() == 1
    monkeypatch.setattr(at_once.os, "sched_getaffinity", lambda _: set(range(64)), raising=False)
    assert at_once.threads() == at_once.MOST

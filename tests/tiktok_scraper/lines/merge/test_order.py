"""Sorting with little memory gives what sorting with all of it gives."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tiktok_scraper.lines.merge.order import AT_ONCE, Keyed, TooFarApart, nearly_sorted, sorted_outside

LINES: list[Keyed] = [((float(at), False, float(at), "", -1, -1, "", b"%d" % at), b"x" * 50) for at in range(500)]


def test_lines_of_any_order_are_sorted_outside_of_memory_also_in_more_blocks_than_are_open_at_once(
    tmp_path: Path,
) -> None:
    mixed = random.Random(3).sample(LINES, len(LINES))
    room = 1000  # three lines
    assert len(LINES) / 3 > 2 * AT_ONCE
    assert list(sorted_outside(mixed, room, tmp_path)) == LINES
    assert list(tmp_path.iterdir()) == []


def test_lines_that_are_a_little_out_of_order_are_sorted_as_they_come() -> None:
    swapped = [LINES[number ^ 3] for number in range(len(LINES))]
    taken = []

    def told() -> object:
        for line in swapped:
            taken.append(line)
            yield line

    stream = nearly_sorted(told(), 4000)  # type: ignore[arg-type]
    assert next(stream) == LINES[0] and len(taken) < 20
    assert list(stream) == LINES[1:]
    with pytest.raises(TooFarApart):
        list(nearly_sorted([*LINES[1:], LINES[0]], 4000))

"""Counts of real items in whatever form they stand there."""

from __future__ import annotations

from typing import Any

import pytest

from replica.feed.file_counts import counted, told_count


@pytest.mark.parametrize(
    ("told", "number"),
    [
        (61, 61),
        (61.0, 61),
        (-1_934_013_585, -1_934_013_585),
        ("22609", 22_609),
        (" 1 234 ", 1_234),
        ("1,234,567", 1_234_567),
        ("1.2M", 1_200_000),
        ("12k", 12_000),
        ("1.2B", 1_200_000_000),
        ("-1", -1),
        ("12,3K", None),
        ("1.2", None),
        ("1,23", None),
        ("Share", None),
        ("", None),
        (1.5, None),
        (True, None),
        (None, None),
        ({}, None),
    ],
)
def test_a_count_in_any_form(told: Any, number: int | None) -> None:
    assert told_count(told) == number


def test_what_is_below_nothing_tells_nothing() -> None:
    assert [counted(told) for told in (-1, "-1", 0, "0", 7)] == [None, None, 0, 0, 7]

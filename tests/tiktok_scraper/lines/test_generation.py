"""Which generation the record of the runs tells of."""

from __future__ import annotations

from typing import Any

import pytest

from tiktok_scraper.lines import Generation, generation_of


def told(number: Any, **rest: Any) -> dict[str, Any]:
    return {"event": "generation", "run": None, "generation": number, "bytes": 5, "sha256": "ab", **rest}


def test_without_a_line_it_is_the_first() -> None:
    assert generation_of([{"event": "start", "run": "1"}, {"event": "end", "run": "1"}]) == Generation(
        1, None, None, None
    )


def test_the_latest_counts_among_other_events() -> None:
    records = [
        told(2),
        {"event": "end", "run": "1"},
        told(3, bytes=7, sha256="cd", reason="forget"),
        {"event": "start"},
    ]
    assert generation_of(records) == Generation(3, 7, "cd", "forget")


@pytest.mark.parametrize("number", [None, "4", True, 0, -1, 2.5])
def test_what_is_no_number_of_a_generation_is_passed_over(number: Any) -> None:
    assert generation_of([told(2), told(number, bytes=9)]) == Generation(2, 5, "ab", None)

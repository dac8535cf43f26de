"""When a turn is given up: never before what it was told to wait for is over, and soon after the run should be."""

from __future__ import annotations

import math
from typing import Any

import pytest

from tiktok_scraper.browser.patience import TURN_WITHIN_S, gives_up_at


@pytest.mark.parametrize(
    ("action", "told", "after"),
    [
        ("step", {"timeout": 20}, 20 + 30),
        ("look", {"wait": 0.05}, 0.05 + 30),
        ("keep", {"folder": "x"}, 30),
        ("open", {"timeout": 20}, 60 + 20 + 30),
        ("robots", {"url": "x"}, 60 + 30),
    ],
)
def test_a_turn_may_do_what_it_is_told_and_half_a_page_more(action: str, told: dict[str, Any], after: float) -> None:
    assert gives_up_at(action, told, 60, math.inf, now=100) == 100 + after


def test_soon_after_the_run_should_have_ended_every_turn_is_given_up() -> None:
    assert gives_up_at("step", {"timeout": 20}, 60, ends_at=110, now=100) == 110 + TURN_WITHIN_S
    assert gives_up_at("look", {"wait": 0.05}, 60, ends_at=90, now=100) == 100 + TURN_WITHIN_S, (
        "a last one has its time"
    )
    assert gives_up_at("step", {"timeout": 20}, 60, ends_at=1000, now=100) == 150

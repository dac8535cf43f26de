"""What the bench of several browsers makes of what it timed."""

from __future__ import annotations

import pytest

from benchmarks.grid.measures import Run, Spread, grid_a_minute, spread


def test_a_run_is_told_by_the_tiktok() -> None:
    run = Run(tiktoks=100, unique=100, seconds=50.0, python=4.0, rest=36.0)
    assert (run.a_minute, run.python_each, run.each) == (120.0, 0.04, 0.4)
    assert Run(100, 100, 50.0, 4.0, None).each is None, "what other machines used is not known here"


def test_repeats_are_told_by_their_median_and_their_ends() -> None:
    assert spread([3.0, 1.0, 2.0]) == Spread(2.0, 1.0, 3.0)
    assert str(spread([3.0, 1.0, 2.0])) == "2 (1 to 3)"


@pytest.mark.parametrize(("machines", "expected"), [(1, 300.0), (2, 600.0), (1000, 1500.0)])
def test_machines_bring_more_until_pythons_one_processor_is_used(machines: int, expected: float) -> None:
    assert grid_a_minute(machines, 2, each=0.44, python_each=0.04) == pytest.approx(expected)

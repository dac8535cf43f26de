"""How likely chance makes a run differ: held against SciPy's own tests, and against draws."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import fisher_exact, ttest_ind

from tiktok_scraper.runs.monitors.chance import as_far, design_effect, fewer, more

ALIKE = st.integers(1, 200).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of)))


@given(run=ALIKE, last=ALIKE, runs=st.integers(2, 24))
def test_a_share_is_tested_as_fisher_does_where_runs_differ_by_no_more_than_chance(
    run: tuple[int, int], last: tuple[int, int], runs: int
) -> None:
    before = [last] * runs
    assert design_effect(before) == 1
    had, of = last[0] * runs, last[1] * runs
    table = [[run[0], run[1] - run[0]], [had, of - had]]
    assert more(run, before) == pytest.approx(fisher_exact(table, alternative="greater").pvalue, rel=1e-6, abs=1e-12)
    assert fewer(run, before) == pytest.approx(fisher_exact(table, alternative="less").pvalue, rel=1e-6, abs=1e-12)


def test_what_runs_do_by_themselves_is_no_finding() -> None:
    swinging = [(5, 100), (40, 100)] * 12
    steady = [(22, 100), (23, 100)] * 12
    assert more((45, 100), steady) < 1e-5
    assert more((45, 100), swinging) > 0.01
    assert design_effect(swinging) > design_effect([(20, 100), (25, 100)] * 12) == 1


@given(
    value=st.floats(-50, 50),
    last=st.lists(st.floats(-50, 50), min_size=5, max_size=24).filter(lambda v: np.std(v) > 0.01),
)
def test_a_value_is_tested_as_student_does(value: float, last: list[float]) -> None:
    assert as_far(value, last, 0) == pytest.approx(ttest_ind([value], last).pvalue, rel=1e-6, abs=1e-12)


def test_a_value_that_never_moved_may_move_by_what_it_is_known_to() -> None:
    assert as_far(5.0, [5.0] * 6, 0) == 1
    assert as_far(5.1, [5.0] * 6, 0) == 0
    assert as_far(5.1, [5.0] * 6, 0.2) > 0.5


@pytest.mark.parametrize(("share", "alike"), [(0.02, None), (0.3, None), (0.3, 30.0)], ids=["rare", "common", "swings"])
def test_false_alarms_are_no_more_than_stated(share: float, alike: float | None) -> None:
    """Drawn runs of one kind; alike: of a beta distribution, of that precision, from which each run has its share."""
    rng = np.random.default_rng(3)
    alarms, repeats, level = 0, 1500, 0.01
    for _ in range(repeats):
        shares = rng.beta(share * alike, (1 - share) * alike, 25) if alike else np.full(25, share)
        *last, run = [(int(count), 100) for count in rng.binomial(100, shares)]
        alarms += more(run, last) < level
    assert alarms <= repeats * level + 3 * np.sqrt(repeats * level)

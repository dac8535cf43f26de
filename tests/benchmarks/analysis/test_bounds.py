"""The benches of bounds and intervals, on worlds of a few rows: that they judge what they say, and say the worst."""

from __future__ import annotations

import json
import math
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from benchmarks.analysis import association_scenarios
from benchmarks.analysis import coverage as analysis_coverage
from benchmarks.analysis import scenarios as analysis_scenarios
from benchmarks.analysis.bounds import Worst
from benchmarks.analysis.bounds_broken import BREAKS
from benchmarks.analysis.bounds_judged import Judged, judged
from benchmarks.analysis.bounds_real import real


def told(series: int = 100, sightings: int = 24) -> pd.DataFrame:
    """Series that only grow, three hours apart, told as exact."""
    rng = np.random.default_rng(7)
    start = pd.Timestamp("2026-03-01", tz="UTC")
    rows = [
        (f"{key:03d}", start + pd.Timedelta(hours=3 * hour), value)
        for key in range(series)
        for hour, value in enumerate(50_000 + rng.integers(0, 300, sightings).cumsum())
    ]
    frame = pd.DataFrame(rows, columns=["key", "scraped_at", "truth"])
    times = frame["scraped_at"].astype("datetime64[us, UTC]")
    return frame.assign(scraped_at=times, value=frame["truth"], step=1).astype({"truth": "int64", "value": "int64"})


@pytest.mark.parametrize("what", BREAKS)
def test_each_break_keeps_the_truth_beside_what_is_told(what: str) -> None:
    whole = told()
    broken = BREAKS[what](whole, np.random.default_rng(1))
    found = judged(broken)
    assert 0 < found.sightings <= len(whole)
    assert found.raw == 1, "a number's own bounds hold whatever is broken"
    assert (found.fell > 0) == (what in {"likes removed", "clocks wrong"})
    if what in {"all rounded", "shown avoided"}:
        assert (found.tight, found.grown, found.cuts) == (1, 1, 0)


def test_the_least_share_held_names_its_world() -> None:
    def held(grown: float) -> Judged:
        return Judged(9, 3, 6, 1.0, 1.0, grown, 0, 0, math.nan, 0.0, 0.0)

    worst = Worst()
    for world, share in (("2022 seed 1", 0.9), ("2022 seed 2", 0.5), ("2025 seed 1", math.nan)):
        worst.note("likes, clocks wrong", world, held(share))
    worst.note("comments", "2022 seed 1", held(1.0))
    assert worst.told().splitlines() == [
        "worst of likes, clocks wrong: 2022 seed 2: gains 50.0000%, tight 100.0000%, raw 100.0000%",
        "worst of comments: 2022 seed 1: gains 100.0000%, tight 100.0000%, raw 100.0000%",
    ]


def test_real_pulls_are_told_by_our_rule_and_by_the_sites(tmp_path: Path) -> None:
    item = {"id": "7", "statsV2": {"collectCount": "12345"}, "stats": {"collectCount": 12300}}
    pulls = [{"extra": {"now": 1_740_000_000_000}, "itemList": [item, {"id": "8"}]}]
    (tmp_path / "json").mkdir()
    (tmp_path / "json" / "2025-02_recommend_item_list_12_pulls.json").write_text(json.dumps(pulls))
    found = list(real(tmp_path))
    assert [count for _, count, _ in found] == ["saves", "saves"]
    for _, _, frame in found:
        assert frame[["truth", "value", "step"]].to_numpy().tolist() == [[12_345, 12_300, 100]]
    assert list(real(tmp_path / "nothing")) == []


@pytest.mark.parametrize("every", [2, 5])
def test_the_rank_correlation_of_gains_of_two_sizes_is_that_of_many_drawn(every: int) -> None:
    gains = association_scenarios.Gains(every, 0.05)
    drawn = np.random.default_rng(1).multivariate_normal([0, 0], [[1, 0.6], [0.6, 1]], size=200_000).T
    expected = stats.spearmanr(*(drawn * gains.sizes(200_000))).statistic
    assert gains.spearman(0.6) == pytest.approx(expected, abs=0.005)


def test_effects_of_the_event_study_have_mean_0_and_spread_1() -> None:
    for effects in analysis_scenarios.EFFECTS.values():
        drawn = effects.draw(np.random.default_rng(1), (1_000, 500))
        assert drawn.mean() == pytest.approx(0, abs=0.01)
        assert drawn.std() == pytest.approx(1, abs=0.05)


def test_coverage_is_told_with_what_was_answered(capsys: pytest.CaptureFixture[str]) -> None:
    assert analysis_coverage.main(["--replicates", "50", "--only", "posting rate"]) in {0, 1}
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 1 + 3 + 1
    assert "of 3 missed; the worst: posting rate" in lines[-1]


def test_no_answer_is_no_miss() -> None:
    row = analysis_coverage.Row("association", "too rounded", (1, 1), 50, 0, 0.95, math.nan)
    missed = analysis_coverage.Row("association", "wrong", (1, 2), 100, 100, 0.95, 0.5)
    assert (row.missed, missed.missed) == (False, True)
    assert analysis_coverage.told(row)[-1] == "no answer"
    assert analysis_coverage.summary([row, missed]).startswith("1 of 1 missed; the worst: association, wrong")
    assert analysis_coverage.summary([row]) == "0 of 0 missed; 1 without an answer"

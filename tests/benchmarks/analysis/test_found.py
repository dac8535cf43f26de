"""The bench of the analysis: its arithmetic and its page, from made-up findings; nothing is timed here."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import numpy as np

from analysis.statistics.intervals import Estimate
from benchmarks.analysis import followers, true_videos
from benchmarks.analysis.__main__ import engines, misses, page, short_of_bound
from benchmarks.analysis.audio_bound import Signs
from benchmarks.analysis.engines import Ran
from benchmarks.analysis.found import AUDIOS, Growth, Hits, Judged


def judged(seed: int, *, both: int = 8, taut: float = 2.0, exact: int = 5, world: str = "tame") -> Judged:
    return Judged("2022", seed, 1_000, {"videos": Hits(10, 9, both)}, Growth(50, taut, 4.0, 5, exact), world)


def test_precision_is_of_what_was_found_and_recall_of_what_was_there() -> None:
    hits = Hits.of({"a", "b", "c", "d"}, {"c", "d", "e"})
    assert (hits.precision, hits.recall) == (2 / 3, 2 / 4)
    assert math.isclose(hits.harmonic, 2 / (3 / 2 + 4 / 2))


def test_nothing_to_find_is_no_share_at_all() -> None:
    nothing = Hits.of(set(), set())
    assert all(math.isnan(share) for share in (nothing.precision, nothing.recall, nothing.harmonic))


def test_every_seed_is_printed_and_the_worst_named() -> None:
    told = page([judged(1), judged(2, both=3), judged(3, taut=3.5)])
    assert "all   tame   30    27     19    0.70       0.63" in told
    worst = [line for line in told.splitlines() if line.startswith("worst")]
    assert worst == ["worst: seed 2, tame", "worst: seed 3, tame"]


def test_unruly_worlds_stand_beside_tame_ones_and_a_recall_that_falls_is_a_miss() -> None:
    both = [judged(1), judged(1, both=7, world="unruly")]
    told = page(both)
    assert "all   tame    10    9      8     0.89       0.80" in told
    assert "all   unruly  10    9      7     0.78       0.70" in told
    assert [target.split(",")[0] for target in misses(both)] == [
        "videos: precision 0.778 in unruly worlds",
        "videos: recall 0.700 in unruly worlds",
    ]
    assert misses([judged(1), judged(1, world="unruly")]) == []


def test_a_gain_that_is_not_exact_or_a_string_worse_than_the_difference_is_a_miss() -> None:
    assert misses([judged(1), judged(2)]) == []
    assert len(misses([judged(1, exact=4)])) == 1
    assert len(misses([judged(1, taut=4.5)])) == 1


def test_a_measure_of_audios_behind_the_best_rule_is_a_miss_where_the_worlds_are_enough() -> None:
    # Signs that tell all: the best rule finds 4 of 4, and F1 1.
    signs = Signs(np.repeat([[5.0], [0.0]], [4, 30], axis=0), np.repeat([True, False], [4, 30]), 0)

    def worlds(both: int, n: int = 10) -> list[Judged]:
        return [replace(judged(seed), hits={AUDIOS: Hits(4, 4, both)}, audios=signs) for seed in range(n)]

    assert short_of_bound(worlds(4)) == []
    assert short_of_bound(worlds(3)) == ["audios: F1 0.750, at least 0.9 of the best rule's 1.000"]
    assert short_of_bound(worlds(3, n=9)) == []
    assert "best  tame   40    40     40    1.00       1.00" in page(worlds(3))


def test_engines_are_told_as_ratios_to_pandas() -> None:
    told = engines([Ran("pandas", 10, 2_000_000, 7, True), Ran("dask", 25, 1_000_000, 7, False)], 26_000)
    assert "2.50" in told
    assert "0.50" in told
    assert "DIFFERENT" in told


def video(n: int, likes: list[int | None], hours: list[int], **more: Any) -> dict[str, Any]:
    """A TikTok of the truth, born on the first of March; sighted so many hours later."""
    at = [f"2026-03-{1 + h // 24:02}T{h % 24:02}:00:00+00:00" for h in hours]
    born = {"created_at": "2026-03-01T00:00:00+00:00", "at": at, "likes": likes}
    return {"id": str(n), "ad": False, "planted": False, "bursts": [], "seen_day_likes": 0, **born, **more}


def test_the_truth_of_videos_is_the_top_hundredth_without_ads() -> None:
    usual = [video(n, [1000 + n], [10]) for n in range(99)]
    odd = [video(99, [500_000], [10]), video(100, [900_000], [10], ad=True)]
    assert true_videos.fast_for_age(usual + odd) == {"98", "99"}, "at or above: two of a hundred"
    assert true_videos.highest({str(n): n for n in range(100)}) == {"98", "99"}
    assert true_videos.highest({"a": 0.0}, above=0) == set()


def test_a_first_day_is_told_by_a_sighting_within_36_hours() -> None:
    late, early = video(1, [100], [37]), video(2, [None, 60], [10, 30])
    assert true_videos.strong_first_days([late, early]) == {"2"}
    assert true_videos.first_sighting(early) == (30, 60), "the first that told of likes"


def test_a_burst_can_be_seen_only_between_two_sightings() -> None:
    burst = [{"at": "2026-03-01T12:00:00+00:00"}]
    seen = video(1, [1, 2], [10, 20], planted=True, bursts=burst)
    before = video(2, [1, 2], [13, 20], planted=True, bursts=burst)
    assert true_videos.bursts_seen([seen, before]) == {"1"}


def test_the_exact_difference_of_the_event_study_is_of_the_counts_told_nearest() -> None:
    def told(*counts: int) -> list[tuple[float, int]]:
        return [(day * 86_400.0, count) for day, count in zip((0, 7, 14), counts, strict=True)]

    truth = {"star": told(100, 100, 200), "one": told(50, 50, 50), "other": told(10, 20, 40)}
    assert math.isclose(followers.change(truth["star"], 7.2 * 86_400), math.log(2))
    assert math.isclose(followers.mean_difference([("star", 7 * 86_400, ["one", "other"])], truth), math.log(2))
    assert math.isnan(followers.mean_difference([], truth))


def test_an_interval_without_the_exact_difference_is_a_miss() -> None:
    gain = Estimate(0.1, 0.0, 0.2, 0.95, 9, 12, "gain")
    held, missed = (followers.Studied("2022", 1, "likes", 12, gain, exact, 0.1) for exact in (0.15, 0.25))
    assert followers.misses([held]) == []
    assert followers.misses([held, missed]) == ["profile 2022, seed 1, likes: exact"]
    assert "[+0.0000, +0.2000]" in followers.page([held])

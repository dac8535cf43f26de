"""The bench of the analysis: its arithmetic and its page, from made-up findings; nothing is timed here."""

from __future__ import annotations

import math

from benchmarks.analysis import engines, misses, page
from benchmarks.engines import Ran
from benchmarks.found import Growth, Hits, Judged


def judged(seed: int, *, both: int = 8, taut: float = 2.0, exact: int = 5) -> Judged:
    return Judged("2022", seed, 1_000, {"videos": Hits(10, 9, both)}, Growth(50, taut, 4.0, 5, exact))


def test_precision_is_of_what_was_found_and_recall_of_what_was_there() -> None:
    hits = Hits.of({"a", "b", "c", "d"}, {"c", "d", "e"})
    assert (hits.precision, hits.recall) == (2 / 3, 2 / 4)
    assert math.isclose(hits.harmonic, 2 / (3 / 2 + 4 / 2))


def test_nothing_to_find_is_no_share_at_all() -> None:
    nothing = Hits.of(set(), set())
    assert all(math.isnan(share) for share in (nothing.precision, nothing.recall, nothing.harmonic))


def test_every_seed_is_printed_and_the_worst_named() -> None:
    told = page([judged(1), judged(2, both=3), judged(3, taut=3.5)])
    assert "all   30    27     19    0.70       0.63" in told
    assert [line for line in told.splitlines() if line.startswith("worst")] == ["worst: seed 2", "worst: seed 3"]


def test_a_gain_that_is_not_exact_or_a_string_worse_than_the_difference_is_a_miss() -> None:
    assert misses([judged(1), judged(2)]) == []
    assert len(misses([judged(1, exact=4)])) == 1
    assert len(misses([judged(1, taut=4.5)])) == 1


def test_engines_are_told_as_ratios_to_pandas() -> None:
    told = engines([Ran("pandas", 10, 2_000_000, 7, True), Ran("dask", 25, 1_000_000, 7, False)], 26_000)
    assert "2.50" in told
    assert "0.50" in told
    assert "DIFFERENT" in told

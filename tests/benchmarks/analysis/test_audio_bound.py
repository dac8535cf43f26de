"""The best rule on the sightings of audios: on signs that tell all, that tell nothing, and on a world by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analysis.measures.audios import audio_rows, ranked
from benchmarks.analysis.audio_bound import Signs, best_rule, signs_of
from tests.analysis.by_hand import bounded, sighting


def world(seed: int, *, told: float, sure: int = 0) -> Signs:
    """200 audios, 20 of them true; told: how far, in standard deviations, the true ones stand out in the first sign."""
    rng = np.random.default_rng(seed)
    true = np.arange(200) < 20
    return Signs(rng.normal(size=(200, 3)) + told * true[:, None] * [1, 0, 0], true, sure)


def test_signs_that_tell_all_find_all_but_what_none_may_name() -> None:
    assert best_rule([world(1, told=20.0), world(2, told=20.0, sure=3)]) == (43, 40, 40)


def test_the_better_the_signs_the_more_is_found() -> None:
    def harmonic(told: float) -> float:
        true, found, both = best_rule([world(seed, told=told) for seed in range(8)])
        return 2 * both / (true + found)

    nothing, little, much = (harmonic(told) for told in (0.0, 1.5, 4.0))
    assert nothing < little < much
    # Naming all of them has F1 2 x 0.1 / 1.1; a rule fitted to chance does hardly better.
    assert 2 * 0.1 / 1.1 <= nothing < 0.3
    # The best threshold on one normal sign that stands 4 standard deviations off, weights 1 to 9: F1 0.96.
    assert much == pytest.approx(0.96, abs=0.03)


def test_equal_signs_are_named_together_or_not_at_all() -> None:
    same = Signs(np.zeros((10, 2)), np.arange(10) < 6, 0)
    assert best_rule([same]) == (6, 10, 6)


def test_no_true_audio_is_nothing_to_find() -> None:
    assert best_rule([Signs(np.zeros((5, 2)), np.zeros(5, dtype=bool), 2)]) == (2, 0, 0)


def test_signs_are_of_audios_that_are_ranked_and_were_taken_up() -> None:
    sightings = [
        sighting(
            f"{audio}{creator}", hour + creator, creator=f"c{creator}", audio_key=f"a{audio}", run=f"r{hour + creator}"
        )
        for audio in range(110)
        for hour in (0, 10)
        for creator in range(3 if audio < 2 else 1)
    ]
    frame = bounded(*sightings, sighting("x", 30, creator="z", audio_key="a109", run="r30"))
    rows, _ = ranked(audio_rows(frame), len(frame))
    told = signs_of(frame, rows, {"a0", "a5"})
    assert told.true.tolist() == [True, False, False], "a0, a1 and a109; a5 has one creator and no rule names it"
    assert told.sure == 1
    assert isinstance(rows, pd.DataFrame)
    assert told.signs[:, 0].tolist() == [3, 3, 2], "creators"

"""When an interval is no answer, and how much more data would make it one: by hand, and by simulated samples."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from analysis.statistics.answer import (
    CHANGE,
    CORRELATION,
    EXPONENT,
    RATIO,
    SHARE,
    SLOPE,
    Scale,
    answers_only,
    lacks,
    lacks_of_quantile,
    needed,
    times_as_many,
    too_wide,
)
from analysis.statistics.intervals import Estimate, estimates_frame, quantile_estimate


@pytest.mark.parametrize(
    ("low", "high", "scale", "wide"),
    [
        (-0.99, 1.00, CORRELATION, True),  # 27 creators of a real history: neither sign nor size
        (-0.5, 0.5, CORRELATION, False),
        (-0.51, 0.5, CORRELATION, True),
        (0.0, 0.5, SHARE, False),
        (0.2, 0.71, SHARE, True),
        (2.0, 20.0, RATIO, False),
        (2.0, 20.1, RATIO, True),
        (0.0, 20.0, RATIO, True),  # from nothing on: no factor
        (0.0, 0.9, RATIO.at_least(0.1), False),
        (0.0, 1.1, RATIO.at_least(0.1), True),
        (0.0, 0.05, RATIO.at_least(0.1), False),  # both alike nothing
        (math.log(0.5), math.log(2), CHANGE, False),
        (math.log(0.5), math.log(2.1), CHANGE, True),
        (0.1, 1.1, SLOPE, False),
        (-0.1, 1.0, SLOPE, True),
        (1.9, 3.1, EXPONENT, True),
        (2.6, 3.5, EXPONENT, False),
        (-math.inf, 1.0, CORRELATION, True),
        (1.0, math.inf, RATIO, True),
        (math.nan, math.nan, SHARE, True),
    ],
)
def test_an_interval_is_no_answer_where_it_is_wider_than_its_kind_may_be(
    low: float, high: float, scale: Scale, wide: bool
) -> None:
    assert too_wide(low, high, scale) is wide
    assert (lacks(9, low, high, scale, "creators") is not None) is wide


def test_four_times_as_many_halve_the_width() -> None:
    assert times_as_many(0.0, 1.0, SHARE) == pytest.approx(4)
    assert times_as_many(1.0, 100.0, RATIO) == pytest.approx(4)  # two orders of magnitude, as logarithms
    assert needed(30, 0.0, 1.0, SHARE) == 120
    assert needed(333, 0.0, 1.0, SHARE) == 1400, "told in two digits, upwards"
    assert needed(7, 0.0, 3.0, RATIO) is None


@pytest.mark.parametrize("r", [0.0, 0.4])
def test_the_number_of_creators_asked_for_gives_a_correlation_that_is_an_answer(r: float) -> None:
    # Fisher's interval at n = 9, widened by hand, against the n at which that formula's width is 1.
    def ends(n: int) -> tuple[float, float]:
        half = 1.96 / math.sqrt(n)
        return math.tanh(math.atanh(r) - half), math.tanh(math.atanh(r) + half)

    asked = needed(9, *ends(9), CORRELATION)
    assert asked is not None
    assert too_wide(*ends(9), CORRELATION)
    assert not too_wide(*ends(asked), CORRELATION)
    assert too_wide(*ends(asked - 2), CORRELATION)


def test_a_correlation_of_all_that_is_possible_asks_for_hundreds_of_creators_not_for_none() -> None:
    asked = needed(27, -0.99, 1.0, CORRELATION)
    assert asked is not None
    assert 400 < asked < 1_000


def test_the_words_name_what_is_missing() -> None:
    told = lacks(27, -0.99, 1.0, CORRELATION, "creators")
    assert told is not None
    assert "creators are needed, not 27" in told
    assert lacks(27, 0.1, 0.4, CORRELATION, "creators") is None


def test_a_percentile_without_an_end_asks_for_as_many_values_as_bound_it() -> None:
    def ends(n: int) -> Estimate:
        return quantile_estimate(np.linspace(1, 2, n), 0.95, of=n, definition="", scale=RATIO, units="TikToks")

    told = lacks_of_quantile(0.95, (1.0, math.inf), 20, RATIO, "TikToks")
    assert told is not None
    asked = int(told.split("; ")[1].split(" or more")[0])
    assert ends(asked).answerable
    assert not ends(asked - 1).answerable, "one fewer has no end"


def test_an_estimate_that_is_no_answer_keeps_its_numbers_and_says_so() -> None:
    wide = Estimate(0.4, -0.9, 0.99, 0.95, 9, 12, "r").judged(CORRELATION, "creators")
    narrow = Estimate(0.4, 0.2, 0.5, 0.95, 90, 120, "r").judged(CORRELATION, "creators")
    assert not wide.answerable
    assert narrow.answerable
    frame = estimates_frame({"wide": wide, "narrow": narrow, "none": Estimate.not_answerable("r")})
    assert frame["answerable"].tolist() == [False, True, False]
    assert frame["low"].tolist()[:2] == [-0.9, 0.2]
    assert frame["lacks"].notna().tolist() == [True, False, False]


def test_a_figure_is_given_only_the_ends_that_are_answers() -> None:
    frame = pd.DataFrame({"low": [0.1, 0.1, None], "high": [0.2, 5.0, 1.0]}, dtype="Float64")
    got = answers_only(frame, "low", "high", RATIO)
    assert got["low"].isna().tolist() == [False, True, True]
    assert got["high"].isna().tolist() == [False, True, True]
    assert frame["high"].notna().all(), "the table's own numbers stay"

"""Bounds hold the number that was rounded, whichever it was, and end where the site's own printing does."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.counts.bounds import bounds, with_bounds
from analysis.terms.definitions import COUNTS


def _printed(n: int) -> tuple[str, int, int]:
    """The site's text, value and step of *n*, digit by digit out of site.md 7.1: the other road."""
    if n < 10_000:
        return str(n), n, 1
    unit, letter = (10**3, "K") if n < 999_999 else (10**6, "M") if n < 999_999_999 else (10**9, "B")
    tenths = int((Decimal(10 * n) / unit).to_integral_value(ROUND_HALF_UP))
    return f"{tenths / 10:g}{letter}", tenths * unit // 10, unit // 10


def _one(value: int, step: int | None, shown: str | None = None) -> tuple[int, int]:
    lo, hi = bounds(
        pd.Series([value], dtype="Int64"), pd.Series([step], dtype="Int64"), pd.Series([shown], dtype="str")
    )
    return int(lo.iloc[0]), int(hi.iloc[0])


@pytest.mark.parametrize(
    ("value", "step", "shown", "expected"),
    [
        (9_999, 1, None, (9_999, 9_999)),
        (10_000, 100, "10K", (10_000, 10_049)),
        (10_000, 100, None, (10_000, 10_049)),
        (10_100, 100, None, (10_050, 10_149)),
        (12_345, 1, None, (12_345, 12_345)),
        (999_900, 100, None, (999_850, 999_949)),
        (1_000_000, 100, "1000K", (999_950, 999_998)),
        (1_000_000, 100_000, None, (999_950, 1_049_999)),
        (1_000_000, 100_000, "1M", (999_999, 1_049_999)),
        (1_000_000, 1, None, (1_000_000, 1_000_000)),
        (1_100_000, 100_000, None, (1_050_000, 1_149_999)),
        (1_000_000_000, 100_000, "1000M", (999_950_000, 999_999_998)),
        (1_000_000_000, 100_000_000, None, (999_950_000, 1_049_999_999)),
        (1_000_000_000, 100_000_000, "1B", (999_999_999, 1_049_999_999)),
        (11_900_000_000, 100_000_000, "11.9B", (11_850_000_000, 11_949_999_999)),
        (12_300, None, None, (12_250, 12_349)),
    ],
)
def test_a_count_was_what_the_site_would_print_that_way(
    value: int, step: int | None, shown: str | None, expected: tuple[int, int]
) -> None:
    assert _one(value, step, shown) == expected


@settings(deadline=None)
@given(st.integers(0, 10**11) | st.integers(999_900, 1_050_100) | st.integers(999_900_000, 1_050_100_000))
def test_the_rounded_number_is_within_its_bounds_and_its_neighbours_outside_are_printed_otherwise(n: int) -> None:
    text, value, step = _printed(n)
    lo, hi = _one(value, step, text)
    assert lo <= n <= hi
    assert _printed(lo)[0] == _printed(hi)[0] == text
    assert _printed(hi + 1)[0] != text
    assert lo == 0 or _printed(lo - 1)[0] != text


@settings(deadline=None)
@given(st.integers(0, 10**11))
def test_the_json_number_alone_bounds_it_too(n: int) -> None:
    _, value, _ = _printed(n)
    lo, hi = _one(value, None)  # JSON names no step: the grid around the value is inferred
    assert lo <= n <= hi


@settings(deadline=None)
@given(
    st.integers(-(2**31), 10**11), st.none() | st.integers(-5, 10**9) | st.sampled_from([1, 100, 100_000, 100_000_000])
)
def test_a_step_that_cannot_be_still_gives_bounds_in_order(value: int, step: int | None) -> None:
    lo, hi = _one(value, step)
    assert lo <= hi


def test_every_count_gets_bounds_and_nothing_else_changes() -> None:
    frame = pd.DataFrame({"id": ["1", "2"], "likes": pd.array([12_300, None], dtype="Int64")}, index=[7, 3])
    frame["likes_step"] = pd.array([100, None], dtype="Int64")
    bounded = with_bounds(frame)
    assert list(bounded.index) == [7, 3]
    assert bounded["likes_lo"].tolist() == [12_250, pd.NA]
    assert bounded["likes_hi"].tolist() == [12_349, pd.NA]
    assert {f"{count}_{end}" for count in COUNTS for end in ("lo", "hi")} <= set(bounded)
    assert all(str(bounded[f"{count}_{end}"].dtype) == "Int64" for count in COUNTS for end in ("lo", "hi"))
    assert list(frame) == ["id", "likes", "likes_step"]
    pd.testing.assert_frame_equal(with_bounds(bounded), bounded)


def test_a_minimum_has_no_upper_bound_and_a_repaired_total_is_exact() -> None:
    frame = pd.DataFrame(
        {
            "user_likes": pd.array([2_360_953_711, 11_907_467_940, 500], dtype="Int64"),
            "user_likes_step": pd.array([1, 1, 1], dtype="Int64"),
            "user_likes_repair": pd.array(["minimum", "evidence", None], dtype="str"),
        }
    )
    bounded = with_bounds(frame)
    assert bounded["user_likes_lo"].tolist() == [2_360_953_711, 11_907_467_940, 500]
    assert bounded["user_likes_hi"].tolist() == [pd.NA, 11_907_467_940, 500]


def test_no_rows_give_no_rows_with_the_same_columns() -> None:
    bounded = with_bounds(pd.DataFrame({"likes": pd.array([], dtype="Int64")}))
    assert len(bounded) == 0
    assert str(bounded["likes_hi"].dtype) == "Int64"

"""Wrapped likes of creators: real pairs, and totals wrapped by an independent rule."""

from __future__ import annotations

import ctypes

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from tests.tiktok_scraper.counts.test_read import printed
from tiktok_scraper.counts.read import read_count
from tiktok_scraper.counts.wraps import Unwrapped, unwrap


def sent(total: int) -> int:
    """What a signed 32-bit number makes of a total."""
    return ctypes.c_int32(total & 0xFFFFFFFF).value


def of(text: str) -> tuple[int, int]:
    """A block's evidence, as settling passes it."""
    count = read_count(text)
    assert count.value is not None and count.step is not None
    return count.value, count.step


# Real pairs: what `stats` sent, and the total (site.md section 7.4). The last two are printed in the 2022 paper.
REAL = {
    -977_433_948: 11_907_467_940,  # three wraps: statsV2 of the same reply
    -1_720_410_671: 2_574_556_625,
    -1_634_388_601: 2_660_578_695,
    -862_002_330: 12_022_899_558,
    -574_019_457: 12_310_882_431,
    -1_934_013_585: 2_360_953_711,
    -2_131_727_774: 2_163_239_522,
}


def test_the_wrap_of_the_real_totals_is_what_was_sent() -> None:
    assert {sent(total): total for total in REAL.values()} == REAL


@pytest.mark.parametrize("told", REAL)
def test_a_negative_alone_gets_one_wrap_as_a_lower_bound(told: int) -> None:
    total = unwrap(told, 1, {})
    assert total == Unwrapped(told + 4_294_967_296, "minimum", 1)
    assert total.value <= REAL[told]


@pytest.mark.parametrize("told", REAL)
def test_an_exact_number_beside_it_says_how_many(told: int) -> None:
    wraps = (REAL[told] - told) // 2**32
    assert unwrap(told, 1, {"detailV2": (REAL[told], 1)}) == Unwrapped(REAL[told], "evidence", wraps)


@pytest.mark.parametrize("told", [told for told, total in REAL.items() if total > 2**32])
def test_the_cards_text_says_how_many(told: int) -> None:
    total = unwrap(told, 1, {"card": of(printed(REAL[told]))})
    assert (total.value, total.repair) == (REAL[told], "evidence")


def test_a_card_that_repaired_the_negative_itself_proves_no_more_than_the_minimum() -> None:
    # The card prints a negative with 2^32 added, whatever the total is.
    assert unwrap(-574_019_457, 1, {"card": of("3.7B")}) == Unwrapped(3_720_947_839, "minimum", 1)


@given(st.integers(2**31, 10**11))
@example(2**31)
@example(2**32 - 1)
@example(2**32 + 2**31 - 1)
def test_evidence_always_finds_the_total(total: int) -> None:
    assume(sent(total) < 0 or total >= 2**32)
    assert unwrap(sent(total), 1, {"authorStatsV2": (total, 1)}).value == total
    rounded = unwrap(sent(total), 1, {"authorStatsV2": of(printed(total))})
    assert (rounded.value, rounded.repair) == (total, "evidence")


@given(st.integers(2**32, 2**32 + 2**31 - 1))
def test_a_plausible_positive_is_left_alone_without_evidence(total: int) -> None:
    assert sent(total) >= 0
    assert unwrap(sent(total), 1, {}) == Unwrapped(sent(total))
    assert unwrap(sent(total), 1, {"card": of(printed(sent(total)))}) == Unwrapped(sent(total))


@given(st.integers(0, 2**31 - 1), st.integers(0, 2**31 - 1))
def test_blocks_that_merely_differ_are_no_evidence(value: int, other: int) -> None:
    assert unwrap(value, 1, {"authorStats": (other, 1)}) == Unwrapped(value)


def test_another_wrapped_number_is_no_evidence() -> None:
    assert unwrap(-5, 1, {"authorStats": (-5, 1)}) == Unwrapped(2**32 - 5, "minimum", 1)


def test_a_number_below_32_bits_is_refused() -> None:
    with pytest.raises(ValueError, match="-2147483649"):
        unwrap(-(2**31) - 1, 1, {})

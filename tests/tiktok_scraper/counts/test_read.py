"""Reading counts, held against an independent copy of the site's formatter and against real pairs."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tiktok_scraper.counts.read import Count, bounds, clipped, display_step, finer, on_grid, read_count
from tiktok_scraper.errors import UnreadableCount


def printed(n: int) -> str:
    """The site's formatter, from site.md section 7.1, in fractions so that no float decides a half."""
    n = n + 2**32 if n < 0 else n
    if n < 10_000:
        return str(n)
    if n < 999_999:
        unit, word = 1_000, "K"
    elif n < 999_999_999:
        unit, word = 1_000_000, "M"
    else:
        unit, word = 1_000_000_000, "B"
    tenths = int(Fraction(n * 10, unit) + Fraction(1, 2))  # half up
    whole, tenth = divmod(tenths, 10)
    return f"{whole}.{tenth}{word}" if tenth else f"{whole}{word}"


# Pairs seen on real pages (site.md sections 2.1, 7.1, 7.2), which the copy above must print too.
SEEN = {
    0: "0",
    57: "57",
    999: "999",
    1234: "1234",
    9521: "9521",
    9949: "9949",
    38_884: "38.9K",
    328_369: "328.4K",
    593_024: "593K",
    999_950: "1000K",
    999_998: "1000K",
    999_999: "1M",
    1_354_097: "1.4M",
    37_300_000: "37.3M",
    999_950_000: "1000M",
    999_999_999: "1B",
    11_907_467_940: "11.9B",
    -574_019_457: "3.7B",
}

EDGES = [0, 9_999, 10_000, 10_049, 10_050, 999_949, 999_950, 999_998, 999_999, 1_049_999, 1_050_000, 10**9 - 1]
numbers = st.integers(0, 10**11) | st.integers(0, 10**6 + 10**5) | st.sampled_from(EDGES)


def test_the_copy_of_the_formatter_prints_what_was_seen() -> None:
    assert {n: printed(n) for n in SEEN} == SEEN


@given(numbers)
@example(10**12 - 10**8)
def test_what_is_printed_is_read_within_half_a_step(n: int) -> None:
    count = read_count(printed(n))
    assert count.value is not None and count.step is not None
    assert abs(count.value - n) * 2 <= count.step
    assert (count.step == 1) == (n < 10_000)
    low, high = bounds(count.value, count.step)
    assert low <= n <= high


@given(numbers)
def test_bounds_hold_no_number_that_is_printed_otherwise(n: int) -> None:
    text = printed(n)
    count = read_count(text)
    assert count.value is not None and count.step is not None
    low, high = bounds(count.value, count.step)
    # A value alone doesn't tell "1M" from a million that JSON sent, so there the lower bound is that of "1000K".
    low = 999_999 if text == "1M" else 999_999_999 if text == "1B" else low
    assert printed(low) == printed(high) == text
    assert printed(high + 1) != text
    assert low == 0 or printed(low - 1) != text


@pytest.mark.parametrize(
    ("text", "value", "step"),
    [
        ("10K", 10_000, 100),
        ("12K", 12_000, 100),
        ("12.3K", 12_300, 100),
        ("1000K", 1_000_000, 100),
        ("1M", 1_000_000, 100_000),
        ("1000M", 1_000_000_000, 100_000),
        ("1B", 1_000_000_000, 100_000_000),
        ("2.4B", 2_400_000_000, 100_000_000),
        ("38.5k", 38_500, 100),  # shareMeta's lower case, with the zero kept
        ("593.0k", 593_000, 100),
        ("9.6m", 9_600_000, 100_000),
        (" 340.7K\n", 340_700, 100),
        ("-1934013585", -1_934_013_585, 1),
        ("\u2212977433948", -977_433_948, 1),
        ("12,345", 12_345, 1),
        ("1,234,567", 1_234_567, 1),
        ("158\u202f900", 158_900, 100),
        ("76300", 76_300, 100),  # JSON's stats sit on the grid
        ("1000000", 1_000_000, 100_000),
        ("38884", 38_884, 1),
        ("5.0", 5, 1),
        ("0", 0, 1),
    ],
)
def test_a_text_and_its_number(text: str, value: int, step: int) -> None:
    count = read_count(text)
    assert (count.value, count.step) == (value, step)


@pytest.mark.parametrize(
    ("value", "step", "expected"),
    [
        (12_345, 1, (12_345, 12_345)),
        (10_000, 100, (10_000, 10_049)),
        (12_300, 100, (12_250, 12_349)),
        (1_000_000, 100, (999_950, 999_998)),
        (1_000_000, 100_000, (999_950, 1_049_999)),  # JSON's: "1000K" or "1M"
        (37_300_000, 100_000, (37_250_000, 37_349_999)),
        (1_000_000_000, 100_000, (999_950_000, 999_999_998)),
        (11_900_000_000, 100_000_000, (11_850_000_000, 11_949_999_999)),
    ],
)
def test_bounds_at_the_display_edges(value: int, step: int, expected: tuple[int, int]) -> None:
    assert bounds(value, step) == expected


def test_the_text_is_kept_where_it_says_more_than_the_number() -> None:
    assert read_count("12.3K").shown == "12.3K"
    assert read_count("12,345").shown == "12,345"
    assert read_count("1000K").shown == "1000K"
    assert read_count("9949").shown is None
    assert read_count("-1934013585").shown is None


@pytest.mark.parametrize("text", ["Likes", "share", "Shares", "Lượt thích", "분享", "--", "-", "…"])
def test_a_word_or_dashes_is_zero_or_unknown_and_kept(text: str) -> None:
    count = read_count(text)
    assert (count.value, count.step, count.shown) == (None, None, text)


def test_the_word_of_the_share_button_is_none_shared() -> None:
    assert read_count(" Share\n") == Count(0, 1, "Share")


@pytest.mark.parametrize("text", ["", " ", "\u00a0\n"])
def test_nothing_is_nothing(text: str) -> None:
    count = read_count(text)
    assert (count.value, count.step, count.shown) == (None, None, None)


LOCALISED = [
    *("12,3 Mio.", "12.3 Tsd", "12,3 Tsd.", "1,2K", "1,234K", "12,3", "12.345", "1.234.567", "1.2万", "3만"),
    *("12,3 N", "12,3 Mn", "2,1 tn", "12 k", "\u0661\u0662\u0663", "1,2 млн", "4 mil", "1.2T", "10.5 lakh"),
]
UNPRINTED = [
    *("10K+", "12.34K", "1001K", "1234.5K", "0K", "0.5M", "-1.9B", "1e6", "12,34", "1,23,456", "1 2", "K", "9" * 30),
    *("12.3K Likes", "NaN5", "0x1F", "340.7KFollowers12.6MLikes", "12.3KK", "²"),
]


@pytest.mark.parametrize("text", [*LOCALISED, *(text for text in UNPRINTED if text != "K")])
def test_other_forms_are_refused_rather_than_misread(text: str) -> None:
    with pytest.raises(UnreadableCount, match="expected a count such as") as refused:
        read_count(text)
    assert repr(clipped(text)) in str(refused.value)


@given(st.text())
def test_any_text_is_read_or_refused_by_name(text: str) -> None:
    try:
        count = read_count(text)
    except UnreadableCount:
        return
    assert (count.value is None) == (count.step is None)
    assert count.value is None or any(character in text for character in "0123456789")


@given(st.integers(0, 10**11))
def test_rounding_to_the_grid_lands_on_it_and_a_finer_number_tells_of_itself(n: int) -> None:
    step = display_step(n)
    assert on_grid(n - n % step)
    assert finer(n) == (n % step > 0)


def test_a_wrapped_number_proves_nothing_of_the_others() -> None:
    assert not finer(-977_433_948)
    assert not on_grid(-977_433_948)


def test_a_long_text_is_cut() -> None:
    assert len(clipped("x" * 1000)) == 64
    assert clipped("x" * 64) == "x" * 64

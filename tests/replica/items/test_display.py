"""Numbers as the site prints and rounds them; expected values from real pages and replies (site.md 4.4, 7)."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from replica.items.display import audio_slug, audio_text, heart, rounded, shared, shown, step_of, wrapped


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0, "0"),
        (9_949, "9949"),
        (9_999, "9999"),
        (10_000, "10K"),
        (10_049, "10K"),
        (10_050, "10.1K"),
        (225_500, "225.5K"),
        (592_950, "593K"),
        (999_949, "999.9K"),
        (999_950, "1000K"),
        (999_998, "1000K"),
        (999_999, "1M"),
        (1_000_000, "1M"),
        (37_340_000, "37.3M"),
        (999_949_999, "999.9M"),
        (999_999_998, "1000M"),
        (999_999_999, "1B"),
        (2_360_953_711, "2.4B"),
        (11_907_467_940, "11.9B"),
        (-1_934_013_585, "-1934013585"),
    ],
)
def test_a_number_is_printed_as_the_pages_print_it(number: int, text: str) -> None:
    assert shown(number) == text


@pytest.mark.parametrize(
    ("exact", "sent"),
    [
        (328_369, 328_400),
        (1_354_097, 1_400_000),
        (38_490, 38_500),
        (272_628, 272_600),
        (1_585_253, 1_600_000),
        (5_204, 5_204),
    ],
)
def test_stats_are_rounded_like_the_real_pairs(exact: int, sent: int) -> None:
    assert rounded(exact) == sent


@given(st.integers(0, 20_000_000_000))
def test_rounding_goes_to_the_nearest_step_and_halves_up(number: int) -> None:
    step = step_of(number)
    assert rounded(number) == int((Decimal(number) / step).quantize(Decimal(1), ROUND_HALF_UP)) * step


@given(st.integers(0, 20_000_000_000))
def test_what_is_rounded_prints_like_what_is_exact(number: int) -> None:
    assert (
        shown(rounded(number)) == shown(number)
        or (number < 999_999 <= rounded(number) and shown(number) == "1000K")
        or (number < 999_999_999 <= rounded(number) and shown(number) == "1000M")
    )


@pytest.mark.parametrize(
    ("total", "stat"),
    [
        (2_360_953_711, -1_934_013_585),
        (11_907_467_940, -977_433_948),
        (2**31 - 1, 2_100_000_000),
        (2**31, -(2**31)),
        (2**32 + 700, 700),
        (5_612_345_678, 1_317_378_382),
    ],
)
def test_likes_beyond_31_bits_wrap_and_are_not_rounded(total: int, stat: int) -> None:
    assert heart(total) == stat


@given(st.integers(0, 2**35))
def test_a_wrap_keeps_the_total_modulo_32_bits(total: int) -> None:
    assert (wrapped(total) - total) % 2**32 == 0
    assert -(2**31) <= wrapped(total) < 2**31


@pytest.mark.parametrize(
    ("number", "text"), [(593_024, "593.0k"), (9_600_000, "9.6m"), (38_490, "38.5k"), (4_613, "4613")]
)
def test_share_texts_use_small_units_and_keep_the_zero(number: int, text: str) -> None:
    assert shared(number) == text


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("don't let me down", "don't-let-me-down"),
        ("Wanna Be Startin' Something", "Wanna-Be-StartinSomething"),
        ("Dusk Till Dawn (完整版)", "Dusk-Till-Dawn-完整版"),
        ("original sound - someone", "original-sound-someone"),
        ("Yoncé ", "Yoncé"),
    ],
)
def test_an_audios_slug_follows_the_real_ones(title: str, slug: str) -> None:
    assert audio_slug(title) == slug


def test_an_author_who_ends_the_title_is_not_said_twice() -> None:
    assert audio_text("오리지널 사운드 - 매께라", "매께라") == "오리지널 사운드 - 매께라"
    assert audio_text("original sound", "Danny") == "original sound - Danny"
    assert audio_text("Promoted Music", None) == "Promoted Music"

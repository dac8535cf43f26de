"""What every plot leans on: safe names, ticks, names beside lines, gaps, files with the same bytes."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.dates import date2num

from analysis.plots.parts import style
from analysis.plots.parts.arrays import days, floats
from analysis.plots.parts.endlabels import spread
from analysis.plots.parts.label import NO_NAME, label, plain
from analysis.plots.parts.ticks import engineering, percent
from tests.analysis.plots.plot_frames import HOSTILE, moments


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (0, "0"),
        (7, "7"),
        (950, "950"),
        (999.6, "1k"),
        (1000, "1k"),
        (12_300, "12.3k"),
        (123_456, "123k"),
        (999_999, "1M"),
        (3_400_000, "3.4M"),
        (2_500_000_000, "2.5B"),
        (-15_000, "\N{MINUS SIGN}15k"),
        (0.25, "0.25"),
        (0.001, "0.001"),
        (0.000123, "0.000123"),
        (0.00001, "10⁻⁵"),
        (-2.27e-8, "\N{MINUS SIGN}2.27·10⁻⁸"),
        (float("nan"), ""),
        (float("inf"), ""),
    ],
)
def test_numbers_read_as_people_say_them(value: float, told: str) -> None:
    assert engineering(value) == told


@given(st.floats(min_value=1e-4, max_value=1e12))
def test_engineering_numbers_are_right_to_three_digits_and_have_no_exponent(value: float) -> None:
    told = engineering(value)
    unit = {"k": 1e3, "M": 1e6, "B": 1e9}.get(told[-1], 1.0)
    assert float(told.rstrip("kMB")) * unit == pytest.approx(value, rel=0.0051)
    assert "e" not in told


@pytest.mark.parametrize(
    ("share", "told"), [(0, "0 %"), (0.05, "5 %"), (1, "100 %"), (-0.125, "\N{MINUS SIGN}12.5 %"), (1e-17, "0 %")]
)
def test_shares_read_as_percentages(share: float, told: str) -> None:
    assert percent(share) == told


def test_a_plain_name_stays_as_it_is() -> None:
    assert label("some.creator_1") == "some.creator_1"


@pytest.mark.parametrize("missing", [None, pd.NA, float("nan"), "", "   ", "\u200b", "\u202e"])
def test_a_missing_or_invisible_name_says_so(missing: object) -> None:
    assert label(missing) == NO_NAME


def test_a_long_name_is_cut() -> None:
    assert label("z" * 80, 20) == "z" * 19 + "…"


def test_what_the_font_cannot_draw_is_one_square_a_run() -> None:
    assert label("\U0001f525\U0001f525 fire \U0001f9d1\U0001f3fd\u200d\U0001f4bb!") == "□ fire □!"


def test_directions_and_lines_are_not_the_names_to_change() -> None:
    assert label("a\u202eb\u2066c\nd\x00e") == "abc de"


@given(st.text(max_size=120), st.integers(min_value=4, max_value=60))
def test_any_name_becomes_one_visible_line_of_at_most_that_width(text: str, width: int) -> None:
    told = label(text, width)
    assert 0 < len(told) <= max(width, len(NO_NAME))
    assert "\n" not in told
    assert not [char for char in told if unicodedata.category(char)[0] == "C"]


@settings(deadline=None, max_examples=8)
@given(st.text(max_size=60))
def test_any_name_can_be_drawn(text: str) -> None:
    figure, ax = style.new_figure((2, 1))
    ax.set_title(label(text))
    style.png(_plain(figure), dpi=40)


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_are_drawn_as_they_stand(name: str) -> None:
    figure, ax = style.new_figure((6, 1))
    ax.text(0.1, 0.5, label(name))
    ax.set_yticks([0.5], [label(name)], parse_math=False)
    plain(ax)
    style.png(figure, dpi=40)
    assert all(text.get_parse_math() is False for text in ax.texts)


def _plain(figure: mpl.figure.Figure) -> mpl.figure.Figure:
    for ax in figure.axes:
        plain(ax)
    return figure


@given(
    st.lists(st.floats(min_value=-2, max_value=3), max_size=12).map(sorted), st.floats(min_value=0.001, max_value=0.2)
)
def test_names_beside_lines_stand_apart_in_order_and_no_further_off_than_need_be(
    wanted: list[float], apart: float
) -> None:
    placed = spread(np.array(wanted), apart)
    assert len(placed) == len(wanted)
    assert (np.diff(placed) >= apart - 1e-9).all()
    assert np.mean(placed) == pytest.approx(np.mean(wanted), abs=1e-9) if wanted else True
    if (np.diff(wanted) >= apart).all():
        assert placed == pytest.approx(np.array(wanted))


def test_moments_become_days_and_missing_ones_nan() -> None:
    column = moments([0, 36.5])
    column.loc[2] = pd.NaT
    assert days(column)[:2] == pytest.approx([date2num(moment) for moment in column[:2]])
    assert np.isnan(days(column)[2])


def test_missing_numbers_are_nan_and_not_zero() -> None:
    assert np.isnan(floats(pd.Series([None, 0], dtype="Int64"))).tolist() == [True, False]


def test_no_data_says_why_without_axes() -> None:
    _, ax = style.new_figure()
    assert style.no_data(ax, "nobody looked") is ax
    assert [text.get_text() for text in ax.texts] == ["no data: nobody looked"]
    assert not ax.get_xticks().size


@pytest.mark.parametrize("name", ["plot.png", "plot.svg"])
def test_the_same_figure_gives_the_same_bytes_and_no_date(tmp_path: Path, name: str) -> None:
    def drawn() -> bytes:
        figure, ax = style.new_figure((2, 1.5))
        ax.plot([1, 2], [3, 4], label="line")
        ax.fill_between([1, 2], [1, 2], [2, 3], hatch="/")
        style.legend(ax, style.LIGHT)
        return style.save(figure, tmp_path / name).read_bytes()

    first = drawn()
    assert first == drawn()
    assert b"2026" not in first
    assert b"Matplotlib v" not in first


def test_writing_leaves_the_settings_as_they_were() -> None:
    before = dict(mpl.rcParams)
    figure, _ = style.new_figure((1, 1))
    style.svg(figure)
    assert dict(mpl.rcParams) == before


@pytest.mark.parametrize("theme", [style.LIGHT, style.DARK])
def test_words_stand_out_from_the_paper(theme: style.Theme) -> None:
    """WCAG 2.2 contrast of 4.5 for text, 3 for the lines that carry data (computed here, from its formula)."""

    def luminance(color: str) -> float:
        parts = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    def contrast(one: str, other: str) -> float:
        dim, bright = sorted((luminance(one), luminance(other)))
        return (bright + 0.05) / (dim + 0.05)

    assert contrast(theme.ink, theme.paper) >= 4.5
    assert contrast(theme.faint, theme.paper) >= 4.5
    assert min(contrast(color, theme.paper) for color in (theme.main, theme.accent)) >= 3

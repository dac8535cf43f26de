"""Names as text of the page: every script as it is written, still one line, still not too broad."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.plots.parts.label import END_ISOLATE, ISOLATE, NO_NAME, in_two_lines, label, names_as_text


def as_text(name: object, width: int = 32) -> str:
    with names_as_text():
        return label(name, width)


@pytest.mark.parametrize(
    "name",
    [
        "日本語の音楽",
        "कुँवर ड़ुंग",
        "\U0001f525 fire",
        "\U0001f9d1\U0001f3fd\u200d\U0001f4bb",
        "\U0001f1e9\U0001f1ea",
        "می\u200cشود",
        "ก็ได้",
    ],
)
def test_every_script_stays(name: str) -> None:
    assert as_text(name).strip(ISOLATE + END_ISOLATE) == unicodedata.normalize("NFC", name)


def test_a_name_from_the_right_keeps_to_itself() -> None:
    assert as_text("مرحبا 12") == f"{ISOLATE}مرحبا 12{END_ISOLATE}"
    assert as_text("\u202eevil\u202c") == "evil"


def test_a_broad_letter_counts_twice_and_no_sign_is_parted() -> None:
    assert as_text("日本語の音楽", 8) == "日本語…"
    family = "\U0001f469\u200d\U0001f469\u200d\U0001f467"
    assert as_text(f"abc{family}xyz", 8) == "abc…"
    assert as_text("ab\N{COMBINING ACUTE ACCENT}cdef", 4) == "ab\N{COMBINING ACUTE ACCENT}c…"


def test_marks_do_not_pile_up_over_other_lines() -> None:
    told = as_text("x" + "\N{COMBINING OVERLINE}" * 40)
    assert told == "x" + "\N{COMBINING OVERLINE}" * 3


@pytest.mark.parametrize("name", [None, "", "\u200d", "\u200b\u200d", "\ufe0f", "\u0301", " \u2066 "])
def test_what_shows_nothing_is_no_name(name: object) -> None:
    assert as_text(name) == NO_NAME


def test_outside_the_page_squares_stand_for_what_has_no_letter() -> None:
    assert label("日本語の音楽") == "□"


def test_in_two_lines_each_keeps_its_script() -> None:
    with names_as_text():
        assert in_two_lines("オリジナル楽曲 - 音楽家の名前です", 16) == "オリジナル楽曲\n音楽家の名前です"


@given(st.text(max_size=80), st.integers(min_value=4, max_value=40))
def test_any_name_is_one_line_without_controls_that_turn_others(text: str, width: int) -> None:
    told = as_text(text, width)
    bare = told.removeprefix(ISOLATE).removesuffix(END_ISOLATE)
    assert told
    assert not [char for char in bare if unicodedata.category(char)[0] == "C" and char not in "\u200c\u200d"]
    broad = sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in bare if char not in "\u200c\u200d")
    marks = sum(unicodedata.category(char) in {"Mn", "Me"} for char in bare)
    assert broad - 2 * marks <= max(width, len(NO_NAME))

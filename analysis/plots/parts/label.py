"""Names that strangers chose, made safe to draw: a creator's name or an audio's title is hostile input."""

from __future__ import annotations

import unicodedata
from functools import cache

import pandas as pd
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.text import Text

NO_NAME = "(no name)"
UNKNOWN = "\N{WHITE SQUARE}"
ELLIPSIS = "\N{HORIZONTAL ELLIPSIS}"


def label(text: object, width: int = 32) -> str:
    """Return *text* fit to draw: one line of at most *width* characters.

    Control, format and direction-changing characters go; runs of white space become one space; what the font cannot
    draw (emoji, most of CJK) becomes one white square per run; a second combining mark on one letter goes; a longer
    text ends in an ellipsis. Missing or blank: "(no name)". "$" stays, so a plot ends with `plain`, or two of them
    would begin mathematics.
    """
    if text is None or text is pd.NA or text != text:  # noqa: PLR0124 (NaN alone is not itself)
        return NO_NAME
    kept: list[str] = []
    for char in unicodedata.normalize("NFC", str(text)):
        drawn = _drawn(char, kept[-1] if kept else " ")
        if drawn:
            kept.append(drawn)
    line = "".join(kept).strip()
    if len(line) > width:
        line = line[: width - 1].rstrip() + ELLIPSIS
    return line or NO_NAME


def in_two_lines(text: object, width: int, *, lines: int = 2) -> str:
    """`label(text)` in at most *lines* (1 or 2) of *width* characters, parted at " - " or else between words.

    Titles of audios differ at their end as often as at their beginning ("original sound - " and a name).
    """
    whole = label(text, 4 * width)
    if lines == 1 or len(whole) <= width:
        return label(whole, width)
    first, dash, rest = whole.partition(" - ")
    if not dash or len(first) > width:
        first = whole[: width + 1].rpartition(" ")[0] or whole[:width]
        rest = whole[len(first) :]
    return f"{label(first, width)}\n{label(rest, width)}"


def says_nothing(shown: str) -> bool:
    """Whether of a label no letter and no digit could be drawn, so that it names nothing."""
    return not any(char.isalnum() for char in shown)


def _drawn(char: str, before: str) -> str:
    """What stands for *char* after *before*: itself, a space, a square, or nothing."""
    kind = unicodedata.category(char)
    if kind[0] == "Z" or char in "\t\n\r\v\f":
        return "" if before == " " else " "
    if kind[0] == "C" or kind == "Me" or _is_modifier(char):
        return ""
    if kind == "Mn" and (before == " " or unicodedata.category(before) == "Mn"):
        return ""
    if ord(char) in _drawable():
        return char
    return "" if before == UNKNOWN else UNKNOWN


def _is_modifier(char: str) -> bool:
    """Variation selectors and skin tones only modify the sign before them."""
    return "\ufe00" <= char <= "\ufe0f" or "\U0001f3fb" <= char <= "\U0001f3ff"


@cache
def _drawable() -> frozenset[int]:
    font = font_manager.get_font(font_manager.findfont("DejaVu Sans"))
    return frozenset(font.get_charmap())


def plain(ax: Axes) -> Axes:
    """Have matplotlib draw every text on *ax* as it stands, never as mathematics between two "$"."""
    for text in ax.findobj(Text):
        if isinstance(text, Text):
            text.set_parse_math(False)
    return ax

"""Names that strangers chose, made safe to draw: a creator's name or an audio's title is hostile input."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache

import pandas as pd
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.text import Text

NO_NAME = "(no name)"
UNKNOWN = "\N{WHITE SQUARE}"
ELLIPSIS = "\N{HORIZONTAL ELLIPSIS}"
# Within a name written as text: between letters or signs these join or part them; alone they change nothing.
JOINERS = "\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}"
# A name that runs from the right keeps its order to itself, and what stands beside it its place (UAX 9).
ISOLATE, END_ISOLATE = "\N{FIRST STRONG ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"
MOST_MARKS = 3  # on one letter; what is written so has no more, what stacks them to reach over lines has
_AS_TEXT: ContextVar[bool] = ContextVar("names_as_text", default=False)


@contextmanager
def names_as_text() -> Iterator[None]:
    """Within, names keep every script: whoever shows the figure has more fonts than the one that measures it."""
    token = _AS_TEXT.set(True)
    try:
        yield
    finally:
        _AS_TEXT.reset(token)


def label(text: object, width: int = 32) -> str:
    """Return *text* fit to draw: one line of at most *width* characters.

    Control, format and direction-changing characters go; runs of white space become one space; what the font cannot
    draw (emoji, most of CJK) becomes one white square per run; a second combining mark on one letter goes; a longer
    text ends in an ellipsis. Missing or blank: "(no name)". "$" stays, so a plot ends with `plain`, or two of them
    would begin mathematics. Within `names_as_text` every script stays, and *width* counts a broad letter twice.
    """
    if text is None or text is pd.NA or text != text:  # noqa: PLR0124 (NaN alone is not itself)
        return NO_NAME
    if _AS_TEXT.get():
        return _as_text(str(text), width)
    kept: list[str] = []
    for char in unicodedata.normalize("NFC", str(text)):
        drawn = _drawn(char, kept[-1] if kept else " ")
        if drawn:
            kept.append(drawn)
    line = "".join(kept).strip()
    if len(line) > width:
        line = line[: width - 1].rstrip() + ELLIPSIS
    return line or NO_NAME


def _as_text(text: str, width: int) -> str:
    """`label` where every script can be drawn."""
    kept: list[str] = []
    for char in unicodedata.normalize("NFC", text):
        kept += _kept(char, kept)
    line = "".join(kept).strip().strip(JOINERS)
    if _breadth(line) > width:
        line = _cut(line, width - 1) + ELLIPSIS
    if not any(_breadth(char) for char in line if not char.isspace()):
        return NO_NAME
    from_right = any(unicodedata.bidirectional(char) in {"R", "AL", "AN"} for char in line)
    return f"{ISOLATE}{line}{END_ISOLATE}" if from_right else line


def _kept(char: str, before: list[str]) -> str:
    """What of *char* stays after *before*."""
    kind = unicodedata.category(char)
    last = before[-1] if before else " "
    if kind[0] == "Z" or char in "\t\n\r\v\f":
        return "" if last == " " else " "
    if char in JOINERS or _is_modifier(char):
        return "" if last == " " or last in JOINERS else char
    if kind in {"Mn", "Me"}:
        piled = before[-MOST_MARKS:]
        full = len(piled) == MOST_MARKS and all(unicodedata.category(one) in {"Mn", "Me"} for one in piled)
        return "" if last == " " or full else char
    return "" if kind[0] == "C" else char


def _breadth(text: str) -> int:
    """In letters of a Latin text; a Chinese one or an emoji has two, what only changes another none."""
    return sum(_broad(char) for char in text)


def _broad(char: str) -> int:
    if unicodedata.category(char) in {"Mn", "Me", "Cf"} or _is_modifier(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def _cut(line: str, width: int) -> str:
    """The beginning of *line* that is at most so broad, no sign parted from what changes it."""
    room, end = width, 0
    for at, char in enumerate(line):
        room -= _broad(char)
        if room < 0:
            break
        joined = at + 1 < len(line) and (not _broad(line[at + 1]) or char in JOINERS)
        end = end if joined else at + 1
    return line[:end].rstrip()


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
    if ord(char) in drawable():
        return char
    return "" if before == UNKNOWN else UNKNOWN


def _is_modifier(char: str) -> bool:
    """Variation selectors and skin tones only modify the sign before them."""
    return "\ufe00" <= char <= "\ufe0f" or "\U0001f3fb" <= char <= "\U0001f3ff"


@cache
def drawable() -> frozenset[int]:
    """The code points that the font which measures text has a letter for."""
    font = font_manager.get_font(font_manager.findfont("DejaVu Sans"))
    return frozenset(font.get_charmap())


def plain(ax: Axes) -> Axes:
    """Have matplotlib draw every text on *ax* as it stands, never as mathematics between two "$"."""
    for text in ax.findobj(Text):
        if isinstance(text, Text):
            text.set_parse_math(False)
    return ax

"""How the site prints what it knows: counts, the display grid, an audio's name and address.

The rules are those of site.md sections 7.1, 7.2 and 8. The pages have their own formatter in JavaScript; this one
serves the truth and the tests, so that the two can be held against each other.
"""

from __future__ import annotations

import re

INT32 = 2**32
_HALF = 2**31
_APOSTROPHES = "'\u2019"


def step_of(n: int) -> int:
    """The spacing of the display grid at *n*: 1, 100, 100,000 or 100,000,000 (site.md 7.2)."""
    if n < 10_000:
        return 1
    if n < 999_999:
        return 100
    return 100_000 if n < 999_999_999 else 100_000_000


def rounded(n: int) -> int:
    """The value that JSON `stats` carry for *n*: rounded half up to the display grid (site.md 4.2, 7.1)."""
    step = step_of(n)
    return (n + step // 2) // step * step


def wrapped(n: int) -> int:
    """*n* as a signed 32-bit integer, the way `heartCount` in `stats` overflows (site.md 7.4)."""
    return (n + _HALF) % INT32 - _HALF


def heart(n: int) -> int:
    """A creator's likes as `stats` carry them: rounded, or wrapped and then not rounded (site.md 7.4)."""
    return rounded(n) if n < _HALF else wrapped(n)


def shown(n: int) -> str:
    """*n* as the pages print it: "9949", "10K", "12.3K", "1000K", "1M", "2.4B" (site.md 7.1).

    A negative number prints as it is, the way the 2022 preview card did (site.md 7.4).
    """
    if n < 10_000:
        return str(n)
    for limit, unit, letter in ((999_999, 1_000, "K"), (999_999_999, 1_000_000, "M")):
        if n < limit:
            return _in_units(n, unit) + letter
    return _in_units(n, 1_000_000_000) + "B"


def shared(n: int) -> str:
    """*n* as `shareMeta.desc` prints it: lower-case units and ".0" kept, "593.0k" (site.md 4.4)."""
    text = shown(n)
    if not text[-1].isalpha():
        return text
    number, letter = text[:-1], text[-1].lower()
    return f"{number if '.' in number else number + '.0'}{letter}"


def _in_units(n: int, unit: int) -> str:
    tenths = (n * 10 + unit // 2) // unit
    whole, tenth = divmod(tenths, 10)
    return f"{whole}.{tenth}" if tenth else str(whole)


def audio_text(title: str, author: str | None) -> str:
    """ "Title - Author", the author not repeated where the title ends with it already (site.md 8)."""
    if not author or title.endswith(f" - {author}"):
        return title
    return f"{title} - {author}"


def audio_slug(title: str) -> str:
    """The slug of an audio's address (site.md 8): runs of blanks and punctuation become "-", letters stay.

    An apostrophe inside a word stays; one before a blank goes, and the blank with it.
    """
    text = re.sub(rf"[{_APOSTROPHES}]\s", "", title.strip())
    return re.sub(rf"[^\w{_APOSTROPHES}]+", "-", text).strip("-")

"""A count's text -> the number, and the step of the display grid it lies on.

The site prints numbers below 10,000 whole and rounds to nearest above (site.md section 7.1): step 100 to
1M, 100,000 to 1B, 100,000,000 above. The JSON's `stats` sit on the same grid.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from ..errors import UnreadableCount

WRAP = 1 << 32  # the creator's likes are sent as a signed 32-bit number (site.md section 7.4)
LONGEST = 64  # of a text that is kept as shown; real ones have 11 characters or less

_UNITS = {"K": 1_000, "M": 1_000_000, "B": 1_000_000_000}
_UNIT_STEPS = {"K": 100, "M": 100_000, "B": 100_000_000}
_PLAIN = re.compile(r"(-?)([0-9]{1,15})(?:\.0)?")
_GROUPED = re.compile(r"(-?)([0-9]{1,3}(?:,[0-9]{3}){1,4}|[0-9]{1,3}(?: [0-9]{3}){1,4})")
_SHORT = re.compile(r"([1-9][0-9]{0,2}(?:\.[0-9])?|1000(?:\.0)?)([KMB])", re.IGNORECASE)
_EDGES = {100: (10_000, 999_998), 100_000: (999_950, 999_999_998), 100_000_000: (999_950_000, 1 << 63)}
_SPACES = re.compile(r"\s+")
_NO_SHARES = "Share"  # the button's own word, which the column of 2026 prints in place of 0 (site.md section 1.2c)


@dataclass(frozen=True, slots=True)
class Count:
    """What a text says. value None: nothing, or no more than "0 or unknown"; step None with it.

    shown: the text where it differs from the number, else None.
    """

    value: int | None
    step: int | None
    shown: str | None


def read_count(text: str) -> Count:
    """Read one count as the page shows or the JSON sends it.

    Plain digits, also grouped ("12,345"), negative, or with K, M, B in either case. "--" is a count not
    loaded. "Share" is 0; any other word in its place stands for 0 or unknown, so the value is None and the word is
    kept (site.md section 7.3). A plain number is taken as rounded where it lies on the grid: the `stats` do.

    Raises:
        UnreadableCount: digits in a form that the site's own formatter doesn't print: "12,3 Mio.", "1,2K".
    """
    bare = _SPACES.sub(" ", text).strip().replace("\u2212", "-")
    if bare == _NO_SHARES:
        return Count(0, 1, bare)
    if not any(character.isdigit() for character in bare):
        return Count(None, None, clipped(bare) or None)
    if short := _SHORT.fullmatch(bare):
        unit = short[2].upper()
        return Count(int(Decimal(short[1]) * _UNITS[unit]), _UNIT_STEPS[unit], text.strip())
    if plain := _PLAIN.fullmatch(bare) or _GROUPED.fullmatch(bare):
        value = int(plain[1] + re.sub("[, ]", "", plain[2]))
        return Count(value, display_step(value) if on_grid(value) else 1, differing(text, value))
    raise UnreadableCount(
        f"expected a count such as 9949, 12.3K or 1.2M, found {clipped(bare)!r}; "
        "if the page prints numbers in another way, set TIKTOK_LOCALE to en-US"
    )


def display_step(value: int) -> int:
    """Return the spacing of the display grid around *value*: 1, 100, 100,000 or 100,000,000."""
    size = abs(value)
    if size < 10_000:
        return 1
    if size < 1_000_000:
        return 100
    return 100_000 if size < 1_000_000_000 else 100_000_000


def on_grid(value: int) -> bool:
    """Whether *value* could be a rounded one: all below 10,000 could, a negative, being wrapped, not."""
    return value >= 0 and value % display_step(value) == 0


def finer(value: int) -> bool:
    """Whether *value* tells of itself that it wasn't rounded."""
    return value >= 0 and not on_grid(value)


def bounds(value: int, step: int) -> tuple[int, int]:
    """Return the smallest and the largest number that is shown as *value* on a grid of *step*.

    Half a step to each side, cut where the formatter changes its unit: "10K" starts at 10,000, "1000K" ends
    at 999,998. A million of step 100,000 may be JSON's, which is "1000K" or "1M", so it starts at 999,950.
    """
    low, high = value - step // 2, value + (step + 1) // 2 - 1
    if step == 1 or value < 10_000:
        return low, high
    floor, ceiling = _EDGES[step]
    return max(low, floor), min(high, ceiling)


def differing(text: str, value: int) -> str | None:
    """Return the text as it is kept beside its number: None where it says no more than the number."""
    return None if text.strip() == str(value) else clipped(text.strip())


def clipped(text: str) -> str:
    """Return *text*, cut where it's too long for any count."""
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "\u2026"

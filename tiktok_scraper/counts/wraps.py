"""A creator's likes are sent as a signed 32-bit number that wraps around: how often, and how sure that is.

-1934013585 is 2,360,953,711 if it wrapped once, and one more 2^32 for each time more (site.md section 7.4). A
total between 2^32 and 2^32 + 2^31 wraps to a plausible positive. Only the same sighting's other blocks tell.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .read import WRAP, bounds

LOWEST = -(1 << 31)  # of a signed 32-bit number


@dataclass(frozen=True, slots=True)
class Unwrapped:
    """The total; repair None: as it was told; "minimum": a lower bound; "evidence": as another block says.

    wraps: how often 2^32 was added; None with repair None.
    """

    value: int
    repair: str | None = None
    wraps: int | None = None


def unwrap(value: int, step: int, evidence: Mapping[str, tuple[int, int]]) -> Unwrapped:
    """Undo the wraps of a creator's likes.

    evidence: block -> (value, step) that the same sighting's other blocks tell of the same total.
    A negative gets 2^32 once, a lower bound. More, or any on a positive, only where a block's number says so.

    Raises:
        ValueError: the number is below -2^31, so no 32-bit wrap made it.
    """
    if value < LOWEST:
        raise ValueError(f"expected likes of -2^31 or more, found {value}: no 32-bit number is that low")
    for block, (told, told_step) in evidence.items():
        wraps = _wraps_between(value, step, told, told_step)
        # The card adds 2^32 to a negative before it prints (site.md section 7.1): that much proves nothing.
        if wraps and not (block == "card" and value < 0 and wraps == 1):
            return Unwrapped(value + wraps * WRAP, "evidence", wraps)
    if value < 0:
        return Unwrapped(value + WRAP, "minimum", 1)
    return Unwrapped(value)


def _wraps_between(value: int, step: int, told: int, told_step: int) -> int:
    """How many times 2^32 leads from *value* to *told* within both roundings; 0 if no number does."""
    if told < 0:
        return 0
    low, high = bounds(value, step)
    told_low, told_high = bounds(told, told_step)
    wraps = -(-(told_low - high) // WRAP)  # fewest that bring the top of one to the other's bottom
    return max(wraps, 0) if low + wraps * WRAP <= told_high else 0

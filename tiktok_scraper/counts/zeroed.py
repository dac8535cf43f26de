"""Counts that failed to 0: a reply says 0 likes, views, shares and saves of a TikTok with millions (site.md 5.1c)."""

from __future__ import annotations

from collections.abc import Mapping

from .read import Count

Blocks = dict[str, dict[str, Count]]

_SENT = ("statsV2", "stats")  # by the data, with views; what the page displays is drawn from them
_STAYS = "comments"  # right where the others have failed


def without_failed(blocks: Blocks, *, whole_reply: bool) -> tuple[Blocks, bool]:
    """Return a TikTok's own *blocks* with the zeros of failed ones not told, and whether one had failed.

    One with 0 views has failed where any count of any block is above 0, or where *whole_reply* says that no TikTok of
    the reply came with views. A fresh TikTok, with nothing above 0 among others that have views, keeps its zeros.
    """
    if not (whole_reply or any(count.value for counts in blocks.values() for count in counts.values())):
        return blocks, False
    failed = {name for name in _SENT if (views := blocks.get(name, {}).get("views")) and views.value == 0}
    if not failed:
        return blocks, False
    wrong = failed | {name for name in blocks if name not in _SENT}
    return {name: _untold(counts) if name in wrong else counts for name, counts in blocks.items()}, True


def untold_zero(count: Count) -> Count:
    """Return *count*, or where it is 0 that it was shown and nothing was told."""
    return Count(None, None, count.shown or "0") if count.value == 0 else count


def _untold(counts: Mapping[str, Count]) -> dict[str, Count]:
    return {name: count if name == _STAYS else untold_zero(count) for name, count in counts.items()}

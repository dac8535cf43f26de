"""Saves that people take back, and likes: for a minute or two a count is a few lower (site.md 5.1c).

Between sightings minutes apart exact saves fall in 2-3 % of pairs, mostly by one, and likes in 0.2 %; over hours
growth covers it. Drawn anew for every two minutes, so that pairs close together and far apart meet as many.
"""

from __future__ import annotations

from replica.world.chance import once
from replica.world.entities import Counts

SLOT_S = 120
LIKES_PER_SAVES = 0.2 / 2.5  # how much seldomer likes are taken back
STEEPNESS = 1.3  # of the falls' sizes: 60 % by one, 5 % by ten or more
SMALLEST_PART = 3_000  # no more than one in so many are taken back


def after_taking_back(counts: Counts, tiktok_id: str, at: float, rate: float, seed: int) -> Counts:
    """*counts* of the TikTok at *at*, less what has just been taken back; *rate*: of such minutes, for saves."""
    draw = once(seed, "taken-back", tiktok_id, int(at // SLOT_S))
    if draw < rate:
        return counts._replace(saves=_less(counts.saves, draw / rate))
    if draw < rate * (1 + LIKES_PER_SAVES):
        return counts._replace(likes=_less(counts.likes, (draw / rate - 1) / LIKES_PER_SAVES))
    return counts


def _less(count: int, rank: float) -> int:
    wanted = int((1 - rank) ** (-1 / STEEPNESS))
    return max(0, count - min(wanted, max(1, count // SMALLEST_PART)))

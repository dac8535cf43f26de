"""Saves that people take back, and likes: for a minute or two a count is a few lower (site.md 5.1c).

Of sightings within an hour of each other exact saves fall in 2.4 % of pairs, mostly by one, and likes in 0.2 %.
Drawn anew for every two minutes. Growth covers most of it, the more the younger a TikTok is, so there are more such
spells than pairs that fall: how many more, the profile says.
"""

from __future__ import annotations

from collections.abc import Mapping

from replica.world.chance import once
from replica.world.entities import Counts

SLOT_S = 120
LIKES_PER_SAVES = 0.002 / (17 / 723)  # how much seldomer pairs fall in likes
STEEPNESS = 1.3  # of the falls' sizes: 60 % by one, 5 % by ten or more
SMALLEST_PART = 3_000  # no more than one in so many are taken back


def spells(falling: float, per_pair: Mapping[str, float]) -> tuple[float, float]:
    """The shares of spells in which saves, and in which likes, have been taken back: 1 together at most.

    *falling*: the share of pairs within an hour that are to fall in saves; *per_pair*: as in Profile.spells.
    """
    saves = min(1.0, falling * per_pair["saves"])
    return saves, min(1.0 - saves, falling * LIKES_PER_SAVES * per_pair["likes"])


def after_taking_back(counts: Counts, tiktok_id: str, at: float, shares: tuple[float, float], seed: int) -> Counts:
    """*counts* of the TikTok at *at*, less what has just been taken back; *shares*: of `spells`."""
    draw, (saves, likes) = once(seed, "taken-back", tiktok_id, int(at // SLOT_S)), shares
    if draw < saves:
        return counts._replace(saves=_less(counts.saves, draw / saves))
    if draw < saves + likes:
        return counts._replace(likes=_less(counts.likes, (draw - saves) / likes))
    return counts


def _less(count: int, rank: float) -> int:
    wanted = int((1 - rank) ** (-1 / STEEPNESS))
    return max(0, count - min(wanted, max(1, count // SMALLEST_PART)))

"""TikToks whose counts flip, for days, between two values 1 % apart, as if two counters answered (site.md 5.1c).

Likes, views, shares and saves flip together, comments stay. Which of the two is right nobody can tell from outside;
here the higher is the truth, and the lower is sent at times.
"""

from __future__ import annotations

import math

from replica.world.chance import dice, once, share
from replica.world.entities import Counts, TikTok

DAY_S = 86_400.0
LOWER = 1 - 0.0085  # 267,854 of 269,943 and 268,797 of 271,197: 0.8 and 0.9 % apart
MEDIAN_DAYS = 5.0  # of the one that was watched
SIGMA = 0.4  # invented
SLOT_S = 1_200  # the one that was watched had flipped and flipped back within two hours


def is_flipped(tiktok: TikTok, at: float, rate: float, seed: int) -> bool:
    """Whether the lower value is sent of *tiktok* at *at*; *rate*: the share of TikToks that flip at all."""
    if rate <= 0 or share(seed, "flips", tiktok.id) >= rate:
        return False
    random = dice(seed, "flipping", tiktok.id)
    middle = random.uniform(tiktok.served_from, tiktok.served_until)
    if abs(at - middle) > math.exp(random.gauss(math.log(MEDIAN_DAYS), SIGMA)) * DAY_S / 2:
        return False
    return once(seed, "flipped", tiktok.id, int(at // SLOT_S)) < 0.5


def lower(counts: Counts) -> Counts:
    """The lower of the two values."""
    told = {name: int(getattr(counts, name) * LOWER) for name in ("likes", "views", "shares", "saves")}
    return counts._replace(**told)

"""Which videos were truly viral, from a world's exact counts: each of the three measures has a truth of its own.

All by another road than the analysis: exact counts and times of the truth in place of displayed ones, sorted lists and
a median over neighbours in age in place of LOWESS. What is left between the two is rounding, times known only to the
sighting, and the smoother.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

import numpy as np

FIRST_DAY_H = 36.0
# So many TikToks on either side in age tell what is usual at an age.
NEIGHBOURS = 100
Told = Mapping[str, Any]


def outbreaks(truth: Iterable[Told]) -> set[str]:
    """The 1 % that truly gained most in a day while seen; of those seen twice or more, as no other shows a gain."""
    return highest({t["id"]: t["seen_day_likes"] for t in truth if not t["ad"] and len(t["at"]) > 1}, above=0)


def fast_for_age(truth: Iterable[Told]) -> set[str]:
    """The 1 % whose likes per hour of life, at first sighting, stand highest over the median of their age."""
    at_first = [(t["id"], *first_sighting(t)) for t in truth if not t["ad"]]
    known = sorted((hours, math.log10(likes / hours), name) for name, hours, likes in at_first if hours > 0 < likes)
    rates = [rate for _, rate, _ in known]
    excess = {}
    for place, (_, rate, name) in enumerate(known):
        alike = rates[max(0, place - NEIGHBOURS) : place + NEIGHBOURS + 1]
        excess[name] = rate - float(np.median(alike))
    return highest(excess)


def strong_first_days(truth: Iterable[Told]) -> set[str]:
    """The 1 % with most likes a day of life at their last sighting within 36 hours, of those that have one."""
    rates = {}
    for t in truth:
        early = [] if t["ad"] else [(h, n) for h, n in ages(t) if 0 < h <= FIRST_DAY_H and n is not None]
        if early:
            rates[t["id"]] = max(likes / math.ceil(hours / 24) for hours, likes in early)
    return highest(rates, above=0)


def bursts_seen(truth: Iterable[Told]) -> set[str]:
    """TikToks whose planted burst began while they were seen: one before the first sighting left nothing to find."""
    return {t["id"] for t in truth if t["planted"] and any(t["at"][0] <= b["at"] < t["at"][-1] for b in t["bursts"])}


def highest(values: Mapping[str, float], *, above: float = -math.inf) -> set[str]:
    """The names at or above the 99th percentile of *values* (a value that occurs), and over *above*."""
    least = float(np.percentile(list(values.values()), 99, method="lower")) if values else math.inf
    return {name for name, value in values.items() if value >= least and value > above}


def first_sighting(told: Told) -> tuple[float, float]:
    """Hours of life and exact likes at the first sighting that told of likes; (0, 0) where none did."""
    return next(((hours, likes) for hours, likes in ages(told) if likes is not None), (0.0, 0.0))


def ages(told: Told) -> list[tuple[float, float | None]]:
    """Hours of life and exact likes at each sighting, in order."""
    born = datetime.fromisoformat(told["created_at"])
    hours = [(datetime.fromisoformat(at) - born).total_seconds() / 3600 for at in told["at"]]
    return sorted(zip(hours, told["likes"], strict=True), key=lambda pair: pair[0])

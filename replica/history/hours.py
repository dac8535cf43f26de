"""What became of each hour's run: most went well, some ended early or were killed, and some hours had none.

Invented, with rates such as weeks of cron on one machine bring: the 2022 study gathered 72 of 100 an hour.
Hours are counted back from now, so a world and its history move with the clock as a whole.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from random import Random

from replica.world.chance import dice

HOUR_S = 3_600
DAYS_PER_OUTAGE = 2.0  # the machine is off: for a few hours mostly
LONGEST_OUTAGE_H = 30
FORGOTTEN = 0.03  # single hours without a run
KILLED, FAILED, EARLY = 0.03, 0.01, 0.28
# How runs end that see too few, and how often against each other.
ENDS: Mapping[str, int] = {"captcha": 5, "login-wall": 3, "feed-stuck": 4, "empty-reply": 2, "dropped": 2}
FAILURES = ("waf", "error-page", "slow")  # of runs that saw no TikTok
# Which layout a visit gets is an experiment of the site's: the usual one, a rarer one and its share.
LAYOUTS: Mapping[str, tuple[str, str, float]] = {"2022": ("b", "a", 0.1), "2025": ("b", "c", 0.15)}
ALL_TELL = 0.08  # visits in which every item tells its creator's counts, and its own exactly (site.md 5.1b)
NO_CARDS = 0.015  # runs in which resting on the name does nothing


@dataclass(frozen=True, slots=True)
class Hour:
    """One run. `at`: when it is due, Unix seconds, of hourly runs the full hour; `number`: the visit's; `most`: TikToks
    it comes to see.

    `killed`: it has no end; `reason`: why it ended; `author_stats`: as in Options; `cards`: whether the page asks
    for the creator on whose name the pointer rests.
    """

    at: int
    number: int
    most: int
    reason: str
    killed: bool
    era: str
    author_stats: str
    cards: bool


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which runs: those of the *days* before *now*. `era`: the layout of all; None: as the site has it."""

    seed: int
    now: float
    days: float
    profile: str
    limit: int
    era: str | None = None


def hours(wanted: Wanted) -> list[Hour]:
    """The hourly runs, in order of time."""
    last = int(wanted.now // HOUR_S)
    count = round(wanted.days * 24)
    off = _outages(wanted.seed, count)
    runs = (_hour(wanted, last - back, back) for back in range(count - 1, -1, -1) if back not in off)
    return [run for run in runs if run is not None]


def _outages(seed: int, count: int) -> set[int]:
    """The hours, counted back, at which the machine was off."""
    random = dice(seed, "history", "outages", count)
    off: set[int] = set()
    for _ in range(math.floor(count / 24 / DAYS_PER_OUTAGE + random.random())):
        start, length = random.randrange(count), round(math.exp(random.gauss(1.4, 0.9)))
        off.update(range(start, start + min(max(length, 1), LONGEST_OUTAGE_H)))
    return off


def _hour(wanted: Wanted, hour: int, back: int) -> Hour | None:
    return drawn(dice(wanted.seed, "history", "hour", back), wanted, hour * HOUR_S, 1_000_000 + hour)


def drawn(random: Random, wanted: Wanted, at: int, number: int) -> Hour | None:
    """Draw what becomes of visit *number*, due at *at*; None: it was forgotten."""
    if random.random() < FORGOTTEN:
        return None
    usual, rare, share = LAYOUTS[wanted.profile]
    layout = rare if random.random() < share else usual
    told = "full" if random.random() < ALL_TELL else "mixed"
    cards = random.random() >= NO_CARDS
    draw, part = random.random(), random.uniform(0.03, 0.99)
    most, reason, killed = wanted.limit, "limit", False
    if draw < KILLED:
        most, killed = max(1, round(part * wanted.limit)), True
    elif draw < KILLED + FAILED:
        most, reason = 0, random.choice(FAILURES)
    elif draw < KILLED + FAILED + EARLY:
        most, reason = max(1, round(part * wanted.limit)), random.choices(tuple(ENDS), tuple(ENDS.values()))[0]
    return Hour(at, number, most, reason, killed, wanted.era or layout, told, cards)

"""Visits in bursts: on some days several within minutes, beside or in place of the hourly ones.

Measured on 84 real visits of two weeks (site.md 5.1c; every second of those made): on half of the days 2 to 4 bursts,
mostly of two visits, at most of seven, begun 4 minutes after each other (median; mostly 2 to 9). Those visits
overlapped; a crawl's do not, so the next begins when the one before is over.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator

from replica.history.hours import Hour, Wanted, drawn
from replica.world.chance import dice

DAY_S = 86_400
BURST_DAYS = 0.5
BURSTS = (2, 4)  # on such a day
SIZES = {2: 16, 3: 2, 4: 2, 7: 1}  # visits in a burst, and how many such were seen
MEDIAN_GAP_S, SIGMA = 240.0, 0.5
BETWEEN_S = 20  # from the end of a visit to the next one
FIRST_NUMBER = 1_000_000_000  # beyond the numbers of hourly visits


def bursts(told: Wanted, *, busy: Iterable[int], longest: float) -> list[Hour]:
    """The visits in bursts, in order of time.

    *busy*: when other visits begin, Unix seconds; *longest*: how long a visit may take, in seconds.
    """
    taken, found, free_at = sorted(busy), [], -math.inf
    for due, names in sorted(_due(told)):
        at = math.ceil(_free(max(due, free_at), taken, longest))
        free_at = at + longest + BETWEEN_S
        visit = drawn(dice(told.seed, "history", "burst", *names), told, at, FIRST_NUMBER + at // 60)
        if visit is not None:
            found.append(visit)
    return found


def _due(told: Wanted) -> Iterator[tuple[float, tuple[int, int, int]]]:
    """When visits would begin if nothing were in their way, and their names; counted back from now."""
    first = told.now - told.days * DAY_S
    for day in range(math.ceil(told.days)):
        random = dice(told.seed, "history", "bursts", day)
        if random.random() >= BURST_DAYS:
            continue
        for burst in range(random.randint(*BURSTS)):
            at = told.now - (day + random.random()) * DAY_S
            for visit in range(random.choices(tuple(SIZES), tuple(SIZES.values()))[0]):
                if at >= first:
                    yield at, (day, burst, visit)
                at += MEDIAN_GAP_S * math.exp(random.gauss(0, SIGMA))


def _free(at: float, taken: list[int], longest: float) -> float:
    """The first time from *at* on at which a visit is in nobody's way."""
    for other in taken:
        if at < other + longest + BETWEEN_S and other < at + longest + BETWEEN_S:
            at = other + longest + BETWEEN_S
    return at

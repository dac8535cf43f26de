"""What an event study without an answer lacks: how many matched sets, and about how many more days of crawling.

Sets lack where there are too few for any interval, and where there are enough for one that is no answer
(`analysis.statistics.answer`)."""

from __future__ import annotations

import math

from analysis.measures.together.events import EventStudy
from analysis.statistics.answer import CHANGE, needed
from analysis.terms.definitions import EVENT_PAIRS_AT_LEAST

PACE_AT_LEAST = 3


def sets_missing(study: EventStudy) -> int:
    """About how many matched sets an answer needs beyond those there are."""
    few = max(EVENT_PAIRS_AT_LEAST - study.gain.n, 0)
    if few or study.gain.lacks is None:
        return few
    return (needed(study.gain.n, study.gain.low, study.gain.high, CHANGE) or study.gain.n) - study.gain.n


def more_days(study: EventStudy) -> int | None:
    """About how many more days would bring the sets that are missing, at the pace so far.

    Only the days between the two windows can hold an onset that is used: of 15 days about 3, so each day more counts
    in full. None where fewer than PACE_AT_LEAST sets, or days with an onset, would give a pace out of chance.
    """
    if min(study.gain.n, _onset_days(study)) < PACE_AT_LEAST:
        return None
    return math.ceil(sets_missing(study) * _onset_days(study) / study.gain.n)


def _onset_days(study: EventStudy) -> float:
    """On how many of the days told an onset could have counts told in time before and after it."""
    return study.told_days - 2 * (study.window.days - study.window.tolerance_days)


def in_words(study: EventStudy) -> str:
    """What would answer it, as a clause; what it rests on where it is answered already."""
    sets = f"at least {EVENT_PAIRS_AT_LEAST} creators with an onset"
    week = f"whose followers were told {_days(study.window.days)} before it, at it and {_days(study.window.days)} after"
    wanted = f"{sets} {week}, each with matched creators; {study.gain.n:,} so far"
    if not sets_missing(study):
        return wanted
    if study.gain.lacks is not None:
        wanted = f"{wanted}, and {study.gain.lacks}"
    told = f"followers are told over {study.told_days:.1f} days"
    if (days := more_days(study)) is not None:
        return f"{wanted}, so {sets_missing(study)} more: about {_days(days)} more at the pace of these ({told})"
    return f"{wanted}, so no pace is known ({told}; an hourly crawl of a simulated feed took 45 to 50 days)"


def _days(days: int) -> str:
    return "1 day" if days == 1 else f"{days:,} days"

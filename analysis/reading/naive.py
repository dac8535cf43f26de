"""Local times without an offset, as the file of 2022 has them, made UTC in a zone that somebody names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import numpy as np
import pandas as pd

from analysis.terms.errors import BadArgument
from analysis.terms.schema import MOMENT, TEXT

_BACK = pd.Timedelta(minutes=1)  # lines of one run are written in order, give or take less than this


@dataclass(frozen=True, slots=True)
class Clock:
    """Where the local clock stood after some lines: what the lines that follow them must know.

    last: the last local time told, None before any; jumped: days on which it has been seen to go back.
    """

    last: pd.Timestamp | None = None
    jumped: frozenset[date] = frozenset()


@dataclass(frozen=True, slots=True)
class Placed:
    """utc: datetime64[us, UTC]; run: the local hour as a run's id ("2022-08-01T14", "...b" when the hour comes again).

    ambiguous: how many times lie in an hour that comes twice as clocks go back; nonexistent: in one that never comes,
    and were moved to its end. clock: how it stood after the last.
    """

    utc: pd.Series
    run: pd.Series
    ambiguous: int
    nonexistent: int
    clock: Clock = Clock()


def zone_named(name: str | None) -> ZoneInfo:
    """Return the zone, UTC for None.

    Raises:
        BadArgument: there is no such zone.
    """
    try:
        return ZoneInfo(name or "UTC")
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise BadArgument(
            expected="an IANA time zone, such as Europe/Amsterdam",
            found=repr(name),
            where="naive_zone",
            next_step="name the zone of the computer that wrote the lines of 2022",
        ) from error


def placed(local: pd.Series, zone: ZoneInfo, clock: Clock = Clock()) -> Placed:
    """Place *local* (datetime64[us], in the file's order, none missing) in *zone*; *clock*: after the lines before.

    In an hour that comes twice the file's order decides: before the clock jumps back it is the first, from there on
    the second. Where no jump shows (one of the two runs is missing) it is taken as the first.
    """
    first = local.dt.tz_localize(zone, ambiguous=np.ones(len(local), dtype=bool), nonexistent="shift_forward")
    last = local.dt.tz_localize(zone, ambiguous=np.zeros(len(local), dtype=bool), nonexistent="shift_forward")
    twice = first != last
    day = local.dt.date
    jumps = (_steps(local, clock) < -_BACK) & twice
    # From a jump on, all of that day's repeated hour comes again.
    again = twice & (jumps.groupby(day).cummax() | day.isin(clock.jumped))
    hour = local.dt.strftime("%Y-%m-%dT%H").astype(TEXT)
    return Placed(
        utc=first.where(~again, last).dt.tz_convert("UTC").astype(MOMENT),
        run=hour.where(~again, hour + "b"),
        ambiguous=int(twice.sum()),
        nonexistent=int((first.dt.tz_localize(None) != local).sum()),
        clock=Clock(local.iloc[-1], clock.jumped | set(day[jumps])) if len(local) else clock,
    )


def _steps(local: pd.Series, clock: Clock) -> pd.Series:
    """How far each time is from the one before it in the file; NaT for the file's first."""
    before = local.shift()
    before.iloc[:1] = pd.NaT if clock.last is None else clock.last
    return local - before

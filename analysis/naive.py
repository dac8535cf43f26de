"""Local times without an offset, as the file of 2022 has them, made UTC in a zone that somebody names."""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import numpy as np
import pandas as pd

from .errors import BadArgument
from .schema import MOMENT, TEXT

_BACK = pd.Timedelta(minutes=1)  # lines of one run are written in order, give or take less than this


@dataclass(frozen=True, slots=True)
class Placed:
    """utc: datetime64[us, UTC]; run: the local hour as a run's id ("2022-08-01T14", "...b" when the hour comes again).

    ambiguous: how many times lie in an hour that comes twice as clocks go back; nonexistent: in one that never comes,
    and were moved to its end.
    """

    utc: pd.Series
    run: pd.Series
    ambiguous: int
    nonexistent: int


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


def placed(local: pd.Series, zone: ZoneInfo) -> Placed:
    """Place *local* (datetime64[us], in the file's order, none missing) in *zone*.

    In an hour that comes twice the file's order decides: before the clock jumps back it is the first, from there on
    the second. Where no jump shows (one of the two runs is missing) it is taken as the first.
    """
    first = local.dt.tz_localize(zone, ambiguous=np.ones(len(local), dtype=bool), nonexistent="shift_forward")
    last = local.dt.tz_localize(zone, ambiguous=np.zeros(len(local), dtype=bool), nonexistent="shift_forward")
    twice = first != last
    again = twice & _after_jump(local, twice)
    hour = local.dt.strftime("%Y-%m-%dT%H").astype(TEXT)
    return Placed(
        utc=first.where(~again, last).dt.tz_convert("UTC").astype(MOMENT),
        run=hour.where(~again, hour + "b"),
        ambiguous=int(twice.sum()),
        nonexistent=int((first.dt.tz_localize(None) != local).sum()),
    )


def _after_jump(local: pd.Series, twice: pd.Series) -> pd.Series:
    """Whether the clock went back, by the file's order, at or before each time of the same repeated hour."""
    jumped = (local.diff() < -_BACK) & twice
    return jumped.groupby(local.dt.date).cummax()

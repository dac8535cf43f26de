"""Which creators of the event study can be compared: whose followers were told in time, and who resembles whom."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.statistics.bootstrap import Floats, Ints
from analysis.terms.definitions import EVENT_CALIPER, EVENT_CONTROLS, EVENT_DAYS, EVENT_TOLERANCE_H

NEVER_TOLD = "followers never told"
NO_MATCH = "no creator without onset resembles it within the caliper"

DAY_US = 86_400_000_000
FAR = 1e5  # days: longer than any file, so that one creator's times never reach into the next one's


@dataclass(frozen=True)
class FollowerTimes:
    """All times followers were told, sorted by creator and time, as arrays; creators are known by their number."""

    creators: np.ndarray
    """Names, sorted; the number of a creator is its place here."""
    sightings: Ints
    """How often each creator was seen."""
    code: Ints
    """Of each time told: the creator's number, and then when (days since `begin`) and what."""
    days: Floats
    value: Ints
    lo: Ints
    hi: Ints
    log_middle: Floats
    begin: pd.Timestamp

    @classmethod
    def of(cls, told: pd.DataFrame, bounded: pd.DataFrame) -> FollowerTimes:
        """From `told.told` rows and the sightings they come from."""
        creators, code = np.unique(told["creator"].to_numpy(dtype=object), return_inverse=True)
        seen = bounded["creator"].value_counts().reindex(creators)
        begin = told["at"].min() if len(told) else pd.Timestamp(0, tz="UTC")
        lo, hi = told["lo"].to_numpy(dtype=np.int64), told["hi"].to_numpy(dtype=np.int64)
        return cls(
            creators=creators,
            sightings=np.asarray(seen, dtype=np.int64),
            code=code.astype(np.int64),
            days=(told["at"] - begin).dt.total_seconds().to_numpy(dtype=float) / 86_400,
            value=told["value"].to_numpy(dtype=np.int64),
            lo=lo,
            hi=hi,
            log_middle=np.log(np.maximum((lo + hi) / 2, 1)),
            begin=begin,
        )

    def number(self, names: pd.Series) -> Ints:
        """The numbers of creators, -1 for one whose followers were never told."""
        places = pd.Index(self.creators, dtype=object).get_indexer(pd.Index(names, dtype=object))
        return np.asarray(places, dtype=np.int64)

    def moment(self, days: Floats) -> pd.DatetimeIndex:
        """The time of day numbers, UTC, to the microsecond."""
        us = np.rint(days * DAY_US).astype(np.int64)
        return pd.DatetimeIndex(self.begin + pd.to_timedelta(us, unit="us")).as_unit("us")

    def nearest(self, code: Ints, days: Floats, tolerance_days: float) -> Ints:
        """Which time told is nearest to *days* for each creator (broadcast), -1 where none is within the tolerance."""
        code, days = np.broadcast_arrays(code, days)
        if len(self.code) == 0:
            return np.full(code.shape, -1, dtype=np.int64)
        after = np.searchsorted(self.code * FAR + self.days, code * FAR + days)
        best = np.full(code.shape, -1, dtype=np.int64)
        least = np.full(code.shape, tolerance_days)
        for place in (after - 1, after):
            inside = np.clip(place, 0, len(self.code) - 1)
            distance = np.where(self.code[inside] == code, np.abs(self.days[inside] - days), np.inf)
            distance = np.where(place == inside, distance, np.inf)
            best = np.where(distance <= least, inside, best)
            least = np.minimum(least, distance)
        return best


@dataclass(frozen=True)
class Matched:
    """Creators with an onset, their controls, and where their followers were told (places in `FollowerTimes`)."""

    treated: Ints
    onset_days: Floats
    told: Ints
    """(sets, 3): at start, onset and end."""
    control: Ints
    """(sets, EVENT_CONTROLS): numbers, -1 for none."""
    control_told: Ints
    """(sets, EVENT_CONTROLS, 3): 0, 1, 2 of the treated itself where there is no control; masked by `control`."""
    distance: Floats
    """(sets, EVENT_CONTROLS): from the treated, in standard deviations; NaN for none."""
    unusable: dict[str, int]


@dataclass(frozen=True)
class Window:
    """The same number of days before and after an onset, and how far from their ends a count may be told."""

    days: int = EVENT_DAYS

    @property
    def tolerance_days(self) -> float:
        """24 hours for 7 days, and in proportion."""
        return EVENT_TOLERANCE_H / 24 * self.days / EVENT_DAYS

    @property
    def offsets(self) -> Floats:
        """(3,): start, onset and end, in days from onset."""
        return np.array([-self.days, 0, self.days], dtype=float)

    @property
    def untold(self) -> tuple[str, str, str]:
        """Why an onset can't be used, one reason for each of the three times."""
        near = f"followers not told within {24 * self.tolerance_days:.3g} h of"
        length = f"{self.days} days" if self.days > 1 else "1 day"
        return f"{near} {length} before onset", f"{near} onset", f"{near} {length} after onset"


def match(times: FollowerTimes, onsets: pd.DataFrame, window: Window) -> Matched:
    """Match each usable onset with creators without one; the largest creators choose first, for they find fewest."""
    code = times.number(onsets["creator"])
    day = (onsets["onset"] - times.begin).dt.total_seconds().to_numpy(dtype=float) / 86_400
    told = times.nearest(code[:, None], day[:, None] + window.offsets, window.tolerance_days)
    unusable = {NEVER_TOLD: int((code < 0).sum())}
    usable = code >= 0
    for reason, place in zip(window.untold, told.T, strict=True):
        unusable[reason] = int((usable & (place < 0)).sum())
        usable &= place >= 0
    pool = _Pool(times, np.setdiff1d(np.arange(len(times.creators)), code), window)
    candidates = np.flatnonzero(usable)
    candidates = candidates[np.argsort(-times.log_middle[told[candidates, 0]], kind="stable")]
    chosen = [pool.take(int(code[i]), float(day[i]), told[i]) for i in candidates]
    found = np.array([choice.number[0] >= 0 for choice in chosen], dtype=bool)
    unusable[NO_MATCH] = int((~found).sum())
    kept = [choice for choice, use in zip(chosen, found, strict=True) if use]
    sets = candidates[found]
    return Matched(
        treated=code[sets],
        onset_days=day[sets],
        told=told[sets],
        control=np.array([choice.number for choice in kept], dtype=np.int64).reshape(-1, EVENT_CONTROLS),
        control_told=np.array([choice.told for choice in kept], dtype=np.int64).reshape(-1, EVENT_CONTROLS, 3),
        distance=np.array([choice.distance for choice in kept], dtype=float).reshape(-1, EVENT_CONTROLS),
        unusable=unusable,
    )


@dataclass(frozen=True)
class _Choice:
    """The controls of one set, as a row of each array of `Matched`."""

    number: Ints
    told: Ints
    distance: Floats


class _Pool:
    """Creators without an onset that no one has chosen yet."""

    def __init__(self, times: FollowerTimes, free: Ints, window: Window) -> None:
        self._times, self._free, self._window = times, free, window
        firsts = np.flatnonzero(np.r_[True, times.code[1:] != times.code[:-1]]) if len(times.code) else free[:0]
        self._log_sightings = np.log(times.sightings)
        self._scale = np.array([_spread(times.log_middle[firsts]), _spread(self._log_sightings)])

    def take(self, treated: int, day: float, told: Ints) -> _Choice:
        """The nearest creators within the caliper, out of the pool for good; numbers -1 where there are no more."""
        times = self._times
        near = times.nearest(self._free[:, None], day + self._window.offsets, self._window.tolerance_days)
        could = np.flatnonzero((near >= 0).all(axis=1))
        apart = np.column_stack(
            [
                times.log_middle[near[could, 0]] - times.log_middle[told[0]],
                self._log_sightings[self._free[could]] - self._log_sightings[treated],
            ]
        )
        distance = np.hypot(*(apart / self._scale).T)
        order = np.argsort(distance, kind="stable")[:EVENT_CONTROLS]
        order = order[distance[order] <= EVENT_CALIPER]
        places = could[order]
        number = np.full(EVENT_CONTROLS, -1, dtype=np.int64)
        number[: len(places)] = self._free[places]
        at = np.tile(told, (EVENT_CONTROLS, 1))
        at[: len(places)] = near[places]
        away = np.full(EVENT_CONTROLS, np.nan)
        away[: len(places)] = distance[order]
        self._free = np.delete(self._free, places)
        return _Choice(number, at, away)


def _spread(values: Floats) -> float:
    """Standard deviation, 1 where there is none: then nothing sets creators apart on it."""
    spread = float(np.std(values)) if len(values) else 0.0
    return spread if spread > 0 else 1.0

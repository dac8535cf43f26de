"""What is planted in a world and falls into a history: by exact quantities of the world at every full hour.

The window reaches from the history's first hour to now. Nothing here looks at lines, steps or bounds, so an analysis
of the lines can be held against it.

- A TikTok's **burst** is the world's (growth.py): it begins at `at` and brings `likes` in all, half of them within
  `half_hours`; `gain` is that over the likes it had at onset.
- A TikTok is **planted** where it is not paid for and a burst that begins in the window brings as many likes again as
  it had, or more (`gain` of 1 or more).
- **day_likes** are the most likes that it gained in 24 hours, from one full hour of the window to another (the whole
  window where that is shorter), and `day_from` is where those hours begin; it is **viral** where it is not paid for
  and day_likes are at or above the 99th percentile of all that were sighted and not paid for.
  `seen_day_likes` and `seen_viral` say the same of the time between its first and its last sighting, the only time
  that lines tell of. **million_week**: it gained a million likes within seven days of the window.
- A creator is **planted** where bursts that begin in the window bring as many followers by now as make 0.02 log points
  (2 %) of those they had when the window began. **gain** is the natural logarithm of their followers' growth between
  the first and the last sighting that told of them, per day; null where these are less than 24 hours apart. A creator
  is **viral** where gain is above 0 and at or above the 99th percentile of creators that have one and posted more than
  advertisements.
- An audio's **creators** are those, each once, whose TikToks with it, not paid for, the feed served in the window;
  each came when the feed first served one of theirs. **new_creators** are those who came an hour or more after the
  first: who took up a sound that was there. An audio is **planted**, and viral, where new_creators is above 0 and at
  or above the 99th percentile of audios that were sighted in three runs or more, original sounds that only one creator
  used apart.

Percentiles are the lower ones (a value that occurs), of the entities that the history sighted.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from replica.world.entities import Creator, TikTok
from replica.world.growth import Burst
from replica.world.totals import FOLLOWERS_PER_LIKE
from replica.world.world import World

HOUR_S, DAY_S = 3_600.0, 86_400.0
PLANTED_GAIN = 1.0
PLANTED_LOG_POINTS = 0.02
PERCENTILE = 99.0
AUDIO_RUNS = 3
Times = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Window:
    """From `start` to `end`, Unix seconds."""

    start: float
    end: float

    def holds(self, at: float) -> bool:
        """Whether *at* lies in it."""
        return self.start <= at <= self.end

    @property
    def hours(self) -> Times:
        """Its full hours and its end."""
        return np.append(np.arange(self.start, self.end, HOUR_S), self.end)


def likes_at(world: World, tiktok: TikTok, times: Times) -> NDArray[np.int64]:
    """The exact likes of *tiktok* at each of *times*: `World.counts`, for many times at once."""
    life = world.life(tiktok)
    age = np.maximum(times - life.born, 0.0)
    height = age / (age + life.ripening_s)
    for burst in life.bursts:
        since = np.maximum(times - burst.at, 0.0)
        height = height + burst.gain * -np.expm1(-since * math.log(2) / burst.half_s)
    height = np.where(times > life.born, height, 0.0)
    kept = np.ones_like(times)
    for when, part in life.losses.get("likes", ()):
        kept = kept * np.where(times >= when, 1 - part, 1.0)
    kept = kept / life.kept("likes", tiktok.pivot)
    exact: NDArray[np.int64] = (tiktok.scale.likes * (height / life.height(tiktok.pivot)) * kept + 0.5).astype(np.int64)
    return exact


def most_gained(likes: NDArray[np.int64], hours: int) -> tuple[int, int]:
    """The largest growth over *hours* steps of *likes*, at least 0, and the step at which it begins."""
    if len(likes) < 2:
        return 0, 0
    span = min(hours, len(likes) - 1)
    gained = likes[span:] - likes[:-span]
    begin = int(gained.argmax())
    return max(0, int(gained[begin])), begin


def burst_likes(world: World, tiktok: TikTok, burst: Burst) -> float:
    """The likes that *burst* brings in all."""
    return tiktok.scale.likes * burst.gain / world.life(tiktok).height(tiktok.pivot)


def burst_gain(world: World, tiktok: TikTok, burst: Burst) -> float:
    """What *burst* brings over what was there at its onset."""
    had = world.life(tiktok).height(burst.at)
    return burst.gain / had if had else math.inf


def is_planted(world: World, tiktok: TikTok, window: Window) -> bool:
    """Whether *tiktok* is planted."""
    return not tiktok.ad and any(
        window.holds(burst.at) and burst_gain(world, tiktok, burst) >= PLANTED_GAIN
        for burst in world.life(tiktok).bursts
    )


def onsets(world: World, creator: Creator, window: Window) -> list[tuple[float, float]]:
    """The bursts in *window* of a creator's TikToks: (onset, followers brought by the window's end) each, in order."""
    per_like = 0.0 if world.followers_from == "nothing" else FOLLOWERS_PER_LIKE
    found = []
    for tiktok in map(world.tiktok, world.works[creator.index]):
        life = world.life(tiktok)
        for burst in life.bursts:
            if window.holds(burst.at) and tiktok.created_at <= window.end:
                brought = tiktok.scale.likes * burst.by(window.end) / life.height(tiktok.pivot)
                found.append((burst.at, per_like * brought))
    return sorted(found)


def log_points(world: World, creator: Creator, window: Window) -> float:
    """What bursts in *window* add to a creator's followers, in log points."""
    had = world.creator_counts(creator, window.start).followers
    brought = sum(followers for _, followers in onsets(world, creator, window))
    return math.log1p(brought / had) if had else 0.0


def served(world: World, audio: int, window: Window) -> list[TikTok]:
    """The TikToks with *audio*, not paid for, that the feed serves in *window*."""
    every = (t for t in map(world.tiktok, world.uses[audio]) if not t.ad)
    return [t for t in every if max(t.served_from, t.created_at) <= window.end and t.served_until >= window.start]


def newcomers(used: Iterable[TikTok], window: Window) -> int:
    """How many creators of *used* came an hour or more after the first."""
    came: dict[int, float] = {}
    for tiktok in used:
        at = max(tiktok.served_from, tiktok.created_at, window.start)
        came[tiktok.creator.index] = min(at, came.get(tiktok.creator.index, math.inf))
    return sum(at - min(came.values()) >= HOUR_S for at in came.values())


def threshold(values: Iterable[float | None]) -> float:
    """The lower 99th percentile; infinity where there are no values."""
    known = np.array([value for value in values if value is not None], dtype=float)
    return float(np.percentile(known, PERCENTILE, method="lower")) if len(known) else math.inf

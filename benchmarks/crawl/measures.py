"""What the bench measured, and what follows by arithmetic. Pure: seconds, counts and bytes in, numbers out."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Timed:
    """One walk of the feed. Times in seconds.

    whole: from starting the process to its end, so Python's and the browser's start and the browser's end are in it.
    walk: from the first TikTok on screen to the last one complete.
    creators: different ones among the TikToks; told: those of them whose followers and likes were obtained.
    cards: creators for whom the pointer had to rest on the name.
    """

    asked: int
    tiktoks: int
    creators: int
    told: int
    cards: int
    whole: float
    walk: float

    @property
    def complete(self) -> bool:
        """Whether every TikTok and every creator was obtained."""
        return self.tiktoks == self.asked and self.told == self.creators

    @property
    def whole_each(self) -> float:
        """Seconds per TikTok, start and end of the process shared among them."""
        return self.whole / max(1, self.tiktoks)

    @property
    def walk_each(self) -> float:
        """Seconds per TikTok of the walk alone: it lies between the first TikTok's showing and the last one's end."""
        return self.walk / max(1, self.tiktoks)


@dataclass(frozen=True, slots=True)
class Paced:
    """A walk with a pace. pace: what was set; gaps: seconds from each step to the next; received: bytes."""

    pace: float
    tiktoks: int
    gaps: tuple[float, ...]
    received: int

    @property
    def mean(self) -> float:
        """Mean seconds from step to step; 0 where there was none."""
        return statistics.fmean(self.gaps) if self.gaps else 0.0

    @property
    def least(self) -> float:
        """The shortest gap in seconds; 0 where there was none."""
        return min(self.gaps, default=0.0)


@dataclass(frozen=True, slots=True)
class Stopped:
    """One run that was sent SIGTERM. seconds: from the signal to the process's end.

    gathered: TikToks its viewer had shown; lost: those of them without a line; as_meant: the signal did fall there.
    """

    where: str
    seconds: float
    gathered: int
    lost: int
    as_meant: bool = True


@dataclass(frozen=True, slots=True)
class Stalls:
    """How late a ticker of *every* seconds was in the crawls' event loops: ticks counted, the longest delay."""

    every: float
    ticks: int
    longest: float


@dataclass(frozen=True, slots=True)
class Measured:
    """All of one run of the bench. `needed` and `always` hold a `Timed` for each try.

    peer: the 2022 method; peer_stays: the same with the pointer left on the creator's name, None if not run.
    """

    peer: Timed
    peer_stays: Timed | None
    needed: tuple[Timed, ...]
    always: tuple[Timed, ...]
    blocked: Paced
    loaded: Paced
    stops: tuple[Stopped, ...]
    stalls: Stalls


def middle(tries: Sequence[Timed]) -> Timed:
    """The try whose whole time is the median (of an even number the slower of the two in the middle)."""
    return sorted(tries, key=lambda timed: timed.whole)[len(tries) // 2]


def ratio(peer: Timed, ours: Timed) -> float:
    """How many times faster *ours* is per TikTok, start included on both sides."""
    return peer.whole_each / ours.whole_each


def walk_ratio(peer: Timed, ours: Timed) -> float:
    """How many times faster *ours* is per TikTok, start left out on both sides."""
    return peer.walk_each / ours.walk_each


def saving(loaded: int, blocked: int) -> float:
    """The share of *loaded* bytes that blocking saved, 0 to 1."""
    return 1 - blocked / loaded if loaded else 0.0

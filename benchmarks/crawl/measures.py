"""What the bench measured, and what follows by arithmetic. Pure: seconds, counts and bytes in, numbers out."""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

STANDARD = 100  # TikToks of a run: what a method that walked fewer would take for these is calculated


@dataclass(frozen=True, slots=True)
class Cost:
    """What one walk took besides time.

    trips: questions to the browser or its driver, None where they can't be told; cpu: seconds of a processor, of all
    processes; memory: the most that all of them held, MB; requests: to the replica; sent: bytes of its bodies.
    """

    trips: int | None = None
    cpu: float = 0.0
    memory: float = 0.0
    requests: int = 0
    sent: int = 0


@dataclass(frozen=True, slots=True)
class Timed:
    """One walk of the feed. Times in seconds.

    whole: from starting the process to its end, so Python's and the browser's start and the browser's end are in it.
    walk: from the first TikTok on screen to the last one complete.
    creators: different ones among the TikToks; told: those of them whose followers and likes were obtained.
    cards: creators for whom the pointer had to rest on the name. collects: whether creators' counts were asked for.
    """

    asked: int
    tiktoks: int
    creators: int
    told: int
    cards: int
    whole: float
    walk: float
    collects: bool = True
    cost: Cost = field(default_factory=Cost)

    @property
    def complete(self) -> bool:
        """Whether every TikTok and every creator that was asked for was obtained."""
        return self.tiktoks == self.asked and (self.told == self.creators or not self.collects)

    def whole_of(self, tiktoks: int = STANDARD) -> float:
        """The whole seconds that so many TikToks take: the walk grows with them, start and end do not."""
        return self.whole - self.walk + self.walk_of(tiktoks)

    def walk_of(self, tiktoks: int = STANDARD) -> float:
        """The seconds of the walk over so many TikToks."""
        return self.walk * tiktoks / max(1, self.tiktoks)


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
    """All of one run of the bench; what was not run is empty.

    speeds: a `Timed` for each try, by the method's name; left_out: why a method was not run, by its name.
    """

    speeds: Mapping[str, tuple[Timed, ...]]
    left_out: Mapping[str, str] = field(default_factory=dict)
    paced: Mapping[str, Paced] = field(default_factory=dict)  # "blocked" and "loaded", by the media
    stops: tuple[Stopped, ...] = ()
    stalls: Stalls = Stalls(0.0, 0, 0.0)

    def middle(self, name: str) -> Timed | None:
        """The median try of a method; None if it was not run."""
        return middle(tries) if (tries := self.speeds.get(name)) else None


def middle(tries: Sequence[Timed]) -> Timed:
    """The try whose whole time is the median (of an even number the slower of the two in the middle)."""
    return sorted(tries, key=lambda timed: timed.whole)[len(tries) // 2]


def ratio(slower: Timed, faster: Timed) -> float:
    """How many times as long *slower* takes for 100 TikToks, start and end included on both sides."""
    return slower.whole_of() / faster.whole_of()


def walk_ratio(slower: Timed, faster: Timed) -> float:
    """The same of the walk, start and end left out on both sides."""
    return slower.walk_of() / max(0.001, faster.walk_of())


def saving(loaded: int, blocked: int) -> float:
    """The share of *loaded* bytes that blocking saved, 0 to 1."""
    return 1 - blocked / loaded if loaded else 0.0

"""What several browsers brought, and what a grid of many machines would. Pure: seconds and counts in, numbers out."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Run:
    """One crawl. seconds: from starting the process to its end. Processor seconds: of its Python; of all that served
    it besides, browsers, drivers and the grid, None where those are on other machines.
    """

    tiktoks: int
    unique: int
    seconds: float
    python: float
    rest: float | None

    @property
    def a_minute(self) -> float:
        """TikToks a minute, start and end included."""
        return 60 * self.unique / self.seconds

    @property
    def python_each(self) -> float:
        """Processor seconds of Python for a TikTok."""
        return self.python / self.unique

    @property
    def each(self) -> float | None:
        """Processor seconds of all that served it for a TikTok."""
        return None if self.rest is None else (self.python + self.rest) / self.unique


@dataclass(frozen=True, slots=True)
class Spread:
    """A median of repeats, and the least and the most of them."""

    median: float
    least: float
    most: float

    def __str__(self) -> str:
        return f"{self.median:.3g} ({self.least:.3g} to {self.most:.3g})"


def spread(values: Sequence[float]) -> Spread:
    """The median of *values*, of which there is one at least, and how far apart they lie."""
    return Spread(statistics.median(values), min(values), max(values))


def grid_a_minute(machines: int, processors: int, each: float, python_each: float) -> float:
    """TikToks a minute at pace 0 that a grid of so many *machines* can bring, by arithmetic.

    Either the nodes' processors are all used, at *each* processor seconds a TikTok, or one processor of the crawl's
    Python is, at *python_each*: a run has one, so more of its browsers bring no more then.
    """
    return 60 * min(machines * processors / (each - python_each), 1 / python_each)

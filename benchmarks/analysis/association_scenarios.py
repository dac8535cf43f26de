"""Worlds of the associations: pairs of values that go together as told, known within rounding bounds. Pure, by seed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from analysis.statistics.bootstrap import Draw
from analysis.statistics.correlation import Rounded, correlations
from analysis.terms.definitions import ASSOCIATION_REPLICATES, INTERVAL

Floats = NDArray[np.float64]
Held = NDArray[np.bool_]


@dataclass(frozen=True)
class Gains:
    """Values that are gains between two counts, of which every so many is told on a grid and the others exactly."""

    every: int = 2
    size: float = 1.0
    """The spread of the gains told on a grid; that of the others is 1."""

    def sizes(self, units: int) -> Floats:
        return np.where(np.arange(units) % self.every == 0, self.size, 1.0)

    def spearman(self, r: float) -> float:
        """Spearman's rho of a scale mixture of normal pairs with correlation *r*, in closed form.

        It is three times the concordance of a pair with the sides of two others (Kruskal 1958), which for normal
        ones is 2 / pi times the arcsine of their correlation.
        """
        sizes = self.sizes(self.every)
        a, b, c = (np.square(axis) for axis in np.meshgrid(sizes, sizes, sizes))
        return float(np.mean(6 / np.pi * np.arcsin(r * a / np.sqrt((a + b) * (a + c)))))


def correlation(  # noqa: PLR0917 - partial fills them by place
    method: str,
    creators: int,
    each: int,
    r: float,
    rng: np.random.Generator,
    replicates: int,
    *,
    widths: tuple[float, float] = (0.0, 0.0),
    gains: Gains | None = None,
) -> Held:
    """Creators' own values plus each TikTok's, both sides normal with correlation *r*; known to within *widths*."""
    truth = r if method == "pearson" else (gains or Gains()).spearman(r)
    cluster = np.repeat(np.arange(creators), each)
    spread = np.array([[1, r], [r, 1]])
    held = []
    for _ in range(replicates):
        own = rng.multivariate_normal([0, 0], spread, size=len(cluster))
        shared = rng.multivariate_normal([0, 0], spread, size=creators)[cluster] if each > 1 else 0.0
        told = partial(_grown, every=gains.every) if gains else _told
        values = np.ascontiguousarray((own + shared).T) * (gains.sizes(len(cluster)) if gains else 1.0)
        x, y = (told(side, width, rng) for side, width in zip(values, widths, strict=True))
        found = correlations(x, y, cluster, rng, replicates=ASSOCIATION_REPLICATES, level=INTERVAL, methods=[method])[
            method
        ]
        if found.answerable:
            held.append(found.low <= truth <= found.high)
    return np.array(held, dtype=bool)


def _told(values: Floats, width: float, rng: np.random.Generator) -> Rounded:
    """On a grid that has nothing to do with the truth."""
    if not width:
        return Rounded(values, lambda _rng, replicates: np.broadcast_to(values, (replicates, len(values))))
    origin = rng.uniform(0, width)
    middle = np.rint((values - origin) / width) * width + origin
    return Rounded(middle, within_steps(middle, width))


def _grown(values: Floats, width: float, rng: np.random.Generator, *, every: int) -> Rounded:
    step = np.where(np.arange(len(values)) % every == 0, width, 1e-9)
    before = rng.uniform(-50, 50, size=len(values))
    middles = [np.rint(count / step) * step for count in (before, before + values)]

    def draw(rng: np.random.Generator, replicates: int) -> Floats:
        first, last = (m + step * rng.uniform(-0.5, 0.5, size=(replicates, len(m))) for m in middles)
        return np.asarray(last - first)

    return Rounded(np.asarray(middles[1] - middles[0]), draw)


def within_steps(middle: Floats, step: float) -> Draw:
    """Drawn anywhere within half a *step* of the *middle*."""
    return lambda rng, replicates: middle + rng.uniform(-step / 2, step / 2, size=(replicates, len(middle)))

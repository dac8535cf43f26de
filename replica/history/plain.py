"""What counts.py makes of the plain among the items and replies of a visit, all at once.

Plain is what lacks no count, tells views, and of a creator followers, in a reply of their own: nearly everything. For
the rest the rules are followed one by one (counts.py); a test holds the two against each other.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from replica.history.counts import Count
from replica.items.display import INT32
from replica.world.entities import Counts, CreatorCounts

Ints = NDArray[np.int64]
_SPACING = np.array([1, 100, 100_000, 100_000_000])
_PRINTED_FROM = np.array([10_000, 999_999, 999_999_999])  # where display.rounded takes the next spacing
_READ_FROM = np.array([10_000, 10**6, 10**9])  # and counts.grid
_SAVES = Counts._fields.index("saves")


class Told(NamedTuple):
    """Counts as a line has them: values, steps and texts in the order of counts.OF_TIKTOK, or of OF_CREATOR.

    `wraps`: as in counts.Creator.
    """

    values: Sequence[int | None]
    steps: Sequence[int | None]
    shown: Sequence[str | None]
    source: str | None
    wraps: int | None = None


def told(counts: Sequence[Count], source: str | None, wraps: int | None = None) -> Told:
    """*counts*, made one by one, in the same shape."""
    return Told([c.value for c in counts], [c.step for c in counts], [c.shown for c in counts], source, wraps)


def of_tiktoks(counts: Sequence[Counts], exact: Sequence[bool], *, era: str) -> list[Told]:
    """The TikToks' own counts, of plain items in *era*; *exact*: as in flavours.is_exact."""
    if not counts:
        return []
    every = np.array(counts, dtype=np.int64)
    sent = _rounded(every)
    if era == "a":  # no `statsV2`, and no saves
        return [
            Told([*values[:_SAVES], None], [*steps[:_SAVES], None], _SILENT[0], "json")
            for values, steps in zip(sent.tolist(), _steps(sent).tolist(), strict=True)
        ]
    sent = np.where(np.array(exact)[:, None], every, sent)
    sent[:, _SAVES] = every[:, _SAVES]
    steps = _steps(sent)
    steps[:, _SAVES] = 0
    steps[_is_fine(sent, steps)] = 1
    steps[:, _SAVES] = 1
    return [Told(*pair, _SILENT[0], "json") for pair in zip(sent.tolist(), steps.tolist(), strict=True)]


def of_creators(counts: Sequence[CreatorCounts], in_v2: Sequence[bool]) -> list[Told]:
    """The creators' counts, of plain replies; *in_v2*: in `statsV2`."""
    if not counts:
        return []
    every = np.array([(one.followers, one.likes, one.videos) for one in counts], dtype=np.int64)
    exact = np.array(in_v2)
    sent = _rounded(every)
    past = every[:, 1] >= INT32 // 2  # display.heart
    sent[past, 1] = (every[past, 1] + INT32 // 2) % INT32 - INT32 // 2
    sent[:, 2] = every[:, 2]
    sent = np.where(exact[:, None], every, sent)
    steps = _steps(sent)
    steps[_is_fine(sent, steps) & exact] = 1
    found = []
    for values, grid in zip(sent.tolist(), steps.tolist(), strict=True):
        if (likes := values[1]) < 0:
            values[1] = likes + INT32
            found.append(Told(values, grid, (None, str(likes), None), "detail", 1))
        else:
            found.append(Told(values, grid, _SILENT[1], "detail"))
    return found


_SILENT: tuple[tuple[None, ...], tuple[None, ...]] = ((None,) * 5, (None,) * 3)


def _rounded(values: Ints) -> Ints:
    step = _SPACING[np.searchsorted(_PRINTED_FROM, values, side="right")]
    found: Ints = (values + step // 2) // step * step
    return found


def _steps(values: Ints) -> Ints:
    step = _SPACING[np.searchsorted(_READ_FROM, values, side="right")]
    found: Ints = np.where((values >= 0) & (values % step == 0), step, 1)
    return found


def _is_fine(values: Ints, steps: Ints) -> NDArray[np.bool_]:
    """Which rows tell anything finer than the display grid, and so all of theirs to the last digit."""
    fine: NDArray[np.bool_] = ((steps == 1) & (values >= _READ_FROM[0])).any(axis=1)
    return fine

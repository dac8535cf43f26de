"""A step: what is done for it, and when it has come.

A press is never counted as a move: a step has come when another post is on screen and has wholly arrived, which
arrived.js says. What steps a view is found out once: the key, else the view's own next button, else a turn of the
wheel; what worked is kept for the session.
"""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Iterator

from ...turn import Current
from .viewer import STILL_S, Viewer

ARROW_DOWN, ARROW_UP = "\ue015", "\ue013"
KEY, BUTTON, WHEEL = "key", "button", "wheel"
# What falls while the page is busy is lost, so it is done again; too soon, and two steps are taken.
AGAIN_S = 0.4
# A way that has brought no new post in this time is given up for the next one.
TRY_FOR_S = 1.5
# One that has worked before is trusted for longer: a list may be on its way.
TRUST_FOR_S = 6.0
# A view left alone for this long may have moved on by itself.
MAY_MOVE_AFTER_S = 1.0


def step(
    viewer: Viewer,
    timeout: float,
    *,
    cut: Callable[[], bool],
    back: bool = False,
    meanwhile: Callable[[], None] = lambda: None,
) -> Current | None:
    """Go to the next post (or *back* to the one before); None if nothing new was shown in *timeout* seconds.

    cut: whether the run is ending, which ends the wait. meanwhile: what there is to do while the page changes.

    A view that has moved on by itself counts as stepped: its post would be passed over otherwise.
    """
    viewer.presses, viewer.moving, viewer.cover = 0, False, None
    viewer.leaves_first |= back  # whoever goes back asks there anew, and by intent only
    left_alone = time.monotonic() - viewer.read_at > MAY_MOVE_AFTER_S
    if not back and left_alone and (found := viewer.wait(STILL_S)):
        return found
    end = time.monotonic() + timeout
    for way, seconds in _ways(viewer.stepper, back):
        until = min(end, time.monotonic() + seconds)
        while time.monotonic() < until and not cut():
            if not viewer.moving:
                if not _go(viewer, way, back):
                    break
                meanwhile()
            if found := viewer.wait(min(AGAIN_S, max(STILL_S, until - time.monotonic()))):
                viewer.stepper = viewer.stepper if back else way
                return found
            if viewer.moving:
                until = min(end, max(until, time.monotonic() + AGAIN_S))  # on its way: no other press is needed
        if time.monotonic() >= end or cut():
            break
    return None


def _ways(known: str, back: bool) -> Iterator[tuple[str, float]]:
    """What to try in turn, without end, and for how many seconds: what is known to work comes first."""
    every = [way for way in (KEY, BUTTON, WHEEL) if way != BUTTON or not back]
    rest = [way for way in every if way != known]
    first = [(known, TRUST_FOR_S)] if known in every else []
    return itertools.chain(first, itertools.cycle([*((way, TRY_FOR_S) for way in rest), *first]))


def _go(viewer: Viewer, way: str, back: bool) -> bool:
    """Do what *way* says; False where it can't be done here."""
    if way == KEY:
        viewer.key(ARROW_UP if back else ARROW_DOWN)
    elif way == BUTTON:
        return viewer.press_next()
    else:
        viewer.turn_wheel(back)
    return True

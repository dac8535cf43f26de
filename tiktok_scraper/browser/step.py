"""A step: what is pressed for it, and when it has come.

Key presses are never counted as moves: a step has come when another post is on screen and has wholly arrived, which
arrived.js says.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from ..turn import Current
from .viewer import STILL_S, Viewer

ARROW_DOWN, ARROW_UP = "\ue015", "\ue013"
# A key that falls while the page is busy is lost, so it is pressed again; too soon, and two steps are taken.
PRESS_AGAIN_S = 0.4
# A viewer left alone for this long may have moved on by itself.
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

    A viewer that has moved on by itself counts as stepped: its post would be passed over otherwise.
    """
    viewer.presses, viewer.moving = 0, False
    viewer.leaves_first |= back  # whoever goes back asks there anew, and by intent only
    left_alone = time.monotonic() - viewer.read_at > MAY_MOVE_AFTER_S
    if not back and left_alone and (found := viewer.wait(STILL_S)):
        return found
    end = time.monotonic() + timeout
    tried_button = False
    while time.monotonic() < end and not cut():
        if not viewer.moving:
            viewer.press(ARROW_UP if back else ARROW_DOWN)
            meanwhile()
        if found := viewer.wait(PRESS_AGAIN_S):
            return found
        if not back and not viewer.moving and not tried_button and time.monotonic() > end - timeout / 2:
            tried_button = True
            viewer.click_next()
    return None

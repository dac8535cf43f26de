"""The world's clock: it starts at a given time and runs as fast as ours."""

from __future__ import annotations

import time
from datetime import datetime


class Clock:
    """Tells the world's time in Unix seconds; *now*: its time at start, or None for the real one."""

    def __init__(self, now: datetime | None) -> None:
        self.start = time.time() if now is None else now.timestamp()
        self._started = time.monotonic()

    def now(self) -> float:
        """The time in the world."""
        return self.start + time.monotonic() - self._started

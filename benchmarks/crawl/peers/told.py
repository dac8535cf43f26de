"""What a measured process prints on stdout: a JSON line per TikTok, and at its end how often it called the browser.

Of a TikTok: `url`, `username`, `user_followers` and `user_likes` as text ("" where they were not obtained), `began` and
`ended` in seconds of time.monotonic(), and whatever else was read. At the end: `trips`.
"""

from __future__ import annotations

import atexit
import functools
import json
from typing import Any

from selenium.webdriver.remote.remote_connection import RemoteConnection
from selenium.webdriver.remote.websocket_connection import WebSocketConnection


def tell(**row: Any) -> None:
    """Print one line, at once."""
    print(json.dumps(row), flush=True)


class Trips:
    """Counts the calls of methods: each is one message to the browser or its driver, and an answer."""

    def __init__(self) -> None:
        self.count = 0

    def of(self, owner: type, name: str) -> None:
        """Count every call of the method *name* of *owner*, from now on and for good."""
        method = getattr(owner, name)

        @functools.wraps(method)
        def counted(*given: Any, **named: Any) -> Any:
            self.count += 1
            return method(*given, **named)

        setattr(owner, name, counted)


def selenium_trips() -> Trips:
    """Count what Selenium asks in this process, by WebDriver and by BiDi."""
    trips = Trips()
    trips.of(RemoteConnection, "execute")
    trips.of(WebSocketConnection, "execute")
    return trips


def tell_trips_at_the_end(trips: Trips) -> None:
    """Print the count when this process ends."""
    atexit.register(lambda: tell(trips=trips.count))

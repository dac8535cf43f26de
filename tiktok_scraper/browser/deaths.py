"""What selenium raises when the browser is gone, under one name."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from selenium.common.exceptions import InvalidSessionIdException, NoSuchWindowException, WebDriverException
from urllib3.exceptions import HTTPError
from websocket import WebSocketException

from ..errors import BrowserDied, BrowserError

DEATH_WORDS = (
    *("disconnected", "not reachable", "crashed", "no such window", "invalid session", "closed"),
    "unable to execute request for an existing session",  # a grid, of a session whose node is gone
)
# How Chromium and Firefox say that an address was not reached, in words that may be those of a death: a connection
# that the server closed is named ERR_CONNECTION_CLOSED.
UNREACHED = ("net::ERR_", "about:neterror")


@contextmanager
def deaths_named(*, refusals: bool = True) -> Iterator[None]:
    """Turn what selenium raises when the browser is gone into BrowserDied, and, if *refusals*, all else of it into
    BrowserError."""
    try:
        yield
    except (InvalidSessionIdException, NoSuchWindowException, HTTPError, ConnectionError, WebSocketException) as error:
        raise BrowserDied(f"the browser or its driver is gone: {first_line(error)}") from error
    except WebDriverException as error:
        if _is_death(error):
            raise BrowserDied(f"the browser or its driver is gone: {first_line(error)}") from error
        if not refusals:
            raise
        raise BrowserError(f"the browser refused a turn: {first_line(error)}") from error


def _is_death(error: WebDriverException) -> bool:
    """Only an error without a kind of its own may be a death: others hold the user's words, such as `#closed`."""
    text = str(error)
    kindless = type(error) is WebDriverException and not any(sign in text for sign in UNREACHED)
    return kindless and any(word in text.lower() for word in DEATH_WORDS)


def first_line(error: BaseException) -> str:
    """The first line of an error's text: selenium adds a stack of addresses to it."""
    return (str(error).strip().splitlines() or [type(error).__name__])[0]

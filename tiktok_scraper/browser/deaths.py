"""What selenium raises when the browser is gone, under one name."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from selenium.common.exceptions import InvalidSessionIdException, NoSuchWindowException, WebDriverException
from urllib3.exceptions import HTTPError

from ..errors import BrowserDied, BrowserError

DEATH_WORDS = ("disconnected", "not reachable", "crashed", "no such window", "invalid session", "closed")


@contextmanager
def deaths_named() -> Iterator[None]:
    """Turn what selenium raises when the browser is gone into BrowserDied."""
    try:
        yield
    except (InvalidSessionIdException, NoSuchWindowException, HTTPError, ConnectionError) as error:
        raise BrowserDied(f"the browser or its driver is gone: {first_line(error)}") from error
    except WebDriverException as error:
        if any(word in str(error).lower() for word in DEATH_WORDS):
            raise BrowserDied(f"the browser or its driver is gone: {first_line(error)}") from error
        raise BrowserError(f"the browser refused a turn: {first_line(error)}") from error


def first_line(error: BaseException) -> str:
    """The first line of an error's text: selenium adds a stack of addresses to it."""
    return (str(error).strip().splitlines() or [type(error).__name__])[0]

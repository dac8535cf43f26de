"""Scrapy's reactor, checked before Scrapy makes it: it would print its own errors with tracebacks."""

from __future__ import annotations

from typing import Any

from scrapy.settings import BaseSettings
from scrapy.utils.misc import load_object
from twisted.internet.asyncioreactor import AsyncioSelectorReactor

from ..errors import BadSetting

REACTOR = f"{AsyncioSelectorReactor.__module__}.{AsyncioSelectorReactor.__name__}"


def check_loop(settings: BaseSettings) -> None:
    """Check that the reactor is asyncio's, in whose loop browsers are awaited: with another one nothing would be.

    Raises:
        BadSetting: TWISTED_REACTOR names another, or none.
    """
    if not settings.getbool("TWISTED_REACTOR_ENABLED"):
        return  # then Scrapy runs on asyncio alone
    told = settings.get("TWISTED_REACTOR")
    found = _loaded(told)
    if not (isinstance(found, type) and issubclass(found, AsyncioSelectorReactor)):
        raise BadSetting(f"TWISTED_REACTOR must be {REACTOR}, Scrapy's default, not {told!r}: leave it out")


def _loaded(path: Any) -> Any:
    """What the dotted *path* names; None where there is no such thing."""
    try:
        return load_object(path) if path else None
    except (ImportError, NameError, ValueError, TypeError):
        return None

"""One visit."""

from __future__ import annotations

from typing import TextIO

from scrapy.settings import BaseSettings


def site(settings: BaseSettings, url: str, out: TextIO) -> int:
    """Visit."""
    raise NotImplementedError

"""How a line tells whether its creators' names are pseudonyms, and of which key: by what they begin with.

A pseudonym is `p-KKKK-` and 16 more characters; KKKK tells the key and names nobody. No handle has a hyphen and no id
a letter, so nothing else looks like one. Where ids are pseudonyms too, the address has `p-KKKK` in the handle's place.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ..errors import MixedLines
from .mixing import sampled

PREFIX = "p-"
PSEUDONYM = re.compile(r"(p-[a-z2-7]{4})-[a-z2-7]{16}")
_ADDRESS_OF_IDS = re.compile(r"/@(p-[a-z2-7]{4})/")
_NAME = re.compile(r"/@([^/?#]*)")
PLAIN, IDS = "plain", " with ids"


def names_of(record: Mapping[str, Any]) -> str | None:
    """Return what a sighting's names are: "plain", the key's "p-KKKK", or that with " with ids".

    None where it doesn't tell: it is no sighting, or one whose creator nobody told.
    """
    url = _text(record, "url")
    if "event" in record or not url:
        return None
    if found := _ADDRESS_OF_IDS.search(url):
        return found[1] + IDS
    told = [_text(record, "creator_id"), *_NAME.findall(_text(record, "username")), *_NAME.findall(url)]
    keys = [found[1] if (found := PSEUDONYM.fullmatch(name)) else PLAIN for name in told if name]
    return PLAIN if PLAIN in keys else keys[0] if keys else None


def names_in(path: Path) -> set[str]:
    """Return which kinds of names the head and the tail of *path* hold."""
    return {known for record in sampled(path) if (known := names_of(record)) is not None}


def check_names(path: Path, kind: str) -> None:
    """Make sure that lines with names of this kind (see `names_of`) may be appended to *path*; reads its two ends.

    Raises:
        MixedLines: it holds lines of another kind; the message says what to do.
    """
    held = names_in(path)
    if held <= {kind}:
        return
    other = sorted(held - {kind})[0]
    if other == PLAIN:
        raise MixedLines(
            f"{path} holds creators' names and this run would add pseudonyms: pseudonymise it first with "
            f"python -m tiktok_scraper.privacy pseudonymise {path.parent}, or set TIKTOK_DATA_DIR to another directory"
        )
    if kind == PLAIN:
        raise MixedLines(
            f"{path} holds pseudonyms ({other}) and this run would add creators' names: set TIKTOK_PSEUDONYMISE=True "
            "with the key of that name, or set TIKTOK_DATA_DIR to another directory"
        )
    raise MixedLines(
        f"{path} holds pseudonyms {other} and this run would add those of {kind}, so that one creator would be two: "
        + (
            "such ids are made by the command alone, so set TIKTOK_DATA_DIR to another directory"
            if other.endswith(IDS)
            else "name the file of that key with TIKTOK_PSEUDONYM_KEY, or set TIKTOK_DATA_DIR to another directory"
        )
    )


def _text(record: Mapping[str, Any], name: str) -> str:
    value = record.get(name)
    return value if isinstance(value, str) else ""

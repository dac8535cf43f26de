"""Items whose author has an id and a secUid, but no handle: one in 41,977 of real ones (site.md 5.1c)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from replica.items.truth import SITE
from replica.world.chance import share


def is_handleless(tiktok_id: str, wanted: float, seed: int) -> bool:
    """Whether this TikTok is one of the share *wanted*; the same each time it is sent."""
    return wanted > 0 and share(seed, "handleless", tiktok_id) < wanted


def without_handle(item: Mapping[str, Any]) -> dict[str, Any]:
    """*item* with an author who has no handle."""
    return {**item, "author": {key: value for key, value in item["author"].items() if key != "uniqueId"}}


def truth_without_handle(truth: Mapping[str, Any]) -> dict[str, Any]:
    """The truth about such an item: no username, the address that the id alone gives, and whose it is all the same."""
    url = f"{SITE}/@/{truth['kind']}/{truth['id']}"
    return {**truth, "username": None, "url": url, "hidden_username": truth["username"]}

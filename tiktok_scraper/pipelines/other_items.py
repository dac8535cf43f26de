"""Items of other spiders that tell of a TikTok by the file's fields: what they lack is completed, never guessed."""

from __future__ import annotations

import re
from types import NoneType
from typing import Any, get_args, get_type_hints
from urllib.parse import unquote

from itemadapter import ItemAdapter

from ..items import (
    EXTRAS,
    FIELDS,
    OF_CREATOR,
    OF_TIKTOK,
    SCHEMA,
    TikTok,
    creator_url,
    leaving,
    stamp,
    tiktok_url,
    url_by_id,
)

# With www, m or no subdomain, a query or none; a short address (vm.tiktok.com) tells no id.
ADDRESS = re.compile(r"https?://(?:www\.|m\.)?tiktok\.com/@([^/?#]*)/(video|photo)/([0-9]+)(?:[/?#].*)?")
HANDLE = re.compile(r"@?[\w.]+")
_HINTS = get_type_hints(TikTok)
# A count is text only before the pipeline.
_TYPES = {name: get_args(_HINTS[name]) or (_HINTS[name],) for name in (*FIELDS, "caption")}
_TYPES |= dict.fromkeys((*OF_TIKTOK, *OF_CREATOR), (int, NoneType)) | {"hashtags": (tuple,)}


def tells_of_a_tiktok(item: Any) -> bool:
    """Whether an item is a sighting: ours, or another that has a TikTok's address as `url` and one of the counts."""
    if isinstance(item, TikTok):
        return True
    if not ItemAdapter.is_item(item):
        return False
    adapter = ItemAdapter(item)
    url = adapter.get("url")
    counted = any(name in adapter for name in (*OF_TIKTOK, *OF_CREATOR))
    return counted and isinstance(url, str) and ADDRESS.fullmatch(url) is not None


def sighting_of(item: Any, *, run: str, now: float, extras: tuple[str, ...]) -> TikTok:
    """Return what the item tells, as ours.

    Addresses are spelled as the file has them, the id is taken from the address where it is not told, the moment and
    the run are *now* (Unix seconds) and *run* unless the item says otherwise.
    """
    adapter = ItemAdapter(item)
    told = {name: adapter[name] for name in (*FIELDS, *EXTRAS) if adapter.get(name) is not None}
    if isinstance(told.get("hashtags"), list | set):
        told["hashtags"] = tuple(told["hashtags"])
    found = ADDRESS.fullmatch(told["url"])
    assert found is not None  # tells_of_a_tiktok
    name, kind, id_ = found.groups()
    name, username = unquote(name), told.get("username")
    if not isinstance(username, str) or HANDLE.fullmatch(username):
        username = creator_url(str(username or name).removeprefix("@"))
    own = {"url": tiktok_url(name, id_, kind) or url_by_id(id_, kind), "username": username, "schema": SCHEMA}
    completed = {"id": id_, "kind": kind, "scraped_at": stamp(now), "run": run, "simulated": False}
    return TikTok(**{**completed, **told, **own}, extras=extras)


def unlike_a_line(tiktok: TikTok) -> str | None:
    """Return what keeps a sighting from being a line: a field of another type than the file's, or None."""
    for name in leaving(tiktok.extras):
        value = getattr(tiktok, name)
        if not isinstance(value, _TYPES[name]) or (isinstance(value, bool) and bool not in _TYPES[name]):
            return f"expected {name} to be {' or '.join(t.__name__ for t in _TYPES[name])}, found {value!r}"
    return None

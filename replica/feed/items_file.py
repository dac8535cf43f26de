"""--items FILE: real items served as they are.

Any shape that real JSON has: an item, a list of items, a list envelope, a list of envelopes, SIGI_STATE, a
rehydration scope. Items are sent verbatim and in order, LIVE cards too, whatever they lack and in whatever form their
counts are; only media addresses become ours. A creator is held where the file gives both followers and likes; others
are answered with no bytes. Then the feed ends.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from replica.feed import file_creators
from replica.feed.feed import Card, CreatorAnswer
from replica.feed.file_media import with_our_media
from replica.feed.file_truth import truth_of_item
from replica.items.addresses import Media

Raw = dict[str, Any]


# The keys of lists of items; what such a list holds is an item, however little it tells.
LISTS = ("itemList", "items", "webapp.updated-items")
# What an item is known by elsewhere: two of these beside an id. Creators, audios and challenges have one at most.
PARTS = ("author", "stats", "statsV2", "authorStats", "video", "music", "imagePost", "createTime")


def items_in(told: Any, *, listed: bool = True) -> Iterator[Raw]:
    """Every item in *told*, in the order in which a feed would show them; *listed*: it is a list of them, or a file."""
    if isinstance(told, list):
        for part in told:
            yield from items_in(part, listed=listed)
    elif isinstance(told, dict):
        if is_item(told) or (listed and is_id(told.get("id"))):
            yield told
        elif isinstance(told.get("ItemModule"), dict):
            yield from _of_sigi_state(told)
        else:
            for key, part in told.items():
                yield from items_in(part, listed=key in LISTS)


def is_item(told: Mapping[str, Any]) -> bool:
    """Whether *told* is a TikTok or a LIVE card; a music, challenge or video object has an id too."""
    return "liveRoomInfo" in told or (is_id(told.get("id")) and sum(part in told for part in PARTS) >= 2)


def is_id(told: Any) -> bool:
    """Whether *told* is an id, as text or as a number."""
    return isinstance(told, str | int) and not isinstance(told, bool)


def _of_sigi_state(state: Mapping[str, Any]) -> Iterator[Raw]:
    module: Mapping[str, Raw] = state["ItemModule"]
    parts = (state.get("ItemList") or {}).values()
    lists = [part["list"] for part in parts if isinstance(part, dict) and isinstance(part.get("list"), list)]
    ids = dict.fromkeys([*(id_ for listed in lists for id_ in listed if isinstance(id_, str)), *module])
    yield from (module[id_] for id_ in ids if isinstance(module.get(id_), dict))


class FileSource:
    """Cards and creators out of a file."""

    def __init__(self, told: Any, media: Media) -> None:
        self._items = list(items_in(told))
        self._creators = file_creators.held_in(told)
        self._media = media

    @classmethod
    def read(cls, path: Path, media: Media) -> FileSource:
        """The items of *path*. Raises ValueError where it is no JSON or holds no item, OSError where it isn't there."""
        try:
            made = cls(json.loads(path.read_text(encoding="utf-8")), media)
        except json.JSONDecodeError as error:
            raise ValueError(f"--items: {path} is no JSON: {error}") from error
        if not made._items:
            raise ValueError(
                f"--items: {path} holds no item; expected an item, a list of items, a list reply, a list of list "
                f"replies, SIGI_STATE or a rehydration scope"
            )
        return made

    def visit(self, _number: int, _at: float) -> FileVisit:
        """Every visitor is shown the whole file."""
        return FileVisit(self)

    def card(self, place: int, at: float) -> Card | None:
        """The card at *place*, from 0; None past the end."""
        if place >= len(self._items):
            return None
        item = with_our_media(self._items[place], self._media, at)
        truth = None if "liveRoomInfo" in item else truth_of_item(item)
        return Card(item, truth)

    def creator(self, handle: str, at: float) -> CreatorAnswer:
        """The reply about a creator that the file knows; no bytes about others."""
        held = self._creators.get(handle)
        if held is None:
            return CreatorAnswer("", "empty", {})
        told = file_creators.detail(held, self._media, at)
        return CreatorAnswer(json.dumps(told, ensure_ascii=False), "stats", file_creators.truth(held))

    def card_of(self, tiktok_id: str, at: float) -> Card | None:
        """The card of one TikTok by its id."""
        places = (n for n, item in enumerate(self._items) if str(item.get("id")) == tiktok_id)
        place = next(places, None)
        return None if place is None else self.card(place, at)


class FileVisit:
    """One visitor's way through the file."""

    def __init__(self, source: FileSource) -> None:
        self._source, self._next = source, 0

    def take(self, wanted: int, at: float) -> list[Card]:
        """The next cards, at most *wanted*."""
        places = range(self._next, self._next + wanted)
        cards = [card for card in (self._source.card(place, at) for place in places) if card is not None]
        self._next += len(cards)
        return cards

    def ahead(self, _wanted: int, _at: float) -> list[Card]:
        """None: every item of the file is shown, and shown soon."""
        return []

    def more(self) -> bool:
        """Whether any is left."""
        return self._source.card(self._next, 0) is not None

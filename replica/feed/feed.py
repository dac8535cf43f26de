"""What one visitor's For You feed shows: the cards in order, and the replies that carry them (site.md 5.1, 5.1b)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from replica.items.creator_reply import log_id


@dataclass(frozen=True, slots=True)
class Card:
    """One card of a reply: what is sent, and the truth about it (None: it is no TikTok)."""

    item: Mapping[str, Any]
    truth: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class CreatorAnswer:
    """A detail reply. `body`: "" for no bytes; `reply`: "stats", "statsV2" or the refusal's name; truth if known."""

    body: str
    reply: str
    truth: Mapping[str, Any]


class Visit(Protocol):
    """One visitor's way through the feed."""

    def take(self, wanted: int, at: float) -> list[Card]:
        """The next cards, at most *wanted*, as they are at *at*; fewer when the feed is used up."""

    def ahead(self, wanted: int, at: float) -> list[Card]:
        """Cards from the far end of the feed, at most *wanted*: a page preloads them and shows none of them soon."""

    def more(self) -> bool:
        """Whether there is anything left."""


class Source(Protocol):
    """Where cards and creators come from: the world, or a file."""

    def visit(self, number: int, at: float, /) -> Visit:
        """The feed of the *number*-th visitor, counted from 1, who comes at *at*."""

    def creator(self, handle: str, at: float) -> CreatorAnswer:
        """The detail reply about *handle*."""

    def card_of(self, tiktok_id: str, at: float) -> Card | None:
        """The card of one TikTok by its id, for its own page; None: there is no such TikTok."""


def envelope(items: Sequence[Mapping[str, Any]], *, more: bool, at: float) -> dict[str, Any]:
    """A list reply around *items* (site.md 5.1)."""
    log = log_id(at, "list", str(len(items)))
    return {
        "cursor": "0",
        "extra": {"fatal_item_ids": [], "logid": log, "now": int(at * 1000)},
        "hasMore": more,
        "itemList": list(items),
        "level": 1,
        "log_pb": {"impr_id": log},
        "statusCode": 0,
        "status_code": 0,
        "status_msg": "",
    }

"""What the pages and replies say, as values. Counts stay text: only the pipeline makes numbers of them.

`told` maps a block to what it said: block -> count name -> text. Blocks: "stats", "statsV2", "authorStats",
"authorStatsV2" (of an item), "detail", "detailV2" (of a creator reply's stats and statsV2), "card" (the
preview card's text), "page" (the viewer's DOM). Count names are those of the file: likes, comments, shares,
views, saves, user_followers, user_likes, user_videos; besides, "heart" where a block tells the creator's likes
under two names and they differ. A block that is absent was not sent; a count absent in it likewise.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from .scrub import kept

Told = Mapping[str, Mapping[str, str]]

HEART = "heart"  # beside user_likes in a block: its other name for them
LIVE_CARD = "a LIVE card"  # the reason an Unreadable gives for what is a broadcast, no TikTok


@dataclass(frozen=True, slots=True)
class ItemFacts:
    """One TikTok as the page's JSON or DOM tells it. None: not told."""

    id: str
    username: str | None  # the author's uniqueId as sent: a handle, or in some ads a display name
    told: Told
    creator_id: str | None = None
    audio: str | None = None  # the name as the site shows it: "Title - Author", not repeated if already there
    audio_id: str | None = None
    audio_url: str | None = None
    audio_original: bool | None = None
    created_at: int | None = None  # Unix seconds
    kind: str = "video"  # or "photo"
    ad: bool | None = None
    duration: int | None = None  # seconds
    language: str | None = None
    caption: str | None = None
    hashtags: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()  # what stands in the counts' blocks and we don't know: "stats.newCount"
    missed: tuple[str, ...] = ()  # of the DOM: fields of pages/names.py that should have been found and weren't


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A card of a reply that is no TikTok we can read: kept with its reason, never dropped in silence.

    raw: the card as it came, scrubbed from the start, so that no export and no log can hold more than that.
    """

    reason: str
    raw: Any = field(repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "raw", kept(self.raw))


@dataclass(frozen=True, slots=True)
class FeedReply:
    """One list of cards: a recommend reply or the batch embedded in the page.

    status: "ok", "empty" (no bytes), "verify" (status 10000), "refused" (any other status that is no success, and no
    card beside it), "failed" (HTTP's 500 or more), "dropped" (nobody answered), "unreadable" (no JSON, or no list in
    it). odd_code: the status of a list that was read although it is none of success.
    order: an entry per card of the reply, in order: the TikTok's id, "live" for a LIVE card, "" for an
    unreadable one.
    """

    status: str
    items: tuple[ItemFacts, ...] = ()
    order: tuple[str, ...] = ()
    unreadable: tuple[Unreadable, ...] = ()
    has_more: bool | None = None
    status_code: int | None = None
    odd_code: int | None = None

    @property
    def without_views(self) -> bool:
        """Whether it brings two TikToks or more and views of none: then its counts have failed to 0 (site.md 5.1c).

        A single TikTok without views may be a fresh one.
        """
        sent = [
            {item.told.get(block, {}).get("views") for block in ("stats", "statsV2")} - {None} for item in self.items
        ]
        told = [views for views in sent if views]
        return len(told) > 1 and all(views == {"0"} for views in told)


@dataclass(frozen=True, slots=True)
class CreatorReply:
    """A reply of /api/user/detail/, joined to its TikToks by `username`, which is as in the reply.

    status: "ok", "empty", "refused", "unreadable". odd_code: the status of a reply that was read, since it names the
    creator and tells counts, although the status is none of success: 10222, a private account.
    """

    status: str
    username: str | None = None
    creator_id: str | None = None
    told: Told = field(default_factory=dict)
    status_code: int | None = None
    unread: tuple[str, ...] = ()  # as in ItemFacts
    odd_code: int | None = None


@dataclass(frozen=True, slots=True)
class Card:
    """The preview card. `loading`: a count is not drawn yet ("--"). No card: no name and no counts."""

    username: str | None
    told: Told
    loading: bool


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What the embedded JSON says of the visit itself."""

    region: str | None = None
    language: str | None = None
    first: FeedReply | None = None  # the embedded first batch, where there is one
    detail: ItemFacts | Unreadable | None = None  # of a stand-alone video page: its TikTok
    creator: CreatorReply | None = None  # of a profile page: its creator

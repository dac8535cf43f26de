"""The feed that the world shows."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

from replica import creator_reply
from replica.addresses import Media
from replica.display import audio_slug, audio_text
from replica.entities import TikTok
from replica.feed import Card
from replica.item import list_item
from replica.options import Options
from replica.world import World

SITE = "https://www.tiktok.com"


class WorldSource:
    """Cards and creators out of *world*."""

    def __init__(self, world: World, options: Options, media: Media) -> None:
        self._world, self._options, self._media = world, options, media

    def visit(self, number: int) -> WorldVisit:
        """The feed of the *number*-th visitor."""
        return WorldVisit(self, number)

    def first_size(self) -> int | None:
        """None: as the era has it."""
        return None

    def card(self, tiktok: TikTok, at: float) -> Card:
        """*tiktok* as it is sent at *at*, with the truth beside it."""
        world, options = self._world, self._options
        counts, creator = world.counts(tiktok, at), world.creator_counts(tiktok.creator, at)
        item = list_item(
            tiktok,
            counts,
            creator,
            era=options.era,
            author_stats=options.author_stats,
            media=self._media,
            at=at,
            seed=options.seed,
        )
        user = quote(tiktok.creator.handle)
        kind = "photo" if tiktok.photo else "video"
        title = audio_text(tiktok.audio.title, tiktok.audio.author)
        truth = {
            "id": tiktok.id,
            "url": f"{SITE}/@{user}/{kind}/{tiktok.id}",
            "username": f"{SITE}/@{user}",
            "likes": counts.likes,
            "comments": counts.comments,
            "shares": counts.shares,
            "views": counts.views,
            "saves": counts.saves,
            "user_followers": creator.followers,
            "user_likes": creator.likes,
            "user_videos": creator.videos,
            "audio": title,
            "audio_url": f"{SITE}/music/{audio_slug(tiktok.audio.title)}-{tiktok.audio.id}" if tiktok.audio.id else None,
            "audio_id": tiktok.audio.id or None,
            "creator_id": tiktok.creator.id,
            "created_at": datetime.fromtimestamp(tiktok.created_at, UTC).isoformat(timespec="milliseconds"),
            "ad": tiktok.ad,
            "kind": kind,
            "duration": tiktok.duration,
            "language": item.get("textLanguage"),
            "creator_told": "item" if item.get("authorStats", {}).get("heartCount") else "none",
            "sent": {k: item[k] for k in ("stats", "statsV2", "authorStats", "authorStatsV2") if k in item},
        }
        return Card(item, truth)

    def creator(self, handle: str, at: float) -> tuple[str, Mapping[str, Any] | None]:
        """The detail reply about *handle*."""
        creator = self._world.creators.get(handle)
        if creator is None:
            return creator_reply.REFUSALS["no-such-user"], None
        counts = self._world.creator_counts(creator, at)
        told = creator_reply.detail(
            creator, counts, era=self._options.era, media=self._media, at=at, seed=self._options.seed
        )
        truth = {"user_followers": counts.followers, "user_likes": counts.likes, "user_videos": counts.videos}
        return json.dumps(told, ensure_ascii=False), truth

    def card_of(self, tiktok_id: str, at: float) -> Card | None:
        """The card of one TikTok by its id."""
        found = next((t for t in self._world.tiktoks if t.id == tiktok_id), None)
        return self.card(found, at) if found else None


class WorldVisit:
    """One visitor's way through the world."""

    def __init__(self, source: WorldSource, number: int) -> None:
        self._source, self._next = source, 0
        self._pool = source._world.tiktoks

    def take(self, wanted: int, at: float) -> list[Card]:
        """The next cards."""
        part = self._pool[self._next : self._next + wanted]
        self._next += len(part)
        return [self._source.card(t, at) for t in part]

    def more(self) -> bool:
        """Whether any is left."""
        return self._next < len(self._pool)

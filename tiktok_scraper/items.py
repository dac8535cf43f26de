"""TikTok: one sighting, field by field as in tiktoks.jsonlines; what of it may leave; how its addresses are spelled."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

from .pages.facts import Told

SCHEMA = 2  # 1 is the file of 2022
HOST = "https://www.tiktok.com"
OF_TIKTOK = ("likes", "comments", "shares", "views", "saves")
OF_CREATOR = ("user_followers", "user_likes", "user_videos")
EXTRAS = ("caption", "hashtags")  # written only where TIKTOK_EXTRA_FIELDS asks for them

_NO_TELL: Told = {}
_SNOWFLAKE = re.compile(r"[1-9][0-9]{18}")  # upper 32 bits: a Unix second (site.md section 8)


@dataclass(slots=True, kw_only=True)
class TikTok:
    """One TikTok shown to one run.

    Fields stand in the file's order. None is "not told", 0 is zero; before the pipeline a count may be text.
    Times are ISO 8601 in UTC, made by `stamp`. `told`, what each block said of the counts, and `zeroed`, that its whole
    reply came without views, aren't written, and caption and hashtags are only where `extras` names them
    (TIKTOK_EXTRA_FIELDS); Scrapy, which reads items through ItemAdapter, sees no more of it (pipelines/adapter.py).
    """

    scraped_at: str | None = None
    url: str | None = None
    audio: str | None = None
    audio_url: str | None = None
    likes: int | str | None = None
    comments: int | str | None = None
    username: str | None = None
    user_followers: int | str | None = None
    user_likes: int | str | None = None
    shares: int | str | None = None
    views: int | str | None = None
    saves: int | str | None = None
    user_videos: int | str | None = None
    likes_step: int | None = None
    comments_step: int | None = None
    user_followers_step: int | None = None
    user_likes_step: int | None = None
    shares_step: int | None = None
    views_step: int | None = None
    saves_step: int | None = None
    user_videos_step: int | None = None
    likes_shown: str | None = None
    comments_shown: str | None = None
    user_followers_shown: str | None = None
    user_likes_shown: str | None = None
    shares_shown: str | None = None
    views_shown: str | None = None
    saves_shown: str | None = None
    user_videos_shown: str | None = None
    user_likes_repair: str | None = None
    user_likes_wraps: int | None = None
    id: str | None = None
    creator_id: str | None = None
    audio_id: str | None = None
    created_at: str | None = None
    created_from: str | None = None
    shown_at: str | None = None
    user_scraped_at: str | None = None
    run: str | None = None
    position: int | None = None
    session: int | None = None
    era: str | None = None
    source: str | None = None
    user_source: str | None = None
    ad: bool | None = None
    kind: str | None = None
    audio_original: bool | None = None
    duration: int | None = None
    language: str | None = None
    simulated: bool = False
    schema: int = SCHEMA
    caption: str | None = field(default=None, repr=False)
    hashtags: tuple[str, ...] = field(default=(), repr=False)
    extras: tuple[str, ...] = field(default=(), repr=False)
    told: Told = field(default_factory=lambda: _NO_TELL, repr=False)
    zeroed: bool = field(default=False, repr=False)


FIELDS = tuple(f.name for f in fields(TikTok) if f.name not in (*EXTRAS, "extras", "told", "zeroed"))


def leaving(extras: Iterable[str]) -> tuple[str, ...]:
    """Return the names of what may leave an item, in the file's order: its line's fields, and the *extras* asked for.

    The one rule for every way out: the file, what is set aside, feed exports and logs.
    """
    return (*FIELDS, *(name for name in EXTRAS if name in extras))


def record(tiktok: TikTok) -> dict[str, Any]:
    """Return the line's object: what may leave the item, in the file's order."""
    return {name: getattr(tiktok, name) for name in leaving(tiktok.extras)}


def creator_url(username: str | None) -> str | None:
    """Return the creator's canonical address, percent-encoded where the name is no handle."""
    return f"{HOST}/@{_spelled(username)}" if username else None


def tiktok_url(username: str | None, id: str | None, kind: str = "video") -> str | None:
    """Return the TikTok's canonical address, whatever host served it. None without a name or an id."""
    if not username or not id:
        return None
    return f"{HOST}/@{_spelled(username)}/{'photo' if kind == 'photo' else 'video'}/{id}"


def url_by_id(id: str, kind: str = "video") -> str:
    """Return the address of a TikTok whose creator nobody told: its id alone leads there."""
    return f"{HOST}/@/{'photo' if kind == 'photo' else 'video'}/{id}"


def uploaded(created_at: int | None, id: str | None) -> tuple[str | None, str | None]:
    """Return the upload time and where it is from: "page", or "id" (19 digits only, site.md section 8).

    created_at: Unix seconds as the page tells them. Neither known: (None, None).
    """
    for seconds, origin in ((created_at, "page"), (_seconds_in(id), "id")):
        if seconds is not None and 0 < seconds < 1 << 32:
            return datetime.fromtimestamp(seconds, UTC).isoformat(), origin
    return None, None


def stamp(unix_seconds: float) -> str:
    """Return the moment as the file writes it: UTC, ISO 8601 with offset, milliseconds."""
    return datetime.fromtimestamp(unix_seconds, UTC).isoformat(timespec="milliseconds")


def _spelled(username: str) -> str:
    # JSON can bring a lone surrogate, which has no spelling in an address: "?" stands for it.
    return quote(username, safe="", errors="replace")


def _seconds_in(id: str | None) -> int | None:
    return int(id) >> 32 if id and _SNOWFLAKE.fullmatch(id) else None

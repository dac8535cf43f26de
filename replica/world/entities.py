"""What the world is made of: creators, audios and TikToks, and the counts they have at one moment.

An entity holds what never changes. Everything that grows is a function of the entity and the time (growth.py).
Times are Unix seconds.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Creator:
    """Who posts. `handle` is the uniqueId; of some advertisers it is a display name, no handle."""

    index: int
    id: str
    handle: str
    nickname: str
    sec_uid: str
    signature: str
    language: str
    verified: bool
    joined_at: int
    is_handle: bool = True


@dataclass(frozen=True, slots=True)
class Audio:
    """A sound. `id` is empty for the very few that are sent without one."""

    index: int
    id: str
    title: str
    author: str | None
    original: bool
    duration: int


class Counts(NamedTuple):  # a history makes a hundred thousand, and a frozen dataclass takes twice as long
    """A TikTok's exact counts at one moment."""

    likes: int
    comments: int
    shares: int
    views: int
    saves: int


@dataclass(frozen=True, slots=True)
class TikTok:
    """One video or photo post. `scale` holds its counts at `pivot`, the middle of the time it is served in."""

    index: int
    id: str
    creator: Creator
    audio: Audio
    created_at: int
    served_from: float
    pivot: float
    served_until: float
    caption: str
    hashtags: tuple[str, ...]
    duration: int
    language: str
    photo: bool
    ad: bool
    scale: Counts


class CreatorCounts(NamedTuple):
    """A creator's exact counts at one moment; `likes` is the true total, not wrapped."""

    followers: int
    following: int
    likes: int
    videos: int
    friends: int = 0
    liked: int = 0

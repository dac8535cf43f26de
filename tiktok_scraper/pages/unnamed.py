"""Texts and addresses without what may name somebody: handles, ids, hashtags, sounds, what was searched for."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

HANDLE, ID = re.compile(r"@[^\s/,;)]+"), re.compile(r"\d{15,}")
# Parts of an address that name a kind of page, and nobody.
KINDS = {"video", "photo", "live", "foryou", "tag", "music", "search", "explore", "login", "notfound", "following"}


def unnamed(line: str) -> str:
    """*line* without handles and ids of people and their TikToks."""
    return ID.sub("ID", HANDLE.sub("@...", line))


def place(url: str) -> str:
    """An address without what may name somebody: a handle, a TikTok, a hashtag, a sound, what was searched for."""
    parts = urlsplit(url)
    first, *rest = parts.path.lstrip("/").split("/")
    words = ["", first if _is_place(first) else "...", *(word if _is_kind(word) else "..." for word in rest)]
    return f"{parts.scheme}://{parts.netloc}{'/'.join(words)}" if url else "no address"


def _is_kind(word: str) -> bool:
    return not word or word in KINDS


def _is_place(word: str) -> bool:
    """A kind of page, or a language or country, which stand before one; a later word, though short, may be a name."""
    return _is_kind(word) or (len(word) <= len("zh-Hant") and "@" not in word)

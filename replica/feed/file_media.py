"""Media addresses of real items -> ours: the real ones have expired or were emptied, and lead off this machine."""

from __future__ import annotations

from typing import Any

from replica.items.addresses import Media

PICTURES = frozenset(
    (
        *("cover", "originCover", "dynamicCover", "reflowCover", "shareCover", "zoomCover", "coverUrl"),
        *("coverLarge", "coverMedium", "coverThumb", "avatarLarger", "avatarMedium", "avatarThumb"),
        *("urlList", "imageURL"),
    )
)
VIDEOS = frozenset(("playAddr", "downloadAddr", "UrlList"))
# A photo post has no video: its address is empty and stays so.


def with_our_media(item: dict[str, Any], media: Media, at: float) -> dict[str, Any]:
    """A copy of *item* whose pictures and videos are at our addresses; nothing else is changed."""
    replaced: dict[str, Any] = _replaced(item, "", str(item.get("id") or item.get("createTime")), media, at)
    if item.get("imagePost") and isinstance(item.get("video"), dict):
        kept = {key: item["video"][key] for key in VIDEOS & item["video"].keys() if not item["video"][key]}
        replaced["video"] |= kept
    return replaced


def _replaced(told: Any, key: str, name: str, media: Media, at: float) -> Any:
    if isinstance(told, dict):
        return {part: _replaced(value, _kept(key, part), name, media, at) for part, value in told.items()}
    if isinstance(told, list):
        return [_replaced(value, key, f"{name}/{n}", media, at) for n, value in enumerate(told)]
    return _address(key, name, media, at) or told if isinstance(told, str) else told


def _address(key: str, name: str, media: Media, at: float) -> str | None:
    """Our address for what stands at *key*; None: it is no address of media."""
    if key in VIDEOS:
        return media.video(name, at)
    if key == "playUrl":
        return media.sound(name)
    return media.cover(name, at, key) if key in PICTURES else None


def _kept(key: str, part: str) -> str:
    """zoomCover's keys are sizes: what lies below stays a picture."""
    return key if key == "zoomCover" else part

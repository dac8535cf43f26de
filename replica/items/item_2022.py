"""An item as it was in 2022: no saves, no statsV2, fewer keys, and isAd said of every post (site.md 4.2)."""

from __future__ import annotations

from typing import Any

LATER = (
    *("AIGCDescription", "BAInfo", "CategoryType", "adAuthorization", "adLabelVersion", "aigcLabelType", "anchors"),
    *("backendSourceEventTracking", "collected", "contents", "diversificationId", "item_control", "playlistId"),
    *("poi", "textLanguage", "textTranslatable", "videoSuggestWordsList"),
)
LATER_OF_VIDEOS = ("VQScore", "bitrateInfo", "claInfo", "size", "subtitleInfos", "volumeInfo", "zoomCover")


def made_old(item: dict[str, Any]) -> None:
    """Change *item*, of any flavour, to what the list replies of 2022 held."""
    for key in LATER:
        item.pop(key, None)
    for key in LATER_OF_VIDEOS:
        item["video"].pop(key, None)
    item["music"].pop("isCopyrighted", None)
    item["music"]["scheduleSearchTime"] = 0
    item["video"]["reflowCover"] = item["video"]["cover"]
    for tag in item.get("challenges", []):
        tag.pop("stats", None)
        tag["isCommerce"] = False
    item.setdefault("isAd", False)
    item |= {"duetInfo": {"duetFromId": "0"}, "itemMute": False, "showNotPass": False, "vl1": False}
    item |= {"comments": [], "effectStickers": [], "scheduleTime": 0, "warnInfo": []}
    written = [{"stickerText": ["wait for it"], "stickerType": 4}] if item["id"].endswith("7") else []
    item |= {"stickersOnItem": written}
    item |= {"diversificationLabels": [], "indexEnabled": True, "takeDown": 0}

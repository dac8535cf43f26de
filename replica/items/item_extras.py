"""What only some items carry: keys of a flavour, and keys that few posts have (site.md 4.2, 5.1b)."""

from __future__ import annotations

from random import Random
from typing import Any

from replica.items.addresses import Media
from replica.world.entities import TikTok

PLACE = {
    "address": "North America",
    "category": "Place and Address",
    "city": "",
    "cityCode": "4273359",
    "country": "",
    "countryCode": "6252001",
    "fatherPoiId": "",
    "fatherPoiName": "",
    "id": "22535865200907089",
    "name": "United States",
    "province": "",
    "ttTypeCode": "19a3a1",
    "ttTypeNameMedium": "Places",
    "ttTypeNameSuper": "Place and Address",
    "ttTypeNameTiny": "Country",
    "type": 0,
    "typeCode": "",
}
# The shares of 131 posts that had them.
PLAYLISTS, SUGGESTIONS, PLACES, GENERATED = 0.22, 0.27, 0.08, 0.015

TAGS_OF_FULL_ITEMS: dict[str, Any] = {"isCommerce": False, "stats": {"videoCount": 0, "viewCount": 0}}


def seldom(tiktok: TikTok, random: Random) -> dict[str, Any]:
    """Keys that few posts have."""
    told: dict[str, Any] = {}
    if random.random() < PLAYLISTS:
        told["playlistId"] = str(int(tiktok.id) - random.randrange(2**40, 2**54))
    if random.random() < SUGGESTIONS:
        told["videoSuggestWordsList"] = {}
    if random.random() < PLACES:
        told["poi"] = PLACE
    if random.random() < GENERATED:
        told["aigcLabelType"] = 0
    return told


def of_full_items() -> dict[str, Any]:
    """Keys of items with whole `authorStats`, as the reply of 2024-12 has them. They say nothing of isAd here."""
    return {
        "BAInfo": "",
        "adAuthorization": False,
        "adLabelVersion": 0,
        "aigcLabelType": 0,
        "duetInfo": {"duetFromId": "0"},
        "itemMute": False,
        "playlistId": "",
        "showNotPass": False,
        "vl1": False,
    }


def video_of_full_items(video: dict[str, Any], tiktok: TikTok, media: Media, at: float) -> None:
    """Add to *video* what those items tell: its size, its captions."""
    if tiktok.photo:
        return
    language = {"language": "eng-US", "languageCode": "en", "languageID": "2"}
    address = media.video(f"{tiktok.id}/captions", at)
    expires = int(at) + 172_800
    track = {"claSubtitleID": tiktok.id, "expire": str(expires), "isAutoGen": True, "isOriginalCaption": True}
    video["size"] = video["bitrate"] * tiktok.duration // 8
    video["reflowCover"] = video["cover"]
    video["bitrateInfo"] = [{**each, "MVMAF": '""'} for each in video["bitrateInfo"]]
    video["claInfo"] = {
        **video["claInfo"],
        "captionInfos": [
            {
                **track,
                **language,
                "captionFormat": "webvtt",
                "subID": "-2121102064",
                "subtitleType": "1",
                "translationType": "0",
                "url": address,
                "urlList": [address],
                "variant": "whisper_lid",
            }
        ],
        "captionsType": 1,
        "originalLanguageInfo": {**language, "canTranslateRealTimeNoCheck": True},
    }
    video["subtitleInfos"] = [
        {
            "Format": "webvtt",
            "LanguageCodeName": language["language"],
            "LanguageID": language["languageID"],
            "Size": 1703,
            "Source": "ASR",
            "Url": address,
            "UrlExpire": expires,
            "Version": "1:whisper_lid",
            "VideoSubtitleID": -2121102064,
        }
    ]

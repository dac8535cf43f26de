"""The parts of an item: author, music, video, hashtags, photo, LIVE room. Keys and types: site.md 4.2 and 5.1b."""

from __future__ import annotations

from typing import Any

from replica.items.addresses import Media
from replica.world.chance import dice
from replica.world.entities import Audio, Creator, TikTok

PHOTO_SIZE = (1440, 1920)


def author(creator: Creator, media: Media, at: float, *, ad: bool = False) -> dict[str, Any]:
    """The author object; an ad's has fewer keys."""
    told: dict[str, Any] = {
        "avatarLarger": media.avatar(creator.id, at, 1080),
        "avatarMedium": media.avatar(creator.id, at, 720),
        "avatarThumb": media.avatar(creator.id, at, 100),
        "ftc": False,
        "id": creator.id,
        "nickname": creator.nickname,
        "openFavorite": False,
        "privateAccount": False,
        "relation": 0,
        "secUid": creator.sec_uid,
        "secret": False,
        "signature": creator.signature,
        "uniqueId": creator.handle,
    }
    if ad:
        return told
    settings = ("commentSetting", "downloadSetting", "duetSetting", "stitchSetting")
    return {
        **told,
        **dict.fromkeys(settings, 0),
        "isADVirtual": False,
        "isEmbedBanned": False,
        "roomId": "",
        "ttSeller": False,
        "verified": creator.verified,
    }


def music(audio: Audio, media: Media, at: float, *, original: bool, ad: bool) -> dict[str, Any]:
    """The music object. An ad's is "Promoted Music" with neither author nor length."""
    told: dict[str, Any] = {
        "coverLarge": media.cover(audio.id, at, "audio-large"),
        "coverMedium": media.cover(audio.id, at, "audio-medium"),
        "coverThumb": media.cover(audio.id, at, "audio-thumb"),
        "id": audio.id,
        "isCopyrighted": False,
        "original": original,
        "playUrl": media.sound(audio.id),
        "title": audio.title,
    }
    if not audio.id:
        del told["id"]
    if audio.author is not None:
        told["authorName"] = audio.author
    return told if ad else {**told, "album": "", "duration": audio.duration}


def video(tiktok: TikTok, media: Media, at: float) -> dict[str, Any]:
    """The video object. Of a photo post it has no size and no address; of an ad its length is in milliseconds."""
    cover = media.cover(tiktok.id, at)
    address = "" if tiktok.photo else media.video(tiktok.id, at)
    random = dice(0, "video", tiktok.id)
    told: dict[str, Any] = {
        "cover": cover,
        "downloadAddr": address,
        "duration": tiktok.duration * 1000 if tiktok.ad else tiktok.duration,
        "dynamicCover": "" if tiktok.photo else media.cover(tiktok.id, at, "dynamicCover"),
        "height": 0 if tiktok.photo else 1024,
        "id": tiktok.id,
        "originCover": media.cover(tiktok.id, at, "originCover"),
        "playAddr": address,
        "ratio": "540p",
        "volumeInfo": {"Loudness": round(random.uniform(-30, -8), 1), "Peak": round(random.uniform(0.3, 1), 5)},
        "width": 0 if tiktok.photo else 576,
    }
    if tiktok.ad or tiktok.photo:
        return told
    bitrate = random.randrange(240_000, 2_400_000)
    uri = f"v12044gd0000{tiktok.id[-12:]}"
    play = {
        "DataSize": bitrate * tiktok.duration // 8,
        "FileCs": "c:0-14001-30e5",
        "FileHash": f"{random.getrandbits(128):032x}",
        "Height": 1024,
        "Uri": uri,
        "UrlKey": f"{uri}_h264_540p_{bitrate}",
        "UrlList": [address],
        "Width": 576,
    }
    return {
        **told,
        "VQScore": f"{random.uniform(40, 80):.2f}",
        "bitrate": bitrate,
        "bitrateInfo": [
            {"Bitrate": bitrate, "CodecType": "h264", "GearName": "normal_540_0", "PlayAddr": play, "QualityType": 20}
        ],
        "claInfo": {"enableAutoCaption": True, "hasOriginalAudio": True},
        "codecType": "h264",
        "definition": "540p",
        "encodeUserTag": "",
        "encodedType": "normal",
        "format": "mp4",
        "shareCover": [""],
        "subtitleInfos": [],
        "videoQuality": "normal",
        "zoomCover": dict.fromkeys(("240", "480", "720", "960"), cover),
    }


def photos(tiktok: TikTok, media: Media, at: float) -> dict[str, Any]:
    """The imagePost object of a photo post."""
    width, height = PHOTO_SIZE
    images = [
        {
            "imageHeight": height,
            "imageURL": {"urlList": [media.cover(tiktok.id, at, f"photo-{n}")]},
            "imageWidth": width,
        }
        for n in range(2 + int(tiktok.id[-1]) % 4)
    ]
    return {"cover": images[0], "images": images, "shareCover": images[0], "title": ""}


def challenges(tiktok: TikTok, **more: Any) -> list[dict[str, Any]]:
    """The hashtags as objects with ids; *more* is said of each."""
    empty = ("coverLarger", "coverMedium", "coverThumb", "desc", "profileLarger", "profileMedium", "profileThumb")
    return [{**dict.fromkeys(empty, ""), **more, "id": tag_id(tag), "title": tag} for tag in tiktok.hashtags]


def text_extra(tiktok: TikTok) -> list[dict[str, Any]]:
    """Where the hashtags stand in the caption, in UTF-16 units as JavaScript counts."""
    found, start = [], 0
    for tag in tiktok.hashtags:
        at = tiktok.caption.index(f"#{tag}", start)
        start = at + len(tag) + 1
        first = len(tiktok.caption[:at].encode("utf-16-le")) // 2
        found.append(
            {
                "awemeId": "",
                "end": first + len(f"#{tag}".encode("utf-16-le")) // 2,
                "hashtagId": tag_id(tag),
                "hashtagName": tag,
                "isCommerce": False,
                "secUid": "",
                "start": first,
                "subType": 0,
                "type": 1,
                "userId": "",
                "userUniqueId": "",
            }
        )
    return found


def tag_id(tag: str) -> str:
    """A hashtag's id."""
    return str(dice(0, "tag", tag).randrange(10_000, 10**13))

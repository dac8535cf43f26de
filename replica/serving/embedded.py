"""The data that each era embeds in its pages (site notes 4.1): SIGI_STATE in 2022, rehydration data later."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from replica.options import Options

WEB_ID = "7487023165844391454"
Item = Mapping[str, Any]
ToJson = Callable[[object], str]

# Words that every real page carries in its translations: finding them in the page's source proves nothing.
TRANSLATIONS = {
    "common_login_panel_title": "Log in to TikTok",
    "pcWeb_guestLogin_guest": "Continue as guest",
    "pcWeb_guestLogin_without": "Continue without login",
    "server_error_title": "Something went wrong",
    "general_error_page_title": "Something went wrong",
    "refresh": "Refresh",
    "captcha_title": "Verify to continue:",
    "captcha_puzzle": "Drag the slider to fit the puzzle",
    "webapp_feed_redesign_endoffeed": "You've reached the end of your feed",
    "Webapp_login_mobile_fyp_limit": "You’ve reached the maximum amount of videos you can watch as a guest. "  # noqa: RUF001
    "Log in to watch more recommended videos.",
    "pc_web_next_btn": "Go to next video",
    "pc_web_previous_btn": "Go to previous video",
    "accessibilityLabels_forYou_videoCard_fullScreen": "Watch in full screen",
    "video_unavailable": "Video currently unavailable",
}
BANNER = {
    "i18n": {
        "cookieBannerTitle": "Allow cookies from TikTok on this browser?",
        "cookieBannerBtnAccept": "Allow all",
        "cookieBannerBtnDecline": "Decline optional cookies",
    },
    "appProps": {"region": "US"},
}


def scripts(options: Options, kind: str, first: Sequence[Item], config: Mapping[str, Any], to_json: ToJson) -> str:
    """The script elements with the page's data. Era a has two forms: see `sigi_script`."""
    banner = f'<script id="tiktok-cookie-banner-config" type="application/json">{to_json(BANNER)}</script>'
    if options.era == "a":
        return sigi_script(options, to_json(sigi_state(kind, first, config))) + banner
    data = to_json({"__DEFAULT_SCOPE__": rehydration(kind, first, config)})
    tag = '<script id="__UNIVERSAL_DATA_FOR_REHYDRATION__" type="application/json">'
    return f"{tag}{data}</script>" + (banner if options.era == "b" else "")


def sigi_script(options: Options, state: str) -> str:
    """A JSON element, as from mid-2022 (odd seeds and the 2022 names); else early 2022's assignment."""
    if options.classes == "2022" or options.seed % 2:
        return f'<script id="SIGI_STATE" type="application/json">{state}</script>'
    retry = "window['SIGI_RETRY']={};"
    return f"<script id=\"sigi-persisted-data\">window['SIGI_STATE']={state};{retry}</script>"


def sigi_item(raw: Item) -> dict[str, Any]:
    """A list reply's item in SIGI_STATE's shape: the author is a name, its details stand on the item."""
    item = dict(raw)
    author = item.get("author")
    if isinstance(author, Mapping):
        item |= {
            "author": author.get("uniqueId"),
            "nickname": author.get("nickname"),
            "authorId": author.get("id"),
            "authorSecId": author.get("secUid"),
            "avatarThumb": author.get("avatarThumb"),
        }
        if "stats" in item:
            item.pop("statsV2", None)  # came in 2024
    if "createTime" in item:
        item["createTime"] = str(item["createTime"])
    return item


def sigi_state(kind: str, first: Sequence[Item], config: Mapping[str, Any]) -> dict[str, Any]:
    """SIGI_STATE of a feed page or of a video's own page. LIVE cards have no id and aren't listed."""
    items = [sigi_item(raw) for raw in first if raw.get("id")]
    ids = [str(item["id"]) for item in items]
    listed = {
        "list": ids,
        "browserList": ids,
        "loading": False,
        "statusCode": 0,
        "cursor": "0",
        "preloadList": [],
    }
    listed["hasMore"] = bool(config.get("hasMore", True))
    state: dict[str, Any] = {
        "AppContext": {"appContext": app_context(config), "initialized": True, "lang": "en"},
        "SEO": {"metaParams": {"title": config["title"]}, "pageType": 1},
        "ItemList": {"foryou" if kind == "feed" else "video": listed},
        "ItemModule": dict(zip(ids, items, strict=True)),
        "UserModule": user_module(first),
        "I18n": {"lang": "en", "translations": TRANSLATIONS},
    }
    if kind == "video":
        state["VideoPage"] = {"statusCode": 0 if ids else 10204}
    return state


def user_module(first: Sequence[Item]) -> dict[str, Any]:
    """The creators of the embedded items, and their counts where the items tell them."""
    users: dict[str, Any] = {}
    stats: dict[str, Any] = {}
    for raw in first:
        author = raw.get("author")
        if isinstance(author, Mapping) and (name := str(author.get("uniqueId") or "")):
            users[name] = dict(author)
            if raw.get("authorStats"):
                stats[name] = raw["authorStats"]
    return {"users": users, "stats": stats}


def app_context(config: Mapping[str, Any]) -> dict[str, Any]:
    """Whom the page takes the visitor for."""
    return {
        "language": config.get("language", "en"),
        "region": config.get("region", "US"),
        "host": "www.tiktok.com",
        "appId": 1233,
        "appType": "m",
        "wid": WEB_ID,
        "odinId": WEB_ID,
        "botType": "others",
        "isMobile": False,
        "abTestVersion": {"versionName": "70508271", "parameters": {"delay_guest": {"vid": "2"}}},
    }


def rehydration(kind: str, first: Sequence[Item], config: Mapping[str, Any]) -> dict[str, Any]:
    """The scopes of eras b and c."""
    scopes: dict[str, Any] = {
        "webapp.app-context": app_context(config),
        "webapp.biz-context": {"os": "linux", "isMobile": False, "forceLoginSpecialRegions": ["BR"]},
        "webapp.i18n-translation": TRANSLATIONS,
        "seo.abtest": {"canonical": "https://www.tiktok.com/"},
        "webapp.a-b": {},
    }
    if kind == "video":
        item = {"itemStruct": _detail_item(first[0])} if first else {}
        told = {"itemInfo": item, "statusCode": 0, "statusMsg": ""}
        scopes["webapp.video-detail"] = told if first else {"statusCode": 10204, "statusMsg": "item doesn't exist"}
    elif kind == "profile" and config.get("userInfo"):
        scopes["webapp.user-detail"] = {"userInfo": config["userInfo"], "statusCode": 0, "statusMsg": ""}
    elif kind == "feed" and first:
        scopes["webapp.updated-items"] = list(first)
    return scopes


def _detail_item(raw: Item) -> dict[str, Any]:
    """A video page's item: times and saves are text there (site notes 4.2)."""
    item = dict(raw) | {"createTime": str(raw.get("createTime", ""))}
    if isinstance(item.get("stats"), Mapping) and "collectCount" in item["stats"]:
        item["stats"] = dict(item["stats"]) | {"collectCount": str(item["stats"]["collectCount"])}
    return item

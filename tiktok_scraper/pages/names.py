"""Every name the site may change, a table per era: drift is mended here, and only here.

CSS selectors throughout. Class hashes change with every build, so a class is matched by its component's name
(`[class*="DivName"]`) and data-e2e is preferred. Evidence: site.md sections 1 to 3 and 6, and the captures.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class EraNames:
    """How one era's feed and viewer are called. `current` is the post on screen inside the viewer."""

    feed_card: str  # one card of the feed
    opener: str  # inside the first video card (or on the page): what is clicked to enter the viewer
    viewer: str  # root of the full-screen view
    current: str  # inside the viewer: the candidates for the post on screen ("" when the viewer shows one only)
    media: str  # inside current: the element whose id ends in -<TikTok's id>
    live: str  # inside current: marks a LIVE card where there are no likes (a creator who is live has it too)
    creator_link: str  # inside current: what the pointer rests on for the preview card
    next_button: str
    likes: str
    comments: str
    saves: str
    shares: str
    music: str  # the link to the audio
    link: str  # text holding the TikTok's own address, "" where the era has none
    caption: str
    photo: str  # inside current: what only a photo post has
    ad: str  # inside current: what only an ad has


# Two selectors joined by a comma: the present name first, then one that tools of the same era report.
_SAVES = '[data-e2e="undefined-count"], [data-e2e="favorite-count"], [data-e2e="bookmark-count"]'
_LIVE = 'a[href$="/live"], [target="tiktok_live_view_window"]'
_PHOTO = 'img[class*="ImgPhotoSlide"]'
_AD = '[data-e2e="ad-tag"]'
_MEDIA = '[id^="xgwrapper-"]'

_BROWSE_MODE = EraNames(  # eras a and b, as three captures have it
    feed_card='[data-e2e="recommend-list-item-container"]',
    opener='[data-e2e="feed-video"]',
    viewer='[class*="DivBrowserModeContainer"]',
    current="",
    media=_MEDIA,
    live=_LIVE,
    creator_link='[data-e2e="browse-username"]',
    next_button='[data-e2e="arrow-right"]',
    likes='[data-e2e="browse-like-count"]',
    comments='[data-e2e="browse-comment-count"]',
    saves=_SAVES,
    shares="",  # browse mode shows none
    music='[data-e2e="browse-music"] a',
    link='[data-e2e="browse-video-link"]',
    caption='[data-e2e="browse-video-desc"]',
    photo=_PHOTO,
    ad=_AD,
)
_CINEMA_MODE = EraNames(  # from tools of 2026: no saved page of it is known
    feed_card='article[data-e2e="recommend-list-item-container"]',
    opener='main [data-e2e="cinema-mode-entry"]',
    viewer='[role="dialog"][aria-label="Cinema mode"]',
    # One child a post, of the dialog or of its content; of those on screen the innermost counts.
    current=':scope > *, :scope > [class*="DivCinemaModeContent"] > *',
    media=_MEDIA,
    live=_LIVE,
    creator_link='[class*="CreatorInfo"] a[href^="/@"], a[data-e2e="browse-user-avatar"]',
    next_button='button[aria-label="Next video"], [data-e2e="feed-navigation-next"]',
    likes='[data-e2e="like-count"], [data-e2e="browse-like-count"]',
    comments='[data-e2e="comment-count"], [data-e2e="browse-comment-count"]',
    saves='[data-e2e="favorite-count"], [data-e2e="undefined-count"], [data-e2e="bookmark-count"]',
    shares='[data-e2e="share-count"]',
    music='[data-e2e="video-music"] a, [data-e2e="browse-music"] a, a[href*="/music/"]',
    link="",
    caption='[data-e2e="video-desc"], [data-e2e="browse-video-desc"]',
    photo=_PHOTO,
    ad=_AD,
)
ERAS: Mapping[str, EraNames] = MappingProxyType(
    # Era a knew no favourites.
    {"a": replace(_BROWSE_MODE, saves=""), "b": _BROWSE_MODE, "c": _CINEMA_MODE}
)

# The stand-alone page /@user/video/ID mixes the feed's names with browse mode's (captures 2022-08, 2025-06).
VIDEO_PAGE = EraNames(
    feed_card="",
    opener="",
    viewer='#main-content-video_detail, [class*="DivVideoDetailContainer"]',
    current="",
    media='[id^="xgwrapper-4-"]',
    live=_LIVE,
    creator_link='[data-e2e="browse-username"]',
    next_button='[data-e2e="arrow-right"]',
    likes='[data-e2e="like-count"]',
    comments='[data-e2e="comment-count"]',
    saves=_SAVES,
    shares='[data-e2e="share-count"]',
    music='[data-e2e="browse-music"] a',
    link="",
    caption='[data-e2e="browse-video-desc"]',
    photo=_PHOTO,
    ad=_AD,
)

# A card of the feed itself, read without opening the viewer: the same names in all three eras.
FEED_CARD = EraNames(
    feed_card='[data-e2e="recommend-list-item-container"]',
    opener='[data-e2e="feed-video"]',
    viewer='[data-e2e="recommend-list-item-container"]',
    current="",
    media=_MEDIA,
    live=_LIVE,
    creator_link='[data-e2e="video-author-uniqueid"], [class*="CreatorInfo"] a[href^="/@"]',
    next_button='[data-e2e="feed-navigation-next"]',
    likes='[data-e2e="like-count"]',
    comments='[data-e2e="comment-count"]',
    saves=_SAVES,
    shares='[data-e2e="share-count"]',
    music='[data-e2e="video-music"] a, a[data-e2e="video-music"]',
    link="",
    caption='[data-e2e="video-desc"]',
    photo=_PHOTO,
    ad=_AD,
)

# What comes before the audio's name in its link's label, in every language (captures of 2025); in era c, whose
# link is a disc, the name stands nowhere else.
AUDIO_LABEL = "Watch more videos with music "


@dataclass(frozen=True, slots=True)
class CardNames:
    """The preview card, shown when the pointer rests on a creator (2022; its later names are not known)."""

    root: str
    username: str
    followers: str
    likes: str
    stats: str  # the line of both counts


CARD = CardNames(
    root='[class*="DivProfileOuterContainer"], [class*="UserCard"], [data-e2e="user-card"]',
    username='[data-e2e="user-card-username"]',
    followers='[data-e2e="user-card-follower-count"]',
    likes='[data-e2e="user-card-like-count"]',
    stats='[class*="PUserStat"]',
)

_LOGIN_MODALS = ("#loginContainer", '[data-e2e="login-modal"]', '[class*="DivModalContainer"]', ".TUXModal")
_CLICKABLE = ("button", '[role="button"]', '[role="link"]', "a")
# What browser/look.py looks for on any page. Order tells nothing; pages/state.py decides which sign wins.
SIGNS: Mapping[str, str] = MappingProxyType(
    {
        # the feed: era a has div cards, b and c articles; an empty article is a place held for later
        "card-div": 'div[data-e2e="recommend-list-item-container"]:not(:empty)',
        "card-article": 'article[data-e2e="recommend-list-item-container"]:not(:empty)',
        "cinema-entry": 'main [data-e2e="cinema-mode-entry"]',
        # the viewer
        "viewer-browse": '[class*="DivBrowserModeContainer"]',
        "viewer-browse-dialog": '[role="dialog"][class*="DivBrowserModeContainer"]',
        "viewer-cinema": '[role="dialog"][aria-label="Cinema mode"], [class*="DivCinemaModeRoot"]',
        "preview-card": CARD.followers,
        # what covers or replaces them
        "captcha": '[id^="captcha-verify-container"], .captcha-verify-container',
        "captcha-v1": "#captcha_container, .captcha_verify_container, .captcha_verify_bar, #tiktok-verify-ele"
        ", #captcha-verify-image, [class*=captcha-drag-icon], [data-testid=whirl-inner-img]",
        "waf": "#wci._wafchallengeid, #rci.waforiginalreid",
        "login": '#loginContainer, [data-e2e="login-modal"]',
        "modal": '[class*="DivModalContainer"], .TUXModal',
        "login-close": '[data-e2e="modal-close-inner-button"]',
        # a guest's way out has no name of its own: state.py goes by its words
        "login-choice": ", ".join(f"{modal} {part}" for modal in _LOGIN_MODALS for part in _CLICKABLE),
        "error": '[class*="DivErrorContainer"]',
        "error-refresh": '[class*="DivErrorContainer"] button',
        "cookie-banner": "tiktok-cookie-banner",
        "launch-popup": '[data-e2e="launch-popup-title"], [data-e2e="launch-popup-open"]',
        # nothing drawn yet
        "spinner": '#app > svg[class*="SvgContainer"]',
        "skeleton": '[class*="Skeleton"], .skeleton',
        "nav": '[data-e2e="nav-foryou"]',
        # era a's second part is the "Get app" button
        "content": 'main, [id^="main-content"], [class*="DivMainContainer"] > div:first-child',
        # pages of the site that are no feed
        "video-page": VIDEO_PAGE.viewer,
        "profile": '[data-e2e="user-page"], [data-e2e="user-title"]',
        "explore": '[data-e2e="explore-item-list"], #main-content-explore_page',
        "tag": '[data-e2e="challenge-title"], #main-content-challenge',
        "music": '[data-e2e="music-title"]',
        "search": '[data-e2e="search_top-item-list"], [data-e2e="search-common-link"][href^="/search"]',
    }
)
# Signs whose elements have no size of their own: to be in the page is enough.
PRESENT: frozenset[str] = frozenset({"waf"})

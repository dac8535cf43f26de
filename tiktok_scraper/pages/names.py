"""Every name the site may change, a table per era and view: drift is mended here and in signs.py, and only there.

CSS selectors throughout. Class hashes change with every build, so a class is matched by its component's name
(`[class*="DivName"]`) and data-e2e is preferred. A tuple holds names in the order of trust: the first that is there
counts. Evidence: site.md sections 1 to 3 and 6, and the captures.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class ViewNames:
    """How the posts of one view are called: of an era's full-screen viewer, or of the feed walked in place."""

    feed_card: str  # one card of the feed
    openers: tuple[str, ...]  # inside the first video card (or on the page): what is clicked to enter the viewer
    viewer: str  # root of the view
    several: bool  # whether the view holds several posts, of which one is at mid-screen
    media: str  # of a post: the element whose id ends in -<TikTok's id>
    menu: str  # of a post: what holds its id in data-more-menu-item-id
    live: str  # marks a LIVE card where there are no likes (a creator who is live has it too)
    creator_link: tuple[str, ...]  # what the pointer rests on for the preview card
    next_button: str
    likes: str
    comments: str
    saves: str
    shares: str
    music: tuple[str, ...]  # the link to the audio
    link: str  # text holding the TikTok's own address, "" where the view has none
    caption: str
    photo: str  # what only a photo post has
    ad: str  # what only an ad has


# Two selectors joined by a comma: the present name first, then one that tools of the same era report.
_SAVES = '[data-e2e="undefined-count"], [data-e2e="favorite-count"], [data-e2e="bookmark-count"]'
_LIVE = 'a[href$="/live"], [target="tiktok_live_view_window"]'
_PHOTO = 'img[class*="ImgPhotoSlide"]'
_AD = '[data-e2e="ad-tag"]'
_MEDIA = '[id^="xgwrapper-"]'
_MENU = "[data-more-menu-item-id]"
# A link to an account and to no post or broadcast; a mention in a caption is one too, so it is trusted last.
_ANY_CREATOR = 'a[href^="/@"]:not([href*="/video/"]):not([href*="/photo/"]):not([href$="/live"])'
_ANY_MUSIC = 'a[href*="/music/"]'

_BROWSE_MODE = ViewNames(  # eras a and b, as three captures have it
    feed_card='[data-e2e="recommend-list-item-container"]',
    openers=('[data-e2e="feed-video"]',),
    viewer='[class*="DivBrowserModeContainer"]',
    several=False,
    media=_MEDIA,
    menu=_MENU,
    live=_LIVE,
    creator_link=('[data-e2e="browse-username"]', '[data-e2e="browse-user-avatar"]'),
    next_button='[data-e2e="arrow-right"]',
    likes='[data-e2e="browse-like-count"]',
    comments='[data-e2e="browse-comment-count"]',
    saves=_SAVES,
    shares="",  # browse mode shows none
    music=('[data-e2e="browse-music"] a',),
    link='[data-e2e="browse-video-link"]',
    caption='[data-e2e="browse-video-desc"]',
    photo=_PHOTO,
    ad=_AD,
)
_CINEMA_MODE = ViewNames(  # from tools of 2026: no saved page of it is known
    feed_card='article[data-e2e="recommend-list-item-container"]',
    openers=('main [data-e2e="cinema-mode-entry"]', 'main [data-e2e="feed-video"]'),
    viewer='[role="dialog"][aria-label="Cinema mode"], [class*="DivCinemaModeRoot"]',
    several=True,
    media=_MEDIA,
    menu=_MENU,
    live=_LIVE,
    creator_link=(
        '[class*="CreatorInfo"] a[href^="/@"]',
        'a[data-e2e="browse-user-avatar"]',
        'a[data-e2e="video-author-avatar"]',
        _ANY_CREATOR,
    ),
    next_button='button[aria-label="Next video"], [data-e2e="feed-navigation-next"]',
    likes='[data-e2e="like-count"], [data-e2e="browse-like-count"]',
    comments='[data-e2e="comment-count"], [data-e2e="browse-comment-count"]',
    saves='[data-e2e="favorite-count"], [data-e2e="undefined-count"], [data-e2e="bookmark-count"]',
    shares='[data-e2e="share-count"]',
    music=('[data-e2e="video-music"] a', 'a[data-e2e="video-music"]', '[data-e2e="browse-music"] a', _ANY_MUSIC),
    link="",
    caption='[data-e2e="video-desc"], [data-e2e="browse-video-desc"]',
    photo=_PHOTO,
    ad=_AD,
)
# Era a knew no favourites.
ERAS: Mapping[str, ViewNames] = MappingProxyType(
    {"a": replace(_BROWSE_MODE, saves=""), "b": _BROWSE_MODE, "c": _CINEMA_MODE}
)

# The feed itself, walked in place or read card by card: the same names in all three eras; two links lead to the
# creator, and the audio's is a disc or a line of text (capture of 2026-10, site.md 1.2c).
IN_PLACE = ViewNames(
    feed_card='[data-e2e="recommend-list-item-container"]',
    openers=(),
    viewer='main, #main-content-homepage_hot, #column-list-container, [class*="DivMainContainer"]',
    several=True,
    media=_MEDIA,
    menu=_MENU,
    live=_LIVE,
    creator_link=(
        '[data-e2e="video-author-uniqueid"]',
        '[class*="CreatorInfo"] a[href^="/@"]',
        'a[data-e2e="video-author-avatar"]',
        _ANY_CREATOR,
    ),
    next_button='[data-e2e="feed-navigation-next"], button[aria-label="Next video"]',
    likes='[data-e2e="like-count"]',
    comments='[data-e2e="comment-count"]',
    saves=_SAVES,
    shares='[data-e2e="share-count"]',
    music=('[data-e2e="video-music"] a', 'a[data-e2e="video-music"]', _ANY_MUSIC),
    link="",
    caption='[data-e2e="video-desc"]',
    photo=_PHOTO,
    ad=_AD,
)

# The stand-alone page /@user/video/ID mixes the feed's names with browse mode's (captures 2022-08, 2025-06).
VIDEO_PAGE = replace(
    _BROWSE_MODE,
    feed_card="",
    openers=(),
    viewer='#main-content-video_detail, [class*="DivVideoDetailContainer"]',
    media='[id^="xgwrapper-4-"]',
    likes='[data-e2e="like-count"]',
    comments='[data-e2e="comment-count"]',
    shares='[data-e2e="share-count"]',
    link="",
)


def names_of(view: str, era: str) -> ViewNames:
    """The names of a view ("viewer" or "feed") in an era.

    "": not known, read as the last; "b-c": either, of which the first has an entry in every card.
    """
    return IN_PLACE if view == "feed" else ERAS.get(era, _BROWSE_MODE if era else _CINEMA_MODE)


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

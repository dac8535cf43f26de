"""What is looked for on any page to tell which it is, and what may cover it (browser/view/look.py, pages/state.py)."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from .names import CARD, VIDEO_PAGE

_DIALOGS = ('[role="dialog"]', '[role="alertdialog"]', '[aria-modal="true"]', "dialog[open]")
_VIEWERS = ('[class*="DivBrowserModeContainer"]', '[aria-label="Cinema mode"]', '[class*="DivCinemaModeRoot"]')
_VIEWS = ", ".join([*_VIEWERS, *(f"{viewer} *" for viewer in _VIEWERS)])
_LOGIN_MODALS = ("#loginContainer", '[data-e2e="login-modal"]', '[class*="DivModalContainer"]', ".TUXModal")
_ARTICLE = 'article[data-e2e="recommend-list-item-container"]'
# The present kind of captcha uses some names of the older one.
_NOT_PRESENT = ":not([id^=captcha-verify-container] *, .captcha-verify-container *)"
_CLICKABLE = ("button", '[role="button"]', '[role="link"]', "a")
# What browser/view/look.py looks for on any page. Order tells nothing; pages/state.py decides which sign wins.
SIGNS: Mapping[str, str] = MappingProxyType(
    {
        # the feed: era a has div cards, b and c articles; an empty article is a place held for later
        "card-div": 'div[data-e2e="recommend-list-item-container"]:not(:empty)',
        "card-article": f"{_ARTICLE}:not(:empty)",
        "cinema-entry": 'main [data-e2e="cinema-mode-entry"]',
        # what only the cards of b have, and only those of c, where the entry to cinema mode is not drawn (1.2, 1.2c)
        "card-b": f'{_ARTICLE} [data-e2e="video-author-uniqueid"]',
        "card-c": f'{_ARTICLE} section[id^="media-card-"]:not([role])',
        # the viewer
        "viewer-browse": '[class*="DivBrowserModeContainer"]',
        "viewer-browse-dialog": '[role="dialog"][class*="DivBrowserModeContainer"]',
        "viewer-cinema": '[role="dialog"][aria-label="Cinema mode"], [class*="DivCinemaModeRoot"]',
        "preview-card": CARD.followers,
        # what covers or replaces them
        "captcha": '[id^="captcha-verify-container"], .captcha-verify-container',
        "captcha-v1": ":is(#captcha_container, .captcha_verify_container, .captcha_verify_bar, #tiktok-verify-ele"
        f", #captcha-verify-image, [class*=captcha-drag-icon], [data-testid=whirl-inner-img]){_NOT_PRESENT}",
        "waf": "#wci._wafchallengeid, #rci.waforiginalreid",
        "login": '#loginContainer, [data-e2e="login-modal"]',
        "modal": '[class*="DivModalContainer"], .TUXModal',
        "login-close": '[data-e2e="modal-close-inner-button"]',
        # a guest's way out has no name of its own: state.py goes by its words
        "login-choice": ", ".join(f"{modal} {part}" for modal in _LOGIN_MODALS for part in _CLICKABLE),
        # the older way out is a box without a role
        "login-guest": '#loginContainer [class*="DivGuestModeContainer"] [class*="DivBoxContainer"]',
        "error": '[class*="DivErrorContainer"]',
        "error-refresh": '[class*="DivErrorContainer"] button',
        "cookie-banner": "tiktok-cookie-banner, .tiktok-cookie-banner",
        # pickers, panels and tips over the feed (site.md 6.6, 6.7)
        "shortcuts": '[class*="DivKeyboardShortcutContainer"]',
        "shortcuts-close": '[class*="DivKeyboardShortcutContainer"] [class*="DivXMarkWrapper"]'
        ', [class*="DivFixedBottomContainer"] [class*="DivXMarkWrapper"]',
        "banner-close": '[class*="DivIconCloseContainer"]',
        # any dialog that is none of the views and none of the above
        "dialog": ", ".join(
            f"{dialog}:not({_VIEWS}, {CARD.root}, #loginContainer, [id^=captcha])" for dialog in _DIALOGS
        ),
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
# What only a part of the page has that is somebody's: a post's media, or a link to an account.
PEOPLE = 'video, [id^="xgwrapper-"], a[href*="/@"]'
# Signs whose elements have no size of their own: to be in the page is enough.
PRESENT: frozenset[str] = frozenset({"waf"})
_HEADINGS = "h1, h2, h3, [role=heading], [role=dialog] p, [role=dialog] div, [class*=Modal] p, [class*=Modal] div"
# Signs that count only where their whole text is as here: buttons that have no name of their own.
WORDED: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "interests": (_HEADINGS, "^choose your interests$"),
        "interests-skip": ("button, [role=button], a", "^skip$"),
        "got-it": ("button, [role=button]", "^got it!?$"),
    }
)


def css_of(name: str) -> str:
    """The CSS of a sign, whichever table it is in."""
    return SIGNS[name] if name in SIGNS else WORDED[name][0]

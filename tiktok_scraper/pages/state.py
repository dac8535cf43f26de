"""What look saw -> which page this is.

`Look` is the one thing that crosses from the browser's script (browser/view/look.py) to the pure side: what is
VISIBLE, never the page's source, where the words captcha, login and error stand on every page
(site.md sections 6.3 and 6.5).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from .masked import own_words


@dataclass(frozen=True, slots=True)
class Hit:
    """One visible element that a sign of pages/signs.py found; rectangle in CSS pixels of the viewport.

    middle: it is what lies at the middle of the screen, or holds that. people: of a dialog, whether it holds a post or
    leads to somebody, so that its words may be somebody's.
    """

    name: str
    text: str
    x: float
    y: float
    width: float
    height: float
    middle: bool = False
    role: str = ""
    label: str = ""
    people: bool = False


@dataclass(frozen=True, slots=True)
class Look:
    """What is visible on the page now. `text` is the start of the visible text (4,000 characters at most).

    `hits` holds the first thirty of each name in document order, `counts` the number of all.
    """

    url: str
    title: str
    text: str
    hits: tuple[Hit, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def from_dict(cls, told: Mapping[str, Any]) -> Look:
        """Make a Look of what the script returned."""
        hits = tuple(Hit(**hit) for hit in told["hits"])
        return cls(url=told["url"], title=told["title"], text=told["text"], hits=hits, counts=told["counts"])

    def hit(self, name: str) -> Hit | None:
        """The first visible element of *name*, in document order."""
        return next((hit for hit in self.hits if hit.name == name), None)

    def all(self, name: str) -> tuple[Hit, ...]:
        """The visible elements of *name*, in document order."""
        return tuple(hit for hit in self.hits if hit.name == name)


@dataclass(frozen=True, slots=True)
class Page:
    """Which page this is.

    kind: "feed", "viewer", "captcha", "captcha-v1", "login-wall" (no way past it), "login-prompt", "interests",
    "shortcuts", "got-it", "floating-banner" (`button` closes each), "covered" (by a dialog nobody knows), "waf",
    "error-page" (`button` refreshes), "shell" (nothing drawn yet), "region", "feed-ended", "profile", "video-page",
    "other" (a page of the site that is of no use), "unknown".
    era: of a feed or a viewer, ONE_COLUMN where its cards do not tell which of two it is; else None. detail: what was
    seen, for logs.
    """

    kind: str
    era: str | None = None
    detail: str = ""
    cookie_banner: bool = False
    button: Hit | None = None


# Strings of the site's English interface, all its typographies (captures of 2022-08 and 2026-07).
_GUEST = re.compile(
    r"^(continue as guest|continue without log ?in|continue without sign ?up|continue to video|not now)$", re.IGNORECASE
)
_LOGIN = re.compile(r"\blog in\b", re.IGNORECASE)
_GONE_WRONG = re.compile(r"something went wrong|couldn.t load this page|network error", re.IGNORECASE)
_REGION = re.compile(r"(sorry, )?tiktok isn.t available (right now|in your)", re.IGNORECASE)
_FEED_ENDED = re.compile(r"you.ve reached the end of your feed", re.IGNORECASE)
_WAF_TEXT = re.compile(r"^please wait\.{3}$", re.IGNORECASE)
_ORIGIN = re.compile(r"^[a-z]+://[^/?#]*", re.IGNORECASE)
_OF_A_TIKTOK = re.compile(r"^/@[^/]*/(video|photo)/\d+")
_NOT_FOUND = re.compile(r"^/[a-z]{2}(-[a-z]{2,4})?/notfound/?$", re.IGNORECASE)
_CAPTCHAS = (
    ("shapes", re.compile(r"same shape|3d", re.IGNORECASE)),
    ("slide", re.compile(r"puzzle|slider|drag", re.IGNORECASE)),
    ("rotate", re.compile(r"rotat|upright|fit", re.IGNORECASE)),
)
# What lies over the feed and may be closed; it need not be in the way.
ASIDE = {"shortcuts": "shortcuts-close", "got-it": "got-it", "floating-banner": "banner-close"}
# The column of eras b and c, where it has neither's own names.
ONE_COLUMN = "b-c"
_NO_USE = ("explore", "tag", "music", "search", "launch-popup")


def recognise(look: Look, passed: Collection[str] = ()) -> Page:
    """Tell which page *look* saw. What covers the page wins over the feed or the viewer behind it.

    passed: kinds that have a `button` and are not looked for: what may lie over the feed and is known not to go away,
    so that the page behind it counts; or what lies beneath another, so that the other one does.
    """
    cookie_banner = look.hit("cookie-banner") is not None
    page = _obstacle(look, passed) or _cover(look, passed) or _content(look) or _empty(look)
    return Page(page.kind, page.era, page.detail, cookie_banner, page.button)


def _obstacle(look: Look, passed: Collection[str]) -> Page | None:
    if look.hit("waf") or _WAF_TEXT.match(look.text.strip()):
        return Page("waf", detail="the page computes a challenge")
    if captcha := look.hit("captcha"):
        return Page("captcha", detail=_captcha(captcha))
    if captcha := look.hit("captcha-v1"):
        return Page("captcha-v1", detail=_captcha(captcha))
    if _NOT_FOUND.match(_path(look)) or _is_told_of_region(look):
        return Page("region", detail=look.url)
    login = _login(look)
    return (None if login and login.kind in passed else login) or _error(look)


def _is_told_of_region(look: Look) -> bool:
    """Whether the site says that it is not available here. Over a feed only a dialog says so: captions may, too."""
    if _viewer_era(look) or _feed_era(look):
        return any(_REGION.search(hit.text) for name in ("dialog", "modal") for hit in look.all(name) if not hit.people)
    return bool(_REGION.search(look.text[:1000]))


def _login(look: Look) -> Page | None:
    if _path(look).startswith("/login"):
        return Page("login-wall", detail="the address is the login page's")
    # A modal without text is the empty shell that every page carries.
    prompts = [hit for hit in look.all("login") if hit.text]
    prompts += [hit for hit in look.all("modal") if _LOGIN.search(hit.text)]
    if not prompts:
        return None
    ways_out = [
        *look.all("login-close"),
        *look.all("login-guest"),
        *(hit for hit in look.all("login-choice") if _GUEST.match(hit.text.strip())),
    ]
    if not ways_out:
        return Page("login-wall", detail=_words(prompts[0]))
    return Page("login-prompt", detail=_words(prompts[0]), button=ways_out[0])


def _captcha(captcha: Hit) -> str:
    """Which kind of riddle it is, as far as its words tell, and the words."""
    kind = next((name for name, words in _CAPTCHAS if words.search(captcha.text)), "of no known kind")
    return f"{kind}: {_words(captcha)}"


def _cover(look: Look, passed: Collection[str]) -> Page | None:
    """What lies over the page and is no login: known ones with the button that closes them, a dialog nobody knows."""
    if "interests" not in passed and look.hit("interests") and (skip := look.hit("interests-skip")):
        return Page("interests", detail="Choose your interests", button=skip)
    for kind, button in ASIDE.items():
        if kind not in passed and (close := look.hit(button)):
            return Page(kind, detail=_words(look.hit(kind) or close), button=close)
    strange = next((hit for hit in look.all("dialog") if hit.middle), None)
    if strange is None:
        return None
    label, words = (own_words(text) if strange.people else text for text in (strange.label, _words(strange)[:80]))
    return Page("covered", detail=f"{strange.role or 'dialog'} {label!r}: {words}")


def _error(look: Look) -> Page | None:
    """The error container counts where it stands in place of the feed, not inside a feed that is there."""
    # The inbox of 2022 is drawn in a container of the same name.
    error = next((hit for hit in look.all("error") if _GONE_WRONG.search(hit.text)), None)
    if error is None or _viewer_era(look) or _feed_era(look):
        return None
    refresh = next((hit for hit in look.all("error-refresh") if hit.text and hit.text in error.text), None)
    return Page("error-page", detail=_words(error), button=refresh)


def _content(look: Look) -> Page | None:
    if era := _viewer_era(look):
        return Page("viewer", era, f"the viewer of era {era}")
    # The stand-alone page of 2026 is drawn as a feed of one (site.md 2.3): its address tells.
    if look.hit("video-page") or (_feed_era(look) and _OF_A_TIKTOK.match(_path(look))):
        return Page("video-page", detail=look.url)
    if era := _feed_era(look):
        count = _cards(look)
        return Page("feed", era, f"{count} card{'' if count == 1 else 's'}")
    if look.hit("profile"):
        return Page("profile", detail=look.url)
    if _FEED_ENDED.search(look.text):
        return Page("feed-ended", detail="the page says so")
    return next((Page("other", detail=name) for name in _NO_USE if look.hit(name)), None)


def _viewer_era(look: Look) -> str | None:
    if look.hit("viewer-cinema"):
        return "c"
    if not look.hit("viewer-browse"):
        return None
    return "b" if look.hit("card-article") or look.hit("viewer-browse-dialog") else "a"


def _feed_era(look: Look) -> str | None:
    if not look.hit("card-article"):
        return "a" if look.hit("card-div") else None
    if look.hit("cinema-entry"):
        return "c"
    early, late = look.hit("card-b"), look.hit("card-c")
    return ONE_COLUMN if bool(early) == bool(late) else "b" if early else "c"


def better_era(seen: str | None, known: str) -> str:
    """The era to go by: the one that was *seen*, unless it says less than the one *known*."""
    return known if not seen or (seen == ONE_COLUMN and known) else seen


def _cards(look: Look) -> int:
    return look.counts.get("card-div", 0) + look.counts.get("card-article", 0)


def _empty(look: Look) -> Page:
    for name in ("spinner", "skeleton"):
        if look.hit(name):
            return Page("shell", detail=f"only a {name} is drawn")
    if not look.text.strip():
        return Page("shell", detail="nothing is drawn")
    if look.hit("nav") and not any(hit.text for hit in look.all("content")):
        return Page("shell", detail="only the navigation is drawn")
    return Page("unknown", detail=" ".join(look.text.split())[:200])


def _path(look: Look) -> str:
    return _ORIGIN.sub("", look.url, count=1).partition("?")[0].partition("#")[0]


def _words(hit: Hit) -> str:
    return " ".join(hit.text.split())[:200]

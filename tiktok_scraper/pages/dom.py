"""The viewer's HTML and the preview card -> what they say. Counts stay as shown, words in place of 0 too.

The viewer's address changes before its content does, and neighbours of the post on screen are drawn as well,
so a TikTok is read only where the address and the content agree (site.md 2.1 and 2.2).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import unquote

from parsel import Selector

from tiktok_scraper.pages.audio import read_music_link
from tiktok_scraper.pages.facts import LIVE_CARD, Card, ItemFacts, Told, Unreadable
from tiktok_scraper.pages.names import AUDIO_LABEL, CARD, VIDEO_PAGE, ViewNames, names_of

_ADDRESS = re.compile(r"/@(?P<name>[^/?#]*)/(?P<kind>video|photo)/(?P<id>\d+)")
_NAME = re.compile(r"/@(?P<name>[^/?#]*)")
_MEDIA_ID = re.compile(r"-(?P<id>\d{15,})$")
_COUNTS = ("likes", "comments", "saves", "shares")
_NOT_LOADED = "--"


@dataclass(frozen=True, slots=True)
class _Address:
    """What an address /@name/video/ID says; empty where it doesn't."""

    name: str = ""
    kind: str = ""
    id: str = ""

    @classmethod
    def of(cls, url: str) -> _Address:
        found = _ADDRESS.search(url)
        return cls(unquote(found["name"]), found["kind"], found["id"]) if found else cls()


def read_viewer(html: str, *, url: str, era: str, view: str = "viewer", known: str = "") -> ItemFacts | Unreadable:
    """Read the TikTok on screen from the HTML of the viewer, the whole page, a stand-alone video page, or one card.

    *url* is the browser's address at that time; *era* one of "a", "b", "c"; *view* "viewer", or "feed" where *html* is
    the card of a feed walked in place, whose address tells nothing; *known* its id where the card itself may not tell
    it. A LIVE card and content that does
    not fit the address come back as Unreadable. `missed` of the result names what pages/names.py says there
    should be and was not found.
    """
    names, root = _viewer(parsed(html), names_of(view, era))
    address = _Address.of(url)
    if address.id:
        _keep_only(root, names, address)
    if root.css(names.live) and not root.css(names.likes):
        return Unreadable(LIVE_CARD, html)
    link = _Address.of(_text(_first(root, names.link)) or "")
    shown, name = shown_id(root, names) or link.id or known, _creator(root, names)
    if reason := _disagreement(address, shown, name):
        return Unreadable(reason, html)
    username, kind = name or address.name or link.name, address.kind or link.kind
    return _facts(root, names, id=address.id or shown, username=username, kind=kind)


def read_card(html: str) -> Card:
    """Read the preview card; its two count spans, never their joined text ("340.7KFollowers12.6MLikes")."""
    page = parsed(html)
    followers, likes = _first(page, CARD.followers), _first(page, CARD.likes)
    if followers is None and likes is None:
        followers, likes = _spans(page)
    shown = {"user_followers": _text(followers), "user_likes": _text(likes)}
    counts = {name: count for name, count in shown.items() if count and count != _NOT_LOADED}
    owner = _first(page, CARD.username)
    name = _name_of(owner) if owner is not None else None
    loading = any(part is not None for part in (followers, likes, owner)) and len(counts) < len(shown)
    return Card(name.removeprefix("@") if name else None, {"card": counts} if counts else {}, loading)


def parsed(html: str) -> Selector:
    """*html* to select from, whatever it is."""
    # Lone surrogates can't be encoded, and an empty document has no root.
    return Selector(text=html.encode("utf-8", "replace").decode() or "<html></html>", type="html")


def _viewer(page: Selector, names: ViewNames) -> tuple[ViewNames, Selector]:
    """The names to read by and what to read: the viewer, else the stand-alone page, else all there is."""
    for table in (names, VIDEO_PAGE):
        if found := page.css(table.viewer):
            return table, found[0]
    return names, page


def _keep_only(root: Selector, names: ViewNames, address: _Address) -> None:
    """Take out of *root* the posts that are drawn beside that of *address*; what posts share stays."""
    media = root.css(names.media)
    own = [found for found in media if _id_of(found) == address.id]
    others = [found for found in media if _id_of(found) != address.id]
    if not own:  # a photo post has no player
        links = root.css(", ".join(names.creator_link))
        own = [found for found in links if _name_of(found) == address.name]
        others += [found for found in links if _name_of(found) != address.name]
    if not own:
        return
    kept = {own[0].root, *own[0].root.iterancestors()}
    for other in others:
        part = other.root
        while part not in kept and part.getparent() not in kept and part.getparent() is not None:
            part = part.getparent()
        if part not in kept and part.getparent() is not None:
            part.getparent().remove(part)


def _disagreement(address: _Address, shown: str, name: str | None) -> str | None:
    """Why the content can't be taken for that of the address, None if it can."""
    if not shown and not address.id:
        return "expected a TikTok's id in the address or the viewer, found none"
    if shown and address.id and shown != address.id:
        return f"the address is that of {address.id}, the viewer still shows {shown}"
    if name and address.name and name.casefold() != address.name.casefold():
        return f"the address is that of @{address.name}, the viewer still shows @{name}"
    if not name and not shown:
        return "the viewer has drawn neither the creator nor the player yet"
    return None


def shown_id(post: Selector, names: ViewNames) -> str:
    """The id that *post* tells by its media or its menu, "" where it tells none."""
    by_media = next((media_id for media in post.css(names.media) if (media_id := _id_of(media))), "")
    menu = _first(post, names.menu)
    return by_media or ("" if menu is None else menu.attrib["data-more-menu-item-id"])


def _id_of(media: Selector) -> str:
    found = _MEDIA_ID.search(media.attrib.get("id", ""))
    return found["id"] if found else ""


def _creator(post: Selector, names: ViewNames) -> str | None:
    link = _first(post, *names.creator_link)
    return None if link is None else _name_of(link)


def _name_of(link: Selector) -> str | None:
    """The name in the link's address; the text beside it may be a display name."""
    for href in link.xpath("ancestor-or-self::a/@href").getall():
        if found := _NAME.search(href):
            return unquote(found["name"]) or None  # the page itself was told none
    return _text(link) or None


def _facts(post: Selector, names: ViewNames, *, id: str, username: str | None, kind: str) -> ItemFacts:
    counts = {name: _agreed(post, getattr(names, name)) for name in _COUNTS}
    music = _first(post, *names.music)
    caption = _first(post, names.caption)
    audio = read_music_link(music.attrib.get("href", "")) if music is not None else None
    kind = kind or ("photo" if post.css(names.photo) else "video")
    told: Told = {"page": {name: count for name, count in counts.items() if count is not None}}
    return ItemFacts(
        id=id,
        username=username or None,
        told=told,
        audio=_audio_name(music),
        audio_id=audio[0] if audio else None,
        audio_url=audio[1] if audio else None,
        kind=kind,
        ad=True if post.css(names.ad) else None,
        caption=_text(caption),
        hashtags=_hashtags(caption),
        missed=tuple(
            name
            for name in expected(names, kind)
            if not _is_there(post, names, name) or (name in counts and counts[name] is None)
        ),
    )


def expected(names: ViewNames, kind: str) -> tuple[str, ...]:
    """The fields of *names* that every post of that view and kind has, so that a miss may mean drift."""
    wanted = ("creator_link", *_COUNTS, "music", "link", "caption") + (("media",) if kind == "video" else ())
    return tuple(name for name in wanted if getattr(names, name))


def _is_there(post: Selector, names: ViewNames, name: str) -> bool:
    told: str | tuple[str, ...] = getattr(names, name)
    return _first(post, *((told,) if isinstance(told, str) else told)) is not None


def _audio_name(link: Selector | None) -> str | None:
    if link is None:
        return None
    label: str = link.attrib.get("aria-label", "")
    return _text(link) or " ".join(label.removeprefix(AUDIO_LABEL).split()) or None


def _hashtags(caption: Selector | None) -> tuple[str, ...]:
    if caption is None:
        return ()
    tags = (href.partition("/tag/")[2] for href in caption.css('a[href*="/tag/"]::attr(href)').getall())
    return tuple(dict.fromkeys(unquote(tag.partition("?")[0]) for tag in tags))


def _spans(page: Selector) -> tuple[Selector | None, Selector | None]:
    """The two counts of a card that lost its names: count, "Followers", count, "Likes"."""
    spans = page.css(CARD.stats).xpath("./span")
    return (spans[0], spans[2]) if len(spans) == 4 else (None, None)


def _first(of: Selector, *names: str) -> Selector | None:
    """The first element of the first name that is there."""
    return next((found[0] for css in names if css and (found := of.css(css))), None)


def _agreed(of: Selector, css: str) -> str | None:
    """The text of the elements of a name; where several say different things, nobody knows whose they are."""
    told = {_text(element) for element in of.css(css)} if css else set()
    return told.pop() if len(told) == 1 else None


def _text(element: Selector | None) -> str | None:
    return None if element is None else " ".join("".join(element.xpath(".//text()").getall()).split())

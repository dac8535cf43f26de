"""Which names of pages/names.py a visit hit and missed: of a post in its own HTML, of the page in the page. Pure.

A name is missed only where the page is known to have what it names: every post of that view has it, or another road
(roads.py, a reply, what the press brought) shows that it is there. All else is told as not judged, with the reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from parsel import Selector

from ..pages.dom import expected, parsed, shown_id
from ..pages.facts import ItemFacts
from ..pages.names import CARD, ERAS, IN_PLACE, VIDEO_PAGE, ViewNames, names_of
from . import roads
from .tally import LABEL_FIELD, MISSED, Row, Table, Tally, fields_of, names_in

OF_THE_FEED = ("feed_card", "openers")
OF_THE_VIEW = ("viewer", "next_button")
# Parts of the site that have a table; a tally's key is one of them, and the era where each has its own.
FEED, PLACE, VIEWER, CARDS, LONE, UNKNOWN = "feed", "in-place", "viewer", "card", "lone", "unknown"
# So many fields of a post on one page, and it is a feed, whatever its cards are called.
A_POST = 2
NEVER = {
    FEED: ("the feed", "no feed was open"),
    PLACE: ("the feed in place", "no feed was open"),
    VIEWER: ("the viewer", "it was not entered"),
    CARDS: ("the preview card", "the pointer rested on nobody's name"),
    LONE: ("the page of one TikTok", "no such page was shown"),
}
# Looked at only where it is met.
STRANGE = "a feed, on a page that is not known"
UNTOLD = {
    "menu": "a post of this view need have none",
    "live": "no LIVE card was shown",
    "photo": "no photo post was shown",
    "ad": "no ad was shown",
    "next_button": "nothing in the view says that it leads to the next",
    "media": "no video was on screen",
    "caption": "no post with a caption was shown",
    "music": "no post with an audio was shown",
    LABEL_FIELD: "no link to an audio had a label",
}
EVERY_POST = "every post has it"


@dataclass(frozen=True, slots=True)
class _Shown:
    """A post that was read for its names. on_screen: it was that at mid-screen, so that its player is drawn."""

    key: str
    table: ViewNames
    id: str
    kind: str
    on_screen: bool


@dataclass(slots=True)
class NameHits:
    """All that a visit told of names."""

    tallies: dict[str, Tally] = field(default_factory=dict)
    shown: list[_Shown] = field(default_factory=list)

    def opened(self, page: Selector, era: str) -> None:
        """The feed has been opened: what its cards are called, what opens them, and what each drawn card has."""
        table = names_of("viewer", era)
        tally = self._of(FEED, table, f"the feed, era {era or 'not known'}", OF_THE_FEED, era)
        tally.add(OF_THE_FEED, _counts(page, table, OF_THE_FEED))
        tally.owe(OF_THE_FEED, "a feed is drawn")
        self._look_at_view("feed", page, era)
        in_place = self._view("feed", era)
        in_place.add(["feed_card"], _counts(page, IN_PLACE, ["feed_card"]))
        in_place.owe(["feed_card"], "a feed is drawn")
        for card in page.css(IN_PLACE.feed_card):
            if card.xpath("./*"):  # an empty one is a place held for later
                self._post("feed", era, card, known="", kind="", on_screen=False)

    def unknown(self, page: Selector, *, listed: bool) -> None:
        """A page that is not known was opened: what there is of a feed on it. listed: it was sent a list of posts."""
        names = fields_of(IN_PLACE)
        tally = self._of(UNKNOWN, IN_PLACE, STRANGE, names)
        tally.add(names, counted := _counts(page, IN_PLACE, names))
        of_a_post = expected(IN_PLACE, "video")
        met = [name for name in of_a_post if any(counted[css] for css in names_in(IN_PLACE, name))]
        tally.untold = dict.fromkeys(names, "the page is not known")
        if len(met) >= A_POST:
            tally.owe(["feed_card"], f"posts are drawn: {', '.join(met)}")
        elif listed:
            tally.owe(["feed_card", *of_a_post], "the page was sent posts")

    def lone(self, page: Selector) -> None:
        """The page of one TikTok was shown in the feed's place; by its address, or by what is drawn."""
        names = fields_of(VIDEO_PAGE)
        tally = self._of(LONE, VIDEO_PAGE, NEVER[LONE][0], names)
        tally.add(names, _counts(page, VIDEO_PAGE, names))
        must = [name for name in expected(VIDEO_PAGE, "video") if name != "saves"]  # those of 2022 have none
        parts = [name for name in must if _any(page, VIDEO_PAGE, name)]
        if _any(page, VIDEO_PAGE, "viewer"):
            tally.owe(must, "every such page has it")
        elif len(parts) >= A_POST and not page.css(IN_PLACE.feed_card):
            tally.owe(["viewer"], f"its parts are drawn: {', '.join(parts)}")
        else:
            tally.untold = dict.fromkeys(names, "it is drawn as a feed of one, or not at all")

    def entered(self, view: str, page: Selector, era: str) -> None:
        """A view was entered or stepped: a post of it is on screen."""
        self._look_at_view(view, page, era)

    def not_entered(self, page: Selector, era: str, outcome: str, *, moved: bool) -> None:
        """No viewer was seen to open. moved: the press has changed the address, and brought no other page."""
        table = names_of("viewer", era)
        tally = self._view("viewer", era)
        tally.add(["viewer"], _counts(page, table, ["viewer"]))
        own = [name for name in fields_of(table) if not set(names_in(table, name)) & set(names_in(IN_PLACE, name))]
        drawn = [name for name in own if name not in {*OF_THE_FEED, "viewer"} and _any(page, table, name)]
        if moved:
            tally.owe(["viewer"], "the press changed the address and brought no other page")
        elif len(drawn) >= A_POST:
            tally.owe(["viewer"], f"what only it has is drawn: {', '.join(drawn)}")
        if not any(shown.key.startswith(VIEWER) for shown in self.shown):
            tally.untold = dict.fromkeys(fields_of(table), f"it was not entered: {outcome}")

    def post(self, view: str, era: str, html: str, id: str, kind: str) -> None:
        """A post is on screen, whose HTML this is. kind: by its address, "" where that does not tell."""
        self._post(view, era, parsed(html), known=id, kind=kind, on_screen=True)

    def unread(self, view: str, era: str, html: str) -> None:
        """A post is on screen that is none that can be told: a LIVE card, or an odd one."""
        self._live(self._view(view, era), names_of(view, era), parsed(html))

    def card(self, page: Selector, *, asked: bool) -> None:
        """The pointer has rested on a creator's name. asked: the page has asked for their counts, as for a card."""
        names = fields_of(CARD)
        tally = self._of(CARDS, CARD, NEVER[CARDS][0], names)
        tally.add(names, counted := _counts(page, CARD, names))
        tally.untold = dict.fromkeys(names, "no card opened, nor did the page ask for one's counts")
        if any(counted.values()):
            tally.owe(names, "a card was open")
        elif asked:
            tally.owe(names, "the page asked for a card's counts")

    def settle(self, items: Mapping[str, ItemFacts]) -> None:
        """Tell of the posts that were shown what each has, by what the replies say of it: *items* by their ids."""
        for shown in self.shown:
            tally, item = self.tallies[shown.key], items.get(shown.id)
            kind = item.kind if item else shown.kind
            has = set(expected(shown.table, kind))
            has -= {"media"} if not shown.on_screen else set()
            has -= {"caption"} if item and not item.caption else set()
            has -= {"music"} if item and not item.audio else set()
            tally.owe(has, EVERY_POST)
            tally.owe(["photo"] if kind == "photo" else [], "a photo post was shown")
            tally.owe(["ad"] if item and item.ad else [], "an ad was shown")

    def told(self) -> Iterator[str | tuple[str, list[Row]]]:
        """The tables in their order: title and rows of what was counted, or a line on why nothing was."""
        for part, (title, why) in NEVER.items():
            found = [tally for key, tally in self.tallies.items() if key.partition(" ")[0] == part]
            yield from ((tally.title, list(tally.rows())) for tally in found)
            if not found:
                yield f"{title}: not judged, {why}"
        if UNKNOWN in self.tallies:
            yield STRANGE, list(self.tallies[UNKNOWN].rows())
        if others := sorted(ERAS.keys() - {key.partition(" ")[2] for key in self.tallies}):
            yield f"the viewer in {', '.join(f'era {era}' for era in others)}: not judged, this visit met none"

    def missed(self) -> list[str]:
        """The fields that the page has and that no name of was there, each with its table's title."""
        rows = ((tally.title, row) for tally in self.tallies.values() for row in tally.rows())
        return list(dict.fromkeys(f"{row.field} of {title}" for title, row in rows if row.verdict == MISSED))

    def _look_at_view(self, view: str, page: Selector, era: str) -> None:
        tally = self._view(view, era)
        table = names_of(view, era)
        tally.add(["viewer"], _counts(page, table, ["viewer"]))
        tally.owe(["viewer"], "a post of it is on screen" if view == "viewer" else "a feed is drawn in it")
        # As a crawl presses it: never one outside the view, where the feed beneath has one of its own.
        for root in page.css(table.viewer)[:1]:
            tally.add(["next_button"], _counts(root, table, ["next_button"]))
            if view == "viewer" and era in {"a", "b"}:
                tally.owe(["next_button"], "browse mode has one")
            elif why := roads.to_next(root):
                tally.owe(["next_button"], why)

    def _post(self, view: str, era: str, post: Selector, *, known: str, kind: str, on_screen: bool) -> None:
        tally, table = self._view(view, era), names_of(view, era)
        if not on_screen and not _any(post, table, "likes") and (_any(post, table, "live") or roads.to_live(post)):
            self._live(tally, table, post)
            return
        names = [name for name in fields_of(table) if name not in {*OF_THE_FEED, *OF_THE_VIEW}]
        tally.add(names, _counts(post, table, names))
        kind = kind or ("photo" if post.css(table.photo) else "video")
        id = known or shown_id(post, table)
        self.shown.append(_Shown(_key(view, era), table, id, kind, on_screen))
        if era == "c" and view == "feed":
            tally.owe(["menu"], "every post of this feed has it")
        elif why := roads.to_menu(post, id):
            tally.owe(["menu"], why)
        if why := roads.to_label(post.css(", ".join(table.music))):
            tally.owe([LABEL_FIELD], why)

    def _live(self, tally: Tally, table: ViewNames, post: Selector) -> None:
        tally.add(["live"], _counts(post, table, ["live"]))
        if not _any(post, table, "likes") and (why := roads.to_live(post)):
            tally.owe(["live"], why)

    def _view(self, view: str, era: str) -> Tally:
        table, names = names_of(view, era), fields_of(names_of(view, era))
        if view == "feed":
            tally = self._of(PLACE, table, NEVER[PLACE][0], tuple(name for name in names if name != "openers"))
            tally.exempt |= {"saves": "the feed of era a shows none"} if era == "a" else {}
            return tally
        title = f"the viewer, era {era or 'not known'}"
        return self._of(VIEWER, table, title, tuple(name for name in names if name not in OF_THE_FEED), era)

    def _of(self, part: str, table: Table, title: str, names: tuple[str, ...], era: str = "") -> Tally:
        tally = Tally(title, table, names, untold=dict(UNTOLD))
        return self.tallies.setdefault(f"{part} {era}".strip(), tally)


def _key(view: str, era: str) -> str:
    return PLACE if view == "feed" else f"{VIEWER} {era}".strip()


def _counts(page: Selector, table: Table, names: Iterable[str]) -> dict[str, int]:
    """How many elements each name selects."""
    return {css: len(page.css(css)) for name in names for css in names_in(table, name)}


def _any(page: Selector, table: Table, name: str) -> bool:
    return any(page.css(css) for css in names_in(table, name))

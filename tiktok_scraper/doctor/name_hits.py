"""Which names of pages/names.py are there: of a post in its own HTML, of the page in the page. Pure.

A field may have several names: a tuple, or CSS with commas. The field is missed where none of them is there; that one
of several is not is told, and is no miss.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields

from parsel import Selector

from ..pages.dom import expected
from ..pages.names import CardNames, ViewNames

# Looked for in the page; all others in the HTML of a post.
OF_THE_FEED = ("feed_card", "openers")
OF_THE_VIEW = ("viewer", "next_button")
OF_THE_PAGE = OF_THE_FEED + OF_THE_VIEW
HIT, MISSED, ABSENT, OPTIONAL = "hit", "MISSED", "absent", "none"
_COMMA = re.compile(r",\s+(?![^\[]*\])")
Table = ViewNames | CardNames


@dataclass(frozen=True, slots=True)
class Row:
    """One name. times: in how many of the samples (posts, looks at the page, cards) it was there.

    verdict: "hit"; "MISSED", no name of a field that has to be there was; "absent", another name of the field was;
    "none", of a field that need not be there.
    """

    field: str
    css: str
    verdict: str
    times: int
    samples: int


@dataclass(slots=True)
class Tally:
    """The counts of one table: in how many samples each CSS was there, and how many there were, by field."""

    title: str
    table: Table
    required: set[str]
    there: dict[tuple[str, str], int] = field(default_factory=dict)
    samples: dict[str, int] = field(default_factory=dict)

    def add(self, names: tuple[str, ...], counted: Mapping[str, int]) -> None:
        """Take a sample of the fields *names*: how often each CSS was there."""
        for name in names:
            for css in names_in(self.table, name):
                self.samples[name] = self.samples.get(name, 0)
                self.there[name, css] = self.there.get((name, css), 0) + (counted[css] > 0)
            if name in self.samples:
                self.samples[name] += 1

    def rows(self) -> Iterator[Row]:
        """Every name that was looked for, in the order of the table."""
        for name in (part.name for part in fields(self.table) if part.name in self.samples):
            alternatives = names_in(self.table, name)
            any_there = any(self.there[name, css] for css in alternatives)
            for css in alternatives:
                times = self.there[name, css]
                otherwise = ABSENT if any_there else MISSED if name in self.required else OPTIONAL
                yield Row(name, css, HIT if times else otherwise, times, self.samples[name])


@dataclass(slots=True)
class NameHits:
    """All that a visit told of names."""

    tallies: dict[str, Tally] = field(default_factory=dict)

    def opened(self, table: ViewNames, counted: Mapping[str, int], era: str) -> None:
        """The feed has been opened: what its cards and what opens them are called."""
        self._of("feed", table, f"the feed, era {era or 'not known'}", {"feed_card", "openers"}).add(
            OF_THE_FEED, counted
        )

    def unknown(self, table: ViewNames, counted: Mapping[str, int]) -> None:
        """A page that is not known was opened: what there is of a feed's names anywhere on it."""
        required = {"feed_card", "viewer", *expected(table, "video")}
        names = tuple(part.name for part in fields(table))
        self._of("unknown", table, "a feed, on a page that is not known", required).add(names, counted)

    def entered(self, view: str, table: ViewNames, counted: Mapping[str, int], era: str) -> None:
        """A view was entered or stepped, or was to be."""
        self._view(view, table, era).add(OF_THE_VIEW, counted)

    def post(self, view: str, table: ViewNames, html: str) -> None:
        """A post is on screen, whose HTML this is."""
        root = Selector(text=html or "<html></html>", type="html")
        names = tuple(part.name for part in fields(table) if part.name not in OF_THE_PAGE)
        wanted = [css for name in names for css in names_in(table, name)]
        kind = "photo" if table.photo and root.css(table.photo) else "video"
        tally = self._view(view, table)
        tally.required |= set(expected(table, kind))
        tally.add(names, {css: len(root.css(css)) for css in wanted})

    def card(self, table: CardNames, counted: Mapping[str, int]) -> None:
        """The pointer has rested on a creator's name: what there is of the preview card."""
        names = tuple(part.name for part in fields(table))
        self._of("card", table, "the preview card", set(names)).add(names, counted)

    def missed(self) -> list[str]:
        """The fields that had to be there and were not, each with its table's title."""
        found = (
            (tally.title, row.field) for tally in self.tallies.values() for row in tally.rows() if row.verdict == MISSED
        )
        return list(dict.fromkeys(f"{name} of {title}" for title, name in found))

    def _view(self, view: str, table: ViewNames, era: str = "") -> Tally:
        title = f"the {view}{f', era {era}' if era else ''}" if view == "viewer" else "the feed walked in place"
        return self._of(view if view == "viewer" else "in place", table, title, {"viewer"})

    def _of(self, key: str, table: Table, title: str, required: set[str]) -> Tally:
        return self.tallies.setdefault(key, Tally(title, table, required))


def names_in(table: Table, name: str) -> tuple[str, ...]:
    """The CSS of a field, each name by itself; none where the table has none."""
    told = getattr(table, name)
    if isinstance(told, bool):
        return ()
    parts = (told,) if isinstance(told, str) else told
    return tuple(css for part in parts if part for css in _COMMA.split(part))


def spellings(table: Table) -> list[str]:
    """Every CSS of a table."""
    return [css for part in fields(table) for css in names_in(table, part.name)]

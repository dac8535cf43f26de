"""How often each name of one table was there, and what that says: hit, missed, or nothing. Pure.

A field may have several names: a tuple, or CSS with commas. It is missed where none of them is there although the page
has what it names; that one of several is not is told, and is no miss.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields

from ..pages.names import AUDIO_LABEL, CardNames, ViewNames

HIT, MISSED, ABSENT, UNJUDGED = "hit", "MISSED", "absent", "not judged"
# Of the audio's link, beside the fields of a view: the words that its label begins with.
LABEL_FIELD = "audio_label"
LABEL_CSS = f'a[aria-label^="{AUDIO_LABEL}"]'
_COMMA = re.compile(r",\s+(?![^\[]*\])")
Table = ViewNames | CardNames


@dataclass(frozen=True, slots=True)
class Row:
    """One name. times: in how many of the samples (posts, looks at the page, cards) it was there.

    verdict: "hit"; "MISSED", no name of a field was there that the page has, as `why` tells; "absent", another name of
    the field was; "not judged", this visit can't tell, as `why` tells.
    """

    field: str
    css: str
    verdict: str
    times: int
    samples: int
    why: str = ""


@dataclass(slots=True)
class Tally:
    """The counts of the fields *names* of one table. due: how it is known that the page has what a field names.

    untold: why it is not known, where it is not; exempt: why it is not judged at all.
    """

    title: str
    table: Table
    names: tuple[str, ...]
    due: dict[str, str] = field(default_factory=dict)
    untold: dict[str, str] = field(default_factory=dict)
    exempt: dict[str, str] = field(default_factory=dict)
    there: dict[tuple[str, str], int] = field(default_factory=dict)
    samples: dict[str, int] = field(default_factory=dict)

    def add(self, names: Iterable[str], counted: Mapping[str, int]) -> None:
        """Take a sample of the fields *names*: how often each CSS was there."""
        for name in names:
            for css in names_in(self.table, name):
                self.there[name, css] = self.there.get((name, css), 0) + (counted[css] > 0)
            self.samples[name] = self.samples.get(name, 0) + 1

    def owe(self, names: Iterable[str], why: str) -> None:
        """The page has what the fields *names* name, as *why* tells; the first reason stays."""
        for name in names:
            self.due.setdefault(name, why)

    def rows(self) -> Iterator[Row]:
        """Every name of the table, in its order."""
        for name in self.names:
            times = {css: self.there.get((name, css), 0) for css in names_in(self.table, name)}
            verdict, why = (ABSENT, "") if any(times.values()) else self._judged(name)
            for css, there in times.items():
                yield Row(name, css, HIT if there else verdict, there, self.samples.get(name, 0), why)

    def _judged(self, name: str) -> tuple[str, str]:
        """Of a field that was not there: the verdict, and how that is known."""
        if name in self.exempt:
            return UNJUDGED, self.exempt[name]
        if name in self.due and self.samples.get(name):
            return MISSED, self.due[name]
        return UNJUDGED, self.untold.get(name, "nothing showed whether it is there")


def fields_of(table: Table) -> tuple[str, ...]:
    """The fields of *table* that have a name in it, in their order."""
    extra = (LABEL_FIELD,) if isinstance(table, ViewNames) else ()
    return tuple(name for name in (*(part.name for part in fields(table)), *extra) if names_in(table, name))


def names_in(table: Table, name: str) -> tuple[str, ...]:
    """The CSS of a field, each name by itself; none where the table has none."""
    told = LABEL_CSS if name == LABEL_FIELD else getattr(table, name)
    if isinstance(told, bool):
        return ()
    parts = (told,) if isinstance(told, str) else told
    return tuple(css for part in parts if part for css in _COMMA.split(part))

"""What the displayed page says of a post, read when it is wanted; names that were not there are counted. Pure."""

from __future__ import annotations

from collections.abc import Callable

from ..pages.dom import expected, read_viewer
from ..pages.facts import ItemFacts
from ..pages.names import names_of
from ..turn import Current

Note = Callable[[str], None]


def read_post(current: Current, url: str, era: str, view: str, *, note: Note, count: Note) -> ItemFacts | None:
    """Read the post from its HTML; None, and noted, where that can't be. count: a stat of the run, by its name."""
    known = current.id if view == "feed" else ""
    facts = read_viewer(current.html, url=url, era=era, view=view, known=known)
    if isinstance(facts, ItemFacts):
        for name in expected(names_of(view, era), facts.kind):
            count(f"name/{name}/{'missed' if name in facts.missed else 'hit'}")
        return facts
    note("viewer-unreadable")
    return None

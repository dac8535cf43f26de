"""What a walk may decide to do next; the spider makes a request of it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Open:
    """Open the feed anew: a press led to another page."""


@dataclass(frozen=True, slots=True)
class Enter:
    """Go into a view: the "viewer", which the first video opens, or the "feed" as it stands."""

    view: str = "viewer"


@dataclass(frozen=True, slots=True)
class Step:
    """Go to the next post, not before the pace allows; with *back* to the one before, at once.

    known: creators on whose name the pointer need not come to rest right away; None: on nobody's.
    """

    timeout: float
    back: bool = False
    known: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Ask:
    """Rest the pointer on the creator's name until "sent", "reply" or "card"; picture: save the counts line."""

    username: str
    until: str
    picture: bool = False


@dataclass(frozen=True, slots=True)
class Press:
    """Press a button that the site offers: a sign of pages/signs.py, with its words; *after* seconds.

    The page is asked before where the button is and that nothing covers it.
    """

    sign: str
    words: str = ""
    after: float = 0.0


@dataclass(frozen=True, slots=True)
class End:
    """End this session's walk. reason: one of the end reasons of docs/crawl.md, as in runs.jsonlines."""

    reason: str


Decision = Open | Enter | Step | Ask | Press | End

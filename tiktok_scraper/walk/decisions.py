"""What a walk may decide to do next; the spider makes a request of it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Enter:
    """Open the first video, so that the site enters its viewer."""


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
    """Click a button at a point of the viewport, in CSS pixels."""

    x: float
    y: float


@dataclass(frozen=True, slots=True)
class End:
    """End this session's walk. reason: one of the end reasons of docs/crawl.md, as in runs.jsonlines."""

    reason: str


Decision = Enter | Step | Ask | Press | End

"""Which view is walked: the viewer where one opens, else the feed in place. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from ..pages.state import Page
from ..turn import VERIFY, Turn
from .decisions import Decision, End, Enter, Open
from .obstacles import NO_FEED

# Kinds of page that a walk may find itself on all of a sudden.
ELSEWHERE = {"profile", "video-page", "other", "shell"}


@dataclass(slots=True)
class Entering:
    """wanted: "auto", "viewer" or "feed" (TIKTOK_VIEW). view: the one that is entered, or tried."""

    wanted: str
    view: str = ""

    def begin(self, turn: Turn, page: Page) -> Decision | None:
        """Go into a view where a feed is open; None where the page is none, and was not refused."""
        if page.kind not in {"feed", "viewer"}:
            refusal = _refusal(turn)
            return End(refusal) if refusal else None
        self.view = self.view or ("feed" if self.wanted == "feed" else "viewer")
        return Enter(self.view)

    def failed(self, turn: Turn) -> Decision:
        """No view was entered: try the other one where that is allowed."""
        if turn.outcome == "covered":
            return End("covered")
        if self.view == "feed" or self.wanted == "viewer":
            return End("no-viewer")
        self.view = "feed"
        return Open() if turn.outcome == "elsewhere" else Enter("feed")

    def lost(self, turn: Turn, page: Page) -> str | None:
        """What has taken the place of the feed since, if anything: the name of such an end."""
        if refusal := _refusal(turn) or ("covered" if turn.facts.get("cover") else None):
            return refusal
        return NO_FEED[page.kind] if page.kind in ELSEWHERE else None


def _refusal(turn: Turn) -> str | None:
    """How the page itself was refused, if it was: by a status, or by the header of the site's check."""
    if any(VERIFY in event.headers for event in turn.documents):
        return "status-10000"
    return "refused" if any(event.is_refused for event in turn.documents) else None

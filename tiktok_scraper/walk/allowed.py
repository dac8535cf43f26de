"""May the feed be opened? What robots.txt says to this browser, of the turn that brought it. Pure."""

from __future__ import annotations

from ..pages.robots import Verdict, judge
from ..turn import Turn


def judged(turn: Turn, url: str) -> Verdict:
    """Judge the robots.txt of *turn* for the feed at *url* and the browser's own agent."""
    document = turn.documents[-1] if turn.documents else None
    return judge(
        turn.html,
        status=document.status if document else 0,
        url=url,
        agent=turn.facts.get("agent", ""),
        kind=document.headers.get("content-type", "") if document else "",
    )

"""What the list that came last, or did not come, tells of an end without a visible cause. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from ..pages.facts import FeedReply
from .feed_order import FeedOrder

REASONS = {"empty": "empty-reply", "verify": "status-10000", "refused": "refused", "failed": "refused"}
REASONS |= {"dropped": "dropped"}
REPEATS, SLOW = "repeats", "slow"
# Ends that a list would have prevented.
FOR_WANT_OF_ONE = {"feed-stuck", "never-drawn"}


@dataclass(slots=True)
class LastList:
    """status: of `FeedReply`, or "repeats"; awaited: the page had asked for another when the last turn was told."""

    status: str = "ok"
    awaited: bool = False

    def take(self, reply: FeedReply, order: FeedOrder) -> None:
        """Take a list, and its cards into *order*."""
        self.status = reply.status
        if reply.status == "ok" and order.add(reply):
            self.status = REPEATS  # the site's client drops them, so its feed stands still

    def why(self, otherwise: str) -> str:
        """The name of an end that is *otherwise* unexplained."""
        if self.status == "failed" and otherwise == "error-page":
            return otherwise  # the page says of a failure what the reply does
        if self.status == REPEATS and otherwise == "feed-stuck":
            return REPEATS
        late = self.awaited and otherwise in FOR_WANT_OF_ONE
        return REASONS.get(self.status, SLOW if late else otherwise)

"""One turn in the browser, as text: what the middleware answers and the spider reads.

The driver never crosses this seam. A turn is JSON in the response's body; `Turn.from_json` makes it a value.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from http import HTTPStatus
from typing import Self

from .pages.state import Look

VERIFY = "bdturing-verify"  # a reply's header that asks for a captcha; what it holds is nobody's business


@dataclass(frozen=True, slots=True)
class Event:
    """Something the page's own traffic told.

    kind: "feed", "preload", "creator", "document" for a whole reply; "sent" when the page asked for a creator; "lost"
    when the page cancelled that request, "failed" when nobody answered it, "dropped" when nobody answered its request
    for a list of the feed. at: Unix seconds, when it happened.
    username: of creator requests. body: the reply's, or why there is none, as the browser names it. bytes: its size, as
    sent where the browser tells that.
    """

    kind: str
    url: str
    at: float
    status: int = 0
    body: str = ""
    username: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    bytes: int = 0

    @property
    def is_refused(self) -> bool:
        """Whether it was answered with an error's status."""
        return self.status >= HTTPStatus.BAD_REQUEST


@dataclass(frozen=True, slots=True)
class Current:
    """The post on screen in the viewer. id "" with live True for a LIVE card; rectangle of the creator's link.

    creator "": the page draws none, or none where the pointer could go. odd: why it can't be told which post it is, ""
    where it can.
    """

    id: str
    live: bool = False
    creator: str = ""
    x: float = 0.0
    y: float = 0.0
    width: float = 0.0
    height: float = 0.0
    html: str = ""
    odd: str = ""


@dataclass(frozen=True, slots=True)
class Turn:
    """What one request to the browser brought.

    outcome: "ok" what was asked for happened; "slow", "dropped" a page did not load in time, or nobody answered; of an
    enter: as browser/view/enter.py tells; of a press: "covered", "gone" there is no such button; of a step: "stuck"
    nothing new was shown in time; of an ask: "reply" the creator's reply is here, "sent" the page has asked, "unseen"
    it did not ask, "lost" it cancelled, "failed" nobody answered, "card" the card shows its counts; "cut" the run is
    ending.
    at: Unix seconds when the page was looked at.
    """

    action: str
    outcome: str
    at: float
    url: str
    look: Look
    events: tuple[Event, ...] = ()
    current: Current | None = None
    html: str = ""
    card: str = ""
    picture: str | None = None
    facts: Mapping[str, str] = field(default_factory=dict)

    @property
    def documents(self) -> tuple[Event, ...]:
        """The pages that came in this turn."""
        return tuple(event for event in self.events if event.kind == "document")

    def to_json(self) -> bytes:
        """The turn as a response's body."""
        return json.dumps(asdict(self), ensure_ascii=False).encode()

    @classmethod
    def from_json(cls, body: bytes | str) -> Self:
        """Read what `to_json` wrote."""
        told = json.loads(body)
        return cls(
            **{
                **told,
                "look": Look.from_dict(told["look"]),
                "events": tuple(Event(**event) for event in told["events"]),
                "current": Current(**told["current"]) if told["current"] else None,
            }
        )

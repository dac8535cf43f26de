"""What a turn brought -> what the run knows: replies, the page's own data and the preview card are read here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http import HTTPStatus

import orjson

from ..config import CrawlConfig
from ..pages.data import embedded_cards, read_creator_reply, read_embedded, read_feed_reply
from ..pages.dom import read_card
from ..pages.facts import FeedReply, PageFacts, Unreadable
from ..turn import VERIFY, Event, Turn
from .contact import Contact
from .sightings import Sightings
from .walk import Walk


@dataclass(slots=True)
class Intake:
    """Feeds the run's sightings. note: counts an oddity; told_of: takes what the page says of the visit
    itself; keep: is given every reply as received (TIKTOK_KEEP_RAW)."""

    config: CrawlConfig
    sightings: Sightings
    note: Callable[[str], None]
    told_of: Callable[[PageFacts], None]
    keep: Callable[[Event], None] | None = None
    contact: Contact = field(default_factory=Contact)

    def take(self, walk: Walk, turn: Turn) -> Iterator[Unreadable]:
        """Read all that *turn* brought; yields the cards that can't be read, with their reasons."""
        self.contact.take(turn)
        for name in filter(None, turn.facts.get("passed", "").split(",")):
            self.note(name)
        if turn.card and walk.asking_for:
            card = read_card(turn.card)
            self.sightings.add_card(walk.asking_for.username, card.told, turn.at)
            self.note("card-read")
        if self.config.source == "page":
            # No reply of the network and no embedded data is read; that a list was refused is told all the same.
            for event in turn.events:
                if event.kind in {"feed", "dropped"} and (refusal := _refusal(event)):
                    walk.take_feed(refusal)
            return
        if turn.html and turn.action == "open":
            facts = read_embedded(turn.html)
            self.told_of(facts)
            self.contact.take_page(facts)
            if facts.first is not None:
                if self.keep is not None:
                    cards = orjson.dumps({"itemList": embedded_cards(turn.html)}).decode()
                    self.keep(Event("feed", turn.url, turn.at, body=cards))
                yield from self._feed(walk, facts.first, turn.at)
        for event in turn.events:
            if self.keep is not None and event.body:
                self.keep(event)
            yield from self._event(walk, event)

    def _event(self, walk: Walk, event: Event) -> Iterator[Unreadable]:
        if event.kind == "feed":
            yield from self._feed(walk, _feed_reply(event), event.at)
        elif event.kind == "dropped":
            walk.take_feed(_feed_reply(event))
        elif event.kind == "preload":
            # What the page has ready for later: joined by id to posts that come to be shown, never sightings.
            self.sightings.add_feed(_feed_reply(event), event.at, ahead=True)
        elif event.kind == "creator":
            self._creator(event)
        elif event.kind == "lost" and event.username:
            walk.take_loss(event.username)
        elif event.kind == "failed" and event.username:
            self.note("creator-failed")
            self.sightings.lost(event.username)

    def _feed(self, walk: Walk, reply: FeedReply, at: float) -> Iterator[Unreadable]:
        walk.take_feed(reply)
        self.sightings.add_feed(reply, at)
        self.contact.take_items(reply)
        for name in {name for item in reply.items for name in item.unread}:
            self.note(f"unread-{name}")
        if reply.odd_code is not None:
            self.note(f"feed-status-{reply.odd_code}")
        yield from reply.unreadable

    def _creator(self, event: Event) -> None:
        reply = read_creator_reply(event.body)
        if reply.status == "ok":
            self.sightings.add_creator(reply, event.at)
            for name in reply.unread:
                self.note(f"unread-{name}")
            if reply.odd_code is not None:
                self.note(f"creator-status-{reply.odd_code}")
            return
        self.note(f"creator-{reply.status}")
        if event.username:
            self.sightings.lost(event.username)


def _feed_reply(event: Event) -> FeedReply:
    """What a reply to a request for the feed says."""
    return _refusal(event) or read_feed_reply(event.body)


def _refusal(event: Event) -> FeedReply | None:
    """A reply that is none by its status, or never came; one with the header of the site's check says nothing else."""
    if event.kind == "dropped":
        return FeedReply("dropped")
    if VERIFY in event.headers:
        return FeedReply("verify")
    if event.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return FeedReply("failed")
    return FeedReply("refused") if event.is_refused else None

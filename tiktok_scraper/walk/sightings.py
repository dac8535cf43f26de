"""What this run has seen: joins viewer, item and creator replies, and gives each TikTok out once, when complete.

Pure: the clock comes in as an argument. A TikTok is complete when its item and its creator's counts are here, or
when nobody waits for them any more: after the timeout what was not told stays None, and is counted by the caller.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from ..items import TikTok, creator_url, stamp, tiktok_url, uploaded, url_by_id
from ..pages.facts import CreatorReply, FeedReply, ItemFacts, Told

# What scripts print of a name that is not there.
PRINTED_OF_NO_NAME = ("undefined", "null")


@dataclass(slots=True)
class Sighting:
    """One TikTok the viewer showed. Times: `shown_at` in Unix seconds, `late_at` on the caller's clock."""

    id: str
    username: str
    shown_at: float
    late_at: float
    position: int
    session: int
    era: str | None
    page: Callable[[], ItemFacts | None] = lambda: None  # reads the viewer's HTML: dear, so when it is given out
    awaited: bool = False  # its creator was asked for, and the answer may still come


@dataclass(frozen=True, slots=True)
class Creator:
    """What a creator's own reply or preview card told, and when it was received (Unix seconds)."""

    told: Told
    at: float
    id: str | None = None


@dataclass(slots=True)
class Sightings:
    """The run's sightings. source: "auto", "json" or "page"; timeout: seconds a sighting may stay incomplete.

    extras: which of caption and hashtags are collected; what is not asked for goes no further than here.
    """

    run: str
    source: str = "auto"
    timeout: float = 5.0
    simulated: bool = False
    extras: tuple[str, ...] = ()
    pending: dict[str, Sighting] = field(default_factory=dict)
    done: set[str] = field(default_factory=set)
    items: dict[str, tuple[ItemFacts, float]] = field(default_factory=dict)
    creators: dict[str, Creator] = field(default_factory=dict)
    zeroed: set[str] = field(default_factory=set)  # TikToks whose whole list came without views
    ahead: set[str] = field(default_factory=set)  # TikToks that only a preloaded list has brought so far
    told_by_items: set[str] = field(default_factory=set)  # creators whose counts some item brought
    unanswered: int = 0  # TikToks given out although their creator, asked for, was never told

    def add_feed(self, reply: FeedReply, at: float, *, ahead: bool = False) -> None:
        """Take the items of a list that the page received at *at* (Unix seconds).

        ahead: it has them ready for later; the feed's own list is fresher, and counts instead.
        """
        zeroed = reply.without_views
        for item in reply.items:
            if item.id in self.ahead and not ahead:
                del self.items[item.id]
                self.ahead.discard(item.id)
            elif ahead and item.id not in self.items:
                self.ahead.add(item.id)
            # The first reply that brought a TikTok is the one its viewer shows: the client drops repeats.
            kept, _ = self.items.setdefault(item.id, (item, at))
            if kept is item:
                (self.zeroed.add if zeroed else self.zeroed.discard)(item.id)
            if kept is item and item.username and tells_creator(item):
                self.told_by_items.add(item.username)

    def add_creator(self, reply: CreatorReply, at: float) -> None:
        """Take a creator's own reply."""
        if reply.username:
            self.creators[reply.username] = Creator(reply.told, at, reply.creator_id)

    def add_card(self, username: str, told: Told, at: float) -> None:
        """Take what the preview card showed; a reply is the better source and is kept."""
        known = self.creators.get(username)
        if known is None or not any(block.startswith("detail") for block in known.told):
            self.creators[username] = Creator(told, at)
        else:
            self.creators[username] = Creator({**told, **known.told}, known.at, known.id)

    def show(self, sighting: Sighting) -> bool:
        """Note that the viewer shows a TikTok; False if this run has seen it already."""
        if sighting.id in self.pending or sighting.id in self.done:
            return False
        self.pending[sighting.id] = sighting
        return True

    def named(self, id: str, shown: str) -> str:
        """The creator of a TikTok as the page has *shown* it; "" where that is what scripts print of no name at all.

        Accounts may be called so: it is no name only where the page's own data have none.
        """
        item, _ = self.items.get(id, (None, 0))
        return "" if shown in PRINTED_OF_NO_NAME and item is not None and item.username is None else shown

    def seen(self, id: str) -> bool:
        """Whether the viewer has shown the TikTok in this run."""
        return id in self.pending or id in self.done

    def await_creator(self, username: str, late_at: float) -> None:
        """Hold back what waits for this creator, until *late_at*; infinity: until somebody says otherwise."""
        for sighting in self.pending.values():
            if sighting.username == username:
                sighting.awaited, sighting.late_at = True, late_at

    def release(self, late_at: float) -> None:
        """Whoever is held back without an end is held until *late_at* at most: nobody will say otherwise any more."""
        for sighting in self.pending.values():
            sighting.late_at = min(sighting.late_at, late_at)

    def lost(self, username: str) -> None:
        """The creator's reply will not come: wait no more."""
        for sighting in self.pending.values():
            if sighting.username == username:
                sighting.awaited = False

    def is_asked(self, username: str) -> bool:
        """Whether an answer about this creator is on its way."""
        return any(s.awaited for s in self.pending.values() if s.username == username)

    def due(self, now: float, *, closing: bool = False) -> list[TikTok]:
        """Give out, once each, the sightings that are complete or late at *now*; with *closing* all of them."""
        return [self._give(s) for s in list(self.pending.values()) if closing or self._ready(s, now)]

    def is_waiting(self, now: float) -> bool:
        """Whether a reply that is not late yet would complete a sighting."""
        return any(not self._ready(sighting, now) for sighting in self.pending.values())

    def _ready(self, sighting: Sighting, now: float) -> bool:
        if now >= sighting.late_at:
            return True
        told = self.source == "page" or sighting.id in self.items
        return told and (sighting.username in self.creators or not sighting.awaited)

    def _give(self, sighting: Sighting) -> TikTok:
        del self.pending[sighting.id]
        self.done.add(sighting.id)
        item, at = self.items.get(sighting.id, (None, sighting.shown_at))
        page = None if self.source == "json" else sighting.page()
        username = self.named(sighting.id, sighting.username)
        creator = self.creators.get((item and item.username) or username)
        if creator is None and sighting.awaited:
            self.unanswered += 1
        return self._tiktok(replace(sighting, username=username), item, page, creator, at)

    def _tiktok(
        self,
        sighting: Sighting,
        item: ItemFacts | None,
        page: ItemFacts | None,
        creator: Creator | None,
        at: float,
    ) -> TikTok:
        facts = item or page or ItemFacts(sighting.id, sighting.username, {})
        username = facts.username or sighting.username or None
        created_at, created_from = uploaded(facts.created_at, sighting.id)
        return TikTok(
            scraped_at=stamp(at),
            url=tiktok_url(username, sighting.id, facts.kind) or url_by_id(sighting.id, facts.kind),
            audio=facts.audio or (page and page.audio) or None,
            audio_url=facts.audio_url or (page and page.audio_url) or None,
            username=creator_url(username),
            id=sighting.id,
            creator_id=facts.creator_id or (creator and creator.id) or None,
            audio_id=facts.audio_id or (page and page.audio_id) or None,
            created_at=created_at,
            created_from=created_from,
            shown_at=stamp(sighting.shown_at),
            user_scraped_at=stamp(creator.at) if creator else (stamp(at) if tells_creator(item) else None),
            run=self.run,
            position=sighting.position,
            session=sighting.session,
            era=sighting.era,
            ad=facts.ad,
            kind=facts.kind,
            audio_original=facts.audio_original,
            duration=facts.duration,
            language=facts.language,
            simulated=self.simulated,
            caption=facts.caption if "caption" in self.extras else None,
            hashtags=facts.hashtags if "hashtags" in self.extras else (),
            extras=self.extras,
            told=joined(item, page, creator),
            zeroed=sighting.id in self.zeroed,
        )


def joined(item: ItemFacts | None, page: ItemFacts | None, creator: Creator | None) -> Told:
    """All that was told of the counts, block by block."""
    blocks: dict[str, Mapping[str, str]] = {}
    for facts in (page, item, creator):
        if facts is not None:
            blocks |= facts.told
    return blocks


def tells_creator(item: ItemFacts | None) -> bool:
    """Whether an item tells its creator's followers and likes: 0 in an ad means "not told" (site.md 5.1b)."""
    if item is None:
        return False
    untold = {"", "0"} if item.ad else {""}
    for block in ("authorStatsV2", "authorStats"):
        counts = item.told.get(block, {})
        texts = [counts.get(name, "") for name in ("user_followers", "user_likes")]
        if not any(text in untold for text in texts) and any(text != "0" for text in counts.values()):
            return True
    return False

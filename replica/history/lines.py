"""The lines that a crawl would have written of what it saw: schema 2, or the nine fields of 2022."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from operator import itemgetter
from typing import Any
from zoneinfo import ZoneInfo

from replica.feed.world_feed import likeless
from replica.history.counts import Count, Creator, of_creator, of_tiktok, untold
from replica.history.plan import ZEROS
from replica.history.visit import Shown, Visit
from replica.items import creator_reply, flavours, item
from replica.items.display import INT32, audio_text, heart, rounded
from replica.items.flips import is_flipped, lower
from replica.items.handleless import is_handleless
from replica.items.truth import audio_url, creator_url, iso, video_url
from replica.items.zeroed import is_zeroed, zero
from replica.unruly import Unruly
from replica.world.entities import Counts, CreatorCounts, TikTok
from replica.world.world import World

SCHEMA = 2
NOBODY = CreatorCounts(followers=0, following=0, likes=0, videos=0)
_ORDER = ("likes", "comments", "user_followers", "user_likes", "shares", "views", "saves", "user_videos")
# The fields of a line in the file's order.
FIELDS = (
    *("scraped_at", "url", "audio", "audio_url", "likes", "comments", "username", "user_followers", "user_likes"),
    *("shares", "views", "saves", "user_videos"),
    *(f"{name}_step" for name in _ORDER),
    *(f"{name}_shown" for name in _ORDER),
    *("user_likes_repair", "user_likes_wraps", "id", "creator_id", "audio_id", "created_at", "created_from"),
    *("shown_at", "user_scraped_at", "run", "position", "session", "era", "source", "user_source", "ad", "kind"),
    *("audio_original", "duration", "language", "simulated", "schema"),
)
_IN_ORDER = itemgetter(*FIELDS)
_STEPS, _SHOWN = ({name: f"{name}_{what}" for name in _ORDER} for what in ("step", "shown"))


@dataclass(frozen=True, slots=True)
class Sighting:
    """One line, and the truth beside it: exact counts when those of the line were sent.

    `creator`: None where the line tells nothing of the creator; `user_at`: when their counts were sent. `zeroed` and
    `flipped`: the site sent other counts than the exact ones (items/zeroed.py, items/flips.py).
    """

    line: dict[str, Any]
    tiktok: TikTok
    at: float
    counts: Counts
    creator: CreatorCounts | None
    user_at: float | None
    zeroed: bool = False
    flipped: bool = False


class Lines:
    """Writes down what visits to *world* saw."""

    def __init__(self, world: World, rates: Unruly, *, zeros: str = ZEROS[0]) -> None:
        """*rates*: what is unruly in what the site sends; *zeros*: as in Plan."""
        self.world, self._rates, self._zeros = world, rates, zeros
        self._known: dict[int, Mapping[str, str | None]] = {}

    def of(self, visit: Visit, run: str) -> Iterator[Sighting]:
        """The lines of one run in schema 2, in the order in which they became complete."""
        every = sorted(visit.shown, key=lambda s: s.written_at)
        asked = [self._asked_of(shown, visit.hour.author_stats) for shown in every]
        counted = iter(self.world.creators_counts([pair for pairs in asked for pair in pairs]))
        for shown, pairs in zip(every, asked, strict=True):
            yield self._sighting(visit, run, shown, [next(counted) for _ in pairs])

    def of_2022(self, visit: Visit, zone: ZoneInfo, *, repaired: bool) -> Iterator[Sighting]:
        """The lines of one run as the study of 2022 wrote them: nine fields, and the mark that they are simulated.

        Times are naive, in *zone*. A wrapped total is negative, or has 2^32 added where *repaired*.
        """
        times = [_ms(shown.told_at or shown.shown_at) for shown in visit.shown]
        asked = [(shown.tiktok.creator.index, at) for shown, at in zip(visit.shown, times, strict=True)]
        for shown, at, creator in zip(visit.shown, times, self.world.creators_counts(asked), strict=True):
            tiktok = shown.tiktok
            counts = self.world.counts(tiktok, at)
            told = creator if shown.told_at else None
            flipped = is_flipped(tiktok, at, self._rates.flips, self.world.seed)
            zeroed = shown.zeroed and is_zeroed(tiktok.id, self.world.seed)
            sent = replace(lower(counts) if flipped else counts, **({"likes": 0} if zeroed else {}))
            naive = datetime.fromtimestamp(int(at), zone).replace(tzinfo=None).isoformat()
            line = {"scraped_at": naive, **_counted_2022(self._of(tiktok), sent, told, repaired=repaired)}
            line["simulated"] = True
            yield Sighting(line, tiktok, at, counts, told, at if told else None, zeroed, flipped)

    def _asked_of(self, shown: Shown, author_stats: str) -> list[tuple[int, float]]:
        """The creator's counts that tell in *shown*: when the item was sent, if it tells them, and at their reply."""
        creator = shown.tiktok.creator.index
        flavour = flavours.flavour_of(shown.tiktok, author_stats, self.world.seed)
        asked = [] if flavour == "bare" else [(creator, _ms(shown.sent_at))]
        return asked if shown.told_at is None else [*asked, (creator, _ms(shown.told_at))]

    def _sighting(self, visit: Visit, run: str, shown: Shown, told_of: list[CreatorCounts]) -> Sighting:
        tiktok, hour, world = shown.tiktok, visit.hour, self.world
        sent_at, told_at = _ms(shown.sent_at), None if shown.told_at is None else _ms(shown.told_at)
        flavour = flavours.flavour_of(tiktok, hour.author_stats, world.seed)
        counts, then, reply = world.counts(tiktok, sent_at), told_of[0] if told_of else NOBODY, None
        flipped = is_flipped(tiktok, sent_at, self._rates.flips, world.seed)
        sent = item.count_blocks(
            tiktok,
            lower(counts) if flipped else counts,
            then,
            era=hour.era,
            author_stats=hour.author_stats,
            seed=world.seed,
            best=True,
        )
        if shown.late and likeless(tiktok, era=hour.era, seed=world.seed):
            flavours.without(sent, "diggCount")
        zeroed = shown.zeroed and is_zeroed(tiktok.id, world.seed)
        if zeroed:
            zero(sent)
        if told_at is not None:
            then = told_of[-1]
            reply = creator_reply.best_block(tiktok.creator, then, era=hour.era, seed=world.seed)
        own, creator = of_tiktok(sent), of_creator(sent, reply, ad=tiktok.ad)
        if self._zeros == "untold":
            own = untold(own, failed=shown.zeroed)
        full = flavour == "full"
        user_at = told_at or (sent_at if full else None)
        line = {
            "scraped_at": iso(sent_at),
            **self._of(tiktok),
            **_counted(own, creator),
            "shown_at": iso(shown.shown_at),
            "user_scraped_at": None if user_at is None else iso(user_at),
            "run": run,
            "position": shown.position,
            "session": 1,
            "era": hour.era,
            "ad": tiktok.ad,
            "audio_original": tiktok.audio.original and full and not tiktok.ad,
            "language": None if tiktok.ad or hour.era == "a" else tiktok.language,
            "simulated": True,
            "schema": SCHEMA,
        }
        told = creator.source is not None
        return Sighting(
            dict(zip(FIELDS, _IN_ORDER(line), strict=True)),
            tiktok,
            sent_at,
            counts,
            then if told else None,
            (user_at or sent_at) if told else None,
            zeroed,
            flipped,
        )

    def _of(self, tiktok: TikTok) -> Mapping[str, Any]:
        """What never changes about a TikTok."""
        if tiktok.index not in self._known:
            self._known[tiktok.index] = _facts(
                tiktok, named=not is_handleless(tiktok.id, self._rates.handleless, self.world.seed)
            )
        return self._known[tiktok.index]


def _facts(tiktok: TikTok, *, named: bool) -> Mapping[str, Any]:
    kind, audio = "photo" if tiktok.photo else "video", tiktok.audio
    return {
        "url": video_url(tiktok.creator.handle if named else "", kind, tiktok.id),
        "audio": audio_text(audio.title, audio.author),
        "audio_url": audio_url(audio.title, audio.id) if audio.id else None,
        "username": creator_url(tiktok.creator.handle) if named else None,
        "id": tiktok.id,
        "creator_id": tiktok.creator.id,
        "audio_id": audio.id or None,
        "created_at": datetime.fromtimestamp(tiktok.created_at, UTC).isoformat(),
        "created_from": "page",
        "kind": kind,
        "duration": None if tiktok.photo else tiktok.duration,
    }


def _counted(own: Mapping[str, Count], creator: Creator) -> dict[str, Any]:
    told: dict[str, Any] = {}
    for counts in (own, creator.counts):
        for name, count in counts.items():
            told[name], told[_STEPS[name]], told[_SHOWN[name]] = count
    told["source"] = "json" if any(count.value is not None for count in own.values()) else None
    told["user_source"] = creator.source
    told["user_likes_repair"] = None if creator.wraps is None else "minimum"
    told["user_likes_wraps"] = creator.wraps
    return told


def _counted_2022(
    facts: Mapping[str, Any], counts: Counts, creator: CreatorCounts | None, *, repaired: bool
) -> dict[str, Any]:
    likes = None if creator is None else heart(creator.likes)
    if likes is not None:
        # The card printed a negative total as it was, and any other rounded.
        likes = rounded(likes) if likes >= 0 else likes + INT32 * repaired
    return {
        **{name: facts[name] for name in ("url", "audio", "audio_url")},
        "likes": rounded(counts.likes),
        "comments": rounded(counts.comments),
        "username": facts["username"],
        "user_followers": None if creator is None else rounded(creator.followers),
        "user_likes": likes,
    }


def _ms(at: float) -> float:
    """*at* as the file has it: whole milliseconds."""
    return math.floor(at * 1000) / 1000

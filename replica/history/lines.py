"""The lines that a crawl would have written of what it saw: schema 2, or the nine fields of 2022."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from replica.history.hours import Hour
from replica.history.plain import Told
from replica.history.plan import ZEROS
from replica.history.sent import Sending, Sent, whole_ms
from replica.history.visit import Visit
from replica.items.display import INT32, audio_text, heart, rounded
from replica.items.flips import is_flipped, lower
from replica.items.handleless import is_handleless
from replica.items.truth import audio_url, creator_url, iso, video_url
from replica.items.zeroed import is_zeroed
from replica.unruly import Unruly
from replica.world.entities import Counts, CreatorCounts, TikTok
from replica.world.world import World

SCHEMA = 2


class Exact(NamedTuple):
    """The truth beside a line: exact counts when those of the line were sent.

    `creator`: None where the line tells nothing of the creator; `user_at`: when their counts were sent; the two `_text`
    are these times as the file has them. `zeroed` and `flipped`: the site sent other counts than the exact ones
    (items/zeroed.py, items/flips.py).
    """

    at: float
    at_text: str
    counts: Counts
    creator: CreatorCounts | None
    user_at: float | None
    user_at_text: str | None
    zeroed: bool
    flipped: bool


class Sighting(NamedTuple):
    """One line, of which TikTok it is, and the truth beside it."""

    line: dict[str, Any]
    tiktok: TikTok
    exact: Exact


class Lines:
    """Writes down what visits to *world* saw."""

    def __init__(self, world: World, rates: Unruly, *, zeros: str = ZEROS[0]) -> None:
        """*rates*: what is unruly in what the site sends; *zeros*: as in Plan."""
        self.world, self._rates = world, rates
        self._times: dict[float, str] = {}  # of the run's replies, each of which brought many
        self._sending = Sending(world, rates, zeros=zeros)
        self._known: dict[int, Mapping[str, str | None]] = {}

    def of(self, visit: Visit, run: str) -> Iterator[Sighting]:
        """The lines of one run in schema 2, in the order in which they became complete."""
        self._times.clear()
        for sent, own, creator in self._sending.of(visit):
            yield self._sighting(visit.hour, run, sent, own, creator)

    def of_2022(self, visit: Visit, zone: ZoneInfo, *, repaired: bool) -> Iterator[Sighting]:
        """The lines of one run as the study of 2022 wrote them: nine fields, and the mark that they are simulated.

        Times are naive, in *zone*. A wrapped total is negative, or has 2^32 added where *repaired*.
        """
        times = [whole_ms(shown.told_at or shown.shown_at) for shown in visit.shown]
        asked = [(shown.tiktok.creator.index, at) for shown, at in zip(visit.shown, times, strict=True)]
        for shown, at, creator in zip(visit.shown, times, self.world.creators_counts(asked), strict=True):
            tiktok = shown.tiktok
            counts = self.world.counts(tiktok, at)
            told = creator if shown.told_at else None
            flipped = is_flipped(tiktok, at, self._rates.flips, self.world.seed)
            zeroed = shown.zeroed and is_zeroed(tiktok.id, self.world.seed)
            sent = lower(counts) if flipped else counts
            sent = sent._replace(likes=0) if zeroed else sent
            naive = datetime.fromtimestamp(int(at), zone).replace(tzinfo=None).isoformat()
            line = {"scraped_at": naive, **_counted_2022(self._of(tiktok), sent, told, repaired=repaired)}
            line["simulated"] = True
            text = iso(at)
            exact = Exact(at, text, counts, None, None, None, zeroed, flipped)
            if told is not None:
                exact = exact._replace(creator=told, user_at=at, user_at_text=text)
            yield Sighting(line, tiktok, exact)

    def _sighting(self, hour: Hour, run: str, sent: Sent, own: Told, creator: Told) -> Sighting:
        tiktok, shown = sent.shown.tiktok, sent.shown
        facts = self._of(tiktok)
        full = sent.flavour == "full"
        user_at = sent.told_at or (sent.at if full else None)
        at_text, user_at_text = self._time(sent.at), None if user_at is None else iso(user_at)
        (likes, comments, shares, views, saves), (followers, user_likes, videos) = own.values, creator.values
        steps, of_user = own.steps, creator.steps
        texts, user_texts = own.shown, creator.shown
        line = {
            "scraped_at": at_text,
            "url": facts["url"],
            "audio": facts["audio"],
            "audio_url": facts["audio_url"],
            "likes": likes,
            "comments": comments,
            "username": facts["username"],
            "user_followers": followers,
            "user_likes": user_likes,
            "shares": shares,
            "views": views,
            "saves": saves,
            "user_videos": videos,
            "likes_step": steps[0],
            "comments_step": steps[1],
            "user_followers_step": of_user[0],
            "user_likes_step": of_user[1],
            "shares_step": steps[2],
            "views_step": steps[3],
            "saves_step": steps[4],
            "user_videos_step": of_user[2],
            "likes_shown": texts[0],
            "comments_shown": texts[1],
            "user_followers_shown": user_texts[0],
            "user_likes_shown": user_texts[1],
            "shares_shown": texts[2],
            "views_shown": texts[3],
            "saves_shown": texts[4],
            "user_videos_shown": user_texts[2],
            "user_likes_repair": None if creator.wraps is None else "minimum",
            "user_likes_wraps": creator.wraps,
            "id": facts["id"],
            "creator_id": facts["creator_id"],
            "audio_id": facts["audio_id"],
            "created_at": facts["created_at"],
            "created_from": "page",
            "shown_at": iso(shown.shown_at),
            "user_scraped_at": user_at_text,
            "run": run,
            "position": shown.position,
            "session": 1,
            "era": hour.era,
            "source": own.source,
            "user_source": creator.source,
            "ad": tiktok.ad,
            "kind": facts["kind"],
            "audio_original": tiktok.audio.original and full and not tiktok.ad,
            "duration": facts["duration"],
            "language": None if tiktok.ad or hour.era == "a" else tiktok.language,
            "simulated": True,
            "schema": SCHEMA,
        }
        exact = Exact(sent.at, at_text, sent.counts, None, None, None, sent.zeroed, sent.flipped)
        if creator.source is not None:
            exact = exact._replace(
                creator=sent.creator, user_at=user_at or sent.at, user_at_text=user_at_text or at_text
            )
        return Sighting(line, tiktok, exact)

    def _time(self, at: float) -> str:
        if at not in self._times:
            self._times[at] = iso(at)
        return self._times[at]

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
        "kind": kind,
        "duration": None if tiktok.photo else tiktok.duration,
    }


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

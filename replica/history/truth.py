"""truth.jsonlines: what was so while a history was recorded; planted.py defines its terms.

One object a line, told apart by `of`:

- "world", the first: the plan (without `unruly` where nothing is), the window (`from`, `until`), and the thresholds of
  what counts as viral.
- "tiktok", one for each that was sighted: ids, whether paid for, when served and when removed (null: never), bursts,
  losses (times at which counts were taken away, between the first and the last sighting), what is planted, and per
  sighting its run, the time (scraped_at) and the exact counts then. In schema 1 the run is null, and the time, which
  the line tells to the second, is the exact one. `zeroed` and `flipped`, where there are any: which of the sightings,
  counted from 0, the site sent with counts that had failed, and with the lower of two values.
- "creator": the same for creators; times are those of user_scraped_at, and only sightings that told of them are there.
  `wraps`: how often the true total has passed a signed 32-bit number at each; `onsets`: bursts of their TikToks.
- "audio": in how many runs it was sighted, and who used it in the world.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from replica.history import planted
from replica.history.counts import OF_TIKTOK
from replica.history.lines import Exact, Sighting
from replica.history.plan import Plan
from replica.history.planted import Window
from replica.items.display import INT32, audio_text
from replica.items.truth import audio_url, creator_url, iso, video_url
from replica.unruly import TAME
from replica.world.entities import Audio, Creator, TikTok
from replica.world.world import World


@dataclass(slots=True)
class _Seen:
    """The sightings of one entity."""

    runs: list[str | None] = field(default_factory=list)
    sightings: list[Exact] = field(default_factory=list)

    def add(self, run: str | None, told: Exact) -> None:
        """Take one more."""
        self.runs.append(run)
        self.sightings.append(told)


class Truth:
    """Takes a history's sightings, and tells the truth about them."""

    def __init__(self, world: World, plan: Plan) -> None:
        self._world, self._plan = world, plan
        hours = plan.hours()
        first = hours[0].at // planted.HOUR_S * planted.HOUR_S if hours else plan.now
        self._window = Window(first, plan.now)
        self._tiktoks: dict[int, _Seen] = defaultdict(_Seen)
        self._creators: dict[int, _Seen] = defaultdict(_Seen)
        self._audio_runs: dict[int, set[str]] = defaultdict(set)

    def saw(self, run: str, sightings: list[Sighting]) -> None:
        """Take the sightings of one run."""
        named = run if self._plan.schema > 1 else None
        for sighting in sightings:
            tiktok = sighting.tiktok
            self._tiktoks[tiktok.index].add(named, sighting.exact)
            creator = self._creators[tiktok.creator.index]  # there, also where nothing is told of them
            if sighting.exact.creator is not None:
                creator.add(named, sighting.exact)
            self._audio_runs[tiktok.audio.index].add(run)

    def lines(self) -> Iterator[dict[str, Any]]:
        """The world, then TikToks, creators and audios, each by their numbers in the world."""
        tiktoks = [self._tiktok(self._world.tiktok(n), seen) for n, seen in sorted(self._tiktoks.items())]
        creators = [self._creator(self._world.creator(n), seen) for n, seen in sorted(self._creators.items())]
        audios = [self._audio(self._world.audio(n), len(runs)) for n, runs in sorted(self._audio_runs.items())]
        free = [line for line in tiktoks if not line["ad"]]
        posters = [line for line in creators if not line["ads_only"]]
        often = [line for line in audios if _eligible(line)]
        day = planted.threshold(line["day_likes"] for line in free)
        seen_day = planted.threshold(line["seen_day_likes"] for line in free)
        gain = planted.threshold(line["gain"] for line in posters)
        uses = max(1, planted.threshold(line["new_creators"] for line in often))
        yield self._head({"day_likes": day, "seen_day_likes": seen_day, "gain": gain, "new_creators": uses})
        for line in tiktoks:
            line["viral"] = not line["ad"] and line["day_likes"] >= day
            line["seen_viral"] = not line["ad"] and line["seen_day_likes"] >= seen_day
        for line in creators:
            line["viral"] = not line["ads_only"] and line["gain"] is not None and line["gain"] >= max(gain, 1e-12)
        for line in audios:
            line["planted"] = line["viral"] = _eligible(line) and line["new_creators"] >= uses
        yield from (*tiktoks, *creators, *audios)

    def _head(self, thresholds: dict[str, float]) -> dict[str, Any]:
        plan, window = self._plan, self._window
        return {
            "of": "world",
            **{name: getattr(plan, name) for name in ("seed", "profile", "days", "schema", "limit", "era")},
            "zone": plan.zone if plan.schema == 1 else None,
            "followers_from": plan.followers_from,
            **({} if plan.unruly == TAME else {"unruly": plan.unruly.told()}),
            "now": iso(plan.now),
            "from": iso(window.start),
            "until": iso(window.end),
            "thresholds": {name: value if math.isfinite(value) else None for name, value in thresholds.items()},
            "simulated": True,
        }

    def _tiktok(self, tiktok: TikTok, seen: _Seen) -> dict[str, Any]:
        world, window, hours = self._world, self._window, self._window.hours
        likes = planted.likes_at(world, tiktok, hours)
        most, begin = planted.most_gained(likes, 24)
        at = [sighting.at for sighting in seen.sightings]
        first, last = min(at), max(at)
        between = Window(first, last)
        return {
            "of": "tiktok",
            "id": tiktok.id,
            "url": video_url(tiktok.creator.handle, "photo" if tiktok.photo else "video", tiktok.id),
            "creator_id": tiktok.creator.id,
            "audio_id": tiktok.audio.id or None,
            "ad": tiktok.ad,
            "created_at": iso(tiktok.created_at),
            "served_from": iso(tiktok.served_from),
            "served_until": iso(tiktok.served_until),
            "removed_at": iso(removed) if (removed := float(world.pool.removed[tiktok.index])) < math.inf else None,
            "planted": planted.is_planted(world, tiktok, window),
            "bursts": self._bursts(tiktok),
            "losses": self._losses(tiktok, between),
            "day_likes": most,
            "day_from": iso(float(hours[begin])),
            "seen_day_likes": planted.most_gained(planted.likes_at(world, tiktok, between.hours), 24)[0],
            "million_week": planted.most_gained(likes, 24 * 7)[0] >= 1_000_000,
            "run": seen.runs,
            "at": [sighting.at_text for sighting in seen.sightings],
            **{name: [getattr(sighting.counts, name) for sighting in seen.sightings] for name in OF_TIKTOK},
            **_otherwise(seen.sightings),
        }

    def _bursts(self, tiktok: TikTok) -> list[dict[str, Any]]:
        return [
            {
                "at": iso(burst.at),
                "gain": round(planted.burst_gain(self._world, tiktok, burst), 6),
                "likes": round(planted.burst_likes(self._world, tiktok, burst)),
                "half_hours": round(burst.half_s / 3_600, 3),
            }
            for burst in self._world.life(tiktok).bursts
        ]

    def _losses(self, tiktok: TikTok, between: Window) -> dict[str, list[str]]:
        losses = self._world.life(tiktok).losses
        told = {name: [iso(at) for at, _ in losses.get(name, ()) if between.holds(at)] for name in OF_TIKTOK}
        return {name: times for name, times in told.items() if times}

    def _creator(self, creator: Creator, seen: _Seen) -> dict[str, Any]:
        world, window = self._world, self._window
        told = [(at, s.creator) for s in seen.sightings if (at := s.user_at) is not None and s.creator is not None]
        points = planted.log_points(world, creator, window)
        return {
            "of": "creator",
            "creator_id": creator.id,
            "username": creator_url(creator.handle),
            "ads_only": all(world.pool.ad[n] for n in world.works[creator.index]),
            "planted": points >= planted.PLANTED_LOG_POINTS,
            "burst_log_points": round(points, 6),
            "onsets": [iso(at) for at, _ in planted.onsets(world, creator, window)],
            "gain": _gain([(at, counts.followers) for at, counts in told]),
            "run": seen.runs,
            "at": [s.user_at_text for s in seen.sightings if s.creator is not None],
            "user_followers": [counts.followers for _, counts in told],
            "user_likes": [counts.likes for _, counts in told],
            "user_videos": [counts.videos for _, counts in told],
            "wraps": [(counts.likes + INT32 // 2) // INT32 for _, counts in told],
        }

    def _audio(self, audio: Audio, runs: int) -> dict[str, Any]:
        used = planted.served(self._world, audio.index, self._window)
        creators = len({tiktok.creator.index for tiktok in used})
        return {
            "of": "audio",
            "audio_id": audio.id or None,
            "audio_url": audio_url(audio.title, audio.id) if audio.id else None,
            "audio": audio_text(audio.title, audio.author),
            "original": audio.original,
            "runs": runs,
            "tiktoks": len(used),
            "owner_only": audio.original and creators <= 1,
            "creators": creators,
            "new_creators": planted.newcomers(used, self._window),
        }


def _eligible(audio: dict[str, Any]) -> bool:
    """Whether an audio may be viral: seen often enough, and by more than advertisements or its owner alone."""
    return audio["runs"] >= planted.AUDIO_RUNS and audio["creators"] > 0 and not audio["owner_only"]


def _otherwise(sightings: Sequence[Exact]) -> dict[str, list[int]]:
    """Which sightings, from 0, were sent otherwise than the exact counts are."""
    told = {name: [n for n, one in enumerate(sightings) if getattr(one, name)] for name in ("zeroed", "flipped")}
    return {name: which for name, which in told.items() if which}


def _gain(told: list[tuple[float, int]]) -> float | None:
    """Log points of followers per day between the first and the last; None: less than a day apart, or of none."""
    if not told:
        return None
    (first, had), (last, has) = min(told), max(told)
    days = (last - first) / planted.DAY_S
    return round(math.log(has / had) / days, 9) if days >= 1 and had > 0 and has > 0 else None

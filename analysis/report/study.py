"""The measures of one report: each computed once, when a section first asks for it.

A measure that the data do not answer raises AnalysisError each time it is asked for, without being computed again, so
that every section that leans on it says the same.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import pandas as pd

from analysis.counts import growth, overflow
from analysis.counts.bounds import with_bounds
from analysis.counts.strange import every_strange
from analysis.engines import scale
from analysis.engines.entities import EntityRows
from analysis.load import Loaded
from analysis.measures import ads, age, audios, creators, overview, posting, sampling, specification, tails, virality
from analysis.measures.together import association, events, ratios
from analysis.measures.together.ratios import Slope
from analysis.terms.engines import Engine
from analysis.terms.errors import AnalysisError

SEED = 1
Made = TypeVar("Made")


def _silent(_: str) -> None:
    """Progress that nobody reads."""


@dataclass
class Study:
    """Loaded data and what is measured of them.

    folder: where the data are, for pictures the crawl kept. engine, scheduler: as of `scale.rows`; the rows and so the
    report are the same whatever they are. ahead: what is computed elsewhere, and how to come by it; see `ahead.begin`.
    """

    loaded: Loaded
    folder: Path | None = None
    engine: Engine | None = None
    seed: int = SEED
    progress: Callable[[str], None] = _silent
    scheduler: str | None = None
    ahead: dict[str, Callable[[], Any]] = field(default_factory=dict, repr=False)
    _kept: dict[str, Any] = field(default_factory=dict, repr=False)

    def once(self, name: str, compute: Callable[[], Made]) -> Made:
        """What *compute* gives, computed at the first call; an AnalysisError is kept and raised anew."""
        if name not in self._kept:
            self.progress(f"  measuring {name}")
            try:
                self._kept[name] = self.ahead.pop(name, compute)()
            except AnalysisError as error:
                self._kept[name] = error
        kept = self._kept[name]
        if isinstance(kept, AnalysisError):
            raise kept
        made: Made = kept
        return made

    def entities(self, name: str, entity_rows: EntityRows, key: str, *, with_ads: bool = False) -> pd.DataFrame:
        """The rows of an entity function, by the engine that was asked for; with_ads: of `bounded`, not `organic`."""
        bounded = self.bounded if with_ads else self.organic
        return self.once(
            name, lambda: scale.rows(entity_rows, bounded, key, engine=self.engine, scheduler=self.scheduler)
        )

    @property
    def sightings(self) -> pd.DataFrame:
        return self.loaded.sightings

    @property
    def runs(self) -> pd.DataFrame:
        return self.loaded.runs

    @property
    def simulated(self) -> bool:
        return self.loaded.report.simulated

    @property
    def bounded(self) -> pd.DataFrame:
        """Bounded sightings, ads in: `ad` is true at every sighting of a TikTok ever seen as an ad (`measures.ads`)."""
        return self.once("bounds", lambda: ads.marked(with_bounds(self.sightings)))

    @property
    def organic(self) -> pd.DataFrame:
        """Bounded sightings without the TikToks ever seen as ads: what every ranking rests on."""
        return self.once("sightings without ads", lambda: ads.left_out(self.bounded))

    @property
    def ads_untold(self) -> int:
        """TikToks of which no sighting says whether it was an ad, as none of 2022 does; rankings hold them."""
        return int(self.tiktoks["ad"].isna().sum())

    @property
    def totals(self) -> pd.Series:
        """How many of what: Int64, by overview.totals' quantity."""
        return self.once("totals", lambda: overview.totals(self.sightings, self.runs).set_index("quantity")["n"])

    # TikToks

    @property
    def tiktoks(self) -> pd.DataFrame:
        """`virality.tiktok_rows`, ads in; `verdicts` leaves them out of its ranks and has a row with them in."""
        return self.entities("TikToks", virality.tiktok_rows, "id", with_ads=True)

    @property
    def organic_tiktoks(self) -> pd.DataFrame:
        """`tiktoks` without those ever seen as ads."""
        return self.tiktoks[~ads.is_ad(self.tiktoks)]

    @property
    def verdicts(self) -> virality.Verdicts:
        return self.once("viral TikToks", lambda: virality.ranked(self.tiktoks))

    @property
    def specification(self) -> pd.DataFrame:
        rows = self.entities("gains in 20 windows", specification.specification_rows, "id")
        return self.once("60 definitions", lambda: specification.specification(rows, self.verdicts.rows))

    @property
    def top_share(self) -> dict[str, float]:
        likes = self.organic_tiktoks["likes_last"]
        return self.once("top share", lambda: tails.top_share(likes, np.random.default_rng(self.seed)))

    @property
    def tail_fit(self) -> dict[str, float]:
        rows = self.organic_tiktoks
        return self.once(
            "tail of likes",
            lambda: tails.tail_fit(rows["likes_last"], rows["likes_last_lo"], rows["likes_last_hi"], seed=self.seed),
        )

    @property
    def likes_falls(self) -> pd.DataFrame:
        """`growth.falls` of likes, ads in."""
        return self.entities("falls of likes", _likes_falls, "id", with_ads=True)

    @property
    def strange(self) -> pd.DataFrame:
        """`strange.every_strange`, ads in."""
        return self.entities("strange sightings", every_strange, "id", with_ads=True)

    @property
    def id_errors(self) -> pd.DataFrame:
        """`age.id_errors`, ads in: when they were uploaded does not hang on who paid."""
        return self.once("age by id", lambda: age.id_errors(self.sightings))

    # audios

    @property
    def audio_verdicts(self) -> tuple[pd.DataFrame, pd.DataFrame]:
        """`audios.ranked`: it counts ads apart, and has a row with them in."""
        rows = self.entities("audios", audios.audio_rows, "audio_key", with_ads=True)
        return self.once("viral audios", lambda: audios.ranked(rows, len(self.sightings), len(self.organic)))

    # creators

    @property
    def creators(self) -> pd.DataFrame:
        """`creators.ranked`, ads out: who was seen in ads only has no row."""
        rows = self.entities("creators", creators.creator_rows, "creator")
        return self.once("viral creators", lambda: creators.ranked(rows))

    @property
    def creators_with_ads(self) -> pd.DataFrame:
        """`creators.creator_rows` of every creator, ads in: for the rows of measures that have them in."""
        return self.entities("creators, ads in", creators.creator_rows, "creator", with_ads=True)

    @property
    def creator_totals(self) -> pd.DataFrame:
        """`overview.creator_totals`, ads out."""
        return self.entities("creators' totals", overview.creator_totals, "creator")

    @property
    def most_followed(self) -> pd.DataFrame:
        days = self.entities("followers by day", overview.creator_days, "creator")
        return self.once("most followed", lambda: overview.most_followed(days))

    @property
    def posting(self) -> pd.DataFrame:
        return self.entities("posting", posting.posting_rows, "creator")

    @property
    def upload_gaps(self) -> pd.DataFrame:
        """`posting.upload_gaps`, ads out."""
        return self.entities("days since the previous upload", posting.upload_gaps, "creator")

    @property
    def overflowed(self) -> pd.DataFrame:
        """`overflow.overflowed`, ads in: a total is the creator's, whatever TikTok it came with."""
        return self.entities("overflowed likes", overflow.overflowed, "creator", with_ads=True)

    @property
    def ratios(self) -> pd.DataFrame:
        return self.entities("ratios", ratios.ratio_rows, "creator")

    @property
    def slope(self) -> Slope:
        return self.once("comments as videos grow", lambda: ratios.comments_slope(self.organic))

    @property
    def event_study(self) -> events.EventStudy:
        def compute() -> events.EventStudy:
            return events.event_study(self.organic, events.first_onsets(self.verdicts.rows), seed=self.seed)

        return self.once("event study", compute)

    @property
    def association_rows(self) -> pd.DataFrame:
        return self.entities("gains side by side", association.association_rows, "creator")

    @property
    def associations(self) -> pd.DataFrame:
        def compute() -> pd.DataFrame:
            return association.associations(self.association_rows, self.posting, self.creators, seed=self.seed)

        return self.once("associations", compute)

    # what was sampled

    @property
    def accumulation(self) -> pd.DataFrame:
        return self.once("accumulation", lambda: sampling.accumulation(self.sightings))

    @property
    def pools(self) -> pd.DataFrame:
        return self.once("a day's pool", lambda: sampling.day_pools(self.sightings))

    @property
    def similarity(self) -> pd.DataFrame:
        return self.once("similarity of runs", lambda: sampling.similarity(self.sightings))


def _likes_falls(bounded: pd.DataFrame) -> pd.DataFrame:
    return growth.falls(bounded, "likes")

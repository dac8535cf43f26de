"""Worlds in which nothing goes viral: how many TikToks, creators and audios are called viral all the same?

The relative measures name the top hundredth of any world, so a quiet one gives about 1 % of those ranked and no more;
the absolute row, a million in a week, gives none; and where nothing can be seen to grow, nobody is viral at all.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analysis.counts.bounds import with_bounds
from analysis.measures import audios, creators, virality
from analysis.terms.definitions import VIRAL_LEVEL
from analysis.terms.schema import SIGHTINGS, typed
from benchmarks.analysis.simulated import HOUR_US, START_US, on_grid, stamps

TIKTOKS, CREATORS, SOUNDS, TIMES = 1_500, 1_000, 250, 6
SEEDS = (1, 2, 3)


def quiet(seed: int, *, growth: float = 1.0) -> pd.DataFrame:
    """Bounded sightings: every TikTok gains 40 likes an hour on average, every creator a follower an hour, by chance.

    Each is seen 6 times in 10 days, counts rounded as the site prints them. *growth* 0: nothing moves.
    """
    rng = np.random.default_rng(seed)
    tiktok = np.repeat(np.arange(TIKTOKS), TIMES)
    creator, sound = np.arange(TIKTOKS) % CREATORS, rng.integers(0, SOUNDS, TIKTOKS)
    born = START_US - rng.integers(24, 24 * 30, TIKTOKS) * HOUR_US
    hour = np.sort(np.array([rng.choice(240, TIMES, replace=False) for _ in range(TIKTOKS)]), axis=1).ravel()
    at = START_US + hour * HOUR_US + tiktok * 1_000_000
    # Counts at the start, and a Poisson number for each hour since.
    likes = np.floor(np.exp(rng.normal(9, 1, TIKTOKS)))[tiktok] + rising(rng, TIKTOKS, 40 * growth)[tiktok, hour]
    people = np.floor(np.exp(rng.normal(10, 1, CREATORS)))[creator[tiktok]]
    people += rising(rng, CREATORS, growth)[creator[tiktok], hour]
    frame = pd.DataFrame(
        {
            "scraped_at": stamps(at),
            "user_scraped_at": stamps(at),
            "created_at": stamps(born[tiktok]),
            "id": pd.Series(7_000_000_000_000_000_000 + tiktok * 1_000_003, dtype="str"),
            "creator": pd.Series("u" + pd.Series(creator[tiktok]).astype("str"), dtype="str"),
            "audio_key": pd.Series(sound[tiktok], dtype="str"),
            "run": stamps(START_US + hour * HOUR_US).dt.strftime("%Y-%m-%dT%H").astype("str"),
            "position": tiktok + 1,
            "ad": False,
            "audio_original": False,
            "simulated": True,
            "schema": 2,
        }
    )
    frame["likes"], frame["likes_step"] = on_grid(likes.astype(np.int64))
    frame["user_followers"], frame["user_followers_step"] = on_grid(people.astype(np.int64))
    ordered = typed(frame.reindex(columns=list(SIGHTINGS)), SIGHTINGS).sort_values(["scraped_at", "position"])
    return with_bounds(ordered.reset_index(drop=True))


def rising(rng: np.random.Generator, many: int, per_hour: float) -> np.ndarray:
    """Totals of *many* by the hour, over ten days."""
    return np.cumsum(rng.poisson(per_hour, (many, 240)), axis=1)


def called(verdict: pd.Series) -> float:
    """The share of those with a verdict that are called viral."""
    return float(verdict.dropna().mean())


@pytest.mark.parametrize("seed", SEEDS)
def test_a_quiet_world_has_no_million_in_a_week_and_a_hundredth_of_the_rest(seed: int) -> None:
    found = virality.ranked(virality.tiktok_rows(quiet(seed)))
    assert found.rows["viral_week"].sum() == 0
    for name in ("viral_for_age", "viral_outbreak"):
        assert 0 < called(found.rows[name]) <= 1 - VIRAL_LEVEL + 3 / TIKTOKS, name
    out = found.measures[found.measures["ads"] == "out"].set_index("measure")
    assert float(out["threshold"].loc["outbreak"]) < 40 * 24 * 1.5  # the loudest by chance


@pytest.mark.parametrize("seed", SEEDS)
def test_a_hundredth_of_a_quiet_worlds_creators_and_sounds_are_called_viral(seed: int) -> None:
    bounded = quiet(seed)
    people = creators.ranked(creators.creator_rows(bounded))
    assert 0 < called(people["viral"]) <= 1 - VIRAL_LEVEL + 3 / CREATORS
    sounds, measures = audios.ranked(audios.audio_rows(bounded), len(bounded))
    tied = sounds["new_rate"] == sounds.loc[sounds["viral"].fillna(False), "new_rate"].min()
    # New creators are few and whole: all who tie with the last of the hundredth are in it.
    assert 0 < called(sounds["viral"]) <= 1 - VIRAL_LEVEL + (3 + tied.sum()) / SOUNDS
    best = sounds.loc[sounds["viral"].fillna(False), "new_rank_worst"].min()
    assert best > 0.1 * SOUNDS  # and its interval says that its rank may be chance
    assert (measures["viral"] > 0).all()


def test_where_nothing_moves_nobody_is_viral_by_growth() -> None:
    bounded = quiet(1, growth=0.0)
    found = virality.ranked(virality.tiktok_rows(bounded))
    for name in ("viral_outbreak", "viral_week"):
        assert found.rows[name].notna().any() and found.rows[name].sum() == 0, name
    people = creators.ranked(creators.creator_rows(bounded))
    assert people["viral"].notna().any() and people["viral"].sum() == 0

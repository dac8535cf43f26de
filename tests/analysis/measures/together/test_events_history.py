"""The event study end to end: a simulated crawl of 50 days, in worlds that know what viral videos brought."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pandas as pd
import pytest

from analysis.counts.bounds import with_bounds
from analysis.load import load
from analysis.measures import virality
from analysis.measures.together import events
from analysis.terms.definitions import EVENT_PAIRS_AT_LEAST
from benchmarks.analysis import followers
from benchmarks.analysis.found import NOW
from replica.history.plan import Plan
from replica.history.write import write

PLAN = Plan(now=datetime.fromisoformat(NOW).timestamp(), days=50, limit=40, followers_from="likes")


@pytest.fixture(scope="module")
def history(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("history")
    write(PLAN, folder)
    return folder


@pytest.fixture(scope="module")
def sightings(history: Path) -> pd.DataFrame:
    return load(history).sightings


@pytest.fixture(scope="module")
def onsets(sightings: pd.DataFrame) -> pd.DataFrame:
    return events.first_onsets(virality.ranked(virality.tiktok_rows(with_bounds(sightings))).rows)


def difference(study: events.EventStudy, truth: followers.Followers) -> float:
    """The exact one, by plain loops, of the sets and moments that *study* used."""
    return followers.mean_difference(followers.matched_sets(study), truth)


def test_fifty_days_answer_what_viral_videos_brought(
    history: Path, sightings: pd.DataFrame, onsets: pd.DataFrame
) -> None:
    study = events.event_study(with_bounds(sightings), onsets)
    assert study.gain.n >= EVENT_PAIRS_AT_LEAST
    exact = difference(study, followers.exact_followers(history))
    assert exact > 0.1  # the world gives 0.012 followers a like
    assert study.gain.estimate == pytest.approx(exact, abs=0.02)
    assert study.gain.low < exact < study.gain.high
    assert study.gain.n + study.unusable["creators"].sum() == study.gain.of == len(onsets)


def test_where_likes_bring_nothing_the_same_onsets_say_about_zero(
    sightings: pd.DataFrame, onsets: pd.DataFrame
) -> None:
    world = replace(PLAN, followers_from="nothing").world()
    has = sightings["user_followers"].notna()
    told_at = sightings["user_scraped_at"].fillna(sightings["scraped_at"])
    exact = [
        world.creator_counts(known, at.timestamp()).followers if (known := world.creator_named(name)) else None
        for name, at in zip(sightings.loc[has, "creator"], told_at[has], strict=True)
    ]
    without = sightings.assign(user_followers=pd.Series(exact, index=sightings.index[has], dtype="Int64"))
    without["user_followers_step"] = without["user_followers_step"].mask(without["user_followers"].notna(), 1)
    study = events.event_study(with_bounds(without), onsets)
    # Other creators resemble each other here, and a set fewer than an interval needs is found; each is about zero.
    assert study.gain.n == len(study.pairs) >= EVENT_PAIRS_AT_LEAST - 1
    assert (study.pairs["change"] - study.pairs["control_change"]).abs().max() < 0.01
    assert abs((study.pairs["change"] - study.pairs["control_change"]).mean()) < 0.002

"""The findings on what went viral, a line each: one number that says it, how many it rests on, how sure it is."""

from __future__ import annotations

import math

import pandas as pd

from analysis.report.answers.said import BOUNDS, creator_link, unanswered
from analysis.report.answers.taken_up import DEFINED_AUDIO, audio_link
from analysis.report.answers.viral import DEFINED, measure, tiktok_link
from analysis.report.context import Context
from analysis.report.ends import between
from analysis.report.markup import Child
from analysis.report.wording import interval, missing, number, plural, share, short, whole
from analysis.terms.definitions import RANKED_AT_LEAST


def _first(rows: pd.DataFrame, rank: str, key: str, needs: str) -> pd.Series:
    """The row ranked first, ties by name."""
    ranked = rows[rows[rank].notna()]
    if ranked.empty:
        raise unanswered(f"none of {len(rows):,} that can be ranked", rank, needs)
    return ranked.sort_values([rank, key], kind="stable").iloc[0]


def _ranks(row: pd.Series, rank: str) -> str:
    best, worst = whole(row[f"{rank}_best"]), whole(row[f"{rank}_worst"])
    return f"rank {best} to {worst}" if best != worst else f"surely rank {best}"


def for_its_age(context: Context) -> Child:
    """How far the first by the headline measure lies above its age."""
    row = measure(context, "headline")
    needs = f"{RANKED_AT_LEAST} or more TikToks whose likes and age are told"
    best = _first(context.study.verdicts.rows, "excess_rank", "id", needs)
    low, high = (None if missing(best[f"excess_{end}"]) else 10 ** float(best[f"excess_{end}"]) for end in ("lo", "hi"))
    ratio = context.facts(
        f"{number(10 ** float(best['excess']))} times",
        "likes of the first over what its age leads to expect",
        n=f"{int(row['n']):,} TikToks ranked",
        definition=DEFINED["headline"],
        interval=f"{interval(low, high, number, 'by rounding')}; {_ranks(best, 'excess_rank')}",
    )
    return [tiktok_link(best), " had ", ratio, " the likes of its age when first seen."]


def in_a_day(context: Context) -> Child:
    """The greatest gain of likes in a day."""
    row = measure(context, "outbreak")
    best = _first(context.study.verdicts.rows, "outbreak_rank", "id", "TikToks seen in two runs or more")
    if not best["outbreak_lo"] > 0:
        raise unanswered("no TikTok that surely gained a like", "outbreaks", "likes that grew between sightings")
    gain = context.facts(
        f"{short(best['outbreak_lo'])} likes",
        "the greatest guaranteed gain of likes in a day",
        n=f"{int(row['n']):,} TikToks seen in two runs or more",
        definition=DEFINED["outbreak"],
        interval=f"{between(best['outbreak_lo'], best['outbreak_hi'], short)} by rounding and the time between "
        f"sightings; {_ranks(best, 'outbreak_rank')}",
    )
    return [tiktok_link(best), " gained at least ", gain, " in a day."]


def taken_up(context: Context) -> Child:
    """The audio that most new creators took up."""
    rows, _ = context.study.audio_verdicts
    best = _first(rows, "new_rank", "audio_key", "audios seen in several runs")
    if not best["new_rate"] > 0:
        raise unanswered("no audio that a new creator took up", "viral audios", "audios seen with new creators")
    told = context.facts(
        plural(int(best["new_creators"]), "new creator"),
        "new creators of the first",
        n=f"{int(rows['new_rank'].notna().sum()):,} audios ranked, {len(context.study.organic):,} sightings",
        definition=DEFINED_AUDIO,
        interval=f"{interval(best['new_rate_lo'], best['new_rate_hi'])} per 1,000 sightings (Poisson); "
        f"{_ranks(best, 'new_rank')}",
    )
    return [audio_link(best), " was taken up by ", told, "."]


def grew(context: Context) -> Child:
    """The creator whose followers surely grew fastest."""
    rows = context.study.creators
    best = _first(rows, "viral_rank", "creator", "creators whose followers were told twice, a day apart or more")
    if not best["log_gain_per_day_lo"] > 0:
        raise unanswered("no creator whose followers surely grew", "viral creators", "followers that grew")
    least, most = (math.expm1(float(best[f"log_gain_per_day_{end}"])) for end in ("lo", "hi"))
    told = context.facts(
        f"{share(least)} a day",
        "guaranteed growth of followers of the first",
        n=f"{int(rows['viral_rank'].notna().sum()):,} creators compared",
        definition="followers gained, of those there were, on a mean day; ads out",
        interval=f"{between(least, most, share)}: {BOUNDS}; {_ranks(best, 'viral_rank')}",
    )
    return ["The followers of ", creator_link(best["creator"], best["username"]), " surely grew by ", told, "."]

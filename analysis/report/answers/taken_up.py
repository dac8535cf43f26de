"""Which audios most new creators took up, and which creators gained followers fastest."""

from __future__ import annotations

import math

import pandas as pd

from analysis.measures import creators as of_creators
from analysis.report.answers.doubt import audio_doubt
from analysis.report.answers.said import BOUNDS, count, creator_link, unanswered
from analysis.report.answers.viral import PER_CENT, viral_count
from analysis.report.context import Context
from analysis.report.ends import between
from analysis.report.markup import Child, Html, link
from analysis.report.wording import interval, missing, number, plural, share, whole
from analysis.statistics.intervals import Estimate
from analysis.terms.definitions import AUDIO_RUNS_AT_LEAST, RANKED_AT_LEAST

DEFINED_AUDIO = (
    f"distinct new creators seen with it per 1,000 sightings of the feed, at or above the {PER_CENT} quantile of "
    f"audios seen in {AUDIO_RUNS_AT_LEAST} runs or more; original sounds used by their owner only are set apart; "
    "TikToks ever seen as ads are out"
)


def viral_audios(context: Context) -> Child:
    """How many audios went viral, and the first of them."""
    rows, measures = context.study.audio_verdicts
    row = measures[measures["ads"] == "out"].iloc[0]
    n = viral_count(context, row, "audios", DEFINED_AUDIO)
    top = rows[(rows["new_rank"] == 1) & (rows["new_rate"] > 0)]
    named: Child = None
    if len(top):
        best = top.iloc[0]
        rate = context.facts(
            plural(int(best["new_creators"]), "new creator"),
            "new creators of the first",
            n=f"{number(best['new_rate'])} per 1,000 of {len(context.study.organic):,} sightings, ads out",
            definition=DEFINED_AUDIO,
            interval=f"{interval(best['new_rate_lo'], best['new_rate_hi'])} per 1,000 (Poisson); "
            f"rank {whole(best['new_rank_best'])} to {whole(best['new_rank_worst'])}",
        )
        place = " The first, " if len(top) == 1 else " One of the first, "
        named = [place, audio_link(best), ", was taken up by ", rate, "."]
    at = f" audio{'' if int(row['viral']) == 1 else 's'} stood at or above the {PER_CENT} quantile (ties included)"
    doubt = audio_doubt(context, rows)
    return [n, at, " of how many new creators took them up", doubt, ".", named, _seen_early(context, rows)]


def _seen_early(context: Context, rows: pd.DataFrame) -> Child:
    """How many of the viral audios had most of the file's time to gather creators."""
    viral = rows[rows["viral"].fillna(False).astype(bool)]
    if viral.empty:
        return None
    at = context.study.organic["scraped_at"]
    early = int((viral["first_at"] <= at.quantile(1 / 3)).sum())
    told = count(
        context,
        early,
        f"{early:,}",
        "viral audios first seen in the first third of the sightings",
        definition="first seen while the first third of all sightings (ads out) was made; the measure is how many "
        "new creators came while the runs looked, so an audio first seen late had less time to gather them",
        of=len(viral),
    )
    verb = " was" if early == 1 else " were"
    return [
        " Of the viral ones ",
        told,
        verb,
        " first seen in the first third of the sightings, with most time for it.",
    ]


def audio_link(row: pd.Series) -> Html:
    """An audio by its name, with a link."""
    name = "an audio without a name" if missing(row["audio"]) else str(row["audio"])
    return link(None if missing(row["audio_url"]) else str(row["audio_url"]), name)


def growth_threshold(context: Context) -> Estimate:
    """`creators.viral_threshold`, computed once; not answerable where too few can be compared to call any viral."""
    study = context.study
    return study.once("threshold of creators", lambda: of_creators.viral_threshold(study.creators))


def viral_creators(context: Context) -> Child:
    """How many creators went viral, and the greatest guaranteed gain of followers."""
    rows = context.study.creators
    threshold = growth_threshold(context)
    if not threshold.answerable:
        raise unanswered(
            f"{threshold.n:,} of {threshold.of:,} creators that can be ranked",
            "viral creators",
            f"{RANKED_AT_LEAST} creators or more whose followers were told twice, 24 hours apart or more",
        )
    n = int(rows["viral"].fillna(False).sum())
    told = context.facts(
        plural(n, "creator"),
        "viral creators",
        n=f"{threshold.n:,} of {threshold.of:,} creators eligible",
        definition=f"guaranteed follower gain a day, in log points, at or above its {PER_CENT} quantile among "
        "creators with followers told 24 h apart or more, and above 0",
        interval=f"threshold {number(threshold.estimate)}; {interval(threshold.low, threshold.high)} (order "
        "statistics)",
    )
    said = f" stood at or above the {PER_CENT} quantile (ties included) of sure growth relative to the followers had."
    return [told, said, _fastest(context, rows, threshold.definition)]


def _fastest(context: Context, rows: pd.DataFrame, definition: str) -> Child:
    """The creator ranked first, and how fast its followers surely grew."""
    top = rows[(rows["viral_rank"] == 1) & (rows["log_gain_per_day_lo"] > 0)]
    if top.empty:
        return None
    best = top.iloc[0]
    least, most = (math.expm1(float(best[f"log_gain_per_day_{end}"])) for end in ("lo", "hi"))
    told = context.facts(
        f"{share(least)} a day",
        "guaranteed growth of followers of the first",
        n=f"{int(best['sightings']):,} sightings over {number(best['followers_days'])} days",
        definition=f"followers gained, of those there were, on a mean day; ranked by: {definition}",
        interval=f"{between(least, most, share)}: {BOUNDS}; rank {whole(best['viral_rank_best'])} to "
        f"{whole(best['viral_rank_worst'])}",
    )
    place = " The first, " if len(top) == 1 else " One of the first, "
    return [place, creator_link(best["creator"], best["username"]), ", surely grew by ", told, "."]

"""The first of each ranking as cards: the TikToks, audios and creators that went most viral."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from analysis.measures.audios import uses_over_time
from analysis.measures.creators import follower_history
from analysis.report.answers.said import BOUNDS, NOT_ESTIMATED, creator_link, unanswered
from analysis.report.answers.taken_up import DEFINED_AUDIO, audio_link
from analysis.report.answers.viral import DEFINED, tiktok_link
from analysis.report.cards import SHOWN, Card
from analysis.report.context import Context
from analysis.report.ends import between
from analysis.report.markup import Child, Html
from analysis.report.sparkline import first_and_last, sparkline
from analysis.report.wording import interval, missing, number, plural, share, short, whole


def tiktoks(context: Context) -> list[Card]:
    """Those with the greatest guaranteed gain of likes in a day, best first."""
    rows = context.study.verdicts.rows
    ranked = rows[rows["outbreak_rank"].notna() & (rows["outbreak_lo"] > 0)]
    if ranked.empty:
        raise unanswered("no TikTok that surely gained a like", "most viral TikToks", "likes of TikToks in two runs")
    best = ranked.sort_values(["outbreak_rank", "id"], kind="stable").head(SHOWN)
    audios, _ = context.study.audio_verdicts
    named = audios.drop_duplicates("audio_key").set_index("audio_key")
    return [_tiktok(context, row, named, len(ranked)) for _, row in best.iterrows()]


def _tiktok(context: Context, row: pd.Series, audios: pd.DataFrame, of: int) -> Card:
    seen = context.study.bounded[context.study.bounded["id"] == row["id"]]
    n = f"{int(row['sightings']):,} sightings of it, of {of:,} TikToks that surely gained"
    gain = context.facts(
        f"+{short(row['outbreak_lo'])}",
        "likes surely gained in a day",
        n=n,
        definition=DEFINED["outbreak"],
        interval=interval(row["outbreak_lo"], row["outbreak_hi"], whole, "") + " by rounding and the time between "
        "sightings",
    )
    known = row["audio_key"] in audios.index
    return Card(
        name=tiktok_link(row),
        under=["\u266a ", audio_link(audios.loc[row["audio_key"]])] if known else None,
        course=sparkline(
            seen["scraped_at"],
            seen["likes"],
            seen["likes_lo"],
            seen["likes_hi"],
            told=f"Likes over time, {plural(len(seen), 'sighting')}",
            grows=True,
        ),
        ends=first_and_last(seen["scraped_at"], seen["likes"], short),
        gain=gain,
        of="likes in a day" + _least(row["outbreak_lo"], row["outbreak_hi"]),
        sure=_sure(context, row, ("outbreak_lo", "outbreak_hi"), "outbreak_rank", n=n, what="likes gained in a day"),
    )


def audios(context: Context) -> list[Card]:
    """Those that most new creators took up, per 1,000 sightings, best first."""
    rows, _ = context.study.audio_verdicts
    ranked = rows[rows["new_rank"].notna() & (rows["new_rate"] > 0)]
    if ranked.empty:
        raise unanswered("no audio that a new creator took up", "most viral audios", "audios seen in several runs")
    best = ranked.sort_values(["new_rank", "tiktoks", "audio_key"], ascending=[True, False, True], kind="stable")
    best = best.head(SHOWN)
    sightings = context.study.bounded
    uses = uses_over_time(sightings[sightings["audio_key"].isin(best["audio_key"])])
    return [
        _audio(context, row, uses[uses["audio_key"] == row["audio_key"]], len(ranked)) for _, row in best.iterrows()
    ]


def _audio(context: Context, row: pd.Series, uses: pd.DataFrame, of: int) -> Card:
    n = f"{number(row['new_rate'])} per 1,000 of {len(context.study.organic):,} sightings; {of:,} audios were taken up"
    gain = context.facts(
        f"+{whole(row['new_creators'])}",
        "new creators that took an audio up",
        n=n,
        definition=DEFINED_AUDIO,
        interval=f"{interval(row['new_rate_lo'], row['new_rate_hi'])} per 1,000 (Poisson)",
    )
    thousands = len(context.study.organic) / 1000
    ends = pd.Series({f"new_{end}": row[f"new_rate_{end}"] * thousands for end in ("lo", "hi")})
    told = f"TikToks seen with it, cumulative, {plural(len(uses), 'use')}"
    return Card(
        name=audio_link(row),
        course=sparkline(uses["at"], uses["uses_seen"], told=told),
        ends=first_and_last(uses["at"], uses["uses_seen"], whole),
        gain=gain,
        of="new creators seen with it",
        sure=_sure(
            context,
            pd.concat([row, ends]),
            ("new_lo", "new_hi"),
            "new_rank",
            n=n,
            what="new creators",
            unit=" (95 %)",
            form=lambda value, _=0: whole(value),
            kind="exact Poisson interval, 95 %: what as many sightings of the same feed may bring",
        ),
    )


def creators(context: Context) -> list[Card]:
    """Those whose followers surely grew fastest; where too few could be compared, those that surely gained most."""
    rows = context.study.creators
    ranked = rows[rows["viral_rank"].notna() & (rows["log_gain_per_day_lo"] > 0)]
    rank = "viral_rank"
    if ranked.empty:
        ranked, rank = rows[rows["gain_rank"].notna() & (rows["followers_gain_lo"] > 0)], "gain_rank"
    if ranked.empty:
        raise unanswered("no creator whose followers surely grew", "most viral creators", "followers told twice")
    best = ranked.sort_values([rank, "creator"], kind="stable").head(SHOWN)
    chosen = context.study.organic[context.study.organic["creator"].isin(best["creator"])]
    history = follower_history(chosen)
    return [
        _creator(context, row, history[history["creator"] == row["creator"]], rank, len(ranked))
        for _, row in best.iterrows()
    ]


def _creator(context: Context, row: pd.Series, course: pd.DataFrame, rank: str, of: int) -> Card:
    days = number(row["followers_days"])
    n = f"{int(row['sightings']):,} sightings over {days} days, of {of:,} creators that surely grew"
    gain = context.facts(
        f"+{short(row['followers_gain_lo'])}",
        "followers surely gained",
        n=n,
        definition="the least the creator can have gained between the first and the last count told, rounding taken "
        "against it; ads out",
        interval=f"{between(row['followers_gain_lo'], row['followers_gain_hi'], short)}: {BOUNDS}",
    )
    return Card(
        name=creator_link(row["creator"], row["username"]),
        under=_a_day(context, row, n),
        course=sparkline(
            course["at"],
            course["followers"],
            course["followers_lo"],
            course["followers_hi"],
            told=f"Followers over time, told {plural(len(course), 'time')}",
        ),
        ends=first_and_last(course["at"], course["followers"], short),
        gain=gain,
        of="followers" + _least(row["followers_gain_lo"], row["followers_gain_hi"]),
        sure=_sure(context, row, ("followers_gain_lo", "followers_gain_hi"), rank, n=n, what="followers gained"),
    )


def _a_day(context: Context, row: pd.Series, n: str) -> Child:
    """How fast a creator's followers surely grew, where a day or more lies between."""
    if missing(row["log_gain_per_day_lo"]):
        return None
    least, most = (math.expm1(float(row[f"log_gain_per_day_{end}"])) for end in ("lo", "hi"))
    told = context.facts(
        f"{share(least)} a day",
        "guaranteed growth of followers",
        n=n,
        definition="followers gained, of those there were, on a mean day",
        interval=f"{between(least, most, share)}: {BOUNDS}",
    )
    return [told, _least(least, most)]


def _least(low: Any, high: Any) -> str:
    """That a gain is the least there can have been, where more is possible."""
    return "" if low == high else ", at least"


def _sure(
    context: Context,
    row: pd.Series,
    ends: tuple[str, str],
    rank: str,
    *,
    n: str,
    what: str,
    unit: str = "",
    form: Any = short,
    kind: str = BOUNDS,
) -> list[Html | str]:
    """Between which ends the gain lies, and which ranks these leave open."""
    low, high = (row[end] for end in ends)
    open_ = context.facts(
        (whole(low) if low == high else between(low, high, form)) + unit,
        f"{what}: least and most",
        n=n,
        definition="what the least and the most that can have been allow",
        interval=kind,
    )
    best, worst = row[f"{rank}_best"], row[f"{rank}_worst"]
    alone = not missing(worst) and int(best) == int(worst)
    place = context.facts(
        f"surely number {whole(best)}" if alone else f"anywhere from rank {whole(best)} to {whole(worst)}",
        f"rank by {what}",
        n=n,
        definition="best and worst rank that these ends leave",
        interval=NOT_ESTIMATED if alone else "the ends themselves",
    )
    return ["exactly " if low == high else "within ", open_, ", ", place]

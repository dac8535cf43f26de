"""How TikToks and audios grew: likes, comments and shares over time and per hour; uses seen; overflowed likes."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.measures import overview
from analysis.report.answers.said import NOT_ESTIMATED, bounds, count, creator_link, first, tied, unanswered
from analysis.report.answers.share import share_told
from analysis.report.answers.taken_up import audio_link
from analysis.report.answers.viral import tiktok_link
from analysis.report.context import Context
from analysis.report.markup import Child, join
from analysis.report.wording import interval, missing, moment, number, plural, short

COUNTS = ("likes", "comments", "shares")


def per_hour(context: Context) -> pd.DataFrame:
    """Growth between consecutive sightings of each TikTok, ads out (`overview.per_hour`)."""
    return context.study.entities("growth per hour", overview.per_hour, "id")


def growth(context: Context) -> Child:
    """Likes, comments and shares per TikTok over time and per hour."""
    rows = per_hour(context)
    if rows["per_hour_lo"].isna().all():
        raise unanswered(
            "no count told twice of one TikTok", "growth over time", "counts of TikToks in two runs or more"
        )
    grew = rows[rows["per_hour_lo"] > 0]
    told = [
        join([_fastest(context, rows[rows["count"] == name], name)]) for name in COUNTS if name in set(grew["count"])
    ]
    if not told:
        return ["Between two sightings, no count of a TikTok surely grew."]
    return ["Between two sightings, the fastest sure growth was that of ", join(told, ", of "), "."]


def _tiktok(context: Context, key: str) -> pd.Series:
    """The row of one TikTok."""
    rows = context.study.tiktoks
    return rows[rows["id"] == key].iloc[0]


def _fastest(context: Context, rows: pd.DataFrame, name: str) -> Child:
    best = first(rows, "per_hour_lo", needs=f"{name} told in two runs", name="id")
    half = rows["per_hour_lo"].dropna().astype(float).median()
    return [
        tiktok_link(_tiktok(context, str(best["id"]))),
        " by ",
        context.facts(
            f"{short(best['per_hour_lo'])} {name} an hour, over {_lasted(best['hours'])}",
            f"fastest sure growth of {name}",
            n=f"{len(rows):,} pairs of consecutive sightings; median of the sure growth {short(half)} an hour",
            definition=f"the least a TikTok's {name} can have grown between consecutive sightings, over the hours "
            "between them; sightings that the ones beside them contradict are left out, and so is what the next takes "
            "back",
            interval=f"that pair, from {moment(best['began'])} to {moment(best['ended'])}: "
            f"{interval(best['per_hour_lo'], best['per_hour_hi'], short, '')} an hour (rounding, and the time between, "
            "which is known to a minute)",
        ),
    ]


def _lasted(hours: Any) -> str:
    """How long there was between two sightings: in minutes below an hour, in hours below two days."""
    hours = float(hours)
    if hours < 1:
        return f"{number(hours * 60)} minutes"
    return f"{number(hours)} hours" if hours < 48 else f"{number(hours / 24)} days"


def audio_uses(context: Context) -> Child:
    """Per audio: TikTok-audio combinations, uses seen, likes and comments."""
    rows, _ = context.study.audio_verdicts
    best = first(rows, "tiktoks", needs="sightings that name their audio", name="audio_key")
    told = context.study.totals["TikTok-audio combinations"]
    if missing(told):
        raise unanswered("no sighting that names its audio", "uses of audios", "sightings that name their audio")
    pairs = int(told)
    return [
        "There was " if pairs == 1 else "There were ",
        count(
            context,
            pairs,
            plural(pairs, "TikTok-audio combination"),
            "TikTok-audio combinations",
            definition="different pairs of TikTok and audio",
        ),
        "; most uses were seen of ",
        audio_link(best),
        ": ",
        context.facts(
            plural(int(best["tiktoks"]), "TikTok"),
            "uses seen of the audio seen most",
            n=f"{int(best['sightings']):,} sightings in {int(best['runs']):,} runs",
            definition='different TikToks seen with it, ads apart: "uses seen", never "uses"',
            interval=NOT_ESTIMATED,
        ),
        tied(context, rows, "tiktoks", best, "audios"),
        " by ",
        context.facts(
            plural(int(best["creators"]), "creator"),
            "creators of the audio seen most",
            n=f"{int(best['sightings']):,} sightings",
            definition="different creators of the TikToks seen with it, ads apart",
            interval=NOT_ESTIMATED,
        ),
        _sums(context, best),
        ".",
    ]


def _sums(context: Context, audio: pd.Series) -> Child:
    """The likes and comments of the TikToks seen with an audio, where any were told."""
    told = [
        context.facts(
            f"{short(audio[name])} {name}",
            f"{name} of the TikToks seen with the audio seen most",
            n=f"{int(audio[f'{name}_tiktoks']):,} of {plural(int(audio['tiktoks']), 'TikTok')} tell them",
            definition=f"sum of the {name} last told of each, ads apart",
            interval=bounds(audio[f"{name}_lo"], audio[f"{name}_hi"]),
        )
        for name in ("likes", "comments")
        if not missing(audio[name])
    ]
    return [", with ", join(told, " and "), " in all"] if told else ", whose likes and comments were not told"


def overflow(context: Context) -> Child:
    """How many creators' likes have overflowed, and how far."""
    rows = context.study.overflowed
    everyone = context.study.creators_with_ads
    told_by = int(everyone["user_likes_last"].notna().sum())
    if not told_by:
        raise unanswered("no creator whose likes are told", "overflow", "user_likes of creators")
    n = context.facts(
        plural(len(rows), "creator"),
        "creators whose likes have overflowed",
        n=f"{told_by:,} of {len(everyone):,} creators tell their likes, ads in",
        definition="the site sends a creator's likes as a signed 32-bit number; unwrapped over the creator's "
        "history, 2^32 was added once or more",
        interval="at least so many: a total that wrapped to a plausible positive shows only in its history",
    )
    if rows.empty or not rows["wraps"].max():
        return ["The likes of ", n, " are known to have overflowed."]
    most = first(rows, "wraps", needs="creators whose likes overflowed")
    wraps = context.facts(
        "once" if int(most["wraps"]) == 1 else plural(int(most["wraps"]), "time"),
        "wraps at least, of the creator with most",
        n=f"{int(most['sightings']):,} sightings",
        definition="how often 2^32 has to be added, at least, for the creator's history to be possible",
        interval="known exactly" if bool(most["known"]) else "a lower bound",
    )
    ties = int((rows["wraps"] == most["wraps"]).sum())
    if ties > 1:
        who: Child = "each of them" if ties == len(rows) else _tied(context, ties, len(rows))
    else:
        who = ["those of ", creator_link(most["creator"])]
    return ["The likes of ", n, " are known to have overflowed; ", who, " at least ", wraps, "."]


def _tied(context: Context, ties: int, of: int) -> Child:
    """How many share the most wraps; to name one of them as the most would be arbitrary."""
    told = context.facts(
        f"{ties:,} of them",
        "creators that share the most wraps",
        n=f"{of:,} creators whose likes have overflowed",
        definition="wraps at least, as many as any other has",
        interval=NOT_ESTIMATED,
    )
    return ["most often those of ", told]


def falls(context: Context) -> Child:
    """How often likes fell, which they hardly should."""
    report = context.study.loaded.report
    if not report.pairs:
        raise unanswered("no TikTok with likes told twice", "falls of likes", "likes in two sightings of one TikTok")
    told = context.facts(
        plural(report.falls, "time"),
        "falls of likes",
        n=f"{report.pairs:,} pairs of consecutive sightings",
        definition="likes that fell between consecutive sightings of one TikTok, beyond rounding; the series is cut "
        "there and no growth is claimed across",
        interval=NOT_ESTIMATED,
    )
    fell = share_told(
        context,
        report.falls,
        report.pairs,
        "pairs of consecutive sightings between which likes fell",
        definition="falls beyond rounding over pairs of consecutive sightings of one TikTok",
        units="pairs",
    )
    return ["Likes fell ", told, " (", fell, " of pairs)."]

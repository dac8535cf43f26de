"""Creators: who is most followed, gained most, has or shows most TikToks; likes per TikTok and per follower."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.report.answers.said import NOT_ESTIMATED, bounds, creator_link, first, unanswered
from analysis.report.context import Context
from analysis.report.markup import Child
from analysis.report.wording import day, interval, missing, number, ordinal, plural, short, whole


def most_followed(context: Context) -> Child:
    """The most followed creator over time."""
    days = context.study.most_followed
    if days.empty:
        raise unanswered("no follower count told", "most followed creator", "follower counts of creators")
    last, spells = days.iloc[-1], int((days["record_creator"] != days["record_creator"].shift()).sum())
    told = context.facts(
        short(last["record_followers"]),
        "followers of the most followed creator seen",
        n=plural(len(days), "day"),
        definition="the greatest number any creator seen so far was last told to have, day by day; only creators the "
        "feed showed",
        interval="day by day in the table; within rounding where others are tied",
    )
    held = (
        "throughout" if spells == 1 else f"at the end, on {day(last['day'])}, the {ordinal(spells)} to hold that place"
    )
    return [
        "The most followed creator seen was ",
        creator_link(last["record_creator"]),
        " ",
        held,
        ", with ",
        told,
        " followers.",
    ]


def greatest_gain(context: Context) -> Child:
    """The greatest increase in followers."""
    best = first(context.study.creators, "followers_gain_lo", needs="a creator whose followers were told twice")
    if best["followers_gain_lo"] <= 0:
        raise unanswered(
            "no gain that rounding leaves certain", "follower gains", "a creator whose followers surely grew"
        )
    told = context.facts(
        short(best["followers_gain_lo"]),
        "the greatest guaranteed gain of followers",
        n=f"{int(best['sightings']):,} sightings over {number(best['followers_days'])} days",
        definition="the least the creator can have gained between the first and the last count told, rounding taken "
        "against it",
        interval=bounds(best["followers_gain_lo"], best["followers_gain_hi"]),
    )
    return [
        "The greatest increase in followers was that of ",
        creator_link(best["creator"], best["username"]),
        ": at least ",
        told,
        ".",
    ]


def most_tiktoks(context: Context) -> Child:
    """Who has the most TikToks, by the site's own number."""
    best = first(context.study.creator_totals, "user_videos", needs="creators whose number of TikToks is told")
    told = context.facts(
        whole(best["user_videos"]),
        "TikToks of the creator with most",
        n=f"{int(context.study.creator_totals['user_videos'].notna().sum()):,} of "
        f"{len(context.study.creator_totals):,} creators tell it",
        definition="user_videos as last told by the site",
        interval=bounds(best["user_videos_lo"], best["user_videos_hi"]),
    )
    return ["Of the creators that tell it, ", creator_link(best["creator"]), " has most TikToks: ", told, "."]


def most_prolific(context: Context) -> Child:
    """Who was seen with the most TikToks."""
    best = first(context.study.creators, "tiktoks", needs="sightings that name their creator")
    rows = context.study.creators
    told = context.facts(
        plural(int(best["tiktoks"]), "TikTok"),
        "TikToks seen of the creator seen with most",
        n=f"{len(rows):,} creators",
        definition="different TikToks of one creator that the feed showed",
        interval=NOT_ESTIMATED,
    )
    once = float((rows["tiktoks"] == 1).mean())
    return [
        "Most prolific in what the feed showed was ",
        creator_link(best["creator"], best["username"]),
        " with ",
        told,
        f"; {number(once * 100)} % of creators were seen with one only.",
    ]


def likes_per_tiktok(context: Context) -> Child:
    """Likes per TikTok: over creators, all their TikToks; and over the TikToks seen."""
    totals, seen = context.study.creator_totals["likes_per_tiktok"], context.study.tiktoks["likes_last"]
    if totals.isna().all() and seen.isna().all():
        raise unanswered(
            "no likes told", "likes per TikTok", "likes of TikToks, or of creators and their number of TikToks"
        )
    return [
        "A creator's TikToks have ",
        _middle(
            context,
            context.study.creator_totals["likes_per_tiktok"],
            "likes per TikTok of a creator (median)",
            "user_likes over user_videos, as last told together; the median creator",
            "creators",
        ),
        " likes each (median creator), those seen ",
        _middle(
            context,
            context.study.tiktoks["likes_last"],
            "likes of a TikTok seen (median)",
            "likes as last told; the median TikTok",
            "TikToks",
        ),
        " (median TikTok).",
    ]


def likes_per_follower(context: Context) -> Child:
    """Likes per follower."""
    if context.study.creators["likes_per_follower"].isna().all():
        raise unanswered("none that tells both", "likes per follower", "creators whose likes and followers are told")
    told = _middle(
        context,
        context.study.creators["likes_per_follower"],
        "likes per follower of a creator (median)",
        "likes of all the creator's TikToks, unwrapped, over followers, as last told; the median creator with "
        "followers",
        "creators",
    )
    return ["The median creator has ", told, " likes per follower."]


def _middle(context: Context, values: pd.Series, what: str, definition: str, units: str) -> Child:
    known = values.dropna().astype(float)
    if known.empty:
        return context.facts(
            "not told", what, n=f"0 of {len(values):,} {units}", definition=definition, interval="none"
        )
    low, middle, high = known.quantile([0.25, 0.5, 0.75])
    return context.facts(
        short(middle),
        what,
        n=f"{len(known):,} of {len(values):,} {units}",
        definition=definition,
        interval=f"half of them: {short(low)} to {short(high)}",
    )


def uploads_apart(context: Context) -> Child:
    """Days since the previous upload that was seen."""
    from analysis.posting import gap_summary  # noqa: PLC0415 - kept beside its only use

    summary = gap_summary(context.study.upload_gaps).set_index("name")
    row: Any = summary.loc["p50"]
    if missing(row["estimate"]):
        raise unanswered(
            "no creator seen with two TikToks", "days since the previous upload", "creators seen with two TikToks"
        )
    told = context.facts(
        f"{number(row['estimate'])} days",
        "days since the creator's previous upload seen (median)",
        n=f"{int(row['n']):,} of {int(row['of']):,} TikToks",
        definition=str(row["definition"]),
        interval=interval(row["low"], row["high"]),
    )
    return [
        "Between an upload and the creator's previous one that was seen lay ",
        told,
        " (median; at most, as uploads not shown lie between).",
    ]


def posting_rate(context: Context) -> Child:
    """How often creators post."""
    rows = context.study.posting
    known = rows[rows["rate"].notna()]
    bases = rows["basis"].value_counts()
    if known.empty:
        raise unanswered(
            f"{int(bases.get('ids', 0)):,} creators with a lower bound from uploads seen and none with a rate",
            "posting rates",
            "user_videos told twice, 24 hours apart or more",
        )
    told = _middle(
        context,
        known["rate"],
        "posts a day (median creator)",
        "differences of user_videos told 24 h apart or more; exact Poisson intervals a creator",
        "creators",
    )
    return [
        "The median creator posts ",
        told,
        f" times a day, by the {len(known):,} of {len(rows):,} creators whose number of videos gives a rate.",
    ]

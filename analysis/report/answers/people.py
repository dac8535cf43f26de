"""Creators: who is most followed, gained most, has or shows most TikToks; likes per TikTok and per follower."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd

from analysis.measures import posting
from analysis.report.answers.middle import middle
from analysis.report.answers.said import NOT_ESTIMATED, bounds, creator_link, first, tied, unanswered
from analysis.report.answers.share import share_told
from analysis.report.context import Context
from analysis.report.markup import Child
from analysis.report.wording import day, interval, missing, number, plural, short, whole
from analysis.terms.errors import NotEnoughData


def most_followed(context: Context) -> Child:
    """The most followed creator over time."""
    days = context.study.most_followed
    if days.empty:
        raise unanswered("no follower count told", "most followed creator", "follower counts of creators")
    last, spells = days.iloc[-1], int((days["record_creator"] != days["record_creator"].shift()).sum())
    # What the creator was last told to have is what the record of the last day is.
    count = context.study.creator_totals.set_index("creator").loc[last["record_creator"]]
    told = context.facts(
        short(last["record_followers"]),
        "followers of the most followed creator seen",
        n=plural(len(days), "day"),
        definition="the greatest number any creator seen so far was last told to have, day by day; only creators the "
        "feed showed, ads out",
        interval=bounds(count["user_followers_lo"], count["user_followers_hi"]),
    )
    held: Child = "throughout" if spells == 1 else _held(context, spells, days)
    return [
        "The most followed creator seen was ",
        creator_link(last["record_creator"]),
        " ",
        held,
        ", with ",
        told,
        " followers.",
    ]


def _held(context: Context, spells: int, days: pd.DataFrame) -> Child:
    """That the place changed hands, and how often."""
    told = context.facts(
        f"on {day(days['day'].iloc[-1])}, the last of {spells:,}",
        "spells at the place of the most followed creator",
        n=plural(len(days), "day"),
        definition="runs of days with one creator at that place; a creator who comes back counts again",
        interval=NOT_ESTIMATED + "; rounding may decide between creators of like size",
    )
    return ["when followers were last told, ", told, " in turn to hold that place"]


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
        n=f"{int(best['sightings']):,} sightings over {number(best['followers_days'])} days, of "
        f"{int(context.study.creators['followers_gain_lo'].notna().sum()):,} creators told twice",
        definition="the least the creator can have gained between the first and the last count told, rounding taken "
        "against it; ads out",
        interval=f"{bounds(best['followers_gain_lo'], best['followers_gain_hi'])}; rank "
        f"{whole(best['gain_rank_best'])} to {whole(best['gain_rank_worst'])}",
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
        definition="user_videos as last told by the site; ads out",
        interval=bounds(best["user_videos_lo"], best["user_videos_hi"]),
    )
    return ["Of the creators that tell it, ", creator_link(best["creator"]), " has most TikToks: ", told, "."]


def most_prolific(context: Context) -> Child:
    """Who was seen with the most TikToks."""
    rows = context.study.creator_totals
    best = first(rows, "tiktoks", needs="sightings that name their creator")
    told = context.facts(
        plural(int(best["tiktoks"]), "TikTok"),
        "TikToks seen of the creator seen with most",
        n=f"{len(rows):,} creators",
        definition="different TikToks of one creator that the feed showed, ads out",
        interval=NOT_ESTIMATED,
    )
    once = int((rows["tiktoks"] == 1).sum())
    single = share_told(
        context,
        once,
        len(rows),
        "creators seen with one TikTok only",
        definition="one TikTok of theirs was shown, in however many runs; ads out",
        units="creators",
    )
    return [
        "Most prolific in what the feed showed was ",
        creator_link(best["creator"]),
        " with ",
        told,
        tied(context, rows, "tiktoks", best, "creators"),
        "; ",
        single,
        " of creators were seen with one only.",
    ]


def likes_per_tiktok(context: Context) -> Child:
    """Likes per TikTok: over creators, all their TikToks; and over the TikToks seen."""
    totals, seen = context.study.creator_totals["likes_per_tiktok"], context.study.organic_tiktoks["likes_last"]
    if totals.isna().all() and seen.isna().all():
        raise unanswered(
            "no likes told", "likes per TikTok", "likes of TikToks, or of creators and their number of TikToks"
        )
    if totals.isna().all():
        untold = "No creator tells both likes and how many TikToks; by the median TikTok, those seen have "
        return [untold, _likes(context, seen), "."]
    by_tiktok: list[Child] = ["by the median TikTok, those seen have ", _likes(context, seen), "."]
    try:
        by_creator = middle(
            context,
            totals,
            "likes per TikTok of a creator (median)",
            "user_likes, unwrapped, over user_videos, as last told together; the median creator, ads out",
            "creators",
        )
    except NotEnoughData as error:
        why = context.facts(
            f"not answerable ({error.found})",
            "likes per TikTok of a creator (median)",
            n=f"{int(totals.notna().sum()):,} of {len(totals):,} creators",
            definition="user_likes, unwrapped, over user_videos, as last told together; the median creator, ads out",
            interval="no answer",
        )
        return ["Of the median creator it is ", why, "; ", *by_tiktok]
    return ["By the median creator, a creator's TikToks have on average ", by_creator, " likes; ", *by_tiktok]


def _likes(context: Context, seen: pd.Series) -> Child:
    """The likes of the median TikTok."""
    what, definition = "likes of a TikTok seen (median)", "likes as last told; the median TikTok, ads out"
    return middle(context, seen, what, definition, "TikToks")


def likes_per_follower(context: Context) -> Child:
    """Likes per follower."""
    rows = context.study.creators
    if rows["likes_per_follower"].isna().all():
        raise unanswered("none that tells both", "likes per follower", "creators whose likes and followers are told")
    told = middle(
        context,
        rows["likes_per_follower"],
        "likes per follower of a creator (median)",
        "a creator's likes, unwrapped, over its followers, as last told; ads out",
        "creators",
        form=number,
        rounding=_ratio_rounding(rows[rows["likes_per_follower"].notna()]),
    )
    return ["The median creator has ", told, " likes per follower."]


def _ratio_rounding(rows: pd.DataFrame) -> str:
    """How far the median ratio may lie off, were every count at the end of its bounds that moves it furthest."""
    likes_lo, likes_hi, followers_lo, followers_hi = (
        rows[name].astype("Float64").fillna(math.inf).to_numpy(dtype=float)
        for name in ("user_likes_last_lo", "user_likes_last_hi", "followers_last_lo", "followers_last_hi")
    )
    least, most = np.median(likes_lo / followers_hi), np.median(likes_hi / np.maximum(followers_lo, 1))
    return f"; were all counts at the same end of their rounding, {number(least)} to {number(most)}"


def uploads_apart(context: Context) -> Child:
    """Days since the previous upload that was seen."""
    summary = posting.gap_summary(context.study.upload_gaps).set_index("name")
    row: Any = summary.loc["p50"]
    if not missing(row["lacks"]):
        raise unanswered(
            f"{interval(row['low'], row['high'])} days; {row['lacks']}",
            "days since the previous upload",
            "more creators seen with two TikToks",
        )
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
    told = middle(
        context,
        rows["rate"],
        "posts a day (median creator)",
        "differences of user_videos told 24 h apart or more, of creators that give a rate; ads out; "
        "exact Poisson intervals a creator are in the table",
        "creators",
        form=number,
        scale=posting.RATES,
    )
    return ["The median creator posts ", told, " times a day, by those whose number of videos gives a rate."]

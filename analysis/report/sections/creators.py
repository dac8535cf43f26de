"""Finding viral creators: followers gained for sure, and whether a viral video brings them."""

from __future__ import annotations

import pandas as pd

from analysis.measures import creators as of_creators
from analysis.measures import overview
from analysis.measures.creators import follower_history
from analysis.plots import forest, histories, onset
from analysis.report import ends
from analysis.report.answers import people, taken_up, together
from analysis.report.context import Context, beside, paragraph
from analysis.report.figures import BESIDE
from analysis.report.markup import Html, el, join
from analysis.report.sections import rankings
from analysis.report.sections.rankings import DRAWN
from analysis.report.tables import Ads, Column
from analysis.report.wording import day, number, plural, short
from analysis.statistics.answer import CHANGE, answers_only
from analysis.terms.definitions import EVENT_PAIRS_AT_LEAST

KEY = "viral-creators"
TITLE = "Finding viral creators"


def write(context: Context) -> Html:
    """The ranking, the curves, the most followed, the event study."""
    return join(
        [
            paragraph(
                "A creator is viral who surely gained followers faster, relative to what the creator had, than 99 % "
                "of the "
                "creators whose followers were told 24 hours apart or more. Followers above 10,000 are told rounded, "
                "so a gain is "
                "an interval, and its lower end is what counts."
            ),
            context.attempt("Viral creators", lambda: paragraph(taken_up.viral_creators(context))),
            context.attempt("The measure", lambda: _measures(context)),
            context.attempt("Greatest gain", lambda: paragraph(people.greatest_gain(context))),
            beside(
                context.attempt("Gains of creators", lambda: _forest(context)),
                context.attempt("Followers over time", lambda: _curves(context)),
            ),
            context.attempt("Ranking of creators", lambda: _ranking(context)),
            el("h3", "Most followed"),
            context.attempt("Most followed", lambda: _most_followed(context)),
            el("h3", "Most TikToks, likes per TikTok and per follower"),
            context.attempt("Most TikToks", lambda: paragraph(people.most_tiktoks(context))),
            context.attempt("Most prolific", lambda: paragraph(people.most_prolific(context))),
            context.attempt("Likes per TikTok", lambda: paragraph(people.likes_per_tiktok(context))),
            context.attempt("Likes per follower", lambda: paragraph(people.likes_per_follower(context))),
            context.attempt("Totals of creators", lambda: _totals(context)),
            el("h3", "Does a viral video bring followers?"),
            context.attempt("Event study", lambda: _event(context)),
        ]
    )


def _measures(context: Context) -> Html:
    return rankings.measures(
        context,
        of_creators.measures(context.study.creators, context.study.creators_with_ads),
        unit="log points a day",
        name="creator-measures",
        caption="The measure of creators: guaranteed relative gain of followers",
    )


def _by_gain(context: Context) -> pd.DataFrame:
    rows = context.study.creators
    return rows.sort_values(["viral_rank", "gain_rank", "creator"], kind="stable")


def _forest(context: Context) -> Html:
    rows = context.study.creators
    known = int((rows["followers_gain_lo"].notna() & rows["followers_gain_hi"].notna()).sum())
    return context.figures(
        lambda ax, theme: forest.creator_gains(rows, ax, theme=theme),
        alt=f"Intervals of the followers gained, of the creators with the greatest guaranteed gains among {known:,} "
        "told twice.",
        key="gains-of-creators",
        caption="Followers gained between the first and the last count told: from what is guaranteed to what "
        "rounding leaves possible.",
        size=(BESIDE[0], 4.8),
    )


def _curves(context: Context) -> Html:
    best = list(_by_gain(context)["creator"].head(DRAWN))
    hours = context.study.loaded.coverage.hours
    sightings = context.study.organic
    chosen = sightings[sightings["creator"].isin(best)]
    history = context.study.once("followers of the first creators", lambda: follower_history(chosen))
    return context.figures(
        lambda ax, theme: histories.follower_curves(history, ax, creators=best, hours=hours, theme=theme),
        alt=f"Followers gained over time by {plural(len(best), 'creator')}, each marked where it was first seen.",
        key="follower-curves",
        caption="Followers gained since first told, the creators that grew fastest; the triangle marks where each "
        "was first seen. " + histories.followers_told(history, creators=best, hours=hours),
        size=(BESIDE[0], 4.8),
    )


def _ranking(context: Context) -> Html:
    columns = [
        Column.rank("viral_rank", "rank"),
        Column("creator", "creator", lambda value: f"@{value}", url="username"),
        Column("viral", "viral"),
        Column.guaranteed("log_gain_per_day", "log points a day, guaranteed to possible", number),
        Column.bounded("followers_gain", "followers gained"),
        Column.rank("gain_rank", "rank by the guaranteed gain"),
        Column("followers_days", "days"),
        Column.bounded("followers_last", "followers, last told"),
        Column("tiktoks", "TikToks seen"),
        Column("sightings", "sightings"),
        Column.bounded("likes_per_follower", "likes per follower", number),
        Column.bounded("likes_per_tiktok_seen", "likes per TikTok seen", short),
    ]
    return context.tables(
        _by_gain(context),
        columns,
        name="creators",
        caption="Creators by guaranteed relative gain of followers; in brackets what rounding leaves open",
        ads=Ads.OUT,
        rows=8,
        folded=False,
    )


def _most_followed(context: Context) -> Html:
    told = paragraph(people.most_followed(context))
    columns = [
        Column("day", "day (UTC)", day),
        rankings.creator("most followed of those seen that day"),
        Column.bounded("user_followers", "followers"),
        Column("tied", "others whose bounds reach it"),
        Column("creators", "creators seen that day"),
        rankings.creator("most followed so far", "record_creator"),
        Column("record_followers", "followers", ends.count),
    ]
    table = context.tables(
        rankings.linked(context.study.most_followed, "creator", "record_creator"),
        columns,
        name="most-followed",
        caption="The most followed creator, day by day",
        ads=Ads.OUT,
        rows=31,
    )
    return join([told, table])


def _totals(context: Context) -> Html:
    """What creators have, as last told; who has most TikToks first."""
    rows = context.study.creator_totals
    unwrapped = [f"{name}{end}" for name in ("likes_per_follower", "user_likes_last") for end in ("", "_lo", "_hi")]
    likes = context.study.creators.set_index("creator")[unwrapped]
    ordered = overview.most_tiktoks(rows, top=len(rows)).join(likes, on="creator")
    columns = [
        rankings.creator(),
        Column.bounded("user_videos", "TikToks, by the site's number"),
        Column("tiktoks", "TikToks seen"),
        Column.bounded("likes_per_tiktok", "likes per TikTok of the creator", short),
        Column("likes_per_tiktok_seen", "likes per TikTok seen", short),
        Column.bounded("likes_per_follower", "likes per follower", number),
        Column.bounded("user_likes_last", "likes of all TikToks, unwrapped"),
        Column.bounded("user_followers", "followers"),
    ]
    return context.tables(
        rankings.linked(ordered, "creator"),
        columns,
        name="creator-totals",
        caption="What creators have, as last told, most TikToks first; in brackets what rounding leaves open",
        ads=Ads.OUT,
    )


def _event(context: Context) -> Html:
    study = context.study.event_study
    parts = [context.attempt("The gain", lambda: paragraph(together.event(context)))]
    # A handful of sets would be drawn with intervals, under a text that says they answer nothing.
    if study.gain.n >= EVENT_PAIRS_AT_LEAST and study.course["log_gain"].notna().any():
        parts.append(
            context.figures(
                lambda ax, theme: onset.followers_around_onset(
                    answers_only(study.course, "low", "high", CHANGE), ax, theme=theme
                ),
                alt="Mean follower gain from seven days before to seven days after the onset of an outbreak, beside "
                "matched creators without one.",
                key="event-study",
                caption="Followers around the onset of an outbreak, in log points since onset, beside matched "
                "creators, with 95 % intervals where they are an answer.",
            )
        )
    parts.append(
        context.tables(
            study.unusable,
            [Column("reason", "why"), Column("creators", "creators")],
            name="event-unusable",
            caption="Creators with an onset that could not be used",
            ads=Ads.OUT,
        )
    )
    parts.append(
        context.tables(
            rankings.linked(study.pairs, "creator"),
            [
                rankings.creator(),
                Column("onset", "onset"),
                Column("sightings", "sightings"),
                Column("change", "after less before, log points"),
                Column("control_change", "of its matched creators"),
            ],
            name="event-pairs",
            caption="Creators with an onset, and the mean of their matched creators",
            ads=Ads.OUT,
        )
    )
    parts.append(_controls(context, study.controls))
    return join(parts)


def _controls(context: Context, controls: pd.DataFrame) -> Html:
    """Who was matched with whom, a row a matched creator, each with its link."""
    return context.tables(
        rankings.linked(controls, "creator", "control"),
        [
            rankings.creator("creator with an onset"),
            rankings.creator("matched creator", "control"),
            Column("sightings", "sightings"),
            Column("followers", "followers"),
            Column("change", "after less before, log points"),
            Column("distance", "distance, standard deviations"),
        ],
        name="event-controls",
        caption="Creators with an onset, and each of their matched creators",
        ads=Ads.OUT,
        rows=8,
    )

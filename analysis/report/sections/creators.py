"""Finding viral creators: followers gained for sure, and whether a viral video brings them."""

from __future__ import annotations

import pandas as pd

from analysis import creators as of_creators
from analysis.creators import follower_history
from analysis.plots import forest, histories, onset
from analysis.report.answers import people, taken_up, together
from analysis.report.context import Context, paragraph
from analysis.report.markup import Html, el, join
from analysis.report.tables import Column
from analysis.report.wording import number, plural, short

KEY = "viral-creators"
TITLE = "Finding viral creators"
DRAWN = 6


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
            context.attempt("Gains of creators", lambda: _forest(context)),
            context.attempt("Followers over time", lambda: _curves(context)),
            context.attempt("Ranking of creators", lambda: _ranking(context)),
            el("h3", "Most followed"),
            context.attempt("Most followed", lambda: _most_followed(context)),
            el("h3", "Does a viral video bring followers?"),
            context.attempt("Event study", lambda: _event(context)),
        ]
    )


def _measures(context: Context) -> Html:
    return context.tables(
        of_creators.measures(context.study.creators),
        [
            Column("measure", "measure"),
            Column("ads", "ads"),
            Column("n", "ranked"),
            Column("of", "of"),
            Column("threshold", "threshold, log points"),
            Column("threshold_lo", "from"),
            Column("threshold_hi", "to"),
            Column("viral", "viral"),
        ],
        name="creator-measures",
        caption="The measure of creators, without those seen in ads only and with them",
    )


def _by_gain(context: Context) -> pd.DataFrame:
    rows = context.study.organic_creators
    return rows.sort_values(["viral_rank", "gain_rank", "creator"], kind="stable")


def _forest(context: Context) -> Html:
    rows = context.study.organic_creators
    known = int((rows["followers_gain_lo"].notna() & rows["followers_gain_hi"].notna()).sum())
    return context.figures(
        lambda ax, theme: forest.creator_gains(rows, ax, theme=theme),
        alt=f"Intervals of the followers gained, of the creators with the greatest guaranteed gains among {known:,} "
        "told twice.",
        caption="Followers gained between the first and the last count told: from what is guaranteed to what "
        "rounding leaves possible.",
        size=(6.8, 6.0),
    )


def _curves(context: Context) -> Html:
    best = list(_by_gain(context)["creator"].head(DRAWN))
    hours = context.study.loaded.coverage.hours
    sightings = context.study.bounded
    chosen = sightings[sightings["creator"].isin(best)]
    history = context.study.once("followers of the first creators", lambda: follower_history(chosen))
    return context.figures(
        lambda ax, theme: histories.follower_curves(history, ax, creators=best, hours=hours, theme=theme),
        alt=f"Followers gained over time by {plural(len(best), 'creator')}, each marked where it was first seen.",
        caption="Followers gained since first told, the creators that grew fastest; the triangle marks where each "
        "was first seen.",
    )


def _ranking(context: Context) -> Html:
    columns = [
        Column("viral_rank", "rank"),
        Column("creator", "creator", lambda value: f"@{value}", url="username"),
        Column("viral", "viral"),
        Column("log_gain_per_day_lo", "log points a day, at least", number),
        Column("log_gain_per_day_hi", "at most"),
        Column("followers_gain_lo", "followers gained, at least", short),
        Column("followers_gain_hi", "at most", short),
        Column("followers_days", "days"),
        Column("followers_last", "followers, last told", short),
        Column("tiktoks", "TikToks seen"),
        Column("sightings", "sightings"),
        Column("likes_per_follower", "likes per follower"),
        Column("likes_per_tiktok", "likes per TikTok seen", short),
    ]
    return context.tables(
        _by_gain(context), columns, name="creators", caption="Creators by guaranteed relative gain of followers"
    )


def _most_followed(context: Context) -> Html:
    told = paragraph(people.most_followed(context))
    days = context.study.most_followed
    days = days.assign(
        url="https://www.tiktok.com/@" + days["creator"], record_url="https://www.tiktok.com/@" + days["record_creator"]
    )
    columns = [
        Column("day", "day (UTC)", lambda value: f"{value:%Y-%m-%d}"),
        Column("creator", "most followed of those seen that day", lambda value: f"@{value}", url="url"),
        Column("user_followers", "followers", short),
        Column("user_followers_lo", "at least", short),
        Column("user_followers_hi", "at most", short),
        Column("tied", "others whose bounds reach it"),
        Column("creators", "creators seen that day"),
        Column("record_creator", "most followed so far", lambda value: f"@{value}", url="record_url"),
        Column("record_followers", "followers", short),
    ]
    return join(
        [
            told,
            context.tables(
                days, columns, name="most-followed", caption="The most followed creator, day by day", rows=31
            ),
        ]
    )


def _event(context: Context) -> Html:
    study = context.study.event_study
    parts = [context.attempt("The gain", lambda: paragraph(together.event(context)))]
    if study.course["log_gain"].notna().any():
        parts.append(
            context.figures(
                lambda ax, theme: onset.followers_around_onset(study.course, ax, theme=theme),
                alt="Mean follower gain from seven days before to seven days after the onset of an outbreak, beside "
                "matched creators without one.",
                caption="Followers around the onset of an outbreak, in log points since onset, beside matched "
                "creators, with 95 % intervals where there are two or more.",
            )
        )
    parts.append(
        context.tables(
            study.unusable,
            [Column("reason", "why"), Column("creators", "creators")],
            name="event-unusable",
            caption="Creators with an onset that could not be used",
        )
    )
    parts.append(
        context.tables(
            study.pairs.assign(url="https://www.tiktok.com/@" + study.pairs["creator"]),
            [
                Column("creator", "creator", lambda value: f"@{value}", url="url"),
                Column("onset", "onset"),
                Column("sightings", "sightings"),
                Column("change", "after less before, log points"),
                Column("control_change", "of its matched creators"),
            ],
            name="event-pairs",
            caption="Creators with an onset, and the mean of their matched creators",
        )
    )
    parts.append(_controls(context, study.controls))
    return join(parts)


def _controls(context: Context, controls: pd.DataFrame) -> Html:
    """Who was matched with whom, a row a matched creator, each with its link."""
    site = "https://www.tiktok.com/@"
    return context.tables(
        controls.assign(url=site + controls["creator"], control_url=site + controls["control"]),
        [
            Column("creator", "creator with an onset", lambda value: f"@{value}", url="url"),
            Column("control", "matched creator", lambda value: f"@{value}", url="control_url"),
            Column("sightings", "sightings"),
            Column("followers", "followers"),
            Column("change", "after less before, log points"),
            Column("distance", "distance, standard deviations"),
        ],
        name="event-controls",
        caption="Creators with an onset, and each of their matched creators",
        rows=8,
    )

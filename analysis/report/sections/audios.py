"""Finding viral audios: who took them up, per 1,000 sightings."""

from __future__ import annotations

import pandas as pd

from analysis.measures.audios import uses_over_time
from analysis.plots import audios as plots
from analysis.report.answers import growing, taken_up
from analysis.report.context import Context, beside, paragraph
from analysis.report.markup import Html, join
from analysis.report.sections import rankings
from analysis.report.sections.rankings import DRAWN
from analysis.report.tables import Ads, Column
from analysis.report.wording import number, plural, short

KEY = "viral-audios"
TITLE = "Finding viral audios"


def write(context: Context) -> Html:
    """Uses seen, the ranking, how uses grew."""
    return join(
        [
            beside(
                [
                    paragraph(
                        'The feed shows a sample, so nothing here counts an audio\'s uses: it counts "uses seen", the '
                        "different TikToks seen with it. An audio goes viral when creator after creator takes it up, "
                        "so audios are ranked by the new creators seen with them per 1,000 sightings; an original "
                        "sound that only its owner uses says nothing of that and stands apart."
                    ),
                    context.attempt("Viral audios", lambda: paragraph(taken_up.viral_audios(context))),
                    context.attempt("Uses seen", lambda: paragraph(growing.audio_uses(context))),
                ],
                context.attempt("Uses over time", lambda: _uses(context)),
            ),
            context.attempt("Ranking of audios", lambda: _ranking(context)),
        ]
    )


def _ranked(context: Context) -> pd.DataFrame:
    rows, _ = context.study.audio_verdicts
    return rows.sort_values(["new_rank", "tiktoks", "audio_key"], ascending=[True, False, True], kind="stable")


def _uses(context: Context) -> Html:
    best = _ranked(context).head(DRAWN)
    keys = list(best["audio_key"])
    names = {str(row["audio_key"]): str(row["audio"]) for row in best.to_dict("records")}
    hours = context.study.loaded.coverage.hours
    sightings = context.study.bounded
    chosen = sightings[sightings["audio_key"].isin(keys)]
    uses = context.study.once("uses seen of the first audios", lambda: uses_over_time(chosen))
    figure = context.figures(
        lambda ax, theme: plots.uses_seen(uses, ax, audio_keys=keys, names=names, hours=hours, theme=theme),
        alt=f"Cumulative TikToks seen with each of {plural(len(keys), 'audio')}, rising over time.",
        key="uses-seen",
        caption="TikTok-audio combinations seen, cumulative, of the audios most new creators took up; a dot is a "
        "TikTok first seen with it. " + plots.uses_told(uses, audio_keys=keys, hours=hours),
    )
    rows = uses.assign(
        audio=uses["audio_key"].map(names), url=uses["audio_key"].map(best.set_index("audio_key")["audio_url"])
    )
    table = context.tables(
        rows,
        [
            Column("audio", "audio", str, url="url"),
            Column("at", "at"),
            Column("uses_seen", "uses seen"),
            Column("creators_seen", "creators seen"),
            Column("likes_seen", "likes of these, as last told", short),
            Column("comments_seen", "comments on these, as last told", short),
        ],
        name="uses-over-time",
        caption="Uses seen, likes and comments over time, of the audios most new creators took up",
        ads=Ads.OUT,
        rows=8,
    )
    return join([figure, table])


def _ranking(context: Context) -> Html:
    _, measures = context.study.audio_verdicts
    measured = rankings.measures(
        context,
        measures,
        unit="new creators per 1,000 sightings",
        name="audio-measures",
        caption="The measure of audios: new creators per 1,000 sightings",
        also=[Column("owner_only", "set apart: owner only")],
    )
    columns = [
        Column.rank("new_rank", "rank"),
        Column("audio", "audio", str, url="audio_url"),
        Column.bounded("new_rate", "new creators per 1,000 sightings, 95 % Poisson interval", number),
        Column("new_creators", "new creators"),
        Column("viral", "viral"),
        Column("creators", "creators seen"),
        Column("tiktoks", "uses seen"),
        Column("sightings", "sightings"),
        Column("runs", "runs"),
        Column.bounded("likes", "likes of these"),
        Column.bounded("comments", "comments on these"),
        Column("ad_tiktoks", "ads seen with it"),
    ]
    table = context.tables(
        _ranked(context),
        columns,
        name="audios",
        caption="Audios by how many new creators took them up; a rank's brackets are what the intervals leave open, "
        "those of likes and comments what rounding does",
        ads=Ads.APART,
        rows=8,
        folded=False,
    )
    return join([measured, table])

"""Finding viral videos: three measures, their ranks with what rounding leaves open, and 60 definitions side by side."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from analysis.counts import growth
from analysis.plots import histories, rates
from analysis.plots.parts.label import label
from analysis.plots.parts.style import Theme
from analysis.report.answers import contradicted, growing, viral
from analysis.report.context import Context, beside, paragraph
from analysis.report.figures import BESIDE
from analysis.report.markup import Html, el, join
from analysis.report.sections import definitions, inequality, rankings
from analysis.report.sections.overview import outbreaks
from analysis.report.tables import Ads, Column
from analysis.report.wording import day, number, plural, short

KEY = "viral-videos"
TITLE = "Finding viral videos"


def write(context: Context) -> Html:
    """The measures, the figures behind them, the ranking, how much hangs on the definition."""
    return join(
        [
            beside(
                [
                    paragraph(
                        "No platform says what viral means. Three relative measures and an absolute line are used, "
                        "each with how many TikToks it could rank; followers are in none of them, because success adds "
                        "followers, and TikToks ever seen as ads are out of every ranking."
                    ),
                    el("ol", [el("li", el("b", name), f": {told}.") for name, told in viral.DEFINED.items()]),
                    context.attempt("Viral by the headline measure", lambda: paragraph(viral.viral_tiktoks(context))),
                    context.attempt("Observed outbreaks", lambda: paragraph(viral.outbreaks(context))),
                ],
                [
                    context.attempt("Rate against age", lambda: _rate_against_age(context)),
                    context.attempt("First day", lambda: paragraph(viral.first_day(context))),
                    context.attempt("The measures", lambda: _measures(context)),
                ],
            ),
            context.attempt("Ranking", lambda: _ranking(context)),
            el("h3", "How they grew"),
            context.attempt("Growth", lambda: paragraph(growing.growth(context))),
            context.attempt("Strange sightings", lambda: paragraph(contradicted.strange(context))),
            _change(context),
            beside(
                context.attempt("Counts over time", lambda: _counts(context)),
                context.attempt("Likes per hour", lambda: _per_hour(context)),
            ),
            context.attempt("Growth per hour", lambda: _per_hour_table(context)),
            beside(
                [el("h3", "How unequal likes are"), inequality.write(context)],
                [el("h3", "How much hangs on the definition"), definitions.write(context)],
            ),
        ]
    )


def _measures(context: Context) -> Html:
    return rankings.measures(
        context,
        context.study.verdicts.measures,
        unit="powers of ten or likes",
        name="measures",
        caption="The measures: headline in powers of ten over the likes of its age, the others in likes",
    )


def _rate_against_age(context: Context) -> Html:
    verdicts = context.study.verdicts
    row = viral.measure(context, "headline")
    return context.figures(
        lambda ax, theme: rates.rate_against_age(verdicts.rows, verdicts.line, ax, theme=theme),
        alt=f"Likes per hour of life over age at first sighting, {int(row['n']):,} TikToks on log axes, with the "
        "LOWESS line; the viral stand far above it.",
        key="rate-against-age",
        caption="Likes per hour of life at first sighting against age, with the LOWESS line. What stands far above "
        "the line gained unusually fast for its age.",
    )


def _top(context: Context) -> pd.DataFrame:
    """TikToks by the headline measure, then by guaranteed gain in a day, best first."""
    return context.study.verdicts.rows.sort_values(["excess_rank", "outbreak_rank", "id"], kind="stable")


def _ranking(context: Context) -> Html:
    named, _ = context.study.audio_verdicts
    rows = _top(context).join(named.set_index("audio_key")[["audio", "audio_url"]], on="audio_key")
    times = rows.assign(
        times=10 ** rows["excess"],
        times_lo=10 ** rows["excess_lo"],
        times_hi=10 ** rows["excess_hi"],
    )
    columns = [
        Column.rank("excess_rank", "rank"),
        Column("id", "TikTok", str, url="url"),
        rankings.creator(),
        Column("created_at", "uploaded", day),
        Column.bounded("times", "times the likes of its age", number),
        Column("viral_for_age", "viral for its age"),
        Column.guaranteed("outbreak", "likes in a day, guaranteed to possible"),
        Column.rank("outbreak_rank", "rank by outbreak"),
        Column("viral_outbreak", "viral by outbreak"),
        Column("first_day_rank", "rank by first day"),
        Column("viral_first_day", "viral by first day"),
        Column.bounded("likes_last", "likes, last told"),
        Column("sightings", "sightings"),
        Column("audio", "audio", str, url="audio_url"),
    ]
    return context.tables(
        rankings.linked(times, "creator"),
        columns,
        name="tiktoks",
        caption="TikToks by how much faster they gained likes than others of their age; in brackets what rounding "
        "leaves open",
        ads=Ads.UNRANKED,
        rows=8,
        folded=False,
    )


def _change(context: Context) -> Html | None:
    """Where the figure of the greatest outbreaks stands."""
    drawn = context.figures.named.get("change-in-likes")
    if not drawn:
        return None
    where = el("a", f"Figure {drawn}", href=f"#figure-{drawn}")
    return paragraph(where, " shows how the likes of the greatest observed outbreaks changed.")


def _counts(context: Context) -> Html | None:
    """Likes, comments and shares of the greatest observed outbreak, over time."""
    ids = outbreaks(context, 1)
    if not ids:
        return None
    rows, hours = context.study.verdicts.rows, context.study.loaded.coverage.hours
    chosen = context.study.bounded[context.study.bounded["id"] == ids[0]]

    def draw(ax: Axes, theme: Theme) -> None:
        figure = ax.figure
        ax.remove()
        for count, panel in zip(growing.COUNTS, figure.subplots(len(growing.COUNTS)), strict=True):
            histories.count_history(chosen, panel, count=count, hours=hours, theme=theme)

    figure = context.figures(
        draw,
        alt="Likes, comments and shares over time of the TikTok with the greatest observed outbreak, a panel each, as "
        "steps with bands of rounding.",
        key="counts-over-time",
        caption="Likes, comments and shares over time of the greatest observed outbreak; bands are what rounding "
        "leaves open. " + histories.counts_told(chosen, counts=growing.COUNTS, hours=hours),
        size=(BESIDE[0], 4.8),
    )
    named = paragraph("The greatest observed outbreak is ", viral.tiktok_link(rows[rows["id"] == ids[0]].iloc[0]), ".")
    return join([named, figure])


def _per_hour(context: Context) -> Html:
    ids = outbreaks(context)
    hours = context.study.loaded.coverage.hours
    chosen = context.study.bounded[context.study.bounded["id"].isin(ids)]
    gains = context.study.once(
        "gains of the greatest outbreaks", lambda: growth.gains(growth.settled(chosen, "likes"), "likes")
    )
    rows = context.study.verdicts.rows
    named = rows[rows["id"].isin(ids)]
    twice = named["creator"].duplicated(keep=False)

    def draw(ax: Axes, theme: Theme) -> Axes:
        # Made safe here, where it is known which scripts can be drawn.
        names = {
            str(key): f"@{label(creator, 18)}" + (f" …{str(key)[-4:]}" if again else "")
            for key, creator, again in zip(named["id"], named["creator"], twice, strict=True)
        }
        return rates.likes_per_hour(gains, ax, ids=ids, names=names, hours=hours, theme=theme)

    return context.figures(
        draw,
        alt=f"Likes per hour between sightings of {plural(min(len(ids), rates.LINES), 'TikTok')}, boxes from the "
        "least to the most that rounding allows.",
        key="likes-per-hour",
        caption="Likes per hour between sightings, the greatest observed outbreaks: the box spans what rounding "
        "allows (at the end of the axis it goes on), the line is the taut string through it. "
        + rates.rates_told(gains, ids=ids, hours=hours),
        size=(BESIDE[0], 4.8),
    )


def _per_hour_table(context: Context) -> Html:
    rows = growing.per_hour(context)
    fastest = rows.sort_values(["per_hour_lo", "id"], ascending=[False, True], kind="stable")
    fastest = fastest.assign(url=fastest["id"].map(context.study.tiktoks.set_index("id")["url"]))
    return context.tables(
        fastest,
        [
            Column("id", "TikTok", str, url="url"),
            Column("count", "count"),
            Column("began", "from"),
            Column("ended", "to"),
            Column.guaranteed("gain", "gain, guaranteed to possible"),
            Column.guaranteed("per_hour", "an hour", short),
        ],
        name="per-hour",
        caption="Growth of likes, comments, shares between sightings, fastest first; the file is in order of TikTok "
        "and time",
        ads=Ads.OUT,
        rows=8,
        order=["id", "count", "began"],  # and half as large as in the table's order
    )

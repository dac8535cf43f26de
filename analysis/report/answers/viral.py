"""Which TikToks went viral, by each measure, and how much hangs on the definition and on rounding."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.report.answers.said import NOT_ESTIMATED, count, unanswered
from analysis.report.context import Context
from analysis.report.markup import Child, Html, link
from analysis.report.wording import interval, missing, moment, number, plural, share, short, whole
from analysis.terms.definitions import RANKED_AT_LEAST, VIRAL_LEVEL

PER_CENT = share(VIRAL_LEVEL)
DEFINED = {
    "headline": f"gains faster than {PER_CENT} of TikToks of its age: log10 of likes per hour of life at first "
    "sighting, less its "
    "LOWESS on log10 age, at or above that quantile of all ranked; ads out; followers are in no measure",
    "outbreak": "the most likes it is guaranteed to have gained in one day, over all pairs of its sightings, "
    "rounding taken "
    f"against it; viral: at or above the {PER_CENT} quantile",
    "first day": "the most likes it is guaranteed to have gained in one day of its first 36 hours; only TikToks seen "
    "that young; "
    f"viral: at or above the {PER_CENT} quantile",
    "million in a week": "a million likes or more guaranteed to have been gained within seven days: an absolute line",
}


def measure(context: Context, name: str, ads: str = "out") -> pd.Series:
    """The row of one measure of TikToks."""
    measures = context.study.verdicts.measures
    return measures[(measures["measure"] == name) & (measures["ads"] == ads)].iloc[0]


def viral_count(context: Context, row: pd.Series, things: str, definition: str, form: Any = number) -> Html:
    """How many are viral by one measure; raises where too few were ranked for a verdict."""
    if missing(row["viral"]):
        raise unanswered(
            f"{int(row['n']):,} of {int(row['of']):,} that can be ranked",
            f"viral {things}",
            f"{RANKED_AT_LEAST} or more that can be ranked",
        )
    ends = interval(row["threshold_lo"], row["threshold_hi"], form)
    fixed = str(row["measure"]) == "million in a week"
    told = "fixed, so it has no interval" if fixed else f"{ends} (order statistics)"
    return context.facts(
        whole(row["viral"]),
        f"viral {things}",
        n=f"{int(row['n']):,} of {int(row['of']):,} could be ranked",
        definition=definition,
        interval=f"threshold {form(row['threshold'])}; {told}",
    )


def viral_tiktoks(context: Context) -> Child:
    """How many videos went viral by the headline measure, and the first of them."""
    row = measure(context, "headline")
    n = viral_count(context, row, "TikToks", DEFINED["headline"])
    rows = context.study.verdicts.rows
    top = rows[rows["excess_rank"] == 1]
    named: Child = None
    if len(top):
        best = top.iloc[0]
        ratio = context.facts(
            f"{number(10 ** float(best['excess']))} times",
            "likes of the first over what its age leads to expect",
            n=f"{int(row['n']):,} ranked",
            definition=DEFINED["headline"],
            interval=f"{interval(_times(best['excess_lo']), _times(best['excess_hi']), number, 'rounding')}; rank "
            f"{whole(best['excess_rank_best'])} to {whole(best['excess_rank_worst'])}",
        )
        worst = int(best["excess_rank_worst"])
        place = " The first, " if worst == 1 else f" One of the first {worst:,}, "
        named = [place, tiktok_link(best), ", had ", ratio, " the likes of its age when first seen."]
    one = int(row["viral"]) == 1
    said = f" TikTok{'' if one else 's'} gained faster than {PER_CENT} of those of their age"
    return [n, said, ": about one in a hundred by definition, so what counts is which, and by how much.", named]


def _times(log: Any) -> Any:
    return pd.NA if missing(log) else 10 ** float(log)


def tiktok_link(row: pd.Series) -> Html:
    """A TikTok by its creator's handle, with a link."""
    url = None if missing(row["url"]) else str(row["url"])
    creator = "a creator not named" if missing(row["creator"]) else f"@{row['creator']}"
    return link(url, f"{creator}'s {str(row['id'])[-6:]}")


def outbreaks(context: Context) -> Child:
    """How many had an observed outbreak, and the greatest."""
    n = viral_count(context, measure(context, "outbreak"), "TikToks by observed outbreak", DEFINED["outbreak"], short)
    week = measure(context, "million in a week")
    rows = context.study.verdicts.rows
    top = rows[(rows["outbreak_rank"] == 1) & (rows["outbreak_lo"] > 0)]
    named: Child = " No TikTok surely gained a like." if top.empty else None
    if len(top):
        best = top.iloc[0]
        gain = context.facts(
            short(best["outbreak_lo"]),
            "the greatest guaranteed gain of likes in a day",
            n=f"{int(best['sightings'])} sightings of it",
            definition=DEFINED["outbreak"],
            interval=f"{interval(best['outbreak_lo'], best['outbreak_hi'], whole, '')}: what rounding and the time "
            "between sightings leave open; rank "
            f"{whole(best['outbreak_rank_best'])} to {whole(best['outbreak_rank_worst'])}; it began between "
            f"{moment(best['outbreak_from'])} and {moment(best['outbreak_to'])}",
        )
        named = [" The greatest was ", tiktok_link(best), ": at least ", gain, " likes in a day."]
    over = (
        None
        if missing(week["viral"])
        else [
            " ",
            viral_count(context, week, "TikToks by a million in a week", DEFINED["million in a week"], short),
            " gained a million likes within a week.",
        ]
    )
    said = (
        f" TikToks stood at or above the {PER_CENT} quantile of likes surely gained in a day: the observed outbreaks."
    )
    return [n, said, named, over]


def first_day(context: Context) -> Child:
    """How many of those seen young went viral on their first day."""
    row = measure(context, "first day")
    return [
        viral_count(context, row, "TikToks by their first day", DEFINED["first day"], short),
        " of the ",
        count(
            context,
            int(row["n"]),
            plural(int(row["n"]), "TikTok"),
            "TikToks seen within 36 hours of their upload",
            definition="with a sighting no later, likes told, ads out",
            of=int(row["of"]),
        ),
        f" seen within 36 hours of their upload stood at or above the {PER_CENT} quantile of their first day.",
    ]


def definitions(context: Context) -> Child:
    """How much the answer hangs on the definition: the 60 cells."""
    cells = context.study.specification
    known = cells[cells["overlap"].notna()]
    if known.empty:
        raise unanswered(
            "no definition of the 60 with enough TikToks",
            "specification curve",
            f"{RANKED_AT_LEAST} TikToks seen twice within a window",
        )
    quarter = known["overlap"].astype("Float64").quantile([0.0, 0.5, 1.0])
    told = context.facts(
        share(quarter[0.5]),
        "TikToks that another definition and the headline share (median)",
        n=f"{len(known)} of {len(cells)} definitions could be compared",
        definition="Jaccard of the two sets of viral TikToks, among those both could rank; definitions: 5 counts x 4 "
        "windows x 3 thresholds",
        interval="none: definitions are chosen, not drawn; they range from "
        f"{share(quarter[0.0])} to {share(quarter[1.0])}",
    )
    return [
        "Of what the headline or another definition calls viral, both call ",
        told,
        " so (median over definitions).",
    ]


def rank_doubt(context: Context) -> Child:
    """How sure the ranks are, given rounding."""
    rows = context.study.verdicts.rows
    ranked = rows[rows["excess_rank"].notna()]
    if ranked.empty:
        raise unanswered(
            "no TikTok that can be ranked", "ranks", f"{RANKED_AT_LEAST} or more whose likes and age are told"
        )
    exact = int((ranked["excess_rank_best"] == ranked["excess_rank_worst"]).sum())
    told = context.facts(
        f"{exact:,} of {len(ranked):,}",
        "TikToks whose rank by the headline is sure",
        n=f"{len(ranked):,} ranked",
        definition="best and worst possible rank, given how far the rounding of likes lets each value move, are the "
        "same",
        interval="rounding only; sampling error is not in it",
    )
    viral = ranked["viral_for_age"].fillna(False).astype(bool)
    sure = ranked["viral_for_age_surely"].fillna(False).astype(bool)
    return [
        "Rounding leaves the rank of ",
        told,
        " TikToks without doubt; ",
        context.facts(
            f"{int((viral & sure).sum()):,} of {int(viral.sum()):,}",
            "viral TikToks that are so without doubt",
            n=f"{int(viral.sum()):,} viral by the headline, of {len(ranked):,} ranked",
            definition="the least that rounding allows is at or above the upper end of the threshold's interval",
            interval=NOT_ESTIMATED + "; rounding and the threshold's interval are taken against each",
        ),
        " viral ones stay viral whatever rounding and the threshold's interval hide.",
    ]

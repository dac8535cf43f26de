"""Which sightings the ones beside them contradict: named, counted, and kept out of every finding about growth."""

from __future__ import annotations

import pandas as pd

from analysis.report.answers.said import NOT_ESTIMATED, count, unanswered
from analysis.report.answers.viral import tiktok_link
from analysis.report.context import Context
from analysis.report.markup import Child, join
from analysis.report.wording import plural, share
from analysis.terms.definitions import REMOVED_AT_MOST, REMOVED_FEW

NAMED = 8
"""TikToks that the sentence names, those with most strange sightings first."""

DEFINED = (
    f"a count that falls from one sighting to the next by more than {REMOVED_FEW} and by more than "
    f"{share(REMOVED_AT_MOST['likes'])} ({share(REMOVED_AT_MOST['comments'])} of comments), rounding taken against "
    "it, is strange at the higher one, unless the sighting after is back up; it is strange at the lower one where the "
    "sightings on both sides agree without it"
)


def strange(context: Context) -> Child:
    """How many sightings are contradicted by those beside them, and of which TikToks."""
    if not context.study.loaded.report.pairs:
        raise unanswered(
            "no TikTok with likes told twice", "strange sightings", "counts in two sightings of one TikTok"
        )
    rows = context.study.strange
    if rows.empty:
        return ["No count of a TikTok was contradicted by the sightings beside it."]
    ids = rows.groupby("id", sort=True).size().sort_values(ascending=False, kind="stable")
    seen = len(rows.drop_duplicates(["id", "at"]))
    found = count(
        context,
        seen,
        plural(seen, "sighting"),
        "strange sightings",
        definition=DEFINED,
    )
    of = context.facts(
        plural(len(ids), "TikTok"),
        "TikToks with strange sightings",
        n=f"{int(context.study.tiktoks['sightings'].gt(1).sum()):,} TikToks seen more than once",
        definition=DEFINED,
        interval=NOT_ESTIMATED,
    )
    named = [_named(context, str(key), rows[rows["id"] == key]) for key in ids.index[:NAMED]]
    more = len(ids) - len(named)
    return [
        found,
        " of ",
        of,
        " told a count that the sightings beside it contradict: ",
        join(named, "; "),
        f"; and {more:,} more" if more else None,
        ". No growth, outbreak or viral verdict rests on them.",
    ]


def _named(context: Context, key: str, rows: pd.DataFrame) -> Child:
    """A TikTok, its counts that are strange, and how."""
    tiktoks = context.study.tiktoks
    counts = ", ".join(rows["count"].unique())
    kinds = " or ".join(sorted(rows["kind"].unique(), reverse=True))
    return join([tiktok_link(tiktoks[tiktoks["id"] == key].iloc[0]), f" ({counts}: {kinds})"])

"""At which hours and on which weekdays the TikToks seen were uploaded."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd

from analysis.measures import overview
from analysis.measures.uploads import evenness as uploads_evenness
from analysis.report.answers.said import unanswered
from analysis.report.context import Context
from analysis.report.markup import Child
from analysis.report.wording import interval, number, plural, share
from analysis.statistics.answer import RATIO, lacks
from analysis.terms.definitions import INTERVAL

NAMED = 2  # that share the first place are named, more are counted
LEAST_P = 0.001  # smaller ones are told as such


def uploads(context: Context) -> Child:
    """When the TikToks seen were uploaded: the busiest hour and weekday."""
    hours, days = overview.upload_hours(context.study.tiktoks), overview.upload_weekdays(context.study.tiktoks)
    n = int(hours["tiktoks"].sum())
    if not n:
        raise unanswered("no TikTok whose upload time is told", "upload times", "created_at or a 19-digit id")
    return [
        *_busiest(context, days, "weekday", str, n),
        ". ",
        *_busiest(context, hours, "hour", lambda hour: f"{int(hour):02}:00 to {int(hour):02}:59", n),
        _evenness(context, hours),
        ".",
    ]


def _busiest(context: Context, frame: pd.DataFrame, column: str, form: Callable[[Any], str], n: int) -> list[Child]:
    """The hour (UTC) or weekday with most uploads; where several share the first place, which or how many."""
    most = frame["tiktoks"].max()
    top = frame[frame["tiktoks"] == most]
    alone = len(top) == 1
    least, greatest = (float(top[f"share_{end}"].iloc[0]) for end in ("lo", "hi"))
    missing_n = lacks(n, least, greatest, RATIO, "TikToks")
    if missing_n is not None:
        why = context.facts(
            f"not answerable ({missing_n})",
            f"busiest upload {column}",
            n=f"{int(most):,} of {n:,} TikToks, ads out",
            definition="share of the TikToks seen, by upload time in UTC",
            interval=f"{interval(least, greatest, share)} (Wilson, of all {len(frame)} at once), which is no answer",
        )
        return [f"The {column} (UTC) of most uploads is ", why]
    reach = "; which days the runs covered decides much of it" if column == "weekday" else ""
    told = context.facts(
        " and ".join(map(form, top[column])) if len(top) <= NAMED else f"{len(top)} {column}s",
        f"busiest upload {column}",
        n=f"{int(most):,} of {n:,} TikToks, ads out" + ("" if alone else ", each"),
        definition="share of the TikToks seen, by upload time in UTC; the feed's choice, not when the platform's "
        f"people upload{reach}",
        interval=f"{share(top['share'].iloc[0])}; {interval(top['share_lo'].iloc[0], top['share_hi'].iloc[0], share)} "
        f"(Wilson, of all {len(frame)} at once: Bonferroni)",
    )
    if alone:
        return [f"The {column} (UTC) of most uploads was ", told]
    return ["Most uploads (UTC) and equally many were of ", told]


def _evenness(context: Context, hours: pd.DataFrame) -> Child:
    """Whether uploads are spread over the hours less evenly than chance would; weekdays hang on the days covered."""
    p = uploads_evenness(hours)
    told = context.facts(
        f"p = {number(p, 2)}" if p >= LEAST_P else f"p < {LEAST_P}",
        "that uploads spread evenly over the hours would look as uneven",
        n=plural(int(hours["tiktoks"].sum()), "TikTok"),
        definition="chi-squared test of all 24 hours alike; each TikTok counts once, and those of one creator are not "
        "independent, so it says less than it seems to",
        interval="none: a p value",
    )
    return [" (hours differ ", "more than by chance" if p < 1 - INTERVAL else "no more than by chance", ", ", told, ")"]

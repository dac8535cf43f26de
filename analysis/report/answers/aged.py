"""How well a TikTok's id tells when it was uploaded."""

from __future__ import annotations

import pandas as pd

from analysis.measures import age
from analysis.report.answers.middle import percentile_told
from analysis.report.answers.said import unanswered
from analysis.report.answers.share import share_told
from analysis.report.context import Context
from analysis.report.markup import Child, Html, join
from analysis.report.wording import number, ordinal

HOUR_S = 3_600


def age_by_id(context: Context) -> Child:
    """How well the id tells the upload time."""
    errors = context.study.id_errors
    if errors.empty:
        raise unanswered("no TikTok whose page told its upload time", "age by id", "created_at from the page")
    n = len(errors)
    median, *others = (_error(context, str(name), row) for name, row in age_percentiles(context).iterrows())
    return [
        "The time in a TikTok's id precedes its upload by ",
        median,
        " in the middle, by ",
        join(others, " and "),
        "; ",
        share_told(
            context,
            int((errors["error_s"] > HOUR_S).sum()),
            n,
            "upload times off by more than an hour",
            definition=f"upload time as the page told it, more than {HOUR_S:,} s after the id's time",
            units="TikToks",
        ),
        " are off by more than an hour.",
    ]


def age_percentiles(context: Context) -> pd.DataFrame:
    """`age.id_error_percentiles` by name."""
    study = context.study
    rows = study.once("percentiles of age", lambda: age.id_error_percentiles(study.id_errors, len(study.tiktoks)))
    return rows.set_index("name")


def _error(context: Context, name: str, row: pd.Series) -> Html:
    """One percentile of how far off the id's time is; the median by that name."""
    percentile = f"{ordinal(int(name.removeprefix('p')))} percentile"
    return percentile_told(
        context,
        row,
        f"upload time less the id's time, {'median' if name == 'p50' else percentile}",
        lambda value: f"{number(value)} s",
        "" if name == "p50" else f" at the {percentile}",
    )

"""What changed of the runs' conditions within the file: the feed answers to them."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.report.answers.said import NOT_ESTIMATED, count
from analysis.report.context import Context
from analysis.report.markup import Child, Html, join
from analysis.report.wording import missing, moment, number, plural


def changed(context: Context, changes: pd.DataFrame) -> list[Html]:
    """A sentence a condition: how often it changed, first when and how."""
    told = []
    for condition, rows in changes.groupby("condition", sort=True):
        ordered = rows.sort_values("at", kind="stable")
        times = count(
            context,
            len(rows),
            "once" if len(rows) == 1 else plural(len(rows), "time"),
            f"changes of {condition}",
            definition="runs that tell another value than the run before",
            of=len(context.study.runs),
        )
        sentence: list[Child] = [
            f"{condition} changed ",
            times,
            ", ",
            _change(context, str(condition), "first", ordered.iloc[0]),
        ]
        if len(rows) > 1:
            sentence += [", ", _change(context, str(condition), "last", ordered.iloc[-1])]
        told.append(join([*sentence, "; compare across such moments with care."]))
    return told


def _change(context: Context, condition: str, which: str, row: pd.Series) -> Child:
    """From what to what a condition changed, with the run that first told so."""
    values = context.facts(
        f"from {in_words(row['before'])} to {in_words(row['after'])} with the run of {moment(row['at'])}",
        f"the {which} change of {condition}",
        n=f"run {row['run']}",
        definition="as the run's start tells it, beside the run before",
        interval=NOT_ESTIMATED,
    )
    return join([f"{which} ", values])


def in_words(told: Any) -> str:
    """A condition's value in words."""
    return "not told" if missing(told) else number(told) if isinstance(told, float) else str(told)

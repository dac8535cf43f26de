"""Estimates of one kind side by side: each with its interval, its n and its definition."""

from __future__ import annotations

import pandas as pd

from analysis.report.context import Context
from analysis.report.markup import Html
from analysis.report.tables import Ads, Column
from analysis.report.wording import number


def table(context: Context, frame: pd.DataFrame, *, what: str, name: str, caption: str, ads: Ads = Ads.OUT) -> Html:
    """A table of `intervals.estimates_frame`; what: the heading of the estimates' names."""
    columns = [
        Column("name", what),
        Column("estimate", "estimate, 95 % interval", number, within=("low", "high")),
        Column("n", "n"),
        Column("of", "of"),
        Column("answerable", "an answer"),
        Column("lacks", "what it lacks"),
        Column("definition", "definition"),
    ]
    return context.tables(frame, columns, name=name, caption=caption, ads=ads)

"""What the rankings of videos, audios and creators have alike: the table of their measures, and creators with links."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from analysis.report.answers.said import creator_url
from analysis.report.context import Context
from analysis.report.markup import Html
from analysis.report.tables import Ads, Column
from analysis.report.wording import number

DRAWN = 6  # of a ranking's first that a figure names


def measures(
    context: Context,
    frame: pd.DataFrame,
    *,
    unit: str,
    name: str,
    caption: str,
    also: Sequence[Column] = (),
) -> Html:
    """Which measures there were, of how many each could rank, its threshold and how many are viral (`thresholds`).

    unit: of the threshold; also: columns that only this one has.
    """
    columns = [
        Column("measure", "measure"),
        Column("ads", "ads"),
        Column("n", "ranked"),
        Column("of", "of"),
        Column.bounded("threshold", f"threshold ({unit}), 95 % interval", number),
        Column("viral", "viral"),
        *also,
    ]
    return context.tables(frame, columns, name=name, caption=caption, ads=Ads.BOTH)


def creator(title: str = "creator", name: str = "creator") -> Column:
    """A column of creators, each with a link; `linked` adds the addresses."""
    return Column(name, title, lambda value: f"@{value}", url=f"{name}_url")


def linked(frame: pd.DataFrame, *names: str) -> pd.DataFrame:
    """*frame* with the address of each creator that its columns *names* tell: <name>_url (str)."""
    urls = {f"{name}_url": frame[name].map(creator_url, na_action="ignore").astype("str") for name in names}
    return frame.assign(**urls)

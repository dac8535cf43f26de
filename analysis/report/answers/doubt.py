"""How far a ranking may be believed, said beside what it ranks."""

from __future__ import annotations

import pandas as pd

from analysis.report.answers.said import NOT_ESTIMATED
from analysis.report.context import Context
from analysis.report.markup import Child
from analysis.report.wording import plural, whole


def audio_doubt(context: Context, rows: pd.DataFrame) -> Child:
    """How many of the audios ranked have a rank that is sure, and on how few new creators a verdict rests.

    rows: `audios.ranked`. Few audios are taken up by more than a handful of creators, so many share the threshold's
    value and the intervals of nearly all overlap: a verdict without this would seem far sharper than it is.
    """
    ranked = rows[rows["new_rank"].notna()]
    sure = int((ranked["new_rank_best"] == ranked["new_rank_worst"]).sum())
    places = context.facts(
        "no rank is sure" if not sure else f"{plural(sure, 'rank')} {'is' if sure == 1 else 'are'} sure",
        "audios whose rank is sure",
        n=f"{len(ranked):,} ranked",
        definition="best and worst possible rank, given the Poisson intervals of the rates, are the same",
        interval=NOT_ESTIMATED,
    )
    viral = ranked.loc[ranked["viral"].fillna(False).astype(bool), "new_creators"]
    if viral.empty:
        return [" (", places, ")"]
    least, most = int(viral.min()), int(viral.max())
    rests = context.facts(
        plural(least, "new creator") if least == most else f"{whole(least)} to {plural(most, 'new creator')}",
        "new creators of an audio called viral",
        n=plural(len(viral), "audio"),
        definition="creators first seen with it after the run that first showed it",
        interval=NOT_ESTIMATED + "; the Poisson interval of each rate is in the table",
    )
    return [" (", rests, " each; ", places, ")"]

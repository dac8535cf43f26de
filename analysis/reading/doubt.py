"""What the record of the runs and the lines say against each other: times far from all others, lines that are gone."""

from __future__ import annotations

import pandas as pd

from analysis.terms.definitions import APART_DAYS, STRAY_AT_MOST


def without_strays(runs: pd.DataFrame) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """Return *runs* (`coverage.with_lines`) without the times of strays, and a sentence of them.

    Runs more than APART_DAYS from the next fall into groups. Those of a group that holds STRAY_AT_MOST of all sightings
    or fewer lose started and ended (NA), so that they cover no hour: one wrong clock would make years of gaps of a file
    of days.
    """
    at = runs["started"].fillna(runs["ended"]).dropna().sort_values(kind="stable")
    group = (at.diff() > pd.Timedelta(days=APART_DAYS)).cumsum()
    sightings = runs["sightings"].fillna(0).reindex(at.index)
    held = sightings.groupby(group).transform("sum")
    strays = at.index[(held <= STRAY_AT_MOST * sightings.sum()).to_numpy(bool)]
    if not len(strays) or len(strays) == len(at):
        return runs, ()
    kept = runs.copy()
    kept.loc[strays, ["started", "ended"]] = pd.NaT
    seen = int(sightings.loc[strays].sum())
    one = len(strays) == 1
    return kept, (
        f"{len(strays):,} run{' lies' if one else 's lie'} more than a year from the others, with {seen:,} of all "
        f"sightings (the first: {at[strays[0]]:%Y-%m-%d}): a wrong clock, or a crawl of another time. "
        f"{'It covers' if one else 'They cover'} no hour; sightings count at the times they tell.",
    )


def nothing_left(runs: pd.DataFrame) -> pd.Series:
    """Whether a run says that it wrote lines and the file has none of them (bool)."""
    return (runs["written"].gt(0) & runs["sightings"].eq(0)).fillna(False).astype(bool)


def missing_lines(runs: pd.DataFrame, told_of: int, removed: int = 0) -> tuple[str, ...]:
    """A sentence where runs wrote more lines than the file has. told_of: lines that are missing for reasons told.

    removed: lines that were taken out on purpose, as the record says.
    """
    lost = (runs["written"] - runs["sightings"]).fillna(0).clip(lower=0)
    if removed and int(lost.sum()) <= told_of + removed:
        return (
            f"{removed:,} lines were taken out of the file on purpose, as its record says (somebody was forgotten, or "
            "lines expired): what is told here is of the lines that stay.",
        )
    if int(lost.sum()) <= told_of:
        return ()
    gone, some = int(nothing_left(runs).sum()), int(lost.gt(0).sum())
    of = f"{some:,} run{'' if some == 1 else 's'}"
    told = (
        f"{int(lost.sum()):,} lines that {of} wrote are not here: the file is not whole, or not the file of these runs."
    )
    if gone:
        told += f" Of {gone:,} of them no line is here: where no other run looked, that is a gap, and no empty feed."
    return (told,)

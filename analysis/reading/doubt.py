"""What the record of the runs and the lines say against each other: wrong clocks, and lines that are not here."""

from __future__ import annotations

import pandas as pd

APART = pd.Timedelta(days=366)  # from every sighting: no crawl waits so long, a clock that was never set goes further


def without_wrong_clocks(runs: pd.DataFrame) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """Return *runs* (`coverage.with_lines`) without the times that are far from all sightings, and a sentence of them.

    Runs more than APART from the next fall into groups; those of a group in which no run has a sighting lose started
    and ended (NA), so that they cover no hour: one such time would make years of gaps of a file of days.
    """
    at = runs["started"].fillna(runs["ended"]).dropna().sort_values(kind="stable")
    group = (at.diff() > APART).cumsum()
    seen = runs["sightings"].gt(0).fillna(False).reindex(at.index).groupby(group).transform("any").astype(bool)
    if seen.all() or not seen.any():
        return runs, ()
    wrong = at.index[~seen]
    right = runs.copy()
    right.loc[wrong, ["started", "ended"]] = pd.NaT
    many = "1 run has" if len(wrong) == 1 else f"{len(wrong):,} runs have"
    return right, (
        f"{many} a time more than a year from every sighting (the first: {at[wrong[0]]:%Y-%m-%d}): a wrong clock; they "
        "count as runs and cover no hour.",
    )


def nothing_left(runs: pd.DataFrame) -> pd.Series:
    """Whether a run says that it wrote lines and the file has none of them (bool)."""
    return (runs["written"].gt(0) & runs["sightings"].eq(0)).fillna(False).astype(bool)


def missing_lines(runs: pd.DataFrame, told_of: int) -> tuple[str, ...]:
    """A sentence where runs wrote more lines than the file has. told_of: lines that are missing for reasons told."""
    told = runs["written"].notna()
    written, here = (int(runs.loc[told, name].sum()) for name in ("written", "sightings"))
    if written - here <= told_of:
        return ()
    gone = int(nothing_left(runs).sum())
    return (
        f"The runs on record wrote {written:,} lines, and the file has {here:,} of them: it is not whole, or not the "
        f"file of these runs. The hours of {gone:,} runs of which no line is here count as gaps, not as empty feeds.",
    )

"""Which runs there were, which hours they cover, and which conditions changed among them."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from analysis.reading.doubt import nothing_left
from analysis.terms.schema import MOMENT, RUNS, TEXT, WHOLE, typed

HOURS: dict[str, str] = {"hour": MOMENT, "healthy": "bool", "run": TEXT, "sightings": WHOLE}
CHANGES: dict[str, str] = {"run": TEXT, "at": MOMENT, "condition": TEXT, "before": TEXT, "after": TEXT}
CONDITIONS = ("pace", "media", "headless", "locale", "zone", "viewport", "era", "region", "browser")
FIT = "fit"  # the verdict of a run that the crawler found good
_MOST_HOURS = 24 * 366 * 20  # a clock gone wrong must not make a frame of a million rows


@dataclass(frozen=True, slots=True)
class Coverage:
    """hours: every hour from the first to the last in which a run looked, sorted: hour (its start, datetime64[us,
    UTC]), healthy (bool: a run looked in it, that is began or saw a TikTok, that ended fit and whose lines are here, or
    that is known only from its lines), run (str: that run, one begun in it before others, else any; NA without one),
    sightings (Int64: rows seen in that hour; NA, never 0, in a gap without any). A run may last many hours, and looked
    in each in which it saw something. Hours that aren't healthy are gaps: nothing is known of them, least of all that
    something was not served; what an unfit or killed run did see there still counts.

    changes: one row a condition that changed: run (str: the first under the new one), at (its start,
    datetime64[us, UTC]), condition (str: one of CONDITIONS), before, after (str). warnings: a sentence for each.
    """

    hours: pd.DataFrame
    changes: pd.DataFrame
    warnings: tuple[str, ...] = ()


def with_lines(runs: pd.DataFrame, sightings: pd.DataFrame) -> pd.DataFrame:
    """Return *runs* with their sightings counted, and a row for each run known from its lines only.

    Such a run's started and ended are its first and last scraped_at; event_last and killed are NA.
    """
    of_run = sightings.groupby("run", sort=True)
    seen = of_run["scraped_at"].agg(started="min", ended="max")
    unknown = seen[~seen.index.isin(runs["run"])].reset_index()
    simulated = bool(sightings["simulated"].any()) if len(sightings) else False
    unknown = typed(unknown.assign(simulated=simulated, era=None), RUNS)
    unknown["era"] = unknown["run"].map(of_run["era"].first()).astype(TEXT)
    joined = pd.concat([runs, unknown], ignore_index=True) if len(runs) else unknown
    counted = joined["run"].map(of_run.size()).astype(WHOLE).fillna(0)
    joined = typed(joined.assign(sightings=counted), RUNS)
    order = joined["started"].fillna(joined["ended"])
    return joined.assign(order=order).sort_values(["order", "run"], ignore_index=True).drop(columns="order")


def coverage(runs: pd.DataFrame, sightings: pd.DataFrame) -> Coverage:
    """Return which hours *runs* (from `with_lines`, of *sightings*) cover, and what changed among them."""
    found = changes(runs)
    return Coverage(hours(runs, sightings), found, _sentences(found))


def healthy(runs: pd.DataFrame) -> pd.Series:
    """Whether each run gave what it should (bool): it ended fit and its lines are here, or only they are known."""
    only_lines = runs["event_last"].isna() & runs["sightings"].gt(0)
    return (runs["verdict"].eq(FIT) | only_lines).fillna(False).astype(bool) & ~nothing_left(runs)


def hours(runs: pd.DataFrame, sightings: pd.DataFrame) -> pd.DataFrame:
    """Return the frame of hours that `Coverage` describes."""
    looked = _looked(runs, sightings)
    if looked.empty:
        return pd.DataFrame({name: pd.Series([], dtype=kind) for name, kind in HOURS.items()})
    last = min(looked["hour"].max(), looked["hour"].min() + pd.Timedelta(hours=_MOST_HOURS))
    every = pd.date_range(looked["hour"].min(), last, freq="h", unit="us")
    best = looked.sort_values(["hour", "healthy"], ascending=[True, False], kind="stable").groupby("hour")
    rows = pd.DataFrame({"hour": every}).set_index("hour", drop=False)
    rows["healthy"] = best["healthy"].first().reindex(every, fill_value=False)
    rows["run"] = best["run"].first().reindex(every)
    seen = best["sightings"].sum().reindex(every)
    rows["sightings"] = seen.mask(~rows["healthy"].astype(bool) & seen.eq(0).fillna(False))
    return rows.reset_index(drop=True).astype(HOURS)


def _looked(runs: pd.DataFrame, sightings: pd.DataFrame) -> pd.DataFrame:
    """Each hour in which each run looked: hour, run, healthy, sightings; the hours in which runs began come first.

    What a run is said to have seen before its start or after its end is left out: its clock was set meanwhile.
    """
    known = runs.assign(began=runs["started"].fillna(runs["ended"]).dt.floor("h"), healthy=healthy(runs))
    known = known.dropna(subset=["began"])
    seen = pd.DataFrame({"run": sightings["run"], "hour": sightings["scraped_at"].dt.floor("h")})
    seen = seen.value_counts(sort=False).rename("sightings").reset_index()
    seen = known[["run", "began", "ended", "healthy"]].merge(seen, on="run")
    seen = seen[seen["hour"].ge(seen["began"]) & (seen["hour"].le(seen["ended"]) | seen["ended"].isna())]
    begun = known.assign(hour=known["began"], sightings=0)
    columns = ["hour", "run", "healthy", "sightings"]
    return pd.concat([begun[columns], seen[columns]], ignore_index=True)


def changes(runs: pd.DataFrame) -> pd.DataFrame:
    """Return the frame of changes that `Coverage` describes: by time, then in the order of CONDITIONS.

    A run that doesn't tell a condition (it was killed before it knew) neither changes it nor hides a change.
    """
    rows = []
    for condition in CONDITIONS:
        told = runs[["run", "started", condition]].dropna(subset=["started", condition])
        value = told[condition].map(_shown) if condition == "pace" else told[condition]
        before = value.shift()
        differs = before.notna() & value.ne(before)
        if differs.any():
            values = {"run": told["run"], "at": told["started"], "before": before, "after": value}
            rows.append(pd.DataFrame(values)[differs].assign(condition=condition))
    found = pd.concat(rows) if rows else pd.DataFrame(columns=list(CHANGES))
    return typed(found.sort_values("at", kind="stable", ignore_index=True), CHANGES)


def _shown(number: float) -> str:
    return f"{number:g}"


def _sentences(found: pd.DataFrame) -> tuple[str, ...]:
    """Return a sentence for each condition that changed, in the order of CONDITIONS, however often it did."""
    told = []
    for condition in CONDITIONS:
        of_it = found[found["condition"].eq(condition)]
        if of_it.empty:
            continue
        first, values = of_it.iloc[0], sorted({*of_it["before"], *of_it["after"]})
        times = "once" if len(of_it) == 1 else f"{len(of_it):,} times"
        between = " to ".join([first["before"], first["after"]]) if len(of_it) == 1 else "among " + ", ".join(values)
        told.append(
            f"The {condition} changed {times}, {between}, first with run {first['run']} "
            f"({first['at']:%Y-%m-%d %H:%M} UTC): the feed may answer to it, so compare across such moments with care."
        )
    return tuple(told)

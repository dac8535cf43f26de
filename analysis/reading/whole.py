"""Put the parts of a file together into the sightings frame: zones, runs, gates, duplicates, order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
import pyarrow as pa

from analysis.reading.gates import Gated, gated
from analysis.reading.judging import NAIVE
from analysis.reading.naive import Clock, Placed, placed, zone_named
from analysis.reading.part import PART, Part
from analysis.reading.repeats import repeated
from analysis.terms.errors import MixedData
from analysis.terms.schema import MOMENT, SIGHTINGS, SIGHTINGS_ORDER, to_frame, typed


@dataclass(frozen=True, slots=True)
class Whole:
    """sightings: as analysis/terms/schema.py says. untold: whether their lines tell no run (bool, alike indexed).
    aside: those that failed a gate, with the column gate.

    duplicates: how many sightings that repeat an earlier one were left out (`repeats`). lines: sightings before either.
    naive: how many had local times; ambiguous, nonexistent, clock: see analysis/reading/naive.py. schemas: version ->
    sightings.
    """

    sightings: pd.DataFrame
    untold: pd.Series
    gates: Gated
    lines: int
    duplicates: int
    naive: int
    ambiguous: int
    nonexistent: int
    schemas: dict[int, int]
    clock: Clock


def whole(
    parts: Sequence[Part],
    *,
    naive_zone: str | None,
    old_simulated: bool,
    where: str,
    clock: Clock = Clock(),  # noqa: B008 - frozen
) -> Whole:
    """Return the sightings of all *parts*, which are in the file's order.

    naive_zone: the zone of local times, None: UTC. old_simulated: whether lines that don't say so are simulated.
    clock: how local time stood after the lines before these parts, where they don't begin the file.

    Raises:
        BadArgument: there is no such zone.
        MixedData: some lines are simulated and others aren't.
    """
    zone = zone_named(naive_zone)
    frame = to_frame(pa.concat_tables([part.table for part in parts] or [PART.empty_table()]))
    frame = frame.sort_values("line_from", kind="stable", ignore_index=True)
    frame["simulated"] = frame["simulated"].fillna(old_simulated & frame["schema"].eq(1))
    _check_kinds(frame, where)
    naive = frame[NAIVE].notna()
    local = placed(frame.loc[naive, NAIVE], zone, clock)
    untold = frame["run"].isna()
    frame = _timed(frame, local)
    gates = gated(typed(frame, SIGHTINGS))
    untold = untold[gates.passes].reset_index(drop=True)
    again = repeated(gates.passed, untold)
    sightings = gates.passed[~again].sort_values(list(SIGHTINGS_ORDER), kind="stable")
    untold = untold.reindex(sightings.index).reset_index(drop=True)
    sightings = sightings.reset_index(drop=True)
    schemas = Counter(sightings["schema"].tolist())
    return Whole(
        sightings=sightings,
        untold=untold,
        gates=gates,
        lines=len(frame),
        duplicates=int(again.sum()),
        naive=int(naive.sum()),
        ambiguous=local.ambiguous,
        nonexistent=local.nonexistent,
        schemas=dict(sorted(schemas.items())),
        clock=local.clock,
    )


def _timed(frame: pd.DataFrame, local: Placed) -> pd.DataFrame:
    """Give the lines with local times their time in UTC, and lines of 2022 their run: the hour they were written in."""
    scraped = frame["scraped_at"].fillna(local.utc.reindex(frame.index)).astype(MOMENT)
    hour = local.run.reindex(frame.index)
    hour = hour.where(hour.notna(), scraped.dt.strftime("%Y-%m-%dT%H"))
    return frame.assign(scraped_at=scraped, run=frame["run"].where(frame["run"].notna(), hour))


def _check_kinds(frame: pd.DataFrame, where: str) -> None:
    simulated = frame["simulated"]
    if simulated.any() and not simulated.all():
        first = int(frame.loc[simulated.ne(simulated.iloc[0]), "line_from"].iloc[0])
        raise MixedData(
            expected="lines that are all real or all simulated",
            found=f"{int(simulated.sum()):,} simulated of {len(frame):,}; the kind changes first at byte {first:,}",
            where=where,
            next_step="split the file by the field simulated, and read each part alone",
        )

"""Put the parts of all files together into the sightings frame: zones, runs, gates, duplicates, order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from analysis.reading.gates import Gated, gated
from analysis.reading.judging import NAIVE
from analysis.reading.lines.files import SPAN, place
from analysis.reading.naive import Clock, Placed, placed, zone_named
from analysis.reading.order import ordered
from analysis.reading.part import PART, Part
from analysis.reading.repeats import repeated
from analysis.terms.errors import MixedData
from analysis.terms.schema import MOMENT, SIGHTINGS, to_frame, typed

_UNTOLD = "untold"


@dataclass(frozen=True, slots=True)
class Whole:
    """sightings: as analysis/terms/schema.py says. untold: whether their lines tell no run (bool, alike indexed).
    aside: those that failed a gate, with the column gate.

    duplicates: how many sightings that repeat an earlier one were left out (`repeats`): file -> how many of it. copies:
    how many of them repeat only what stands in another file. lines: sightings before either.
    naive: how many had local times; ambiguous, nonexistent, clock: see analysis/reading/naive.py. schemas: version ->
    sightings.
    """

    sightings: pd.DataFrame
    untold: pd.Series
    gates: Gated
    lines: int
    duplicates: dict[int, int]
    copies: int
    naive: int
    ambiguous: int
    nonexistent: int
    schemas: dict[int, int]
    clock: Clock


def whole(
    parts: Sequence[Part],
    *,
    naive_zone: str | None,
    simulated: Collection[int],
    files: Sequence[Path],
    clock: Clock = Clock(),  # noqa: B008 - frozen
) -> Whole:
    """Return the sightings of all *parts*, which are in the order of *files* and of their lines.

    naive_zone: the zone of local times, None: UTC. simulated: the numbers of the files of which lines that don't say so
    are simulated. clock: how local time stood after the lines before these parts, where they don't begin a file.

    Raises:
        BadArgument: there is no such zone.
        MixedData: some lines are simulated and others aren't.
    """
    zone = zone_named(naive_zone)
    table = pa.concat_tables([_numbered(part) for part in parts] or [PART.empty_table()])
    frame = to_frame(table.combine_chunks())  # to take rows of texts in many chunks is slow, and is done often
    if not frame["line_from"].is_monotonic_increasing:  # a record on a torn tail that is read beside the parts
        frame = frame.sort_values("line_from", kind="stable", ignore_index=True)
    told_by_record = (frame["line_from"] // SPAN).isin(list(simulated))
    frame["simulated"] = frame["simulated"].fillna(told_by_record & frame["schema"].eq(1))
    _check_kinds(frame, files)
    naive = frame[NAIVE].notna()
    local = _placed(frame.loc[naive], zone, clock)
    untold = frame["run"].isna()
    frame = _timed(frame, local)
    gates = gated(typed(frame, SIGHTINGS))
    untold = untold[gates.passes].reset_index(drop=True)
    again = repeated(gates.passed, untold)
    kept = gates.passed.assign(**{_UNTOLD: untold})
    sightings = ordered(kept[~again] if again.any() else kept)
    kept_untold = sightings.pop(_UNTOLD).rename("run")
    schemas = Counter(sightings["schema"].tolist())
    return Whole(
        sightings=sightings,
        untold=kept_untold,
        gates=gates,
        lines=len(frame),
        duplicates=_counted(gates.passed, again),
        copies=_copies(gates.passed, again, untold),
        naive=int(naive.sum()),
        ambiguous=local.ambiguous,
        nonexistent=local.nonexistent,
        schemas=dict(sorted(schemas.items())),
        clock=local.clock,
    )


def _timed(frame: pd.DataFrame, local: Placed) -> pd.DataFrame:
    """Give the lines with local times their time in UTC, and lines of 2022 their run: the hour they were written in."""
    scraped = frame["scraped_at"].fillna(local.utc.reindex(frame.index)).astype(MOMENT)
    untold = frame["run"].isna()
    if not untold.any():
        return frame.assign(scraped_at=scraped)
    hour = local.run.reindex(frame.index)
    hour = hour.where(hour.notna(), scraped.dt.strftime("%Y-%m-%dT%H"))
    return frame.assign(scraped_at=scraped, run=frame["run"].where(~untold, hour))


def _numbered(part: Part) -> pa.Table:
    """The part's table, its line_from told apart from that of other files."""
    if not part.file:
        return part.table
    at = part.table.schema.get_field_index("line_from")
    line_from = pc.add(part.table.column(at), pa.scalar(part.file * SPAN, pa.int64()))
    return part.table.set_column(at, PART.field(at), line_from)


def _placed(naive: pd.DataFrame, zone: ZoneInfo, clock: Clock) -> Placed:
    """Place the local times of each file by its own order: what one computer's clock did tells nothing of another's."""
    numbers = naive["line_from"] // SPAN
    if numbers.nunique() <= 1:
        return placed(naive[NAIVE], zone, clock)
    found = [placed(rows[NAIVE], zone) for _, rows in naive.groupby(numbers, sort=True)]
    return Placed(
        utc=pd.concat([told.utc for told in found]),
        run=pd.concat([told.run for told in found]),
        ambiguous=sum(told.ambiguous for told in found),
        nonexistent=sum(told.nonexistent for told in found),
        clock=found[-1].clock,
    )


def _counted(sightings: pd.DataFrame, again: pd.Series) -> dict[int, int]:
    numbers = (sightings.loc[again, "line_from"] // SPAN).value_counts(sort=False)
    return {int(number): int(many) for number, many in sorted(numbers.items())}


def _copies(sightings: pd.DataFrame, again: pd.Series, untold: pd.Series) -> int:
    """How many repeats there would not be if each file were alone."""
    numbers = sightings["line_from"] // SPAN
    if not again.any() or numbers.nunique() <= 1:
        return 0
    alone = sum(int(repeated(rows, untold.loc[rows.index]).sum()) for _, rows in sightings.groupby(numbers))
    return int(again.sum()) - alone


def _check_kinds(frame: pd.DataFrame, files: Sequence[Path]) -> None:
    simulated = frame["simulated"]
    if simulated.any() and not simulated.all():
        first = int(frame.loc[simulated.ne(simulated.iloc[0]), "line_from"].iloc[0])
        raise mixed(f"{int(simulated.sum()):,} simulated of {len(frame):,}; the kind changes first", first, files)


def mixed(found: str, line_from: int, files: Sequence[Path]) -> MixedData:
    """The error of lines of both kinds. found: what was, up to the place *line_from*."""
    path, at = place(line_from, files)
    one = len(files) == 1
    return MixedData(
        expected="lines that are all real or all simulated",
        found=f"{found} at byte {at:,}{'' if one else f' of {path.name}'}",
        where=path if one else path.parent,
        next_step="split the file by the field simulated, and read each part alone"
        if one
        else "keep simulated lines in a folder of their own",
    )

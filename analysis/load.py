"""Read the lines, and what stands beside them, into frames."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from analysis.reading.beside import Beside, read_beside
from analysis.reading.coverage import Coverage, coverage, with_lines
from analysis.reading.doubt import missing_lines, without_strays
from analysis.reading.fitness import nothing, unfit
from analysis.reading.gates import check_gates, falling
from analysis.reading.identity import identities, told_of
from analysis.reading.lines.files import files_of
from analysis.reading.lines.line_by_line import BadLine
from analysis.reading.load_report import FileRead, LoadReport, sha256_of
from analysis.reading.source import Source, read_sources, readable
from analysis.reading.warn import warnings_of
from analysis.reading.whole import Whole, whole
from analysis.reading.zeroed import Replies, failed, lone_zeros
from analysis.terms.errors import GateFailed

__all__ = ["BadLine", "LoadReport", "Loaded", "load"]


@dataclass(frozen=True, slots=True)
class Loaded:
    """The data.

    sightings, runs: frames of analysis/terms/schema.py. coverage: its hours and changes, see analysis.reading.coverage.
    report: what was read, and what was made of it. aside: sightings that failed a gate, kept apart: the columns of
    sightings and gate (str: one of analysis.reading.gates.NAMES).
    """

    sightings: pd.DataFrame
    runs: pd.DataFrame
    coverage: Coverage
    report: LoadReport
    aside: pd.DataFrame


def load(where: Path, *, naive_zone: str | None = None, force: bool = False, cache: Path | None = None) -> Loaded:
    """Read a folder of lines with what stands beside them, or a file of lines; see analysis.reading.lines.files.

    naive_zone: IANA name of the zone in which lines of 2022, which have local times, were written; UTC if not
    given, and the report says so. force: go on where a gate fails. cache: a directory for Parquet parts, so that
    only what was appended is read next time; the result is the same.

    Raises:
        NoFile, NoGoodLines, MixedData, GateFailed, BadArgument: see analysis/terms/errors.py.
    """
    files = files_of(where)
    path = files[0] if len(files) == 1 else where
    with readable(path):
        beside = read_beside(files)
        sources = read_sources(files, cache, beside.generation)
    if not any(source.records for source in sources):
        raise nothing(path, sources)
    forced = unfit(sources, force=force)
    parts = [part for source in sources for part in source.parts]
    everything = whole(parts, naive_zone=naive_zone, simulated=beside.simulated, files=files)
    if everything.sightings.empty and force:
        raise nothing(path, sources, "no sighting that passes the gates")
    replies = Replies()
    seen = replies.judged(replies.take(everything.sightings))
    falls, pairs = falling(seen)
    told = _gates(everything, falls, pairs, str(path), force=force)
    sightings = identities(lambda: [seen]).of(seen)
    runs, strays = without_strays(with_lines(beside.runs, sightings))
    covered = coverage(runs, sightings)
    report = replace(
        _report(path, sources, everything, beside, naive_zone),
        zeroed=int(failed(seen).sum()),
        lone_zeros=lone_zeros(seen),
    )
    known = len(report.bad) + report.duplicates - report.copies + len(everything.gates.aside)
    lost = missing_lines(runs, known, beside.removed)
    who = told_of(everything.sightings, sightings)
    warnings = (*warnings_of(report), *forced, *told, *who, *strays, *lost, *covered.warnings)
    return Loaded(
        sightings=sightings,
        runs=runs,
        coverage=covered,
        report=replace(report, falls=falls, pairs=pairs, warnings=warnings),
        aside=everything.gates.aside,
    )


def _gates(everything: Whole, falls: int, pairs: int, where: str, *, force: bool) -> list[str]:
    try:
        return check_gates(everything.gates.counted, everything.lines, falls, pairs, where)
    except GateFailed as failed:
        if not force:
            raise
        return [f"Gate failed, gone on by force: {failed}"]


def _report(
    path: Path, sources: Sequence[Source], everything: Whole, beside: Beside, naive_zone: str | None
) -> LoadReport:
    bad = tuple(line for source in sources for line in source.bad)
    torn = tuple(source.torn for source in sources if source.torn is not None)
    files = tuple(
        FileRead(
            name=source.path.name,
            bytes=source.size,
            sha256=source.sha256,
            lines=source.lines,
            bad=len(source.bad),
            repeated=everything.duplicates.get(number, 0),
            marked=source.marked,
        )
        for number, source in enumerate(sources)
    )
    return LoadReport(
        where=str(path),
        files=files,
        lines=sum(file.lines for file in files),
        bytes=sum(file.bytes for file in files),
        sha256=sha256_of(files),
        schemas=everything.schemas,
        bad=bad,
        salvaged=sum(line.salvaged for line in (*bad, *torn)),
        marked=any(file.marked for file in files),
        torn=torn,
        duplicates=sum(everything.duplicates.values()),
        copies=everything.copies,
        set_aside=everything.gates.counted,
        naive_lines=everything.naive,
        naive_zone=(naive_zone or "UTC") if everything.naive else None,
        zone_assumed=bool(everything.naive) and naive_zone is None,
        ambiguous=everything.ambiguous,
        nonexistent=everything.nonexistent,
        rejected=beside.rejected,
        runs_bad=beside.runs_bad,
        rejected_bad=beside.rejected_bad,
        simulated=bool(everything.sightings["simulated"].any()),
    )

"""Read tiktoks.jsonlines, and what stands beside it, into frames."""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from analysis.reading.beside import Beside, lines_of, read_beside
from analysis.reading.cache import read_parts
from analysis.reading.coverage import Coverage, coverage, with_lines
from analysis.reading.doubt import missing_lines, without_strays
from analysis.reading.gates import check_gates, check_readable, falling
from analysis.reading.identity import identities, told_of
from analysis.reading.lines.blocks import BLOCK
from analysis.reading.lines.digest import sha256
from analysis.reading.lines.foreign import HEAD, MARK, Foreign, foreign
from analysis.reading.lines.line_by_line import BadLine
from analysis.reading.load_report import LoadReport
from analysis.reading.part import Part, last_line
from analysis.reading.warn import warnings_of
from analysis.reading.whole import Whole, whole
from analysis.reading.zeroed import Replies, failed, lone_zeros
from analysis.terms.errors import GateFailed, NoFile, NoGoodLines

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
    """Read a folder with tiktoks.jsonlines (runs.jsonlines, rejected.jsonlines beside it), or a .jsonlines file.

    naive_zone: IANA name of the zone in which lines of 2022, which have local times, were written; UTC if not
    given, and the report says so. force: go on where a gate fails. cache: a directory for Parquet parts, so that
    only what was appended is read next time; the result is the same.

    Raises:
        NoFile, NoGoodLines, MixedData, GateFailed, BadArgument: see analysis/terms/errors.py.
    """
    path = lines_of(where)
    with _readable(path):
        beside = read_beside(path)
        source = _read(path, cache, beside.generation)
    if not any(part.table.num_rows for part in source.parts):
        raise _nothing(path, source)
    forced = _unfit(path, source, force=force)
    everything = whole(source.parts, naive_zone=naive_zone, old_simulated=beside.simulated, where=str(path))
    if everything.sightings.empty and force:
        raise _nothing(path, source, "no sighting that passes the gates")
    replies = Replies()
    seen = replies.judged(replies.take(everything.sightings))
    falls, pairs = falling(seen)
    told = _gates(everything, falls, pairs, str(path), force=force)
    sightings = identities(lambda: [seen]).of(seen)
    runs, strays = without_strays(with_lines(beside.runs, sightings))
    covered = coverage(runs)
    report = replace(
        _report(path, source, everything, beside, naive_zone),
        zeroed=int(failed(seen).sum()),
        lone_zeros=lone_zeros(seen),
    )
    lost = missing_lines(runs, len(report.bad) + report.duplicates + len(everything.gates.aside))
    who = told_of(everything.sightings, sightings)
    warnings = (*warnings_of(report), *forced, *told, *who, *strays, *lost, *covered.warnings)
    return Loaded(
        sightings=sightings,
        runs=runs,
        coverage=covered,
        report=replace(report, falls=falls, pairs=pairs, warnings=warnings),
        aside=everything.gates.aside,
    )


@dataclass(frozen=True, slots=True)
class _Source:
    """The file as read: its parts in their order, its size and hash, a torn tail.

    known: what it is, where it is of another kind. marked: it begins with a byte order mark.
    """

    parts: list[Part]
    size: int
    sha256: str
    torn: BadLine | None
    known: Foreign | None
    marked: bool

    @property
    def bad(self) -> list[BadLine]:
        """The bad lines of all parts."""
        return [line for part in self.parts for line in part.bad]


def _read(path: Path, cache: Path | None, generation: int, size: int = BLOCK) -> _Source:
    """Read the file as long as it is now: a crawl may be appending to it."""
    with path.open("rb") as file, ThreadPoolExecutor(1) as aside:
        end = os.fstat(file.fileno()).st_size
        head = file.read(min(end, HEAD))
        digest = aside.submit(sha256, file, 0, end)
        parts = read_parts(file, end, directory=cache, generation=generation, size=size)
        at = parts[-1].end if parts else 0
        last, torn = last_line(file, at, end)
        return _Source(
            parts=parts if last is None else [*parts, last],
            size=end,
            sha256=digest.result(),
            torn=torn,
            known=foreign(head),
            marked=head.startswith(MARK),
        )


@contextmanager
def _readable(path: Path) -> Iterator[None]:
    """Say in our own words what the system says against reading."""
    try:
        yield
    except OSError as error:
        raise NoFile(
            expected="a file that can be read",
            found=error.strerror or str(error),
            where=error.filename or path,
            next_step="check its permissions and the disk",
        ) from error


def _nothing(path: Path, source: _Source, found: str = "") -> NoGoodLines:
    if source.known is not None:
        return NoGoodLines(
            expected="lines, each a JSON object",
            found=str(source.known),
            where=path,
            next_step=source.known.advice(path),
        )
    bad = source.bad
    if not found:
        found = f"{source.size:,} bytes and not one" if source.size else "an empty file"
    if bad:
        found += f"; {len(bad):,} bad lines, the first at byte {bad[0].offset:,}: {bad[0].reason}"
    if source.torn:
        found += f"; a torn line of {source.torn.length:,} bytes at the end"
    return NoGoodLines(
        expected="at least one line that is a sighting (a JSON object as docs/data.md describes)",
        found=found,
        where=path,
        next_step="check that this is the file you meant; python -m tiktok_scraper.lines check FILE lists bad lines",
    )


def _unfit(path: Path, source: _Source, *, force: bool) -> list[str]:
    """What speaks against the whole file, gone on by force; GateFailed where it is not forced."""
    try:
        if source.known is not None:
            raise GateFailed(
                expected="lines, each a JSON object",
                found=f"{source.known}, in which some records can be read all the same",
                where=path,
                next_step=f"{source.known.advice(path)}; or go on with those records alone with --force (force=True)",
            )
        check_readable(source.bad, sum(part.lines for part in source.parts), str(path))
    except GateFailed as failed:
        if not force:
            raise
        return [f"Gate failed, gone on by force: {failed}"]
    return []


def _gates(everything: Whole, falls: int, pairs: int, where: str, *, force: bool) -> list[str]:
    try:
        return check_gates(everything.gates.counted, everything.lines, falls, pairs, where)
    except GateFailed as failed:
        if not force:
            raise
        return [f"Gate failed, gone on by force: {failed}"]


def _report(path: Path, source: _Source, everything: Whole, beside: Beside, naive_zone: str | None) -> LoadReport:
    bad = tuple(source.bad)
    return LoadReport(
        where=str(path),
        lines=sum(part.lines for part in source.parts),
        bytes=source.size,
        sha256=source.sha256,
        schemas=everything.schemas,
        bad=bad,
        salvaged=sum(line.salvaged for line in bad) + (source.torn.salvaged if source.torn else 0),
        marked=source.marked,
        torn_tail=source.torn,
        duplicates=everything.duplicates,
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

"""What stands beside the lines: the record of the runs, and what the crawl rejected."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd
import pyarrow as pa

from analysis.reading.lines.files import REJECTED, RUNS, TIKTOKS, beside, mark_of
from analysis.reading.lines.foreign import HEAD, foreign
from analysis.reading.lines.line_by_line import BadLine, read_file
from analysis.reading.lines.unpacking import opened
from analysis.reading.runs import read_runs
from analysis.terms.schema import empty_runs

_REASON = pa.schema([("reason", pa.string())])


@dataclass(frozen=True, slots=True)
class Beside:
    """runs: a runs frame; runs_bad: bad lines there; generation, removed: of the files; rejected: reason -> how many;
    rejected_bad: bad lines there.

    simulated: the numbers of those files of lines of which the record says that all of it comes from the replica: there
    is a record of the same name, and every run on it is simulated.
    """

    runs: pd.DataFrame
    runs_bad: tuple[BadLine, ...] = ()
    generation: int = 0
    removed: int = 0
    rejected: dict[str, int] = field(default_factory=dict)
    rejected_bad: tuple[BadLine, ...] = ()
    simulated: frozenset[int] = frozenset()


def read_beside(files: Sequence[Path]) -> Beside:
    """Return what stands beside *files*; nothing, if they have other names and so may be of another crawl."""
    if not (recorded := beside(files, RUNS)) and not beside(files, REJECTED):
        return Beside(empty_runs())
    read = read_runs(*recorded)
    rejected, bad = _rejected(beside(files, REJECTED))
    marks = set(map(_mark, recorded))
    told = {mark: read if len(marks) == 1 else read_runs(*(p for p in recorded if _mark(p) == mark)) for mark in marks}
    replicas = {mark for mark in marks if _all_simulated(told[mark].runs)}
    of_replicas = (number for number, path in enumerate(files) if mark_of(path, TIKTOKS) in replicas)
    return Beside(
        runs=read.runs,
        runs_bad=read.bad,
        generation=read.generation,
        removed=read.removed,
        rejected=rejected,
        rejected_bad=bad,
        simulated=frozenset(of_replicas),
    )


def _mark(path: Path) -> str | None:
    return mark_of(path, RUNS)


def _all_simulated(runs: pd.DataFrame) -> bool:
    return len(runs) > 0 and bool(runs["simulated"].all())


def _rejected(files: Sequence[Path]) -> tuple[dict[str, int], tuple[BadLine, ...]]:
    """How many lines were rejected for each reason, and the lines that are not whole."""
    reasons: Counter[str] = Counter()
    bad: list[BadLine] = []
    for path in files:
        with opened(path) as source:
            data = source.file.read()
        if source.damaged is not None:
            bad.append(BadLine(len(data), 0, f"{path.name} is damaged: {source.damaged}"))
        if (known := foreign(data[:HEAD])) is not None:
            bad.append(BadLine(0, len(data), str(known)))
            continue
        read = read_file(data, _REASON, begins="run")
        reasons.update(reason or "no reason told" for reason in read.table.column("reason").to_pylist())
        bad += read.bad
    return dict(sorted(reasons.items())), tuple(bad)

"""Where tiktoks.jsonlines is, and what stands beside it: the record of the runs, and what the crawl rejected."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd
import pyarrow as pa

from analysis.reading.lines.foreign import HEAD, foreign
from analysis.reading.lines.line_by_line import BadLine, read_file
from analysis.reading.runs import read_runs
from analysis.terms.errors import NoFile
from analysis.terms.schema import empty_runs

LINES, RUNS_FILE, REJECTED = "tiktoks.jsonlines", "runs.jsonlines", "rejected.jsonlines"
_PACKED = {".gz": "gunzip --keep", ".xz": "unxz --keep", ".zst": "unzstd --keep", ".bz2": "bunzip2 --keep"}
_REASON = pa.schema([("reason", pa.string())])


@dataclass(frozen=True, slots=True)
class Beside:
    """runs: a runs frame; runs_bad: bad lines there; generation: of the files; rejected: reason -> how many;
    rejected_bad: bad lines there.

    simulated: every run on record is simulated, and there is one.
    """

    runs: pd.DataFrame
    runs_bad: tuple[BadLine, ...] = ()
    generation: int = 0
    rejected: dict[str, int] = field(default_factory=dict)
    rejected_bad: tuple[BadLine, ...] = ()

    @property
    def simulated(self) -> bool:
        """Whether the record says that all of this comes from the replica."""
        return len(self.runs) > 0 and bool(self.runs["simulated"].all())


def lines_of(where: Path) -> Path:
    """Return the file that *where*, a data folder or the file itself, means. Raises NoFile."""
    path = where / LINES if where.is_dir() else where
    if path.is_file():
        return path
    packed = (
        sorted(found.name for found in where.glob(f"{LINES}.*") if found.suffix in _PACKED) if where.is_dir() else []
    )
    if packed:
        raise NoFile(
            expected=f"a folder with {LINES}",
            found=f"only {packed[0]}",
            where=where,
            next_step=f"unpack it first, such as with {_PACKED[Path(packed[0]).suffix]} {packed[0]}",
        )
    found = "a folder without it" if where.is_dir() else "no such file" if not path.exists() else "something else"
    raise NoFile(
        expected=f"a folder with {LINES}, or a .jsonlines file",
        found=found,
        where=where,
        next_step="name the folder that TIKTOK_DATA_DIR names, as make report DATA=folder does; make demo writes one",
    )


def read_beside(path: Path) -> Beside:
    """Return what stands beside *path*; nothing, if that has another name and so may be of another crawl."""
    if path.name != LINES:
        return Beside(empty_runs())
    recorded = read_runs(path.with_name(RUNS_FILE))
    rejected, bad = _rejected(path.with_name(REJECTED))
    return Beside(recorded.runs, recorded.bad, recorded.generation, rejected, bad)


def _rejected(path: Path) -> tuple[dict[str, int], tuple[BadLine, ...]]:
    """How many lines were rejected for each reason, and the lines that are not whole."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return {}, ()
    if (known := foreign(data[:HEAD])) is not None:
        return {}, (BadLine(0, len(data), str(known)),)
    read = read_file(data, _REASON, begins="run")
    reasons = read.table.column("reason").to_pylist()
    return dict(sorted(Counter(reason or "no reason told" for reason in reasons).items())), read.bad

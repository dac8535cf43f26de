"""From a folder of lines to tables for R, SQL or a spreadsheet."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import ExitStack
from pathlib import Path

import pandas as pd

from analysis.export import csvs, parquet, sqlite
from analysis.export.schema import TABLES, VIEWS, Column, view_columns
from analysis.export.tables import Export, places
from analysis.load import load
from analysis.terms.errors import AnalysisError, BadArgument
from analysis.writing.output import check_output, replacing

SUFFIXES = (".parquet", ".csv", ".sqlite")
_SHOWN: dict[str, tuple[Column, ...]] = {
    **{table.name: table.columns for table in TABLES},
    **{view.name: view_columns(view) for view in VIEWS},
}


def export(
    data: Path,
    output: Path,
    *,
    naive_zone: str | None = None,
    force: bool = False,
    cache: Path | None = None,
    progress: Callable[[str], None] = lambda _: None,
) -> tuple[list[Path], tuple[str, ...]]:
    """Load *data* and write its tables, whole or not at all: one database, or a file a table.

    The suffix of *output* says which: .sqlite; .parquet or .csv for the sightings, with every other table and view
    beside it ("out.tiktoks.csv"). Returns what was written, and what a reader must know of how the lines were read.

    Raises:
        AnalysisError: a file in the place of something else (nothing is read then), what `load` raises, or a disk that
            refuses; what was there before then stays.
    """
    check_output(output, SUFFIXES)
    suffix = output.suffix.lower() if output.suffix.lower() in SUFFIXES else output.resolve().suffix.lower()
    written = {"": output} if suffix == ".sqlite" else places(output, list(_SHOWN))
    for name, path in written.items():
        _check_ours(name, path, suffix)
    progress(f"reading {data}")
    loaded = load(data, naive_zone=naive_zone, force=force, cache=cache)
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        with ExitStack() as stack:
            # All are written before the first takes its place, the sightings last.
            fresh = {name: stack.enter_context(replacing(path)) for name, path in written.items()}
            _write(Export(loaded), fresh, suffix, progress)
    except OSError as error:
        raise AnalysisError(
            expected="files that can be written",
            found=error.strerror or str(error),
            where=output,
            next_step="make room, check its folder's permissions, or name another place",
        ) from error
    return list(written.values()), loaded.report.warnings


def _write(export: Export, fresh: dict[str, Path], suffix: str, progress: Callable[[str], None]) -> None:
    progress("gathering TikToks, creators and audios")
    tables = export.tables()
    blocks: dict[str, Iterable[pd.DataFrame]] = {
        "sightings": export.sightings(),
        **{name: [frame] for name, frame in tables.items()},
    }
    if suffix == ".sqlite":
        progress(f"writing {', '.join(blocks)}")
        sqlite.write(fresh[""], blocks)
        return
    blocks |= {name: [rows] for name, rows in export.views(tables).items()}
    for name, found in blocks.items():
        progress(f"writing {name}")
        if suffix == ".csv":
            csvs.write(fresh[name], _SHOWN[name], found)
        else:
            parquet.write(fresh[name], name, _SHOWN[name], found)


def _check_ours(name: str, path: Path, suffix: str) -> None:
    """Raise BadArgument where *path* is there and holds what no export wrote."""
    if not path.exists() or (path.is_file() and path.stat().st_size == 0):
        return
    ours = path.is_file() and (
        sqlite.is_ours(path)
        if suffix == ".sqlite"
        else csvs.is_ours(path, _SHOWN[name])
        if suffix == ".csv"
        else parquet.is_ours(path)
    )
    if not ours:
        raise BadArgument(
            expected="a new file, or the export that is written anew",
            found="something that is no export of this kind, and it stays",
            where=path,
            next_step="name another file with -o, or move that one away",
        )

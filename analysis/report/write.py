"""From a folder of lines to a file that a browser opens."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from analysis.load import load
from analysis.report.build import build
from analysis.report.pdf import print_pdf
from analysis.report.study import SEED, Study
from analysis.scale import Engine, workers


def write_report(
    data: Path,
    output: Path,
    *,
    pdf: Path | None = None,
    engine: Engine | None = None,
    scheduler: str | None = None,
    naive_zone: str | None = None,
    force: bool = False,
    cache: Path | None = None,
    seed: int = SEED,
    progress: Callable[[str], None] = lambda _: None,
) -> None:
    """Load *data*, write the report to *output* (whole or not at all), and print it to *pdf* if that is asked for.

    Raises:
        AnalysisError: nothing to report, a gate failed, or no browser for the PDF (the page is then written).
    """
    progress(f"reading {data}")
    loaded = load(data, naive_zone=naive_zone, force=force, cache=cache)
    folder = data if data.is_dir() else data.parent
    with workers(engine, scheduler) as address:
        html = build(Study(loaded, folder, engine, seed, progress, address))
    progress(f"writing {output}")
    _replace(output, html.encode("utf-8"))
    if pdf is not None:
        progress(f"printing {pdf}")
        pdf.parent.mkdir(parents=True, exist_ok=True)
        print_pdf(output, pdf)


def _replace(file: Path, data: bytes) -> None:
    """Write *data* beside *file*, then rename: a reader never meets half a page."""
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(data)
        Path(name).chmod(0o644)
        Path(name).replace(file)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise

"""From a folder of lines to a file that a browser opens."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from analysis.engines.scale import workers
from analysis.load import load
from analysis.report.build import MARK, build
from analysis.report.study import SEED, Study
from analysis.terms.engines import Engine
from analysis.writing.output import check_output, check_page, write
from analysis.writing.pdf import print_pdf


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
) -> tuple[str, ...]:
    """Load *data*, write the report to *output* (whole or not at all), and print it to *pdf* if that is asked for.

    Returns what a reader must know of how the lines were read, a sentence each (`LoadReport.warnings`).

    Raises:
        AnalysisError: an output in the place of something else (nothing is read then), nothing to report, a gate
            failed, a disk that refuses, or no browser for the PDF (the page is then written).
    """
    check_output(output, (".html", ".htm"))
    check_page(output, MARK)
    if pdf is not None:
        check_output(pdf, (".pdf",), output)
    progress(f"reading {data}")
    loaded = load(data, naive_zone=naive_zone, force=force, cache=cache)
    folder = data if data.is_dir() else data.parent
    with workers(engine, scheduler) as address:
        html = build(Study(loaded, folder, engine, seed, progress, address))
    progress(f"writing {output}")
    write(output, html.encode("utf-8"))
    if pdf is not None:
        progress(f"printing {pdf}")
        print_pdf(output, pdf)
    return loaded.report.warnings

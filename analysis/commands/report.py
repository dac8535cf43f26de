"""From a folder of lines to a file that a browser opens."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from analysis.commands.aside import read_while
from analysis.load import Loaded, load
from analysis.reading.lines.files import files_of
from analysis.reading.lines.unpacking import PACKED
from analysis.report.markup import MARK
from analysis.terms.engines import Engine
from analysis.terms.errors import AnalysisError
from analysis.writing.output import check_output, check_page, write
from analysis.writing.pdf import print_pdf

LITTLE = 256 << 20  # bytes of lines


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
    seed: int | None = None,
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
    loaded = _loaded(data, partial(load, data, naive_zone=naive_zone, force=force, cache=cache))
    from analysis.engines.scale import workers  # noqa: PLC0415 - see _import_all
    from analysis.report.build import build  # noqa: PLC0415
    from analysis.report.study import SEED, Study  # noqa: PLC0415

    folder = data if data.is_dir() else data.parent
    with workers(engine, scheduler) as address:
        html = build(Study(loaded, folder, engine, SEED if seed is None else seed, progress, address))
    progress(f"writing {output}")
    write(output, html.encode("utf-8"))
    if pdf is not None:
        progress(f"printing {pdf}")
        print_pdf(output, pdf)
    return loaded.report.warnings


def _loaded(data: Path, read: Callable[[], Loaded]) -> Loaded:
    """What *read* gives, by a fork where that is little: what many sightings are would be in memory twice."""
    try:
        files = files_of(data)
        packed = any(file.suffix in PACKED for file in files)  # nobody knows into how much
        little = not packed and sum(file.stat().st_size for file in files) <= LITTLE
    except (AnalysisError, OSError):  # the reading says so better
        little = False
    return read_while(read, _import_all) if little else read()


def _import_all() -> None:
    """Import what the report is made with: as long as it takes to read some ten thousand sightings."""
    import analysis.report.build  # noqa: F401, PLC0415

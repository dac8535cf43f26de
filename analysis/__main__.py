"""`python -m analysis report DIR -o report.html`, `show THING DIR`, `export DIR -o FILE` and `notebooks [DIR]`.

Exit codes: 0, written; 1, there is no report to make of these data or the usage is wrong, said in one line.
"""

from __future__ import annotations

import argparse
import gc
import io
import sys
from collections.abc import Sequence
from pathlib import Path

from analysis.commands.progress import Progress
from analysis.terms.engines import ENGINES
from analysis.terms.errors import AnalysisError


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; errors of ours are one line on stderr, never a traceback."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        # A title may hold what a terminal's own encoding (on Windows) does not; the rest can be read all the same.
        sys.stdout.reconfigure(errors="replace")
    told = _parser().parse_args(arguments)
    # Nearly all that a command makes lives until its end: to look for rings of garbage in it as often as Python does
    # took a twentieth of a report's time, and freed nothing.
    gc.set_threshold(50_000, 20, 100)
    try:
        code: int = told.run(told)
    except AnalysisError as error:
        print(f"analysis: {error}", file=sys.stderr)
        return 1
    except (BrokenPipeError, KeyboardInterrupt):
        print("analysis: interrupted", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"analysis: {error}. Check that the path is right and may be read or written.", file=sys.stderr)
        return 1
    return code


class _Parser(argparse.ArgumentParser):
    """Wrong usage is exit code 1, as everywhere in this project; argparse alone says 2."""

    def error(self, message: str) -> None:  # type: ignore[override]
        self.print_usage(sys.stderr)
        print(f"{self.prog}: {message}", file=sys.stderr)
        raise SystemExit(1)


def _path(told: str) -> Path:
    """A path, `~` as the home folder: not every shell expands it, and none does in --cache=~/folder."""
    try:
        return Path(told).expanduser()
    except RuntimeError:
        raise argparse.ArgumentTypeError(f"there is no such home folder: {told}") from None


_DATA = "a folder with tiktoks.jsonlines or several such files (tiktoks*.jsonlines[.gz|.xz|.zst]), or one file"


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="python -m analysis", description="Measure what went viral in tiktoks.jsonlines.")
    commands = parser.add_subparsers(required=True, metavar="report|show|export|notebooks")
    report = commands.add_parser("report", help="write the report, one HTML file")
    report.add_argument("data", metavar="DIR", type=_path, help=_DATA)
    report.add_argument(
        "-o", "--output", metavar="FILE", type=_path, default=Path("report.html"), help="default: report.html"
    )
    report.add_argument(
        "--pdf", metavar="FILE", type=_path, help="print it as PDF too, with the Chromium or Chrome at hand"
    )
    report.add_argument("--engine", choices=ENGINES, help="how to measure; chosen by size unless told")
    report.add_argument(
        "--scheduler",
        metavar="ADDRESS",
        help="measure on this Dask cluster, such as tcp://host:8786",
    )
    _add_reading(report)
    report.set_defaults(run=_report)
    show = commands.add_parser("show", help="tell the history of one TikTok, creator or audio, and draw it")
    show.add_argument(
        "thing",
        metavar="URL|ID|@creator|TITLE",
        help="an address or id of a TikTok or an audio, @creator, or an audio's title",
    )
    show.add_argument("data", metavar="DIR", type=_path, help=_DATA)
    show.add_argument(
        "-o", "--output", metavar="FILE", type=_path, help="where the plot goes; default: beside you, named after it"
    )
    _add_reading(show)
    show.set_defaults(run=_show)
    export = commands.add_parser(
        "export",
        help="write tables for R, SQL or a spreadsheet",
        description="Write sightings, TikToks, creators, audios and runs as tables. An .sqlite file holds them all; "
        "of .parquet and .csv FILE holds the sightings, and every other table has a file beside it, such as "
        "FILE.tiktoks.csv.",
    )
    export.add_argument("data", metavar="DIR", type=_path, help=_DATA)
    export.add_argument(
        "-o",
        "--output",
        metavar="FILE",
        type=_path,
        default=Path("export.sqlite"),
        help=".sqlite, .parquet or .csv; default: export.sqlite",
    )
    _add_reading(export)
    export.set_defaults(run=_export)
    notebooks = commands.add_parser("notebooks", help="open Jupyter on the notebooks")
    notebooks.add_argument(
        "data",
        metavar="DIR",
        type=_path,
        nargs="?",
        help="a folder with tiktoks.jsonlines; default: what TIKTOK_DATA_DIR names, else the shipped sample",
    )
    notebooks.set_defaults(run=_notebooks)
    return parser


def _add_reading(command: argparse.ArgumentParser) -> None:
    """How the lines are read, of every command."""
    command.add_argument(
        "--naive-zone", metavar="ZONE", help="the zone of lines of 2022, which have local times, such as Europe/Berlin"
    )
    command.add_argument("--force", action="store_true", help="go on where too many lines fail a gate")
    command.add_argument(
        "--cache", metavar="FOLDER", type=_path, help="keep what was read here, as Parquet, for the next time"
    )


def _report(told: argparse.Namespace) -> int:
    from analysis.commands.report import write_report  # noqa: PLC0415 - --help should not wait for pandas

    with Progress(sys.stderr) as progress:
        warnings = write_report(
            told.data,
            told.output,
            pdf=told.pdf,
            engine=told.engine,
            scheduler=told.scheduler,
            naive_zone=told.naive_zone,
            force=told.force,
            cache=told.cache,
            progress=progress,
        )
    _note(warnings)
    print(told.output)
    return 0


def _note(warnings: Sequence[str]) -> None:
    """Print what a reader must know; what the site sent stands in some of it, so a terminal is given no control."""
    for warning in warnings:
        plain = "".join(sign if sign.isprintable() else ascii(sign)[1:-1] for sign in warning)
        print(f"note: {plain}", file=sys.stderr)


def _show(told: argparse.Namespace) -> int:
    from analysis.commands.show import history, history_table, show  # noqa: PLC0415
    from analysis.load import load  # noqa: PLC0415

    loaded = load(told.data, naive_zone=told.naive_zone, force=told.force, cache=told.cache)
    print(history_table(history(loaded, told.thing)))
    print(f"Drawn: {show(loaded, told.thing, told.output).resolve()}")
    return 0


def _export(told: argparse.Namespace) -> int:
    from analysis.commands.export import export  # noqa: PLC0415

    with Progress(sys.stderr) as progress:
        written, warnings = export(
            told.data,
            told.output,
            naive_zone=told.naive_zone,
            force=told.force,
            cache=told.cache,
            progress=progress,
        )
    _note(warnings)
    for path in written:
        print(path)
    return 0


def _notebooks(told: argparse.Namespace) -> int:
    from analysis.commands.jupyter import open_notebooks  # noqa: PLC0415

    return open_notebooks(told.data)


if __name__ == "__main__":
    raise SystemExit(main())

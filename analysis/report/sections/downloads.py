"""Every table to download, the versions that made the report, and the hash of the data it is about."""

from __future__ import annotations

import platform
from functools import partial
from importlib.metadata import PackageNotFoundError, version

import pandas as pd

from analysis.report.context import Context, folded, paragraph
from analysis.report.markup import Html, el, escaped, join
from analysis.report.tables import Ads, Column, Download
from analysis.report.wording import plural
from analysis.writing.csvs import Packed

KEY = "downloads"
TITLE = "Tables, versions, data"
PACKAGES = ("pandas", "numpy", "scipy", "statsmodels", "powerlaw", "pyarrow", "matplotlib")


def write(context: Context) -> Html:
    """The list of tables, the versions, the hash."""
    entries = [
        el(
            "li",
            el("a", file.name, href=f"#download-{at}"),
            el("span", file.csv.text(partial(_told, file)), cls="under"),
        )
        for at, file in enumerate(context.tables.offered, start=1)
    ]
    return join(
        [
            paragraph(
                "Each table is in this page as CSV, compressed: the link under it unpacks and saves it (where scripts "
                "are off, it saves the .csv.gz). A text cell that a spreadsheet would run as a formula has an "
                "apostrophe before it. Ids are text; have your spreadsheet import them as text, or it rounds their "
                "last digits."
            ),
            folded("All tables of this page", el("ul", entries)),
            context.tables(
                _made(context),
                [Column("what", "what"), Column("value", "value")],
                name="versions",
                caption="Versions and data",
                ads=Ads.NOT_ABOUT,
                rows=40,
            ),
        ]
    )


def _told(file: Download, _: Packed) -> Html:
    rows = plural(file.rows, "row")
    held = rows if file.rows == file.written else f"the first {file.written:,} of {rows}, as many as a link can hold"
    return escaped(f": {file.title}; {held}")


def _made(context: Context) -> pd.DataFrame:
    report = context.study.loaded.report
    rows = [
        ("sha256 of tiktoks.jsonlines", report.sha256)
        if len(report.files) <= 1
        else ("sha256 of what sha256sum tells of the files", report.sha256),
        *[(f"sha256 of {file.name}", file.sha256) for file in report.files if len(report.files) > 1],
        ("bytes", f"{report.bytes:,}"),
        ("lines", f"{report.lines:,}"),
        *[(f"sightings of schema {schema}", f"{n:,}") for schema, n in sorted(report.schemas.items())],
        ("simulated", "yes" if context.study.simulated else "no"),
        ("seed", str(context.study.seed)),
        ("Python", platform.python_version()),
        *[(package, _version(package)) for package in PACKAGES],
    ]
    return pd.DataFrame(rows, columns=["what", "value"], dtype="str")


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"

"""The tables as CSV, a file each, that a spreadsheet opens without running any of it.

UTF-8 behind a byte order mark, by which Excel knows it; a comma, lines that end in CR LF (RFC 4180); nothing for null;
true and false; times in ISO 8601, UTC, to the microsecond.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from analysis.export.schema import Column
from analysis.export.sqlite import as_text
from analysis.terms.schema import MOMENT, TEXT, TRUTH
from analysis.writing.csvs import MARK, RUN


def is_ours(path: Path, columns: tuple[Column, ...]) -> bool:
    """Whether *path* begins as the table of these columns does."""
    head = MARK + _head(columns)
    with path.open("rb") as file:
        return file.read(len(head)) == head


def write(path: Path, columns: tuple[Column, ...], blocks: Iterable[pd.DataFrame]) -> None:
    """Write a table into *path*. Raises OSError where the disk refuses."""
    with path.open("wb") as file:
        file.write(MARK + _head(columns))
        for block in blocks:
            shown = pd.DataFrame({column.name: _cells(block[column.name], column.kind) for column in columns})
            file.write(shown.to_csv(index=False, header=False, lineterminator="\r\n").encode("utf-8", "replace"))


def _head(columns: tuple[Column, ...]) -> bytes:
    return (",".join(column.name for column in columns) + "\r\n").encode()


def _cells(column: pd.Series, kind: str) -> pd.Series:
    if kind == MOMENT:
        return as_text(column)
    if kind == TRUTH:
        return column.map({True: "true", False: "false"}).astype(TEXT)
    return _safe(column) if kind == TEXT else column


def _safe(texts: pd.Series) -> pd.Series:
    """Texts that a spreadsheet would run get an apostrophe before them (`analysis.writing.csvs`)."""
    texts = texts.str.replace("\x00", "\ufffd", regex=False)
    runs = (texts.str.startswith(RUN) | texts.str.lstrip().str.startswith(RUN)).fillna(False).astype(bool)
    return texts.where(~runs, "'" + texts)

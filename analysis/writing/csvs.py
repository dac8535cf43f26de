"""Frames as CSV that a spreadsheet opens without running any of it, compressed so that a page holds whole tables."""

from __future__ import annotations

import base64
import csv
import gzip
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

# What makes a spreadsheet take a cell for a formula (OWASP, CSV injection); the last four are full-width, for Asia.
RUN = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_RUNS = re.compile(rf"\s*[{re.escape(''.join(RUN))}]").match
# Of CSV in one link: about five million bytes compressed, a quarter of a million TikToks. Beyond, a phone would choke.
MOST_BYTES = 32_000_000
ROWS = 1_000  # that are spelled at once
DIGITS = 7  # of what was computed; counts are whole numbers and keep all of theirs
MARK = b"\xef\xbb\xbf"  # by which spreadsheets know UTF-8


@dataclass(frozen=True)
class Packed:
    """A frame as CSV, compressed: the bytes (gzip), and how many of the frame's rows are in them."""

    data: bytes
    rows: int

    @property
    def address(self) -> str:
        """An address that holds the data. Where no script runs, the browser saves it as it is, compressed."""
        return "data:application/gzip;base64," + base64.b64encode(self.data).decode("ascii")


def safe_cell(value: Any) -> str:
    """A cell's text. Texts that a spreadsheet would run get an apostrophe before them; numbers stay numbers."""
    if isinstance(value, str):
        return _safe_text(value)
    if value is None or (pd.api.types.is_scalar(value) and pd.isna(value)):
        return ""
    if isinstance(value, pd.Timestamp):
        return str(value.isoformat())
    return f"{value:.{DIGITS}g}" if isinstance(value, float) else str(value)


def as_csv(frame: pd.DataFrame) -> tuple[str, int]:
    """The frame as CSV (RFC 4180, names first) and how many of its rows are in it: as many as `MOST_BYTES` hold."""
    lines = [_lines([[safe_cell(str(name)) for name in frame.columns]])]
    size, written = len(lines[0].encode()), 0
    for rows in _blocks(frame):
        block = _lines(rows)
        if size + len(block.encode()) <= MOST_BYTES:
            lines.append(block)
            size, written = size + len(block.encode()), written + len(rows)
            continue
        for row in rows:
            line = _lines([row])
            size += len(line.encode())
            if size > MOST_BYTES:
                return "".join(lines), written
            lines.append(line)
            written += 1
    return "".join(lines), written


def packed(frame: pd.DataFrame) -> Packed:
    """The frame as compressed CSV; the same frame gives the same bytes, as no time is in them."""
    text, rows = as_csv(frame)
    return Packed(gzip.compress(MARK + text.encode(), compresslevel=6, mtime=0), rows)


def _blocks(frame: pd.DataFrame) -> Iterator[list[tuple[str, ...]]]:
    """Yield the texts of the frame's cells, ROWS rows at a time."""
    for start in range(0, len(frame), ROWS):
        part = frame.iloc[start : start + ROWS]
        columns = [_texts(part.iloc[:, number]) for number in range(part.shape[1])]
        yield list(zip(*columns, strict=True)) if columns else [()] * len(part)


def _texts(column: pd.Series) -> list[str]:
    """`safe_cell` of each cell; what is missing is asked of the whole column, which takes a tenth of the time."""
    missing = column.isna().tolist()
    if isinstance(column.dtype, pd.DatetimeTZDtype) and column.dtype.unit == "us":  # of which Python's own lose nothing
        moments = column.dt.to_pydatetime()
        return ["" if none else moment.isoformat() for moment, none in zip(moments, missing, strict=True)]
    cells = column.tolist()
    if isinstance(column.dtype, pd.StringDtype):
        return ["" if none else _safe_text(cell) for cell, none in zip(cells, missing, strict=True)]
    if pd.api.types.is_float_dtype(column):
        return ["" if none else f"{cell:.{DIGITS}g}" for cell, none in zip(cells, missing, strict=True)]
    if pd.api.types.is_integer_dtype(column):
        return ["" if none else str(cell) for cell, none in zip(cells, missing, strict=True)]
    return ["" if none else safe_cell(cell) for cell, none in zip(cells, missing, strict=True)]


def _safe_text(value: str) -> str:
    text = value if value.isascii() else value.encode("utf-8", "replace").decode("utf-8")
    if "\x00" in text:
        text = text.replace("\x00", "\ufffd")
    return "'" + text if _RUNS(text) else text


def _lines(rows: Iterable[Sequence[str]]) -> str:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    return out.getvalue()

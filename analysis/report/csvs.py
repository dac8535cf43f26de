"""Frames as CSV that a spreadsheet opens without running any of it."""

from __future__ import annotations

import base64
import csv
import io
from collections.abc import Iterable
from typing import Any

import pandas as pd

# What makes a spreadsheet take a cell for a formula (OWASP, CSV injection).
RUN = ("=", "+", "-", "@", "\t", "\r")
# Chromium refuses to save from data: addresses much longer than 2 MB; base64 makes three bytes four.
MOST_BYTES = 1_400_000


def safe_cell(value: Any) -> str:
    """A cell's text. Texts that a spreadsheet would run get an apostrophe before them; numbers stay numbers."""
    if value is None or (pd.api.types.is_scalar(value) and pd.isna(value)):
        return ""
    if isinstance(value, pd.Timestamp):
        return str(value.isoformat())
    if isinstance(value, str):
        text = value.encode("utf-8", "replace").decode("utf-8").replace("\x00", "\ufffd")
        return "'" + text if text.startswith(RUN) else text
    return f"{value:.9g}" if isinstance(value, float) else str(value)


def as_csv(frame: pd.DataFrame) -> tuple[str, int]:
    """The frame as CSV (RFC 4180, names first) and how many of its rows are in it: as many as a link can carry."""
    lines = [_line([str(name) for name in frame.columns])]
    size = len(lines[0].encode())
    for row in frame.itertuples(index=False, name=None):
        line = _line(row)
        size += len(line.encode())
        if size > MOST_BYTES:
            break
        lines.append(line)
    return "".join(lines), len(lines) - 1


def _line(cells: Iterable[Any]) -> str:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerow([safe_cell(cell) for cell in cells])
    return out.getvalue()


def data_link(text: str) -> str:
    """The text as an address that holds it, with the mark by which spreadsheets know UTF-8."""
    return "data:text/csv;charset=utf-8;base64," + base64.b64encode(b"\xef\xbb\xbf" + text.encode()).decode("ascii")

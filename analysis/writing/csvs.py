"""Frames as CSV that a spreadsheet opens without running any of it, compressed so that a page holds whole tables."""

from __future__ import annotations

import base64
import csv
import gzip
import io
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pandas as pd

# What makes a spreadsheet take a cell for a formula (OWASP, CSV injection); the last four are full-width, for Asia.
RUN = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
# Of CSV in one link: about five million bytes compressed, a quarter of a million TikToks. Beyond, a phone would choke.
MOST_BYTES = 32_000_000
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
    if value is None or (pd.api.types.is_scalar(value) and pd.isna(value)):
        return ""
    if isinstance(value, pd.Timestamp):
        return str(value.isoformat())
    if isinstance(value, str):
        text = value.encode("utf-8", "replace").decode("utf-8").replace("\x00", "\ufffd")
        return "'" + text if text.startswith(RUN) or text.lstrip().startswith(RUN) else text
    return f"{value:.{DIGITS}g}" if isinstance(value, float) else str(value)


def as_csv(frame: pd.DataFrame) -> tuple[str, int]:
    """The frame as CSV (RFC 4180, names first) and how many of its rows are in it: as many as `MOST_BYTES` hold."""
    lines = [_line([str(name) for name in frame.columns])]
    size = len(lines[0].encode())
    for row in frame.itertuples(index=False, name=None):
        line = _line(row)
        size += len(line.encode())
        if size > MOST_BYTES:
            break
        lines.append(line)
    return "".join(lines), len(lines) - 1


def packed(frame: pd.DataFrame) -> Packed:
    """The frame as compressed CSV; the same frame gives the same bytes, as no time is in them."""
    text, rows = as_csv(frame)
    return Packed(gzip.compress(MARK + text.encode(), compresslevel=9, mtime=0), rows)


def _line(cells: Iterable[Any]) -> str:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerow([safe_cell(cell) for cell in cells])
    return out.getvalue()

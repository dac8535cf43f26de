"""A frame as a table: its first rows to look at and sort, all of it to download."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import pandas as pd

from analysis.report import ends
from analysis.report.later import Later, Workers
from analysis.report.markup import Html, el, escaped, join, link, name_of
from analysis.report.wording import MISSING, missing, moment, number, plural
from analysis.writing.csvs import Packed, packed

NONE = "\u2013"  # an en dash: there is no value, which is not zero
BRIEF, LONG = 28, 60  # letters that stay on one line, that want a broad column
WORDS = 14  # letters of a heading of several words, which breaks into few lines only where it has room
ROWS = 15  # that a table shows; the download has them all


class Ads(StrEnum):
    """What of the TikToks seen as ads is in a table (`measures.ads`), in the words that its caption ends with."""

    OUT = "ads are out"
    IN = "ads are in"
    UNRANKED = "ads are in the file, last and without a rank"
    APART = "ads are out, and counted in columns of their own"
    BOTH = "with ads out and with ads in"
    NOT_ABOUT = ""
    """It is of runs, lines, fields or numbers, and a TikTok more or less would not change it."""


@dataclass(frozen=True)
class Column:
    """One column of a table: its name in the frame, its heading, how a value is written, the column with its link.

    within: the columns with the least and the most the value may be; they stand behind it, "3 (2-5)". upto: the column
    with the most, where the value itself is the least; both stand together, "11,800-12,700". form is an `ends.Form`
    then. Sorting is by the value.
    """

    name: str
    title: str
    form: Callable[..., str] | None = None
    url: str | None = None
    within: tuple[str, str] | None = None
    upto: str | None = None

    @classmethod
    def bounded(cls, name: str, title: str, form: ends.Form = ends.count) -> Column:
        """A value whose ends are in the columns *name*_lo and *name*_hi."""
        return cls(name, title, form, within=(f"{name}_lo", f"{name}_hi"))

    @classmethod
    def rank(cls, name: str, title: str) -> Column:
        """A rank whose ends are in the columns *name*_best and *name*_worst."""
        return cls(name, title, number, within=(f"{name}_best", f"{name}_worst"))

    @classmethod
    def guaranteed(cls, name: str, title: str, form: ends.Form = ends.count) -> Column:
        """What is known between the columns *name*_lo and *name*_hi, sorted by the lower one."""
        return cls(f"{name}_lo", title, form, upto=f"{name}_hi")


@dataclass
class Download:
    """A frame that the report offers as CSV: its rows, and how many its link, download-1 and so on, holds."""

    name: str
    title: str
    rows: int
    csv: Later[Packed]

    @property
    def written(self) -> int:
        """Rows that the link holds."""
        return self.csv.made().rows


@dataclass
class Tables:
    """Draws the tables of one report and keeps what they offer. simulated: file names and captions say so.

    ads_told: of every TikTok it is known whether it was an ad; else what leaves ads out says that it may not have.
    workers: who spells the CSVs.
    """

    simulated: bool = False
    ads_told: bool = True
    workers: Workers = field(default_factory=Workers)
    offered: list[Download] = field(default_factory=list)
    drawn: dict[str, str] = field(default_factory=dict)
    """Name of a table -> its id in the page."""

    def __call__(
        self,
        frame: pd.DataFrame,
        columns: list[Column],
        *,
        name: str,
        caption: str,
        ads: Ads,
        rows: int = ROWS,
        order: list[str] | None = None,
        folded: bool = True,
    ) -> Html:
        """The table's first *rows*, sortable, and a link to all of it; name: the file's, without .csv.

        folded: under its caption, until it is opened, searched, linked to or printed. order: columns the file is sorted
        by, where that is not the table's order.
        """
        shown = [column for column in columns if column.name in frame.columns]
        caption = f"{caption}; {ads}" if ads else caption
        if ads not in {Ads.IN, Ads.NOT_ABOUT} and not self.ads_told:
            caption += ", as far as it is told what was one"
        told = f"Simulated: {caption}" if self.simulated else caption
        head = el("tr", [_heading(column, frame[column.name]) for column in shown])
        body = [self._row(row, shown) for row in frame.head(rows).to_dict("records")]
        if not body:
            body = [el("tr", el("td", "There are none.", colspan=max(1, len(shown))))]
        self.drawn[name] = f"table-{name}"
        table = el("table", el("caption", told), el("thead", head), el("tbody", body), cls="sortable")
        box = el("div", table, cls="scroll", tabindex=0, role="region", aria_label=told, id=self.drawn[name])
        csv = self.offer(frame if order is None else frame.sort_values(order, kind="stable"), name, caption)
        offered, shown_rows = self.offered[-1], min(rows, len(frame))
        told_of = offered.csv.text(lambda _: self._told(offered, shown_rows))
        whole = Html(box + el("p", told_of, csv, cls="under"))
        return el("details", el("summary", told), whole, cls="table") if folded else whole

    def offer(self, frame: pd.DataFrame, name: str, title: str) -> Html:
        """A link to the frame as CSV, which is kept in the list of downloads as well.

        The address holds it compressed; the page's script unpacks it when the link is followed.
        """
        csv = self.workers.later(lambda: packed(frame))
        file = f"simulated-{name}.csv" if self.simulated else f"{name}.csv"
        self.offered.append(Download(file, title, len(frame), csv))
        key = f"download-{len(self.offered)}"
        return csv.text(
            lambda made: el("a", file, href=made.address, download=f"{file}.gz", data_file=file, id=key, cls="csv")
        )

    @staticmethod
    def _told(csv: Download, shown: int) -> Html:
        if csv.written < csv.rows:
            return escaped(
                f"The first {shown:,} of {csv.rows:,} rows; {csv.written:,} of them, as many as a link can hold: "
            )
        return escaped(
            f"All {plural(csv.rows, 'row')}: "
            if shown == csv.rows
            else f"The first {shown:,} of {csv.rows:,} rows; all: "
        )

    def _row(self, row: dict[Any, Any], columns: list[Column]) -> Html:
        return el("tr", [self._cell(row, column) for column in columns])

    @staticmethod
    def _cell(row: dict[Any, Any], column: Column) -> Html:
        value = row[column.name]
        if missing(value):
            return el("td", NONE, cls="missing", data_v="", title=MISSING)
        numeric = not isinstance(value, str | bool | pd.Timestamp)
        shown = _written(value, row, column)
        if column.url is not None:
            told = row.get(column.url)
            shown = link(None if missing(told) else str(told), shown)
        elif isinstance(value, str) and column.form is None:
            shown = name_of(shown)
        key = repr(float(value)) if numeric else None
        kind = "number" if numeric else "time" if isinstance(value, pd.Timestamp) else None
        if isinstance(value, str):
            kind = "long" if len(value) > LONG else "brief" if len(value) <= BRIEF else None
        return el("td", shown, cls=kind, data_v=key)


def _heading(column: Column, values: pd.Series) -> Html:
    numeric = pd.api.types.is_numeric_dtype(values) and not pd.api.types.is_bool_dtype(values)
    kinds = " ".join(["number"] * numeric + ["wide"] * (len(column.title) > WORDS))
    return el("th", el("button", column.title, type="button"), scope="col", cls=kinds or None)


def _written(value: Any, row: dict[Any, Any], column: Column) -> str:
    """The cell's text; a value with ends has them behind it, smaller."""
    form = column.form or number
    if column.within is not None:
        least, most = column.within
        told, around = ends.around(value, row.get(least), row.get(most), form)
        return join([told, " ", el("small", around)]) if around else escaped(told)
    if column.upto is not None:
        return ends.between(value, row.get(column.upto), form)
    return column.form(value) if column.form else written(value)


def written(value: Any) -> str:
    """A value as the tables write it where nothing else is said."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, pd.Timestamp):
        return moment(value)
    return value if isinstance(value, str) else number(value)

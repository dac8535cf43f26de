"""Which of the objects read are sightings: what every one must have, and what no field may be."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from analysis.reading.lines.line_by_line import LINE_FROM
from analysis.terms.definitions import COUNTS
from analysis.terms.schema import MOMENT, STEPS, to_frame

NAIVE = "scraped_naive"  # a local time as written, in a zone yet to be named; scraped_at is NA then
LEAST_WRAPPED = -(1 << 31)  # the least that a wrapped 32-bit number can be
MOST = 1 << 53  # no count comes near it, and up to it nothing we calculate loses a digit
MOST_SECONDS = 1 << 31  # of a length
YEARS = (2016, 2100)  # TikTok began in 2016; a line outside them tells of a clock, not of a feed
_TIMES = ("created_at", "shown_at", "user_scraped_at")
_CLOCK = r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d{1,9})?"
_OFFSET = r"(?:Z|[+-]\d\d:?\d\d)"
_LENGTHS = (25, 29, 32)  # of a time in UTC without, with three and with six digits behind the point
_SURELY = (1900, 2200)  # years in which every library means the same
_SHOWN = 60  # characters of a wrong value that a reason repeats


def judged(frame: pd.DataFrame) -> tuple[pd.DataFrame, dict[int, str]]:
    """Return the rows that are sightings, their times parsed, and for the others line_from -> why not.

    frame: columns of LINE, times as text, and line_from. Out come times as datetime64[us, UTC], and NAIVE
    (datetime64[us]), which has what scraped_at of 2022's lines lacks.
    """
    schema = frame["schema"].fillna(1)
    told = frame["id"].fillna("").ne("")
    ids = filled(frame["id"], told, frame["url"], r"/(?:video|photo)/(?P<it>\d+)")
    scraped, naive = _moment(frame["scraped_at"])
    times = {name: _moment(frame[name])[0] for name in _TIMES}
    new = schema.ne(1)
    year = scraped.fillna(naive.dt.tz_localize("UTC")).dt.year
    why = _Why(frame)
    why.refuse(frame["scraped_at"].isna(), "no scraped_at")
    why.refuse(scraped.isna() & naive.isna(), "scraped_at is no time", "scraped_at")
    why.refuse(naive.notna() & new, "scraped_at has no offset from UTC", "scraped_at")
    why.refuse((year < YEARS[0]) | (year > YEARS[1]), "scraped_at is no year of TikTok's", "scraped_at")
    why.refuse(frame["url"].fillna("").eq(""), "no url")
    why.refuse(ids.isna(), "no id, and none in the url", "url")
    why.refuse(new & frame["run"].fillna("").eq(""), "no run")
    for name, moment in times.items():
        why.refuse(frame[name].notna() & moment.isna(), f"{name} is no time with an offset", name)
    length = frame["duration"].to_numpy(dtype="float64", na_value=0)
    why.refuse((length < 0) | (length > MOST_SECONDS), "duration is no length in seconds", "duration")
    _judge_counts(frame, whole_numbers(schema) != 1, why)
    good = np.array([reason is None for reason in why.reasons], dtype=bool)
    run = frame["run"].where(new | frame["run"].ne(""))
    frame = frame.assign(scraped_at=scraped, **{NAIVE: naive}, **times, schema=schema, id=ids, run=run)
    wrong = {int(at): reason for at, reason in zip(frame[LINE_FROM], why.reasons, strict=True) if reason is not None}
    return frame[good].reset_index(drop=True), wrong


def within(text: pd.Series, pattern: str) -> pd.Series:
    """Return what the group *it* of *pattern* (RE2) matches first in each text; NA where nothing does."""
    found = pc.struct_field(pc.extract_regex(pa.array(text, type=pa.string()), pattern), "it")
    return to_frame(pa.table({"it": found}))["it"].set_axis(text.index)


def filled(column: pd.Series, told: pd.Series, text: pd.Series, pattern: str) -> pd.Series:
    """Return *column* where it is *told* (bool), and elsewhere what `within` finds in *text*, which is asked nowhere
    else: most lines tell.
    """
    return column if told.all() else column.where(told, within(text.mask(told), pattern))


def whole_numbers(column: pd.Series) -> np.ndarray:
    """Return an Int64 column as int64, 0 where it is NA."""
    return column.to_numpy(dtype="int64", na_value=0)


class _Why:
    """The first thing that speaks against each row."""

    def __init__(self, frame: pd.DataFrame) -> None:
        self._frame = frame
        self.reasons: list[str | None] = [None] * len(frame)

    def refuse(self, rows: pd.Series | np.ndarray, reason: str, shown: str | None = None) -> None:
        """Refuse *rows* (a mask), unless they are already; *shown*: the column whose value the reason tells."""
        for at in np.flatnonzero(np.asarray(rows, dtype=bool)):
            if self.reasons[at] is None:
                told = "" if shown is None else f": {str(self._frame[shown].iloc[at])[:_SHOWN]}"
                self.reasons[at] = reason + told


def _judge_counts(frame: pd.DataFrame, new: np.ndarray, why: _Why) -> None:
    for count in COUNTS:
        value, step = whole_numbers(frame[count]), whole_numbers(frame[f"{count}_step"])
        negative = value < 0
        if count == "user_likes":  # 2022's wrapped, as 32 bits do
            negative &= new | (value < LEAST_WRAPPED)
        why.refuse(negative, f"{count} is negative", count)
        why.refuse(value > MOST, f"{count} is more than any count can be", count)
        told = frame[f"{count}_step"].notna().to_numpy()
        why.refuse(told & ~np.isin(step, STEPS), f"{count}_step is none of {STEPS}", f"{count}_step")


def _moment(told: pd.Series) -> tuple[pd.Series, pd.Series]:
    """Return times with an offset as UTC, and those without as they are; NaT where the text is neither."""
    if (known := _as_written(told)) is not None:
        return known, pd.Series(pd.NaT, index=told.index, dtype="datetime64[us]")
    aware = told.where(told.str.fullmatch(_CLOCK + _OFFSET))
    naive = told.where(told.str.fullmatch(_CLOCK))
    return (
        pd.to_datetime(aware, utc=True, format="ISO8601", errors="coerce").astype(MOMENT),
        pd.to_datetime(naive, format="ISO8601", errors="coerce").astype("datetime64[us]"),
    )


def _as_written(told: pd.Series) -> pd.Series | None:
    """Return times that are all UTC, spelled as the crawl spells them; None where any is spelled otherwise.

    pyarrow reads them ten times faster than pandas, but takes what pandas does not: a spelling of these lengths and
    this end it can take for nothing else.
    """
    texts = pa.array(told, type=pa.string())
    spelled = pc.and_(pc.ends_with(texts, "+00:00"), pc.is_in(pc.utf8_length(texts), pa.array(_LENGTHS, pa.int32())))
    if not pc.all(spelled, min_count=0).as_py():
        return None
    try:
        moments = texts.cast(pa.timestamp("us", "UTC"))
    except pa.ArrowInvalid:
        return None
    years = pc.min_max(pc.year(moments)).as_py()
    if years["min"] is not None and not _SURELY[0] <= years["min"] <= years["max"] <= _SURELY[1]:
        return None
    found: pd.Series = moments.to_pandas().astype(MOMENT)
    return found.set_axis(told.index)

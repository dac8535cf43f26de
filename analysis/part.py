"""A stretch of the file, read and judged line by line: what a Parquet part of the cache holds.

Everything here depends on one line alone, never on its neighbours, so that it doesn't matter where a file is cut.
What needs the whole file (zones, duplicates, gates, order) is in analysis/whole.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import unquote

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from .blocks import Block, read_block
from .line_by_line import LINE_FROM, BadLine
from .schema import COUNTS, LINE, MOMENT, SIGHTINGS, STEPS, TEXT, TRUTH, WHOLE

NAIVE = "scraped_naive"  # a local time as written, in a zone yet to be named; scraped_at is NA then
_TIMES = ("created_at", "shown_at", "user_scraped_at")
_CLOCK = r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d{1,9})?"
_OFFSET = r"(?:Z|[+-]\d\d:?\d\d)"
_WRAP = 1 << 32
_ARROW = {TEXT: pa.string(), WHOLE: pa.int64(), TRUTH: pa.bool_(), MOMENT: pa.timestamp("us", "UTC")}
PART = pa.schema([(name, _ARROW[kind]) for name, kind in SIGHTINGS.items()] + [(NAIVE, pa.timestamp("us"))])


@dataclass(frozen=True, slots=True)
class Part:
    """What the file holds from byte *start* to byte *end*: a table (PART), bad lines, and how many lines in all."""

    start: int
    end: int
    table: pa.Table
    bad: tuple[BadLine, ...]
    lines: int


def read_part(block: Block) -> Part:
    """Return what *block* holds."""
    read = read_block(block, LINE)
    frame = to_frame(read.table)
    frame, wrong = judged(frame)
    salvaged = {line.offset: line for line in read.bad}
    bad = [*read.bad, *_bad_lines(block, wrong, set(salvaged))]
    table = pa.Table.from_pandas(_derived(frame), PART, preserve_index=False)
    return Part(
        start=block.offset,
        end=block.end,
        table=table.replace_schema_metadata(None),
        bad=tuple(sorted(bad, key=lambda line: line.offset)),
        lines=read.lines,
    )


def to_frame(table: pa.Table) -> pd.DataFrame:
    """Return *table* as a frame of our dtypes: str, Int64, Float64, boolean; times as they are."""
    kinds = {
        pa.string(): pd.StringDtype(na_value=float("nan")),
        pa.int64(): pd.Int64Dtype(),
        pa.float64(): pd.Float64Dtype(),
        pa.bool_(): pd.BooleanDtype(),
    }
    frame: pd.DataFrame = table.to_pandas(types_mapper=kinds.get)
    return frame


def _within(text: pd.Series, pattern: str) -> pd.Series:
    """Return what the group *it* of *pattern* (RE2) matches first in each text; NA where nothing does."""
    found = pc.struct_field(pc.extract_regex(pa.array(text, type=pa.string()), pattern), "it")
    return to_frame(pa.table({"it": found}))["it"].set_axis(text.index)


def judged(frame: pd.DataFrame) -> tuple[pd.DataFrame, pd.Series]:
    """Return *frame* without the rows that are no sightings, its times parsed; and line_from -> why for the others.

    frame: columns of LINE, times as text, and line_from.
    """
    why = pd.Series(pd.NA, index=frame.index, dtype=TEXT)

    def refuse(rows: pd.Series, reason: str, shown: str | None = None) -> None:
        rows = (rows & why.isna()).fillna(False).astype(bool)
        if rows.any():
            why[rows] = reason if shown is None else reason + frame.loc[rows, shown].astype(TEXT).str.slice(0, 60)

    schema = frame["schema"].fillna(1)
    given = frame["id"].fillna("").ne("")
    ids = frame["id"].where(given, _within(frame["url"], r"/(?:video|photo)/(?P<it>\d+)"))
    scraped, naive = _moment(frame["scraped_at"])
    refuse(frame["scraped_at"].isna(), "no scraped_at")
    refuse(scraped.isna() & naive.isna(), "scraped_at is no time: ", "scraped_at")
    refuse(naive.notna() & schema.ne(1), "scraped_at has no offset from UTC: ", "scraped_at")
    refuse(frame["url"].fillna("").eq(""), "no url")
    refuse(ids.isna(), "no id, and none in the url: ", "url")
    refuse(schema.ne(1) & frame["run"].fillna("").eq(""), "no run")
    times = {name: _moment(frame[name])[0] for name in _TIMES}
    for name, moment in times.items():
        refuse(frame[name].notna() & moment.isna(), f"{name} is no time with an offset: ", name)
    for count in COUNTS:
        negative = frame[count].lt(0)
        if count == "user_likes":  # 2022's wrapped, as 32 bits do
            negative &= schema.ne(1) | frame[count].lt(-(_WRAP >> 1))
        refuse(negative, f"{count} is negative: ", count)
        step = f"{count}_step"
        refuse(frame[step].notna() & ~frame[step].isin(STEPS), f"{step} is none of {STEPS}: ", step)
    good = why.isna()
    run = frame["run"].where(schema.ne(1) | frame["run"].ne(""))
    frame = frame.assign(scraped_at=scraped, **{NAIVE: naive}, **times, schema=schema, id=ids, run=run)
    wrong = why[~good].set_axis(frame.loc[~good, LINE_FROM].astype("int64"))
    return frame[good].reset_index(drop=True), wrong


def _moment(told: pd.Series) -> tuple[pd.Series, pd.Series]:
    """Return times with an offset as UTC, and those without as they are; NaT where the text is neither."""
    aware = told.where(told.str.fullmatch(_CLOCK + _OFFSET))
    naive = told.where(told.str.fullmatch(_CLOCK))
    return (
        pd.to_datetime(aware, utc=True, format="ISO8601", errors="coerce").astype(MOMENT),
        pd.to_datetime(naive, format="ISO8601", errors="coerce").astype("datetime64[us]"),
    )


def _bad_lines(block: Block, wrong: pd.Series, already: set[int]) -> list[BadLine]:
    """Return the rows refused as bad lines; a salvaged record that is refused ends at its line's end."""
    found = []
    for at, reason in wrong.items():
        begins = int(str(at)) - block.offset
        ends = block.data.find(b"\n", begins) + 1 or len(block.data)
        if int(str(at)) not in already:
            found.append(BadLine(block.offset + begins, ends - begins, str(reason)))
    return found


def _derived(frame: pd.DataFrame) -> pd.DataFrame:
    """Add what follows from a line alone: steps, the repair of 2022's likes, upload time, creator and audio."""
    frame = _unwrapped(frame)
    frame = frame.assign(**{f"{count}_step": _step(frame, count) for count in COUNTS})
    untold = frame["created_at"].isna() & frame["schema"].eq(1) & frame["id"].str.fullmatch(r"[1-9]\d{18}")
    seconds = pd.to_numeric(frame["id"].where(untold)).astype(WHOLE) // (1 << 32)
    name = _within(frame["username"], r"/@(?P<it>[^/?#]*)")
    encoded = name.str.contains("%", regex=False).fillna(False).astype(bool)
    name[encoded] = name[encoded].map(unquote)
    ending = _within(frame["audio_url"], r"(?P<it>\d+)/?(?:[?#].*)?$")
    return frame.assign(
        created_at=frame["created_at"].where(~untold, pd.to_datetime(seconds, unit="s", utc=True).astype(MOMENT)),
        created_from=frame["created_from"].where(~untold, "id"),
        duration=frame["duration"].round().astype(WHOLE),
        creator=name.where(name.ne("")),
        audio_key=frame["audio_id"].where(frame["audio_id"].fillna("").ne(""), ending),
    )


def _unwrapped(frame: pd.DataFrame) -> pd.DataFrame:
    """Give 2022's negative user_likes 2^32, once: a lower bound. What 2022 had already repaired so is known again:

    it lies between 2^31 and 2^32 and off the grid on which anything else of that size is shown.
    """
    likes, old = frame["user_likes"], frame["schema"].eq(1) & frame["user_likes_repair"].isna()
    negative = (old & likes.lt(0)).fillna(False).astype(bool)
    repaired = old & likes.ge(_WRAP >> 1) & likes.lt(_WRAP) & (likes % _grid(likes)).ne(0)
    minimum = negative | repaired.fillna(False).astype(bool)
    return frame.assign(
        user_likes=likes.where(~negative, likes + _WRAP),
        user_likes_shown=frame["user_likes_shown"].where(~negative, likes.astype(TEXT)),
        user_likes_repair=frame["user_likes_repair"].where(~minimum, "minimum"),
        user_likes_wraps=frame["user_likes_wraps"].where(~minimum, 1),
        user_likes_step=frame["user_likes_step"].where(~minimum, 1),
    )


def _step(frame: pd.DataFrame, count: str) -> pd.Series:
    """Return the step of a count: as told, else the display grid's; 1 for what no grid of its size can show."""
    value, told = frame[count], frame[f"{count}_step"]
    grid = _grid(value)
    return told.fillna(grid.where((value % grid).eq(0), 1)).where(value.notna())


def _grid(value: pd.Series) -> pd.Series:
    """Return the step of the display grid at each value (DESIGN section 5)."""
    step = pd.Series(1, index=value.index, dtype=WHOLE)
    for at_least, wider in ((10_000, 100), (1_000_000, 100_000), (1_000_000_000, 100_000_000)):
        step = step.mask(value.ge(at_least).fillna(False), wider)
    return step

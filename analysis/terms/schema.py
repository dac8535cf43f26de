"""The columns of the two frames that loading gives, and the types of the JSON fields they come from.

The types are fixed and never inferred: an id "007" stays "007", and a column of nulls keeps its type.
Missing is NA, zero is zero.

**sightings**: one row a sighting, sorted by (scraped_at, run, position), RangeIndex. `SIGHTINGS` has its columns in
their order: every field of docs/data.md by its name, then three derived ones.

- `str` (NA missing): url, audio, audio_url, username, the eight `<count>_shown`, user_likes_repair, id, creator_id,
  audio_id, created_from, run, era, source, user_source, kind, language; derived: creator (what the creator is shown
  as, one name each: the latest handle of its id, see analysis/reading/identity.py), audio_key (audio_id, else the
  digits that end audio_url; NA if neither is there).
- `Int64`: the eight counts of `COUNTS`, their `<count>_step` (1, 100, 100,000 or 100,000,000; NA with the count),
  user_likes_wraps, position (from 1), session (from 1), duration (seconds, rounded), schema (1: the file of 2022);
  derived: line_from (byte offset of the sighting's object in the file).
- `datetime64[us, UTC]`: scraped_at (never NA), created_at, shown_at, user_scraped_at.
- `boolean`: ad, audio_original, simulated (never NA).

**runs**: one row a run, sorted by (started, run), RangeIndex; see `RUNS` and analysis/reading/coverage.py.
"""

from __future__ import annotations

from typing import Final

import pandas as pd
import pyarrow as pa

KNOWN_SCHEMAS = (1, 2)
STEPS = (1, 100, 100_000, 100_000_000)

TEXT: Final = "str"
WHOLE: Final = "Int64"
TRUTH: Final = "boolean"
NUMBER: Final = "Float64"
MOMENT: Final = "datetime64[us, UTC]"

_FILE_COUNTS = ("user_followers", "user_likes", "shares", "views", "saves", "user_videos")  # after likes, comments

SIGHTINGS: dict[str, str] = {
    "scraped_at": MOMENT,
    "url": TEXT,
    "audio": TEXT,
    "audio_url": TEXT,
    "likes": WHOLE,
    "comments": WHOLE,
    "username": TEXT,
    **dict.fromkeys(_FILE_COUNTS, WHOLE),
    **{f"{count}_step": WHOLE for count in ("likes", "comments", *_FILE_COUNTS)},
    **{f"{count}_shown": TEXT for count in ("likes", "comments", *_FILE_COUNTS)},
    "user_likes_repair": TEXT,
    "user_likes_wraps": WHOLE,
    "id": TEXT,
    "creator_id": TEXT,
    "audio_id": TEXT,
    "created_at": MOMENT,
    "created_from": TEXT,
    "shown_at": MOMENT,
    "user_scraped_at": MOMENT,
    "run": TEXT,
    "position": WHOLE,
    "session": WHOLE,
    "era": TEXT,
    "source": TEXT,
    "user_source": TEXT,
    "ad": TRUTH,
    "kind": TEXT,
    "audio_original": TRUTH,
    "duration": WHOLE,
    "language": TEXT,
    "simulated": TRUTH,
    "schema": WHOLE,
    "creator": TEXT,
    "audio_key": TEXT,
    "line_from": WHOLE,
}
DERIVED = ("creator", "audio_key", "line_from")
SIGHTINGS_ORDER = ("scraped_at", "run", "position", "line_from")  # the last only breaks ties

RUNS: dict[str, str] = {
    "run": TEXT,
    "started": MOMENT,
    "ended": MOMENT,
    "event_last": TEXT,  # "start", "end", "skipped"; NA: the run is known from its lines only
    "reason": TEXT,
    "verdict": TEXT,
    **dict.fromkeys(("asked", "seen", "unique", "written", "repeated", "rejected"), WHOLE),
    "pace": NUMBER,  # seconds
    **dict.fromkeys(("media", "headless", "locale", "zone", "viewport", "agent"), TEXT),
    **dict.fromkeys(("era", "region", "browser", "browser_version", "settings_hash"), TEXT),
    "simulated": TRUTH,
    "sightings": WHOLE,  # rows of the sightings frame
    "killed": TRUTH,  # a start without an end; also a run that still goes on. NA: known from its lines only
}

# The JSON types a field may have, as pyarrow reads them. Times are text here; a length is any JSON number.
_JSON = {TEXT: pa.string(), WHOLE: pa.int64(), TRUTH: pa.bool_(), NUMBER: pa.float64(), MOMENT: pa.string()}
LINE = pa.schema(
    [
        pa.field(name, pa.float64() if name == "duration" else _JSON[kind])
        for name, kind in SIGHTINGS.items()
        if name not in DERIVED
    ]
)


def empty_sightings() -> pd.DataFrame:
    """Return a sightings frame without rows: every column with its type."""
    return _empty(SIGHTINGS)


def empty_runs() -> pd.DataFrame:
    """Return a runs frame without rows: every column with its type."""
    return _empty(RUNS)


def typed(frame: pd.DataFrame, columns: dict[str, str]) -> pd.DataFrame:
    """Return *frame* with exactly *columns* (name -> dtype) in their order; those it lacks are all NA."""
    return pd.DataFrame(
        {
            name: frame[name].astype(pd.api.types.pandas_dtype(kind))
            if name in frame
            else pd.Series(pd.NA, index=frame.index, dtype=kind)
            for name, kind in columns.items()
        },
        index=frame.index,
    )


def to_frame(table: pa.Table, *, threads: bool = True) -> pd.DataFrame:
    """Return *table* as a frame of our dtypes: str, Int64, Float64, boolean; times as they are.

    threads: whether pyarrow's may share the work.
    """
    kinds = {
        pa.string(): pd.StringDtype(na_value=float("nan")),
        pa.int64(): pd.Int64Dtype(),
        pa.float64(): pd.Float64Dtype(),
        pa.bool_(): pd.BooleanDtype(),
    }
    frame: pd.DataFrame = table.to_pandas(types_mapper=kinds.get, use_threads=threads)
    return frame


def _empty(columns: dict[str, str]) -> pd.DataFrame:
    return pd.DataFrame({name: pd.Series([], dtype=kind) for name, kind in columns.items()})

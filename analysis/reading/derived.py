"""What follows from a line alone: steps, failed counts, the repair of 2022's likes, upload time, creator and audio."""

from __future__ import annotations

from urllib.parse import unquote

import numpy as np
import pandas as pd

from analysis.reading.judging import filled, whole_numbers, within
from analysis.reading.zeroed import by_line
from analysis.terms.definitions import COUNTS, DISPLAY_GRID, WRAP
from analysis.terms.schema import MOMENT, TEXT, WHOLE


def derived(frame: pd.DataFrame) -> pd.DataFrame:
    """Return *frame*, from `judging.judged`, with every column of a sighting but run and scraped_at of 2022's lines."""
    frame = by_line(_unwrapped(frame))
    frame = frame.assign(**{f"{count}_step": _step(frame, count) for count in COUNTS})
    has_audio = frame["audio_id"].fillna("").ne("")
    return _uploaded(frame).assign(
        duration=frame["duration"].round().astype(WHOLE),
        creator=handle_in(frame["username"]),
        audio_key=filled(frame["audio_id"], has_audio, frame["audio_url"], r"(?P<it>\d+)/?(?:[?#].*)?$"),
    )


def handle_in(addresses: pd.Series) -> pd.Series:
    """The handle in each creator's address (str); NA where none stands there."""
    name = within(addresses, r"/@(?P<it>[^/?#]*)")
    encoded = name.str.contains("%", regex=False).fillna(False).astype(bool)
    name[encoded] = name[encoded].map(unquote)
    return name.where(name.ne(""))


def _uploaded(frame: pd.DataFrame) -> pd.DataFrame:
    """Read the upload time of 2022's lines out of the upper 32 bits of their 19-digit ids."""
    untold = frame["created_at"].isna() & frame["schema"].eq(1)
    if not untold.any():
        return frame
    untold &= frame["id"].str.fullmatch(r"[1-9]\d{18}")
    rows = np.flatnonzero(untold.to_numpy(dtype=bool))
    seconds = [int(id) // WRAP for id in frame["id"].iloc[rows]]
    moments = pd.Series(pd.to_datetime(seconds, unit="s", utc=True), index=frame.index[rows]).astype(MOMENT)
    return frame.assign(
        created_at=frame["created_at"].fillna(moments.reindex(frame.index)).astype(MOMENT),
        created_from=frame["created_from"].where(~untold, "id"),
    )


def _unwrapped(frame: pd.DataFrame) -> pd.DataFrame:
    """Give 2022's negative user_likes 2^32, once: a lower bound.

    What 2022 had already repaired so is known again: it lies between 2^31 and 2^32, and off the grid on which
    anything else of that size was displayed.
    """
    likes = whole_numbers(frame["user_likes"])
    old = (frame["schema"].eq(1) & frame["user_likes_repair"].isna()).to_numpy(dtype=bool)
    negative = old & (likes < 0)
    minimum = negative | (old & (likes >= WRAP // 2) & (likes < WRAP) & (likes % _grid(likes) != 0))
    if not minimum.any():
        return frame
    shown = frame["user_likes"].astype(TEXT)
    return frame.assign(
        user_likes=frame["user_likes"].where(~negative, likes + WRAP),
        user_likes_shown=frame["user_likes_shown"].where(~negative, shown),
        user_likes_repair=frame["user_likes_repair"].where(~minimum, "minimum"),
        user_likes_wraps=frame["user_likes_wraps"].where(~minimum, 1),
        user_likes_step=frame["user_likes_step"].where(~minimum, 1),
    )


def _step(frame: pd.DataFrame, count: str) -> pd.Series:
    """Return the step of a count: as told, else the display grid's; 1 for what no grid of its size can show."""
    value, step = whole_numbers(frame[count]), whole_numbers(frame[f"{count}_step"])
    none = frame[count].isna().to_numpy()
    if not ((step > 0) | none).all():
        grid = _grid(value)
        step = np.where(step > 0, step, np.where(value % grid == 0, grid, 1))
    return pd.Series(pd.arrays.IntegerArray(step, none), index=frame.index)


def _grid(value: np.ndarray) -> np.ndarray:
    return np.select([value >= at_least for at_least, _ in DISPLAY_GRID], [step for _, step in DISPLAY_GRID], 1)

"""One TikTok, creator or audio of the data: its history with bounds, as a frame and as a picture."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pandas as pd
from matplotlib.figure import Figure

from analysis.commands.finding import Found, find
from analysis.counts import growth
from analysis.counts.bounds import with_bounds
from analysis.load import Loaded
from analysis.measures import audios, creators
from analysis.plots.audios import uses_seen
from analysis.plots.histories import LINES, change_in_likes, count_history, follower_curves
from analysis.plots.parts.label import label
from analysis.plots.parts.style import LIGHT, SIZE_PT, Theme, save
from analysis.plots.rates import likes_per_hour
from analysis.writing.output import check_output

_COUNTS = {
    "TikTok": ("likes", "comments", "shares", "views", "saves"),
    "creator": ("user_followers", "user_likes", "user_videos"),
    "audio": ("likes", "comments"),
}


def show(loaded: Loaded, what: str, out: Path | None = None, *, theme: Theme = LIGHT) -> Path:
    """Draw *what* (`finding.find`) out of *loaded* into *out* (.png or .svg), and return where it is.

    *out* None: "<kind>-<key>.png" in the working directory. Nothing is drawn that was not seen; gaps are shaded, or
    visits marked where gaps are most of the time.

    Raises:
        NotFound: *what* is not in the data.
        BadArgument: *out* has another suffix.
        AnalysisError: the disk refuses.
    """
    if out is not None:
        check_output(out, (".png", ".svg"))
    found = find(loaded.sightings, what)
    out = Path(f"{found.kind.lower()}-{_file_name(found.key)}.png") if out is None else out
    figure = Figure(figsize=(6.8, 9.8 if found.kind == "TikTok" else 7.6), layout="constrained", facecolor=theme.paper)
    heading = f"{'Simulated: ' if loaded.report.simulated else ''}{found.kind} {_name(found)}\n{_seen(found)}"
    figure.suptitle(heading, fontsize=SIZE_PT + 1, color=theme.ink, x=0.01, ha="left", parse_math=False)
    draw = {"TikTok": _draw_tiktok, "creator": _draw_creator, "audio": _draw_audio}[found.kind]
    draw(found, loaded.coverage.hours, figure, theme)
    return save(figure, out)


def _file_name(key: str) -> str:
    """*key* as part of a file's name on any system; another for every key."""
    plain = re.sub(r"[^A-Za-z0-9._-]", "_", key)[:60]
    return plain if plain == key else f"{plain}-{hashlib.sha256(key.encode()).hexdigest()[:8]}"


def history(loaded: Loaded, what: str) -> pd.DataFrame:
    """What was told of *what*, one row a count and sighting, counts in the file's order, then by time and id.

    count (str), scraped_at (datetime64[us, UTC]), id (str), value, lo, hi (Int64, by the rounding; hi NA where nothing
    bounds it), step (Int64; NA where not told).

    Raises:
        NotFound: *what* is not in the data.
    """
    found = find(loaded.sightings, what)
    bounded = with_bounds(found.sightings)
    parts = []
    for count in _COUNTS[found.kind]:
        told = bounded.loc[bounded[count].notna()].sort_values(["scraped_at", "id"], kind="stable")
        columns = {count: "value", f"{count}_lo": "lo", f"{count}_hi": "hi", f"{count}_step": "step"}
        part = told[["scraped_at", "id", *columns]].rename(columns=columns)
        part.insert(0, "count", pd.Series(count, index=part.index, dtype="str"))
        parts.append(part)
    return pd.concat(parts, ignore_index=True)


def history_table(told: pd.DataFrame) -> str:
    """`history` as a table of text: count, time in UTC, TikTok, value, and the least and most it may stand for."""
    if told.empty:
        return "no count was told"
    bounds = {"value": "value", "lo": "at least", "hi": "at most"}
    rows = pd.DataFrame(
        {"count": told["count"], "seen (UTC)": told["scraped_at"].dt.strftime("%Y-%m-%d %H:%M"), "TikTok": told["id"]}
    )
    for name, title in bounds.items():
        rows[title] = [f"{value:,}" if pd.notna(value) else "not bounded" for value in told[name]]
    return rows.to_string(index=False)


def _name(found: Found) -> str:
    """What a heading calls it."""
    last = found.sightings.iloc[-1]
    if found.kind == "TikTok":
        return f"{found.key} by @{label(last['creator'], 28)}"
    return f"@{label(found.key, 48)}" if found.kind == "creator" else f"{label(last['audio'], 32)} ({found.key})"


def _seen(found: Found) -> str:
    """How often it was seen, and when."""
    at = found.sightings["scraped_at"]
    many = len(at)
    days = f"{at.min():%Y-%m-%d} to {at.max():%Y-%m-%d} (UTC)"
    return f"seen {many:,} times, {days}" if many > 1 else f"seen once, {at.min():%Y-%m-%d %H:%M} (UTC)"


def _draw_tiktok(found: Found, hours: pd.DataFrame, figure: Figure, theme: Theme) -> None:
    bounded = with_bounds(found.sightings)
    above, middle, below, last = figure.subplots(4)
    count_history(bounded, above, count="likes", title="Likes", hours=hours, theme=theme)
    gains = growth.gains(growth.settled(bounded, "likes"), "likes")
    likes_per_hour(gains, middle, names={found.key: "taut string"}, hours=hours, theme=theme)
    count_history(bounded, below, count="comments", title="Comments", hours=hours, theme=theme)
    count_history(bounded, last, count="shares", title="Shares", hours=hours, theme=theme)


def _draw_creator(found: Found, hours: pd.DataFrame, figure: Figure, theme: Theme) -> None:
    bounded = with_bounds(found.sightings)
    above, below = figure.subplots(2)
    follower_curves(creators.follower_history(bounded), above, change=False, hours=hours, theme=theme)
    change_in_likes(bounded, below, ids=_most_seen(bounded), hours=hours, theme=theme)


def _draw_audio(found: Found, hours: pd.DataFrame, figure: Figure, theme: Theme) -> None:
    bounded = with_bounds(found.sightings)
    above, below = figure.subplots(2)
    names = {found.key: found.sightings["audio"].iloc[-1]}
    uses_seen(audios.uses_over_time(bounded), above, names=names, hours=hours, theme=theme)
    change_in_likes(bounded, below, ids=_most_seen(bounded), hours=hours, theme=theme)


def _most_seen(bounded: pd.DataFrame) -> list[str]:
    """The TikToks that were seen telling likes most often, at most as many as one Axes holds."""
    told = bounded.loc[bounded["likes"].notna(), "id"].value_counts().reset_index()
    return list(told.sort_values(["count", "id"], ascending=[False, True], kind="stable")["id"].head(LINES))

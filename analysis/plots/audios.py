"""Audios: uses seen so far, never "uses": the feed shows a sample."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from analysis.plots.parts.arrays import day, days, floats, truths
from analysis.plots.parts.endlabels import LineEnd, name_lines
from analysis.plots.parts.gaps import gaps_told, show_coverage
from analysis.plots.parts.label import in_two_lines, label, plain, says_nothing
from analysis.plots.parts.steps import MARKERS
from analysis.plots.parts.style import LIGHT, Theme, dress, legend, no_data
from analysis.plots.parts.ticks import counts_axis, time_limits, utc_axis

LINES = 7
WIDTH = 22  # letters of a title in a line


def uses_seen(
    uses: pd.DataFrame,
    ax: Axes,
    *,
    audio_keys: Sequence[str] | None = None,
    names: Mapping[str, str] | None = None,
    hours: pd.DataFrame | None = None,
    theme: Theme = LIGHT,
) -> Axes:
    """Draw the cumulative TikTok-audio combinations seen of each of *audio_keys* (at most `LINES`; None: as they come).

    *uses*: `audios.uses_over_time`: `audio_key` (str), `at` (datetime64[us, UTC]), `uses_seen` (Int64), `new_use`
    (boolean). *names*: audio_key -> title, hostile or not. *hours*: `coverage.Coverage.hours`. A dot is a TikTok
    first seen with it.
    """
    title = "Uses seen so far"
    chosen, told = _chosen(uses, audio_keys)
    if not chosen:
        return no_data(ax, "no sighting names an audio", theme, title=title)
    told_names = _told_apart({key: (names or {}).get(key, key) for key in chosen})
    ends, span = [], told["at"]
    for row, key in enumerate(chosen):
        rows = told.loc[told["audio_key"] == key].sort_values("at", kind="stable")
        at = days(rows["at"])
        seen = floats(rows["uses_seen"])
        color = theme.cycle[row]
        ax.plot(at, seen, drawstyle="steps-post", color=color, linewidth=1.5)
        new = truths(rows["new_use"])
        ax.plot(at[new], seen[new], MARKERS[row], color=color, markersize=3)
        ends.append(LineEnd(float(seen[-1]), told_names[key], color, MARKERS[row]))
    time_limits(ax, day(span.min()), day(span.max()))
    ax.set_ylim(bottom=0)
    show_coverage(ax, hours, theme)
    dress(ax, theme, title=title, x="UTC", y="TikToks seen with this audio")
    utc_axis(ax.xaxis)
    counts_axis(ax.yaxis, whole=True)
    legend(ax, theme, where="above")
    name_lines(ax, ends, theme)
    return plain(ax)


def uses_told(uses: pd.DataFrame, *, audio_keys: Sequence[str] | None = None, hours: pd.DataFrame | None = None) -> str:
    """What the caption of `uses_seen` says of coverage."""
    _, told = _chosen(uses, audio_keys)
    return gaps_told(hours, [np.sort(days(told["at"]))], own=False)


def _chosen(uses: pd.DataFrame, audio_keys: Sequence[str] | None) -> tuple[list[str], pd.DataFrame]:
    """The audios drawn, and their rows."""
    told = uses.loc[uses["at"].notna() & uses["uses_seen"].notna()]
    there = set(told["audio_key"])
    wanted = audio_keys if audio_keys is not None else dict.fromkeys(told["audio_key"])
    chosen = [key for key in wanted if key in there][:LINES]
    return chosen, told.loc[told["audio_key"].isin(chosen)]


def _told_apart(names: Mapping[str, str]) -> dict[str, str]:
    """Key -> title in at most two lines, or in one with the key's end where titles look the same or do not say whose.

    Of what is before or after "original sound - " there may be no letter to draw.
    """
    shown = {key: in_two_lines(name, WIDTH) for key, name in names.items()}
    alike = [name for name in shown.values() if list(shown.values()).count(name) > 1]
    return {
        key: name if name not in alike and _says_whose(names[key]) else f"{_short(names[key])}\n…{key[-6:]}"
        for key, name in shown.items()
    }


def _says_whose(title: str) -> bool:
    """Whether of each part of *title* some letter can be drawn."""
    return not any(says_nothing(label(part)) for part in title.split(" - "))


def _short(title: str) -> str:
    return in_two_lines(title, WIDTH, lines=1)

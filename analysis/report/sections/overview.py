"""The first page: how much was seen, what went most viral, when the runs looked."""

from __future__ import annotations

from collections.abc import Callable

from matplotlib.axes import Axes

from analysis.plots import histories
from analysis.plots import runs as run_plots
from analysis.plots.parts.style import Theme
from analysis.report.answers import most, seen
from analysis.report.answers.said import NOT_ESTIMATED, count
from analysis.report.answers.taken_up import growth_threshold
from analysis.report.cards import Card, tiles, trio
from analysis.report.context import Context, beside
from analysis.report.figures import BESIDE
from analysis.report.markup import Child, Html, join
from analysis.report.wording import missing, moment, plural, share, whole

KEY = "overview"
TITLE = "At a glance"
DRAWN = 6

TRIOS: tuple[tuple[str, str, str, Callable[[Context], list[Card]]], ...] = (
    ("tiktoks", "Most viral TikToks", "by the likes they surely gained within a day", most.tiktoks),
    ("audios", "Most viral audios", "by the new creators seen with them, of those seen in several runs", most.audios),
    ("creators", "Most viral creators", "by their sure growth in followers a day, of those they had", most.creators),
)


def write(context: Context) -> Html:
    """Tiles, cards, and two figures."""
    return join(
        [
            tiles(_numbers(context)),
            *(context.attempt(heading, _trio(context, trio_)) for trio_ in TRIOS for heading in [trio_[1]]),
            beside(
                context.attempt("Change in likes", lambda: _change(context)),
                context.attempt("Coverage", lambda: _calendar(context)),
            ),
        ]
    )


def _trio(context: Context, told: tuple[str, str, str, Callable[[Context], list[Card]]]) -> Callable[[], Child]:
    key, heading, chosen, cards = told
    if key == "creators" and not growth_threshold(context).answerable:
        heading, chosen = "Creators that grew most", f"{chosen}; too few were compared to call any viral"
    return lambda: trio(heading, chosen, cards(context), key)


def _numbers(context: Context) -> list[tuple[Child, str]]:
    """How much of what was seen, as far as the file tells, and in how many of the hours."""
    told: list[tuple[Child, str]] = []
    for quantity, one, many, definition in (seen.THINGS[at] for at in (2, 1, 3, 4, 0)):
        n = context.study.totals[quantity]
        if not missing(n):
            told.append((count(context, int(n), whole(n), many, definition=definition), one if n == 1 else many))
    hours = context.study.loaded.coverage.hours
    if len(hours):
        healthy = int(hours["healthy"].sum())
        part = context.facts(
            share(healthy / len(hours)),
            "hours in which a healthy run looked, of all",
            n=f"{healthy:,} of {plural(len(hours), 'hour')} from {moment(hours['hour'].min())} on",
            definition="an hour counts where a run that ended with enough lines began or saw a TikTok in it",
            interval=NOT_ESTIMATED,
        )
        told.append((part, "of hours covered"))
    return told


def outbreaks(context: Context, most_: int = DRAWN) -> list[str]:
    """The ids of the greatest observed outbreaks; where there are none, none."""
    rows = context.study.verdicts.rows
    ranked = rows[rows["outbreak_rank"].notna()].sort_values(["outbreak_rank", "id"], kind="stable")
    return list(ranked["id"].head(most_))


def _change(context: Context) -> Html:
    ids = outbreaks(context)
    hours = context.study.loaded.coverage.hours
    sightings = context.study.bounded
    chosen = sightings[sightings["id"].isin(ids)]

    def draw(ax: Axes, theme: Theme) -> Axes:
        return histories.change_in_likes(chosen, ax, ids=ids, hours=hours, theme=theme)

    return context.figures(
        draw,
        alt=f"Likes gained since first seen by the {plural(len(ids), 'TikTok')} with the greatest observed "
        "outbreaks, as steps with bands of rounding and marks of sightings.",
        key="change-in-likes",
        caption="Likes gained since first seen, the greatest observed outbreaks: steps from sighting to sighting, "
        "bands what rounding leaves open, coloured ticks at the foot the sightings. "
        + histories.changes_told(chosen, ids=ids, hours=hours),
    )


def _calendar(context: Context) -> Html:
    hours = context.study.loaded.coverage.hours
    gaps = len(hours) - int(hours["healthy"].sum())
    _, height = run_plots.calendar_size(hours)
    return context.figures(
        lambda ax, theme: run_plots.run_calendar(hours, ax, theme=theme),
        alt=f"Calendar of runs, a cell an hour: {plural(len(hours), 'hour')}, {gaps} of them without a healthy run.",
        key="calendar",
        caption="When runs looked: hours of the day (UTC) to the right, days down, shaded by how many TikToks runs "
        "saw in the hour.",
        size=(BESIDE[0], min(max(height, BESIDE[1]), 6.0)),
    )

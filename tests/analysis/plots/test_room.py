"""Every word of a figure has room of its own: none over another, none cut off, none over the data."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.dates import date2num
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from analysis.plots import histories, pairs, ratios, runs, tails
from analysis.plots.audios import uses_seen
from analysis.plots.parts import style
from analysis.plots.parts.endlabels import spread, within
from analysis.plots.parts.gaps import on_own_clocks
from analysis.plots.parts.label import in_two_lines, says_nothing
from analysis.plots.parts.style import LIGHT
from analysis.plots.rates import likes_per_hour, rate_against_age
from tests.analysis.plots import plot_frames as frames
from tests.analysis.plots.test_plots import HOURS, PLOTS

START = date2num(frames.START)


def _of_axis(axis: Axis) -> list[Text]:
    low, high = sorted(axis.get_view_interval())
    ticks = zip(axis.get_majorticklocs(), axis.get_majorticklabels(), strict=True)
    return [axis.label, axis.get_offset_text(), *(label for at, label in ticks if low <= at <= high)]


def words(ax: Axes) -> dict[str, Bbox]:
    """Where each text that is drawn on *ax* stands, in pixels; its place in the list keeps equal texts apart."""
    ax.figure.draw_without_rendering()
    legend = ax.get_legend()
    texts = [*ax.texts, *(_of_axis(ax.xaxis) + _of_axis(ax.yaxis)), *(legend.get_texts() if legend else [])]
    texts += [child for child in ax.get_children() if isinstance(child, Text) and child not in texts]
    told = [text for text in texts if text.get_visible() and text.get_text().strip()]
    return {f"{n}: {text.get_text()}": text.get_window_extent() for n, text in enumerate(told)}


def overlaps(boxes: dict[str, Bbox]) -> list[tuple[str, str]]:
    """Pairs of texts of which more than a pixel stands over the other."""
    shrunk = {name: Bbox.from_extents(b.x0 + 1, b.y0 + 1, b.x1 - 1, b.y1 - 1) for name, b in boxes.items()}
    return [(one, other) for one, other in combinations(shrunk, 2) if shrunk[one].overlaps(shrunk[other])]


def cut(ax: Axes, boxes: dict[str, Bbox]) -> list[str]:
    whole = ax.figure.bbox
    return [
        name
        for name, box in boxes.items()
        if box.x0 < -1 or box.y0 < -1 or box.x1 > whole.width + 1 or box.y1 > whole.height + 1
    ]


@pytest.mark.parametrize("name", PLOTS)
def test_no_word_stands_over_another_or_is_cut_off_and_a_legend_hides_no_data(name: str) -> None:
    frame, draw = PLOTS[name]
    _, ax = style.new_figure()
    draw(frame, ax, LIGHT)
    told = words(ax)
    assert len(told) > 5
    assert overlaps(told) == []
    assert cut(ax, told) == []
    assert hidden(ax) == []


def hidden(ax: Axes) -> list[object]:
    """The lines of which a point lies behind the legend, on axes that are drawn."""
    if (legend := ax.get_legend()) is None:
        return []
    box = legend.get_window_extent()
    return [
        line.get_label()
        for line in ax.lines
        for point in line.get_transform().transform(np.column_stack([line.get_xdata(), line.get_ydata()]))
        if np.isfinite(point).all() and box.contains(*point)
    ]


LONG = tuple(f"{'W' * 24}{n}" for n in range(7))


def _association(ax: Axes) -> None:
    rng = np.random.default_rng(3)
    far = pd.DataFrame({"x": rng.normal(size=999), "y": rng.standard_t(1.2, 999)}).astype("Float64")
    pairs.association(far, ax, pair="posting ~ follower growth", told="rho = -0.02 (-0.09 to 0.06)")


def _near_percentiles(ax: Axes) -> None:
    near = frames.percentiles_frame()
    near[["estimate", "low", "high"]] = near[["estimate", "low", "high"]] * 0 + 1.0
    ratios.ratio_histogram(pd.Series(np.geomspace(0.99, 1.01, 200)), ax, percentiles=near)


def _apart(keys: int) -> pd.DataFrame:
    """TikToks seen for a day each, ten days apart."""
    likes = frames.likes_frame(keys, names=LONG)
    number = likes["id"].str[-1].astype(int)
    since = likes["scraped_at"] - frames.START
    return likes.assign(
        scraped_at=(frames.START + since / 15 + number * pd.Timedelta(days=10)).astype("datetime64[us, UTC]")
    )


HARD = {
    "long names of one creator": lambda ax: histories.change_in_likes(
        frames.likes_frame(7, names=(LONG[0],) * 7), ax, hours=HOURS
    ),
    "long names of creators": lambda ax: histories.follower_curves(
        frames.followers_frame(7).assign(creator=lambda f: "W" * 30 + f["creator"]), ax, hours=HOURS
    ),
    "seven titles at the foot": lambda ax: uses_seen(
        frames.uses_frame(7).assign(uses_seen=pd.array([1] * len(frames.uses_frame(7)), dtype="Int64")),
        ax,
        names={f"69{key}": f"original sound {'W' * 12} - {'M' * 40}{key}" for key in range(7)},
        hours=HOURS,
    ),
    "points beyond the edge": _association,
    "percentiles side by side": _near_percentiles,
    "a year of runs": lambda ax: runs.run_calendar(frames.hours_frame(days=365), ax),
    "outbreaks far apart": lambda ax: histories.change_in_likes(_apart(6), ax, hours=HOURS),
}


@pytest.mark.parametrize("name", HARD)
def test_hard_frames_have_room_as_well(name: str) -> None:
    _, ax = style.new_figure()
    HARD[name](ax)
    told = words(ax)
    assert overlaps(told) == []
    assert cut(ax, told) == []


def test_a_calendar_is_as_high_as_its_days_need() -> None:
    heights = [runs.calendar_size(frames.hours_frame(days=days))[1] for days in (1, 15, 60, 3650)]
    assert heights[0] == heights[1] == style.HALF_PAGE[1]
    assert heights[1] < heights[2] < heights[3] <= 9
    assert runs.calendar_size(HOURS.head(0)) == style.HALF_PAGE


def test_courses_far_apart_are_drawn_from_their_own_beginnings() -> None:
    assert on_own_clocks([np.array([0.0, 1.0]), np.array([9.0, 10.0])])
    assert not on_own_clocks([np.array([0.0, 1.0])])
    assert not on_own_clocks([np.array([0.0, 6.0]), np.array([3.0, 10.0])])


def test_on_its_own_clock_each_line_begins_at_zero_with_its_own_gaps() -> None:
    _, ax = style.new_figure()
    likes = _apart(3)
    histories.change_in_likes(likes, ax, hours=frames.hours_frame(days=40, gaps=tuple(range(250, 256))))
    steps = [line for line in ax.lines if line.get_drawstyle() == "steps-post"]
    lasted = likes.groupby("id")["scraped_at"].agg(lambda at: (at.max() - at.min()) / pd.Timedelta(days=1))
    assert [float(line.get_xdata()[0]) for line in steps] == [0, 0, 0]
    assert [float(line.get_xdata()[-1]) for line in steps] == pytest.approx(list(lasted))
    (strip,) = [c for c in ax.collections if c.get_label() == "no healthy run"]
    (path,) = strip.get_paths()
    began = date2num(likes.loc[likes["id"].str.endswith("1"), "scraped_at"].min())
    assert path.vertices[:, 0].min() == pytest.approx(START + 250 / 24 - began)
    assert "since first seen" in ax.get_xlabel()


def test_rates_far_apart_are_drawn_from_their_own_beginnings() -> None:
    _, ax = style.new_figure()
    gains = frames.gains_frame(2)
    late = gains["id"].str.endswith("1")
    gains.loc[late, ["start", "end"]] += pd.Timedelta(days=120)
    likes_per_hour(gains, ax, hours=HOURS)
    solid = [line for line in ax.lines if line.get_label().startswith("…")]
    assert [float(line.get_xdata()[0]) for line in solid] == [0, 0]
    assert "since first seen" in ax.get_xlabel()


@given(st.lists(st.floats(min_value=-2, max_value=3), max_size=8).map(sorted), st.floats(min_value=0.01, max_value=0.2))
def test_names_stay_beside_the_axes_where_so_many_fit(wanted: list[float], apart: float) -> None:
    placed = within(spread(np.array(wanted), apart), apart)
    assert (np.diff(placed) >= apart - 1e-9).all()
    if wanted and (len(wanted) - 1) * apart <= 1:
        assert -1e-9 <= placed.min() <= placed.max() <= 1 + 1e-9


@pytest.mark.parametrize(
    ("title", "told"),
    [
        ("short", "short"),
        ("original sound - foggypretzel101", "original sound\nfoggypretzel101"),
        ("one two three four five six seven", "one two three four\nfive six seven"),
        ("z" * 50, "z" * 20 + "\n" + "z" * 19 + "…"),
    ],
)
def test_a_title_stands_in_two_lines_at_most(title: str, told: str) -> None:
    assert in_two_lines(title, 20) == told


def test_titles_that_look_alike_are_told_apart_by_their_keys() -> None:
    _, ax = style.new_figure()
    uses = frames.uses_frame(3)
    uses_seen(uses, ax, names={"690": "same", "691": "same", "692": "日本語"})
    assert sorted(text.get_text() for text in ax.texts) == ["same\n…690", "same\n…691", "□\n…692"]
    assert says_nothing("□ - □")


def test_many_runs_are_faint_dots_and_the_median_of_each_day() -> None:
    _, ax = style.new_figure()
    similarity = frames.similarity_frame()
    runs.run_similarity(similarity, ax, hours=HOURS)
    medians = next(line for line in ax.lines if line.get_label() == "Jaccard")
    by_day = similarity.groupby(similarity["at"].dt.floor("D"))["jaccard"].median()
    assert list(medians.get_ydata()) == pytest.approx(list(by_day))
    assert list(medians.get_xdata()) == pytest.approx([date2num(day) + 0.5 for day in by_day.index])


def test_points_of_one_value_stand_on_an_axis_with_ticks() -> None:
    _, ax = style.new_figure()
    points = pd.DataFrame({"x": [1.0, 2.0, 3.0], "y": [12.5, 12.5, 12.5]}).astype("Float64")
    pairs.association(points, ax, pair="posting ~ likes")
    low, high = ax.get_ylim()
    assert high - low > 1


def test_a_figure_of_nothing_is_no_higher_than_its_words() -> None:
    figure, ax = style.new_figure()
    style.no_data(ax, "nobody looked", title="Likes")
    assert figure.get_figheight() == style.NOTHING
    figure, ax = style.new_figure()
    figure.add_subplot(2, 1, 2)
    style.no_data(ax, "nobody looked")
    assert figure.get_figheight() == style.HALF_PAGE[1]


def test_shares_of_few_values_stay_below_one_hundred_percent() -> None:
    _, ax = style.new_figure()
    tails.ccdf_with_threshold(frames.ccdf_frame(np.array([5.0, 6.0])), ax)
    ax.figure.draw_without_rendering()
    low, high = ax.get_ylim()
    shown = [t.get_text() for at, t in zip(ax.get_yticks(), ax.get_yticklabels(), strict=True) if low <= at <= high]
    assert shown == ["10 %", "20 %", "50 %", "100 %"]


def test_ages_too_near_for_two_names_are_hours() -> None:
    _, ax = style.new_figure()
    rows = frames.verdict_rows(1).assign(ad=False)
    rate_against_age(rows, frames.lowess_line().head(0), ax)
    ax.figure.draw_without_rendering()
    assert all(text.get_text().endswith(" h") for text in ax.get_xticklabels())


def test_one_run_is_seen_on_every_axis_of_time() -> None:
    for draw, frame in (
        (runs.accumulation_curve, frames.accumulation_frame()),
        (runs.run_similarity, frames.similarity_frame()),
    ):
        _, ax = style.new_figure()
        draw(frame.head(1), ax)
        low, high = ax.get_xlim()
        assert high - low == pytest.approx(1 / 24)
        assert any(line.get_marker() not in {"None", ""} and len(line.get_xdata()) for line in ax.lines)

"""Each plot draws the frame's own numbers, on the Axes it is given only, and says so where there are none."""

from __future__ import annotations

from collections.abc import Callable

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection
from matplotlib.dates import date2num

from analysis.plots import audios, curve, density, forest, histories, onset, pairs, rates, ratios, runs, tails, uploads
from analysis.plots.parts import style
from analysis.plots.parts.style import DARK, LIGHT, Theme
from tests.analysis.plots import plot_frames as frames

Draw = Callable[[pd.DataFrame, Axes, Theme], Axes]
HOURS = frames.hours_frame()
KEYS = [f"69{key}" for key in range(6)]


def _points() -> pd.DataFrame:
    rng = np.random.default_rng(7)
    return pd.DataFrame(
        {"x": pd.array(rng.normal(size=80), dtype="Float64"), "y": pd.array([None] * 40 + [0.5] * 40, dtype="Float64")}
    )


# Each plot: the frame it takes and how it is called.
PLOTS: dict[str, tuple[pd.DataFrame, Draw]] = {
    "change in likes": (
        frames.likes_frame(names=frames.HOSTILE),
        lambda frame, ax, theme: histories.change_in_likes(frame, ax, hours=HOURS, theme=theme),
    ),
    "follower curves": (
        frames.followers_frame(),
        lambda frame, ax, theme: histories.follower_curves(frame, ax, hours=HOURS, theme=theme),
    ),
    "count history": (
        frames.likes_frame(1),
        lambda frame, ax, theme: histories.count_history(frame, ax, hours=HOURS, theme=theme),
    ),
    "likes per hour": (
        frames.gains_frame(2),
        lambda frame, ax, theme: rates.likes_per_hour(frame, ax, hours=HOURS, theme=theme),
    ),
    "rate against age": (
        frames.verdict_rows(300),
        lambda frame, ax, theme: rates.rate_against_age(frame, frames.lowess_line().head(len(frame)), ax, theme=theme),
    ),
    "ccdf": (
        frames.ccdf_frame(),
        lambda frame, ax, theme: tails.ccdf_with_threshold(
            frame, ax, threshold=3e5, threshold_lo=2e5, threshold_hi=np.nan, theme=theme
        ),
    ),
    "followers x likes": (
        frames.verdict_rows(300),
        lambda frame, ax, theme: density.followers_and_likes(frame, ax, theme=theme),
    ),
    "comments per like x followers": (
        frames.verdict_rows(300),
        lambda frame, ax, theme: density.comments_per_like_and_followers(frame, ax, theme=theme),
    ),
    "forest": (
        frames.ranked_creators(names=frames.HOSTILE),
        lambda frame, ax, theme: forest.creator_gains(frame, ax, theme=theme),
    ),
    "event study": (
        frames.course_frame(),
        lambda frame, ax, theme: onset.followers_around_onset(frame, ax, theme=theme),
    ),
    "uses seen": (
        frames.uses_frame(),
        lambda frame, ax, theme: audios.uses_seen(
            frame, ax, names=dict(zip(KEYS, frames.HOSTILE, strict=False)), hours=HOURS, theme=theme
        ),
    ),
    "ratio histogram": (
        frames.verdict_rows(300),
        lambda frame, ax, theme: ratios.ratio_histogram(
            frame["likes"] / frame["user_followers"], ax, percentiles=frames.percentiles_frame(), theme=theme
        ),
    ),
    "specification curve": (
        frames.cells_frame(),
        lambda frame, ax, theme: curve.specification_curve(frame, ax, theme=theme),
    ),
    "run calendar": (HOURS, lambda frame, ax, theme: runs.run_calendar(frame, ax, theme=theme)),
    "run similarity": (
        frames.similarity_frame(),
        lambda frame, ax, theme: runs.run_similarity(frame, ax, hours=HOURS, theme=theme),
    ),
    "accumulation": (
        frames.accumulation_frame(),
        lambda frame, ax, theme: runs.accumulation_curve(frame, ax, hours=HOURS, theme=theme),
    ),
    "upload hours": (
        frames.upload_times_frame(),
        lambda frame, ax, theme: uploads.upload_times(frame, ax, theme=theme),
    ),
    "association": (
        _points(),
        lambda frame, ax, theme: pairs.association(frame, ax, pair="posting ~ likes", told="r = 0.1", theme=theme),
    ),
}


@pytest.fixture
def ax() -> Axes:
    return style.new_figure()[1]


def said(ax: Axes) -> str:
    return " | ".join(text.get_text() for text in ax.texts)


@pytest.mark.parametrize("name", PLOTS)
def test_a_plot_draws_on_its_own_axes_only_and_gives_the_same_bytes_twice(name: str) -> None:
    frame, draw = PLOTS[name]

    def drawn() -> bytes:
        figure, ax = style.new_figure()
        other = figure.add_axes((0, 0, 0.1, 0.1))
        before, kept = frame.copy(), dict(mpl.rcParams)
        assert draw(frame, ax, LIGHT) is ax
        assert figure.axes == [ax, other]
        assert not other.has_data()
        assert dict(mpl.rcParams) == kept
        pd.testing.assert_frame_equal(frame, before)
        assert ax.has_data()
        assert ax.get_title(loc="left")
        other.remove()
        return style.png(figure, dpi=50)

    assert drawn() == drawn()


@pytest.mark.parametrize("name", PLOTS)
def test_a_plot_of_nothing_says_that_there_is_no_data_and_why(name: str, ax: Axes) -> None:
    frame, draw = PLOTS[name]
    assert draw(frame.head(0), ax, DARK) is ax
    assert said(ax).startswith("no data: ")
    assert not ax.lines
    assert not ax.collections


@pytest.mark.parametrize("name", PLOTS)
def test_a_plot_of_one_row_is_drawn_or_says_why_not(name: str, ax: Axes) -> None:
    frame, draw = PLOTS[name]
    draw(frame.head(1), ax, DARK)
    # What stands far outside would leave the layout no room for the Axes itself.
    figure = ax.figure.bbox
    drawn = ax.get_tightbbox()
    assert drawn is not None
    assert drawn.width < 1.4 * figure.width
    assert drawn.height < 1.4 * figure.height


@pytest.mark.parametrize("name", PLOTS)
def test_a_plot_of_nothing_but_missing_numbers_draws_no_zero(name: str, ax: Axes) -> None:
    frame, draw = PLOTS[name]
    nothing = frame.copy()
    for column in nothing.columns:
        if str(nothing[column].dtype) in {"Int64", "Float64"} and column not in {"day", "window_h", "level", "hour"}:
            nothing[column] = pd.array([pd.NA] * len(nothing), dtype=str(nothing[column].dtype))
    draw(nothing, ax, LIGHT)
    if name not in {"specification curve", "run calendar"}:  # these draw what is missing as missing
        assert said(ax).startswith("no data: ")


def curves(ax: Axes) -> list[tuple[list[float], list[float]]]:
    """The step curves on *ax*, without the breaks where nothing was seen."""
    steps = [line for line in ax.lines if line.get_drawstyle() == "steps-post"]
    told = [(line.get_xdata(), line.get_ydata()) for line in steps]
    return [(list(at[~np.isnan(value)]), list(value[~np.isnan(value)])) for at, value in told]


def test_likes_are_steps_since_first_seen_in_the_order_asked_for(ax: Axes) -> None:
    likes = frames.likes_frame()
    ids = ["7126812345678901233", "7126812345678901231"]
    histories.change_in_likes(likes, ax, ids=ids, hours=HOURS)
    for key, (at, value) in zip(ids, curves(ax), strict=True):
        rows = likes[likes["id"] == key]
        assert at == pytest.approx([date2num(moment) for moment in rows["scraped_at"]])
        assert value == [int(n) - int(rows["likes"].iloc[0]) for n in rows["likes"]]


def test_the_band_is_what_rounding_leaves_and_the_rug_is_the_sightings(ax: Axes) -> None:
    likes = frames.likes_frame(1)
    histories.change_in_likes(likes, ax)
    band = next(c for c in ax.collections if isinstance(c, PolyCollection))
    base = int(likes["likes"].iloc[0])
    heights = {round(y) for path in band.get_paths() for y in path.vertices[:, 1]}
    assert heights == {int(n) - base for n in (*likes["likes_lo"], *likes["likes_hi"])}
    rug = [c for c in ax.collections if len(c.get_paths()) == len(likes)]
    assert sorted(path.vertices[0, 0] for path in rug[0].get_paths()) == pytest.approx(
        sorted(date2num(moment) for moment in likes["scraped_at"])
    )


def test_a_sighting_without_likes_is_passed_over_and_is_no_zero(ax: Axes) -> None:
    likes = frames.likes_frame(1)
    likes.loc[3, ["likes", "likes_lo", "likes_hi"]] = pd.NA
    histories.change_in_likes(likes, ax)
    ((_, value),) = curves(ax)
    assert len(value) == len(likes) - 1
    assert min(value) == 0 == value[0]


def test_a_sighting_that_those_beside_it_contradict_is_a_cross_and_no_step(ax: Axes) -> None:
    likes = frames.likes_frame(1)
    true = [int(n) for n in likes["likes"]]
    likes.loc[3, ["likes", "likes_lo", "likes_hi"]] = 0
    histories.change_in_likes(likes, ax)
    ((at, value),) = curves(ax)
    assert value == [n - true[0] for place, n in enumerate(true) if place != 3]
    (cross,) = [line for line in ax.lines if line.get_marker() == "x" and len(line.get_xdata())]
    assert list(cross.get_xdata()) == pytest.approx([date2num(likes["scraped_at"][3])])
    assert list(cross.get_ydata()) == [0]  # where the line ends, not 20,000 beneath it
    assert "contradicted by those beside it" in [text.get_text() for text in ax.get_legend().get_texts()]
    assert not np.isin(cross.get_xdata(), at).any()


def test_a_value_held_unseen_for_over_a_day_is_dotted_and_has_no_band(ax: Axes) -> None:
    likes = frames.likes_frame(1).head(4)
    likes["scraped_at"] = frames.moments([0, 20, 50, 51])
    histories.change_in_likes(likes, ax)
    line = next(line for line in ax.lines if line.get_drawstyle() == "steps-post")
    assert np.isnan(line.get_ydata()).tolist() == [False, False, True, False, False]
    (held,) = [line for line in ax.lines if line.get_linestyle() != "None" and len(line.get_xdata()) == 4]
    at = [date2num(moment) for moment in likes["scraped_at"]]
    assert list(line.get_xdata()) == pytest.approx([at[0], at[1], at[1], at[2], at[3]])
    assert list(held.get_xdata())[:3] == pytest.approx([at[1], at[2], at[2]])
    gained = [int(n) - int(likes["likes"][0]) for n in likes["likes"]]
    assert list(held.get_ydata())[:3] == [gained[1], gained[1], gained[2]]
    band = next(c for c in ax.collections if isinstance(c, PolyCollection))
    for path in band.get_paths():
        assert not (path.vertices[:, 0].min() < at[1] + 0.5 < path.vertices[:, 0].max())


def test_no_more_lines_than_can_be_told_apart(ax: Axes) -> None:
    histories.change_in_likes(frames.likes_frame(9), ax)
    assert len(curves(ax)) == histories.LINES


def test_two_tiktoks_of_one_creator_are_told_apart(ax: Axes) -> None:
    histories.change_in_likes(frames.likes_frame(2, names=("same", "same")), ax)
    assert said(ax) == "@same …1230 | @same …1231" or said(ax) == "@same …1231 | @same …1230"


def test_each_creator_is_marked_where_it_was_first_seen(ax: Axes) -> None:
    followers = frames.followers_frame(2)
    histories.follower_curves(followers, ax, change=False)
    marks = [float(line.get_xdata()[0]) for line in ax.lines if line.get_marker() == "v" and len(line.get_xdata()) == 1]
    first = followers.groupby("creator")["first_seen"].first()
    assert marks[:2] == pytest.approx([date2num(moment) for moment in first])
    assert [value for _, value in curves(ax)] == [
        [int(n) for n in rows["followers"]] for _, rows in followers.groupby("creator")
    ]


def test_a_rate_spans_its_bounds_and_the_line_is_the_taut_string(ax: Axes) -> None:
    gains = frames.gains_frame(1).head(4)
    rates.likes_per_hour(gains, ax)
    boxes = next(c for c in ax.collections if isinstance(c, PolyCollection)).get_paths()
    for box, row in zip(boxes, gains.to_dict("records"), strict=True):
        assert box.vertices[:, 1].min() == pytest.approx(row["lo"] / row["hours"])
        assert box.vertices[:, 1].max() == pytest.approx(row["hi"] / row["hours"])
    line = ax.lines[0].get_ydata()
    assert line[::3] == pytest.approx([row["point"] / row["hours"] for row in gains.to_dict("records")])


def test_no_rate_is_claimed_across_a_fall(ax: Axes) -> None:
    gains = frames.gains_frame(1).head(4).drop(index=1)
    rates.likes_per_hour(gains, ax)
    assert np.isnan(ax.lines[0].get_ydata()[2])


def test_a_gain_without_upper_bound_is_drawn_to_the_ceiling(ax: Axes) -> None:
    gains = frames.gains_frame(1).head(2)
    gains.loc[0, "hi"] = pd.NA
    rates.likes_per_hour(gains, ax)
    box = next(c for c in ax.collections if isinstance(c, PolyCollection)).get_paths()[0]
    assert box.vertices[:, 1].max() == pytest.approx(ax.get_ylim()[1])


def test_the_ccdf_is_the_share_at_or_above_with_its_threshold(ax: Axes) -> None:
    values = np.array([1.0, 2.0, 2.0, 50.0])
    tails.ccdf_with_threshold(frames.ccdf_frame(values), ax, threshold=40, threshold_lo=30, threshold_hi=50)
    steps = next(line for line in ax.lines if line.get_drawstyle() == "steps-pre")
    assert list(zip(steps.get_xdata(), steps.get_ydata(), strict=True)) == [(1, 1), (2, 0.75), (50, 0.25)]
    assert list(ax.lines[0].get_xdata()) == [40, 40]
    assert (ax.patches[0].get_x(), ax.patches[0].get_width()) == (30, 20)


def test_log10_values_are_drawn_as_what_they_stand_for(ax: Axes) -> None:
    tails.ccdf_with_threshold(frames.ccdf_frame(np.array([-1.0, 0.0, 2.0])), ax, threshold=1.0, log10_units=True)
    steps = next(line for line in ax.lines if line.get_drawstyle() == "steps-pre")
    assert list(steps.get_xdata()) == pytest.approx([0.1, 1, 100])


def test_rate_against_age_leaves_ads_out_and_marks_the_viral(ax: Axes) -> None:
    rows = frames.verdict_rows(300)
    rates.rate_against_age(rows, frames.lowess_line(), ax)
    others, viral, line = ax.lines
    kept = rows[~rows["ad"]]
    assert len(others.get_xdata()) + len(viral.get_xdata()) == len(kept)
    assert sorted(viral.get_xdata()) == pytest.approx(sorted(kept.loc[kept["viral_for_age"], "age_h"]))
    assert list(line.get_ydata()) == pytest.approx([10**rate for rate in frames.lowess_line()["rate_log10"]])


def test_every_tiktok_with_both_numbers_is_in_one_hexagon(ax: Axes) -> None:
    tiktoks = frames.verdict_rows(300)
    tiktoks.loc[:9, "likes"] = 0
    tiktoks.loc[10:19, "user_followers"] = pd.NA
    density.followers_and_likes(tiktoks, ax)
    assert sum(ax.collections[0].get_array()) == 280
    assert "n = 280, 20 not drawn" in ax.get_xlabel()


def test_few_tiktoks_are_points(ax: Axes) -> None:
    tiktoks = frames.verdict_rows(30)
    density.comments_per_like_and_followers(tiktoks, ax)
    good = tiktoks[(tiktoks["comments"] > 0)]
    assert list(ax.lines[0].get_ydata()) == pytest.approx(
        [c / n for c, n in zip(good["comments"], good["likes"], strict=True)]
    )


def test_the_forest_has_a_row_a_creator_from_guaranteed_to_possible(ax: Axes) -> None:
    ranked = frames.ranked_creators()
    forest.creator_gains(ranked.sample(frac=1, random_state=1), ax, rows=10)
    top = ranked.sort_values("gain_rank").head(10)
    assert [tick.get_text() for tick in ax.get_yticklabels()] == [f"@{name}" for name in top["creator"]]
    spans = sorted(tuple(path.vertices[:, 0]) for c in ax.collections for path in c.get_paths())
    assert spans == sorted(zip(top["followers_gain_lo"], top["followers_gain_hi"], strict=True))


def test_the_event_study_draws_both_groups_and_their_intervals(ax: Axes) -> None:
    course = frames.course_frame()
    onset.followers_around_onset(course, ax)
    for group, line in zip(("onset", "matched"), ax.lines, strict=False):
        assert list(line.get_ydata()) == pytest.approx(list(course.loc[course["group"] == group, "log_gain"]))
    assert len(ax.collections) == 2


def test_uses_seen_never_fall_and_end_where_the_frame_does(ax: Axes) -> None:
    uses = frames.uses_frame()
    audios.uses_seen(uses, ax, audio_keys=["694", "missing", "692"])
    drawn = [value for _, value in curves(ax)]
    assert [value[-1] for value in drawn] == [
        uses.loc[uses["audio_key"] == key, "uses_seen"].max() for key in ("694", "692")
    ]


def test_the_histogram_counts_every_ratio_above_zero_and_marks_percentiles(ax: Axes) -> None:
    values = pd.Series([0.0, None, *np.geomspace(0.01, 100, 200)], dtype="Float64")
    ratios.ratio_histogram(values, ax, percentiles=frames.percentiles_frame(), prefix="tiktok")
    assert sum(bar.get_height() for bar in ax.patches if bar.get_facecolor()[3] == 0.75) == 200
    assert [line.get_xdata()[0] for line in ax.lines] == [0.02, 0.8, 40.0]
    assert "n = 200 of 202" in ax.get_xlabel()


def test_a_percentile_whose_interval_is_no_answer_is_not_drawn(ax: Axes) -> None:
    percentiles = frames.percentiles_frame()
    percentiles.loc[percentiles["name"] == "tiktok p95", "answerable"] = False
    ratios.ratio_histogram(pd.Series(np.geomspace(0.01, 100, 200), dtype="Float64"), ax, percentiles=percentiles)
    assert [line.get_xdata()[0] for line in ax.lines] == [0.02, 0.8]
    assert not [text for text in ax.texts if text.get_text().startswith("p95")]


def test_the_specification_curve_draws_all_sixty_cells(ax: Axes) -> None:
    cells = frames.cells_frame(unanswered=7)
    curve.specification_curve(cells, ax)
    answered = next(line for line in ax.lines if line.get_label() == "answered")
    crossed = next(line for line in ax.lines if line.get_label() == "too few to tell")
    assert list(answered.get_ydata()) == sorted(cells["overlap"].dropna(), reverse=True)
    assert len(answered.get_xdata()) + len(crossed.get_xdata()) == 60
    chosen = [line for line in ax.lines if line.get_marker() == "s" and line.get_markersize() == 4]
    assert [len(line.get_xdata()) for line in chosen] == [12] * 5 + [15] * 4 + [20] * 3


def test_the_calendar_has_a_cell_an_hour_and_gaps_are_no_zeros(ax: Axes) -> None:
    runs.run_calendar(HOURS, ax)
    healthy, gaps = ax.collections
    assert len(healthy.get_paths()) == int(HOURS["healthy"].sum())
    cells = sorted((path.vertices[:, 0].min(), path.vertices[:, 1].min()) for path in gaps.get_paths())
    assert [(int(hour), int(day)) for hour, day in cells] == [(4, 4), (6, 1), (7, 1), (8, 1)]


def test_no_line_of_similarity_crosses_a_gap(ax: Axes) -> None:
    similarity = frames.similarity_frame().head(120)
    runs.run_similarity(similarity, ax, hours=HOURS)
    line, points = ax.lines[:2]
    assert list(points.get_ydata()) == pytest.approx(list(similarity["jaccard"]))
    assert int(np.isnan(line.get_ydata()).sum()) == int((similarity["hours"] > 1.5).sum()) == 2


def test_accumulation_draws_the_three_curves(ax: Axes) -> None:
    seen = frames.accumulation_frame()
    runs.accumulation_curve(seen, ax)
    assert [value for _, value in curves(ax)] == [list(seen[column]) for column in ("tiktoks", "creators", "audios")]


def test_upload_hours_are_bars_of_shares_with_intervals(ax: Axes) -> None:
    times = frames.upload_times_frame()
    uploads.upload_times(times, ax)
    assert [bar.get_height() for bar in ax.patches] == pytest.approx(list(times["share"]))
    spans = [tuple(path.vertices[:, 1]) for path in ax.collections[0].get_paths()]
    assert spans == [pytest.approx(pair) for pair in zip(times["share_lo"], times["share_hi"], strict=True)]


def test_the_points_behind_an_association_are_those_that_tell_both(ax: Axes) -> None:
    points = _points()
    pairs.association(points, ax, pair="posting ~ likes")
    assert list(ax.lines[0].get_xdata()) == list(points["x"].iloc[40:])
    assert "n = 40" in ax.get_xlabel()

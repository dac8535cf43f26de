"""An axis ends near what is to be seen, and what lies beyond it is pointed to, numbered and counted."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PolyCollection
from matplotlib.dates import date2num

from analysis.plots import histories, rates
from analysis.plots.parts import style
from analysis.plots.parts.edges import Sight, beyond_told, point_beyond, wide_axis
from analysis.plots.parts.steps import rug_room
from tests.analysis.plots import plot_frames as frames
from tests.analysis.plots.test_room import cut, overlaps, words


def arrows(ax: Axes) -> list[tuple[str, float]]:
    """Each arrow's way, and where it stands on the axis of the plot's time."""
    lines = [line for line in ax.lines if line.get_transform() == ax.get_xaxis_transform()]
    return [(str(line.get_marker()), float(x)) for line in lines for x in line.get_xdata()]


def gains(point: list[float], *, hours: float = 1.0) -> pd.DataFrame:
    """Of `growth.gains`: consecutive pairs of one TikTok, so many hours long, certain to the like."""
    starts = frames.moments([n * hours for n in range(len(point))])
    each = pd.Series(np.array(point) * hours).round()
    return pd.DataFrame(
        {
            "id": pd.Series(["71"] * len(point), dtype="str"),
            "start": starts,
            "end": starts + pd.Timedelta(hours=hours),
            "hours": pd.array([hours] * len(point), dtype="Float64"),
            "lo": frames.int64([int(n) for n in each]),
            "hi": frames.int64([int(n) for n in each]),
            "point": each.astype("Float64"),
        }
    )


@pytest.mark.parametrize(
    ("values", "sight"),
    [
        ([], Sight(0, 0)),
        ([5.0], Sight(5, 5)),
        ([0.0, 1.0, 900.0], Sight(0, 900)),  # of so few none stands apart
        ([0.0, 1.0, 2.0, 900.0], Sight(0, 2, above=1)),
        ([0.0, 1.0, 2.0, 5.0], Sight(0, 5)),
        ([-900.0, 0.0, 1.0, 2.0], Sight(0, 2, below=1)),
        ([-900.0, 0.0, 1.0, 2.0, 3.0, 900.0], Sight(0, 3, below=1, above=1)),
        ([7.0, 7.0, 7.0, 7.0, 900.0], Sight(7, 900)),  # of one value there is no rest to see
        ([0.0, 1.0, 2.0, np.nan, np.inf, 900.0], Sight(0, 2, above=1)),
        ([0.0, 1.0, 2.0, 800.0, 900.0], Sight(0, 900)),  # two of five are no exception
    ],
)
def test_only_a_lone_extreme_is_out_of_sight(values: list[float], sight: Sight) -> None:
    assert Sight.of(np.array(values)) == sight


def test_of_hundreds_a_few_may_stand_apart_together() -> None:
    values = np.concatenate([np.arange(300.0), [80_000.0, 90_000.0]])
    assert Sight.of(values) == Sight(0, 299, above=2)


@settings(deadline=None, max_examples=200)
@given(st.lists(st.floats(-1e9, 1e9), max_size=60))
def test_sight_counts_what_it_leaves_out_and_leaves_out_little(values: list[float]) -> None:
    told = np.array(values)
    sight = Sight.of(told)
    if told.size:
        assert sight.below == (told < sight.low).sum()
        assert sight.above == (told > sight.high).sum()
        assert sight.below <= 1 >= sight.above
        assert sight.low in told
        assert sight.high in told


def test_one_false_rate_does_not_flatten_the_others_and_is_pointed_to() -> None:
    _, ax = style.new_figure()
    told = [4_000.0 + 100 * n for n in range(20)]
    told[7] = 30e6
    frame = gains(told)
    rates.likes_per_hour(frame, ax)
    assert 5_900 < ax.get_ylim()[1] < 7_000
    ((way, at),) = arrows(ax)
    assert way == "^"
    assert at == pytest.approx(date2num(frames.START) + 7.5 / 24)
    assert "30M" in [text.get_text() for text in ax.texts]
    assert "beyond the axis" in [text.get_text() for text in ax.get_legend().get_texts()]
    assert rates.rates_told(frame) == "1 of 20 rates lies beyond the axis: arrows, with the values."
    assert overlaps(words(ax)) == []
    assert cut(ax, words(ax)) == []


def test_rates_without_an_exception_are_all_on_the_axis() -> None:
    _, ax = style.new_figure()
    frame = gains([4_000.0 + 100 * n for n in range(20)])
    rates.likes_per_hour(frame, ax)
    assert arrows(ax) == []
    assert rates.rates_told(frame) == ""


def test_a_loose_bound_does_not_stretch_the_axis() -> None:
    _, ax = style.new_figure()
    frame = gains([4_000.0] * 10)
    frame.loc[3, "hi"] = 6_000_000  # a minute apart, what rounding leaves open is anything
    frame.loc[4, "hi"] = 6_000
    rates.likes_per_hour(frame, ax)
    assert 6_000 < ax.get_ylim()[1] <= 4_000 * rates.TOPS * 1.08


def test_where_nothing_is_certain_the_axis_holds_most_of_what_is_possible() -> None:
    _, ax = style.new_figure()
    frame = gains([0.0] * 9)
    frame["hi"] = frames.int64([800, 900, 1_000, 1_100, 1_200, 1_300, 1_400, 1_500, 6_000_000])
    rates.likes_per_hour(frame, ax)
    assert 1_200 <= ax.get_ylim()[1] < 10_000


def test_rates_of_many_sizes_stand_on_a_log_axis_with_its_zero() -> None:
    _, ax = style.new_figure()
    rates.likes_per_hour(gains([0.0, 20.0, 30.0, 40.0, 50.0, 9e4, 4e5, 3e5, 2e5, 1e5]), ax)
    assert ax.get_yscale() == "symlog"
    ax.figure.draw_without_rendering()
    low, high = ax.get_ylim()
    told = [
        label.get_text() for at, label in zip(ax.get_yticks(), ax.get_yticklabels(), strict=True) if low <= at <= high
    ]
    assert told == ["0", "10", "100", "1k", "10k", "100k"]
    assert "log axis" in ax.get_ylabel()
    assert overlaps(words(ax)) == []


@pytest.mark.parametrize(("least", "most", "wide"), [(1.0, 900.0, False), (1.0, 1_100.0, True), (0.0, 0.0, False)])
def test_an_axis_is_wide_from_three_powers_of_ten(least: float, most: float, wide: bool) -> None:
    _, ax = style.new_figure()
    ax.set_ylim(0, max(most, 1) * 1.1)
    assert wide_axis(ax, np.array([least] * 5 + [most] * 5)) is wide


@pytest.mark.parametrize("scale", ["linear", "symlog"])
def test_room_for_rugs_is_made_on_either_scale(scale: str) -> None:
    _, ax = style.new_figure()
    ax.set_ylim(0, 1e5)
    ax.set_yscale(scale)
    ax.set_ylim(0, 1e5)
    assert rug_room(ax, 3) == 0
    foot = ax.transLimits.transform(ax.transScale.transform((0.5, 0)))[1]
    assert 0.08 < foot < 0.12  # three rows of 6.9 points on some 233
    assert ax.get_ylim()[1] == 1e5


def test_one_count_far_below_all_others_does_not_press_the_lines_together() -> None:
    _, ax = style.new_figure()
    followers = frames.followers_frame(2)  # which may fall, so no sighting of them is strange
    followers.loc[5, ["followers", "followers_lo", "followers_hi"]] = -90_000_000
    histories.follower_curves(followers, ax)
    assert ax.get_ylim()[0] > -5_000_000
    ((way, at),) = arrows(ax)
    assert way == "v"
    assert at == pytest.approx(date2num(followers["at"][5]))
    (arrow,) = [line for line in ax.lines if line.get_transform() == ax.get_xaxis_transform()]
    rugs = [c for c in ax.collections if isinstance(c, LineCollection)]
    assert float(arrow.get_ydata()[0]) > max(segment[1][1] for rug in rugs for segment in rug.get_segments())
    bands = [c for c in ax.collections if isinstance(c, PolyCollection)]
    seen = [float(y) for band in bands for path in band.get_paths() for y in path.vertices[:, 1]]
    assert min(y for y in seen if y > -80_000_000) >= ax.get_ylim()[0]
    (told,) = [text.get_text() for text in ax.texts if "M" in text.get_text()]
    assert told == "\N{MINUS SIGN}90M"  # less the first, some 20,000
    assert histories.followers_told(followers).startswith(f"1 of {len(followers)} sightings lies beyond the axis")


def test_a_last_sighting_far_above_all_others_is_pointed_to_as_well() -> None:
    _, ax = style.new_figure()
    likes = frames.likes_frame(2)
    last = likes.index[-1]
    likes.loc[last, ["likes", "likes_lo", "likes_hi"]] = 900_000_000
    histories.change_in_likes(likes, ax)
    assert arrows(ax) == [("^", pytest.approx(date2num(likes["scraped_at"][last])))]
    assert overlaps(words(ax)) == []
    assert histories.changes_told(likes).startswith(f"1 of {len(likes)} sightings lies beyond the axis")


def test_several_beyond_one_edge_say_how_many_and_from_where_to_where() -> None:
    _, ax = style.new_figure()
    ax.set(xlim=(0, 10), ylim=(0, 5))
    assert point_beyond(ax, [np.array([1.0, 2.0, 9.0])], [np.array([3.0, 700.0, 9_000.0])], style.LIGHT) == 2
    assert arrows(ax) == [("^", 2.0), ("^", 9.0)]
    assert [text.get_text() for text in ax.texts] == ["2: 700 to 9k"]
    assert cut(ax, words(ax)) == []


def test_captions_count_over_all_panels() -> None:
    assert beyond_told([Sight(0, 1)], 9, "rates") == ""
    assert beyond_told([Sight(0, 1, 1, 0), Sight(0, 1, 0, 2)], 1234, "sightings").startswith(
        "3 of 1,234 sightings lie "
    )

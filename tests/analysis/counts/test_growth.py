"""Series tightened, cut and differenced: against plain Python loops, and against series whose truth is known."""

from __future__ import annotations

import itertools
import math
from collections import defaultdict
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.counts.bounds import with_bounds
from analysis.counts.growth import best_gain, falls, gain_between, gains, key_of, possible_gain, tightened, value_at
from analysis.terms.errors import BadArgument, MissingColumn

START = pd.Timestamp("2025-03-01", tz="UTC")
Row = tuple[str, int, int | None, int | None]  # key, minute, lo, hi


def _bounded(rows: list[Row], count: str = "likes") -> pd.DataFrame:
    return pd.DataFrame(
        {
            key_of(count): pd.array([row[0] for row in rows], dtype="str"),
            "scraped_at": pd.DatetimeIndex(
                [START + pd.Timedelta(minutes=row[1]) for row in rows], dtype="datetime64[us, UTC]"
            ),
            f"{count}_lo": pd.array([row[2] for row in rows], dtype="Int64"),
            f"{count}_hi": pd.array([row[3] for row in rows], dtype="Int64"),
        }
    )


def _minute(time: Any) -> int:
    return int((time - START) / pd.Timedelta(minutes=1))


def _rows(tight: pd.DataFrame) -> list[tuple[Any, ...]]:
    key = tight.columns[0]
    return [
        (row[key], _minute(row["scraped_at"]), row["lo"], None if pd.isna(row["hi"]) else row["hi"], row["segment"])
        for row in tight.to_dict("records")
    ]


def _slowly(rows: list[Row]) -> list[tuple[str, int, int, int | None, int]]:
    """The same series by plain loops: merge, cut, tighten."""
    moments: dict[str, dict[int, list[tuple[int, float]]]] = defaultdict(lambda: defaultdict(list))
    for key, minute, lo, hi in rows:
        if lo is not None:
            moments[key][minute].append((lo, math.inf if hi is None else hi))
    out: list[tuple[str, int, int, int | None, int]] = []
    for key in sorted(moments):
        line: list[tuple[int, int, float]] = []
        for minute in sorted(moments[key]):
            los, his = zip(*moments[key][minute], strict=True)
            agree = max(los) <= min(his)
            line.append((minute, max(los) if agree else min(los), min(his) if agree else max(his)))
        for number, part in enumerate(_parts(line)):
            for at, (minute, _, _) in enumerate(part):
                highest = max(moment[1] for moment in part[: at + 1])
                lowest = min(moment[2] for moment in part[at:])
                out.append((key, minute, highest, None if lowest == math.inf else int(lowest), number))
    return out


def _parts(line: list[tuple[int, int, float]]) -> list[list[tuple[int, int, float]]]:
    """Cut a line at its falls; what may be on either side of one stands alone."""
    parts: list[list[tuple[int, int, float]]] = []
    begin = 0
    for at in range(1, len(line)):
        above = [j for j in range(begin, at) if line[j][1] > line[at][2]]
        if above:
            parts.append(line[begin : above[-1] + 1])
            parts.extend([moment] for moment in line[above[-1] + 1 : at])
            begin = at
    return [*parts, line[begin:]] if line else []


_row = st.tuples(
    st.sampled_from("abc"), st.integers(0, 30), st.none() | st.integers(0, 60), st.none() | st.integers(0, 25)
).map(lambda row: (row[0], row[1], row[2], None if row[2] is None or row[3] is None else row[2] + row[3]))


@settings(deadline=None, max_examples=60)
@given(st.lists(_row, max_size=40))
def test_a_series_is_what_plain_loops_make_of_it(rows: list[Row]) -> None:
    assert _rows(tightened(_bounded(rows), "likes")) == _slowly(rows)


@settings(deadline=None, max_examples=25)
@given(st.lists(_row, max_size=30), st.randoms(use_true_random=False))
def test_the_order_of_lines_and_the_other_keys_change_nothing(rows: list[Row], random: Any) -> None:
    whole = _rows(tightened(_bounded(rows), "likes"))
    shuffled = rows[:]
    random.shuffle(shuffled)
    assert _rows(tightened(_bounded(shuffled), "likes")) == whole
    alone = [_rows(tightened(_bounded([row for row in rows if row[0] == key]), "likes")) for key in "abc"]
    assert list(itertools.chain(*alone)) == whole


def _site_rounds(n: int) -> int:
    step = 1 if n < 10_000 else 100 if n < 999_999 else 100_000 if n < 999_999_999 else 100_000_000
    return (2 * n + step) // (2 * step) * step


@settings(deadline=None, max_examples=50)
@given(
    st.integers(0, 10**9) | st.integers(9_000, 12_000) | st.integers(999_000, 1_100_000),
    st.lists(st.tuples(st.integers(0, 500) | st.integers(0, 10**6), st.integers(0, 3), st.booleans()), max_size=30),
)
def test_a_count_that_never_falls_stays_within_its_bounds_and_is_never_cut(
    first: int, steps: list[tuple[int, int, bool]]
) -> None:
    """Rounded and exact sightings mixed in one series, some at the same moment."""
    truth, minute, lines = first, 0, []
    for gain, wait, exact in steps:
        truth, minute = (truth + gain, minute + wait) if wait else (truth, minute)
        lines.append((minute, truth, exact))
    frame = pd.DataFrame(
        {
            "id": pd.array(["a"] * len(lines), dtype="str"),
            "scraped_at": pd.DatetimeIndex(
                [START + pd.Timedelta(minutes=line[0]) for line in lines], dtype="datetime64[us, UTC]"
            ),
            "likes": pd.array([line[1] if line[2] else _site_rounds(line[1]) for line in lines], dtype="Int64"),
            "likes_step": pd.array([1 if line[2] else None for line in lines], dtype="Int64"),
        }
    )
    bounded = with_bounds(frame)
    tight = tightened(bounded, "likes")
    assert len(falls(bounded, "likes")) == 0
    assert (tight["segment"] == 0).all()
    true_at = {minute: value for minute, value, _ in lines}
    values = [true_at[_minute(at)] for at in tight["scraped_at"]]
    assert all(lo <= value <= hi for lo, value, hi in zip(tight["lo"], values, tight["hi"], strict=True))
    found = gains(tight, "likes")
    true_gains = np.diff(values)
    assert all(lo <= gain <= hi for lo, gain, hi in zip(found["lo"], true_gains, found["hi"], strict=True))
    assert (found["lo"] - 1e-6 <= found["point"]).all()
    assert (found["point"] <= found["hi"] + 1e-6).all()


def test_a_fall_is_cut_counted_and_no_growth_is_claimed_across_it() -> None:
    bounded = _bounded([("a", 0, 100, 100), ("a", 60, 120, 120), ("a", 120, 90, 90), ("a", 180, 130, 130)])
    assert [row[2:] for row in _rows(tightened(bounded, "likes"))] == [
        (100, 100, 0),
        (120, 120, 0),
        (90, 90, 1),
        (130, 130, 1),
    ]
    fall = falls(bounded, "likes").to_dict("records")
    assert [(f["id"], _minute(f["start"]), _minute(f["end"]), f["lost"], f["unplaced"]) for f in fall] == [
        ("a", 60, 120, 30, 0)
    ]
    assert gains(tightened(bounded, "likes"), "likes")[["lo", "hi"]].to_numpy().tolist() == [[20, 20], [40, 40]]


def test_wide_sightings_that_fit_both_sides_of_a_fall_belong_to_neither() -> None:
    """12345, then 12.3K, then 12260: the middle one may have been 12345 or 12255."""
    bounded = _bounded([("a", 0, 12_345, 12_345), ("a", 60, 12_250, 12_349), ("a", 120, 12_260, 12_260)])
    assert [row[2:] for row in _rows(tightened(bounded, "likes"))] == [
        (12_345, 12_345, 0),
        (12_250, 12_349, 1),
        (12_260, 12_260, 2),
    ]
    assert falls(bounded, "likes")["unplaced"].tolist() == [1]
    assert falls(bounded, "likes")["lost"].tolist() == [85]
    assert len(gains(tightened(bounded, "likes"), "likes")) == 0


def test_counts_that_may_fall_are_neither_tightened_nor_cut_nor_floored() -> None:
    bounded = _bounded([("a", 0, 100, 109), ("a", 60, 50, 59), ("a", 120, None, None)], "user_followers")
    tight = tightened(bounded, "user_followers")
    assert [row[2:] for row in _rows(tight)] == [(100, 109, 0), (50, 59, 0)]
    assert gains(tight, "user_followers")[["lo", "hi", "hours"]].to_numpy().tolist() == [[-59, -41, 1.0]]
    assert len(falls(bounded, "user_followers")) == 0


def test_a_creators_count_is_told_once_however_many_of_their_tiktoks_carry_it() -> None:
    bounded = _bounded([("x", 10, 5, 5), ("x", 20, 5, 5), ("x", 70, 9, 9)], "user_followers")
    bounded["user_scraped_at"] = bounded["scraped_at"].where(pd.Series([False, False, True])).fillna(START)
    tight = tightened(bounded, "user_followers")
    assert [_minute(at) for at in tight["scraped_at"]] == [0, 70]
    assert tight["sightings"].tolist() == [2, 1]


@settings(deadline=None, max_examples=25)
@given(st.lists(_row, max_size=30), st.sampled_from([0.25, 0.1, 1.0]))
def test_the_best_gain_is_the_best_of_all_pairs(rows: list[Row], hours: float) -> None:
    for count in ("likes", "comments"):
        tight = tightened(_bounded(rows, count), count)
        best: dict[str, tuple[float, int, int]] = {}
        series = _rows(tight)
        for (key, start, _, hi, segment), (other, end, lo, _, other_segment) in itertools.combinations(series, 2):
            if (key, segment) == (other, other_segment) and hi is not None:
                gain = lo - hi if count == "comments" else max(0, lo - hi)
                found = (gain / math.ceil((end - start) / (60 * hours)), -start, -end)
                best[key] = max(found, best.get(key, (-math.inf, 0, 0)))
        answer = best_gain(tight, count, hours)
        assert answer["id"].tolist() == sorted({row[0] for row in series})
        for row in answer.to_dict("records"):
            if row["id"] in best:
                gain, start, end = best[row["id"]]
                assert (row["gain"], _minute(row["start"]), _minute(row["end"])) == (pytest.approx(gain), -start, -end)
            else:
                assert pd.isna(row["gain"])
                assert pd.isna(row["start"])


@settings(deadline=None, max_examples=25)
@given(st.integers(0, 2**32), st.sampled_from([1.0, 2.5, 6.0]))
def test_what_a_window_held_lies_between_the_certain_and_the_possible(seed: int, hours: float) -> None:
    """The truth grows by the minute; it is seen, rounded, at a few moments."""
    draw = np.random.default_rng(seed)
    truth = 9_000 + np.cumsum(draw.poisson(draw.choice([0.1, 20.0], 1200)))
    seen = np.sort(draw.choice(1200, size=int(draw.integers(2, 12)), replace=False))
    rows: list[Row] = [("a", int(at), int(truth[at]) // 500 * 500, int(truth[at]) // 500 * 500 + 499) for at in seen]
    tight = tightened(_bounded(rows), "likes")
    certain = best_gain(tight, "likes", hours)["gain"].iloc[0]
    possible = possible_gain(tight, "likes", hours)["possible"].iloc[0]
    width = int(hours * 60)
    within = [truth[min(t + width, seen[-1])] - truth[t] for t in range(seen[0], seen[-1])]
    assert certain <= max(within) <= possible


def test_a_gain_between_asks_the_nearest_sightings_and_only_near_ones() -> None:
    tight = tightened(_bounded([("a", 0, 10, 19), ("a", 60, 20, 29), ("a", 600, 50, 59), ("b", 0, 1, 1)]), "likes")
    asked = pd.DataFrame(
        {
            "id": ["a", "a", "b", "nobody", "a"],
            "start": [START + pd.Timedelta(minutes=m) for m in (5, 20, 0, 0, 300)],
            "end": [START + pd.Timedelta(minutes=m) for m in (601, 40, 600, 600, 600)],
        },
        index=[9, 8, 7, 6, 5],
    )
    found = gain_between(tight, "likes", asked, slack_hours=1)
    assert list(found.index) == [9, 8, 7, 6, 5]
    assert found[["lo", "hi", "hours"]].head(2).to_numpy().tolist() == [[31, 49, 10.0], [1, 19, 1.0]]
    assert _minute(found["from"].iloc[0]) == 0
    assert found.loc[[7, 6, 5], ["lo", "hi", "point", "hours", "from"]].isna().all(axis=None)


def test_a_value_between_sightings_lies_between_their_bounds() -> None:
    rows: list[Row] = [("a", 0, 10, 19), ("a", 60, 40, 49), ("b", 0, 7, 7)]
    tight = tightened(_bounded(rows), "likes")
    asked = pd.DataFrame({"id": ["a", "a", "a", "b"], "at": [START + pd.Timedelta(minutes=m) for m in (30, 60, 90, 0)]})
    found = value_at(tight, "likes", asked)
    assert found["lo"].tolist() == [10, 40, pd.NA, 7]
    assert found["hi"].tolist() == [49, 49, pd.NA, 7]
    assert found["point"].tolist() == [29.5, 44.5, pd.NA, 7.0]


@pytest.mark.parametrize("count", ["likes", "user_followers"])
def test_nothing_told_gives_typed_empty_frames(count: str) -> None:
    for rows in ([], [("a", 0, None, None)]):
        bounded = _bounded(rows, count)  # type: ignore[arg-type]
        tight = tightened(bounded, count)
        asked = pd.DataFrame({key_of(count): ["a"], "start": [START], "end": [START], "at": [START]})
        for frame in (tight, gains(tight, count), best_gain(tight, count, 24), falls(bounded, count)):
            assert len(frame) == 0
            assert str(frame.dtypes.iloc[0]) == "str"
        assert len(possible_gain(tight, count, 24)) == 0
        assert tight.dtypes.astype(str).to_dict()["scraped_at"] == "datetime64[us, UTC]"
        assert gain_between(tight, count, asked, 1).isna().all(axis=None)
        assert value_at(tight, count, asked).isna().all(axis=None)


def test_what_cannot_be_asked_is_said_in_words() -> None:
    bounded = _bounded([("a", 0, 1, 1)])
    with pytest.raises(BadArgument, match=r"expected one of likes, comments.*found 'heart'"):
        tightened(bounded, "heart")
    with pytest.raises(MissingColumn, match="no shares_lo, shares_hi"):
        tightened(bounded, "shares")
    with pytest.raises(BadArgument, match="more than 0 hours"):
        best_gain(tightened(bounded, "likes"), "likes", 0)

"""Likes that wrapped are found again: by arithmetic on paper, and on histories whose truth is known."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.counts.bounds import with_bounds
from analysis.counts.growth import gains
from analysis.counts.overflow import history, overflowed, unwrapped

START = pd.Timestamp("2025-03-01", tz="UTC")


def _sent(total: int) -> int:
    """*total* as the bits of a signed 32-bit number, by way of bytes."""
    return int.from_bytes((total % 2**32).to_bytes(4, "little"), "little", signed=True)


def _grid(total: int) -> int:
    for edge, step in ((10_000, 1), (999_999, 100), (999_999_999, 100_000)):
        if total < edge:
            return step
    return 100_000_000


def _line(total: int, how: str, *, followers: int = 41_234_567) -> dict[str, Any]:
    """What the file holds of a creator with *total* likes. how: stats, statsV2 or card (of era a)."""
    step = _grid(total)
    shown = (total + step // 2) // step * step
    line: dict[str, Any] = {"repair": None, "source": "detail", "followers": followers, "followers_step": 1}
    if how == "statsV2":
        return line | {"likes": total, "step": 1}
    if how == "card":
        sent = _sent(total)
        if sent < 0:
            return line | {"likes": sent + 2**32, "step": 1, "repair": "minimum", "source": "card"}
        step = _grid(sent)
        return line | {"likes": (sent + step // 2) // step * step, "step": step, "source": "card"}
    line |= {"source": "item", "followers": followers // 100_000 * 100_000, "followers_step": 100_000}
    if total < 2**31:
        return line | {"likes": shown, "step": step}
    sent = _sent(total)
    negative = sent < 0
    step = 1 if negative or sent % _grid(sent) else _grid(sent)
    return line | {"likes": sent + 2**32 if negative else sent, "step": step, "repair": "minimum" if negative else None}


def _bounded(lines: list[dict[str, Any]], creator: str = "c") -> pd.DataFrame:
    frame = pd.DataFrame(
        {
            "creator": pd.array([creator] * len(lines), dtype="str"),
            "scraped_at": pd.DatetimeIndex(
                [START + pd.Timedelta(hours=line.get("hour", at)) for at, line in enumerate(lines)],
                dtype="datetime64[us, UTC]",
            ),
            "user_likes": pd.array([line["likes"] for line in lines], dtype="Int64"),
            "user_likes_step": pd.array([line["step"] for line in lines], dtype="Int64"),
            "user_likes_repair": pd.array([line["repair"] for line in lines], dtype="str"),
            "user_source": pd.array([line["source"] for line in lines], dtype="str"),
            "user_followers": pd.array([line["followers"] for line in lines], dtype="Int64"),
            "user_followers_step": pd.array([line["followers_step"] for line in lines], dtype="Int64"),
        }
    )
    return with_bounds(frame)


@pytest.mark.parametrize(
    ("printed", "total"), [("-1934013585", 2_360_953_711), ("-2131727774", 2_163_239_522)], ids=["khaby", "bella"]
)
def test_the_two_overflowed_creators_of_2022(printed: str, total: int) -> None:
    """The same bits read as an unsigned number: numpy's cast is the other road."""
    assert int(np.array([int(printed)], np.int64).astype(np.int32).view(np.uint32)[0]) == total
    line = {"likes": int(printed) + 2**32, "step": 1, "repair": "minimum", "source": None}
    found = unwrapped(_bounded([line | {"followers": 149_000_000, "followers_step": 100_000}])).iloc[0]
    assert (found["sent"], found["wraps"], found["lo"], found["kind"]) == (int(printed), 1, total, "modulo")
    assert pd.isna(found["hi"])
    assert not found["known"]


def test_statsv2_once_tells_all_other_sightings_how_often_they_wrapped() -> None:
    """-977433948 beside 11907467940 (site.md 7.4): three wraps, also an hour before and after."""
    totals = [11_907_400_000 + 12_345, 11_907_467_940, 11_907_500_321]
    assert _sent(totals[1]) == -977_433_948
    lines = [_line(totals[0], "stats"), _line(totals[1], "statsV2"), _line(totals[2], "stats")]
    found = unwrapped(_bounded(lines))
    assert found["lo"].tolist() == found["hi"].tolist() == totals
    assert found["wraps"].tolist() == [3, 3, 3]
    assert found["known"].all()


def test_crossing_2_to_31_and_2_to_32_is_followed() -> None:
    totals = [2_100_000_777, 2_200_000_001, 4_200_000_003, 4_400_000_009, 6_400_000_011, 6_600_000_123]
    lines = [_line(total, "stats") for total in totals]
    assert [line["repair"] for line in lines] == [None, "minimum", "minimum", None, None, "minimum"]
    found = unwrapped(_bounded(lines))
    assert found["kind"].tolist() == ["rounded", "modulo", "modulo", "modulo", "modulo", "modulo"]
    assert found["wraps"].tolist() == [0, 1, 1, 1, 1, 2]
    assert found["lo"].tolist()[1:] == found["hi"].tolist()[1:] == totals[1:]
    assert found["lo"].iloc[0] <= totals[0] <= found["hi"].iloc[0]
    summary = overflowed(_bounded(lines)).iloc[0]
    assert (summary["wraps"], summary["lo"], summary["silent"]) == (2, totals[-1], 2)
    assert summary["gained"] == totals[-1] - totals[1]


def test_without_any_total_the_gain_is_exact_and_the_total_a_lower_bound() -> None:
    totals = [12_020_000_000 + 7, 12_100_000_000 + 9, 12_310_000_000 + 5]
    bounded = _bounded([_line(total, "stats") for total in totals])
    found = unwrapped(bounded)
    assert found["hi"].isna().all()
    assert (found["lo"].to_numpy(np.int64) <= totals).all()
    assert ((np.array(totals) - found["lo"].to_numpy(np.int64)) % 2**32 == 0).all()
    assert found["cumulative"].tolist() == [0, totals[1] - totals[0], totals[2] - totals[0]]
    series = gains(history(bounded), "user_likes")
    assert series["lo"].tolist() == series["hi"].tolist() == [totals[1] - totals[0], totals[2] - totals[1]]


def test_a_creator_who_never_wrapped_is_as_told() -> None:
    totals = [9_000, 12_345, 999_960, 1_234_567, 1_200_000]
    for how in ("stats", "statsV2", "card"):
        bounded = _bounded([_line(total, how) for total in totals])
        found = unwrapped(bounded)
        assert found["lo"].tolist() == bounded["user_likes_lo"].tolist()
        assert found["hi"].tolist() == bounded["user_likes_hi"].tolist()
        assert len(overflowed(bounded)) == 0


_steps = st.integers(-(10**6), 5 * 10**8)
_first = st.integers(0, 3 * 2**32) | st.sampled_from([2**31 - 50, 2**32 - 50, 2**32 + 2**31 - 50])


def _totals(first: int, steps: list[int]) -> list[int]:
    totals = [first]
    for step in steps:
        totals.append(max(0, totals[-1] + step))
    return totals


@settings(deadline=None, max_examples=50)
@given(
    _first,
    st.lists(_steps, max_size=20),
    st.lists(st.sampled_from(["stats", "statsV2", "card"]), min_size=21),
    st.data(),
)
def test_where_one_block_tells_the_total_bounds_hold_all(
    first: int, steps: list[int], hows: list[str], data: st.DataObject
) -> None:
    """Any history that changes by less than 2^31 between sightings, in whatever mixture of blocks."""
    totals = _totals(first, steps)
    hows[data.draw(st.integers(0, len(totals) - 1))] = "statsV2"
    lines = [_line(total, how) for total, how in zip(totals, hows, strict=False)]
    found = unwrapped(_bounded(lines))
    assert all(lo <= total <= hi for lo, total, hi in zip(found["lo"], totals, found["hi"], strict=True))
    exact = [at for at, line in enumerate(lines) if line["step"] == 1]
    assert found["cumulative"].iloc[exact].tolist() == [totals[at] - totals[exact[0]] for at in exact]
    assert found["known"].all()


@settings(deadline=None, max_examples=50)
@given(st.integers(2**31, 3 * 2**32), st.lists(_steps, max_size=20))
def test_where_none_does_the_total_is_a_lower_bound_by_whole_wraps_and_gains_are_exact(
    first: int, steps: list[int]
) -> None:
    totals = [max(2**31, total) for total in _totals(first, steps)]
    lines = [_line(total, "stats") for total in totals]
    found = unwrapped(_bounded(lines))
    low = found["lo"].tolist()
    if all(line["step"] == 1 for line in lines):
        assert len({total - lo for total, lo in zip(totals, low, strict=True)}) == 1
        assert (totals[0] - low[0]) % 2**32 == 0
        assert low[0] <= totals[0]


def test_a_wrapped_number_that_lies_on_the_grid_by_chance_does_not_deceive() -> None:
    lines = [_line(2**32 - 500, "stats"), _line(2**32 + 700_000, "stats"), _line(2**32 + 900_001, "stats")]
    assert lines[1]["step"] == 100
    found = unwrapped(_bounded(lines))
    assert found["wraps"].tolist() == [1, 1, 1]
    assert found["lo"].tolist() == [2**32 - 500, 2**32 + 699_950, 2**32 + 900_001]


def test_creators_do_not_touch_each_other_and_nothing_gives_nothing() -> None:
    one = _bounded([_line(2_200_000_001, "stats"), _line(4_400_000_009, "stats")], "a")
    two = _bounded([_line(11_907_467_940, "statsV2"), _line(12_000, "stats")], "b")
    both = unwrapped(pd.concat([two, one], ignore_index=True))
    pd.testing.assert_frame_equal(both, pd.concat([unwrapped(one), unwrapped(two)], ignore_index=True))
    nothing = one.assign(user_likes=pd.array([None, None], dtype="Int64"))
    assert len(unwrapped(nothing)) == len(overflowed(nothing)) == len(history(nothing)) == 0
    assert unwrapped(nothing).dtypes.astype(str).to_dict() == unwrapped(one).dtypes.astype(str).to_dict()

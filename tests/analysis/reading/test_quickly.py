"""What is read or sorted by a shorter way comes out as by the long one."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal, assert_series_equal

from analysis.reading import judging
from analysis.reading.order import ordered
from analysis.terms.schema import MOMENT, SIGHTINGS_ORDER

FRACTIONS = ("", ".250", ".250001", ".2", ".999999999")
TIMES = st.builds(
    "{:04d}-{:02d}-{:02d}{}{:02d}:{:02d}:{:02d}{}{}".format,
    st.sampled_from([0, 1, 1677, 1899, 1900, 2016, 2026, 2199, 2200, 2262, 9999]),
    st.integers(0, 13),
    st.integers(0, 32),
    st.sampled_from(["T", " "]),
    st.integers(0, 25),
    st.integers(0, 61),
    st.integers(0, 61),
    st.sampled_from(FRACTIONS),
    st.sampled_from(["+00:00", "+00:00", "Z", "+0000", "+02:00", ""]),
)
WELL = st.datetimes(min_value=pd.Timestamp("1990-01-01"), max_value=pd.Timestamp("2100-01-01")).map(
    lambda moment: f"{moment.isoformat(timespec='milliseconds')}+00:00"
)


@given(told=st.lists(st.one_of(WELL, st.none()), max_size=6), odd=st.lists(st.one_of(TIMES, st.text(max_size=32))))
@settings(max_examples=300, deadline=None)
def test_times_are_the_same_by_either_library(told: list[str | None], odd: list[str]) -> None:
    for texts in (told, odd, told + odd[:1]):
        column = pd.Series(texts, dtype="str", index=range(7, 7 + len(texts)))
        found = judging._moment(column)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(judging, "_as_written", lambda _: None)
            expected = judging._moment(column)
        for one, other in zip(found, expected, strict=True):
            assert_series_equal(one, other, check_names=False)


def test_the_short_way_is_gone_where_times_are_as_the_crawl_writes_them() -> None:
    column = pd.Series(["2026-09-23T13:00:05.207+00:00", None, "2026-09-23T07:27:10+00:00"], dtype="str")
    found = judging._as_written(column)
    assert found is not None and found.isna().tolist() == [False, True, False]
    assert judging._as_written(pd.Series(["2026-09-23T13:00:05.207Z"], dtype="str")) is None


MOMENTS = pd.to_datetime([0, 0, 1, 2, 10**15], unit="us", utc=True).as_unit("us")
ROWS = st.lists(st.tuples(*(st.integers(0, 4) for _ in SIGHTINGS_ORDER)), max_size=12)


@given(rows=ROWS, lacking=st.booleans())
@settings(max_examples=200, deadline=None)
def test_sightings_come_in_the_order_that_sorting_all_columns_gives(rows: list[Any], lacking: bool) -> None:
    columns: dict[str, Any] = {}
    for at, name in enumerate(SIGHTINGS_ORDER):
        values = [row[at] for row in rows]
        if name == "scraped_at":
            columns[name] = pd.Series([MOMENTS[value] for value in values], dtype=MOMENT)
        else:
            columns[name] = pd.Series([None if value == 4 else str(value) for value in values], dtype="str")
    frame = pd.DataFrame(columns).assign(which=range(len(rows)))
    if lacking and len(frame):
        frame.loc[0, "scraped_at"] = pd.NaT
    expected = frame.sort_values(list(SIGHTINGS_ORDER), kind="stable", ignore_index=True)
    assert_frame_equal(ordered(frame), expected)

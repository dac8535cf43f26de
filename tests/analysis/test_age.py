"""Age from the id: read off the bits as text, and its error where the page tells the upload time."""

from __future__ import annotations

from datetime import UTC, datetime

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.age import id_error_summary, id_errors, uploaded_by_id

ID = "7126812345678901234"


def _by_bits(text: str) -> datetime:
    bits = f"{int(text):064b}"
    return datetime.fromtimestamp(int(bits[:32], 2), UTC)


@settings(deadline=None)
@given(st.lists(st.integers(10**18, 10**19 - 1).map(str), min_size=1, max_size=20))
def test_the_upper_half_of_an_id_is_its_upload_second(ids: list[str]) -> None:
    found = uploaded_by_id(pd.Series(pd.array(ids, dtype="str")))
    assert str(found.dtype) == "datetime64[us, UTC]"
    assert [time.to_pydatetime() for time in found] == [_by_bits(text) for text in ids]


def test_an_id_that_is_none_has_no_age() -> None:
    ids = pd.Series(pd.array([ID, None, "", "123", "712681234567890123", "x" * 19, "\u0667" * 19], dtype="str"))
    assert uploaded_by_id(ids).notna().tolist() == [True] + [False] * 6


def _sightings() -> pd.DataFrame:
    at = _by_bits(ID)
    created = pd.DatetimeIndex([at, at, None, None], dtype="datetime64[us, UTC]") + pd.Timedelta(seconds=7)
    return pd.DataFrame(
        {
            "id": pd.array([ID, ID, ID, "7000000000000000000"], dtype="str"),
            "scraped_at": pd.DatetimeIndex([at] * 4, dtype="datetime64[us, UTC]") + pd.Timedelta(hours=2),
            "created_at": created,
            "created_from": pd.array(["page", "id", None, None], dtype="str"),
        }
    )


def test_the_ids_error_is_measured_where_the_page_told_the_time() -> None:
    errors = id_errors(_sightings())
    assert errors.to_dict("list")["error_s"] == [7.0]
    assert id_error_summary(errors).to_dict("records") == [
        {"n": 1, "median_s": 7.0, "p95_s": 7.0, "p99_s": 7.0, "max_s": 7.0, "over_hour": 0.0, "negative": 0}
    ]


def test_without_such_tiktoks_nothing_is_said() -> None:
    summary = id_error_summary(id_errors(_sightings()[2:]))
    assert summary["n"].tolist() == [0]
    assert summary.drop(columns="n").isna().all(axis=None)

"""Age from the id: read off the bits as text, and its error where the page tells the upload time."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.measures.age import id_error_percentiles, id_errors, uploaded_by_id

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
    rows = id_error_percentiles(errors, of=2).set_index("name")
    assert rows["estimate"].to_dict() == {"p50": 7.0, "p95": 7.0, "p99": 7.0}
    assert set(rows["n"]) == {1}
    assert set(rows["of"]) == {2}
    assert np.isinf(rows["high"].to_numpy(dtype=float)).all()  # one value bounds nothing


def test_the_medians_interval_are_the_order_statistics_that_the_binomial_names() -> None:
    """Of 20 values the 6th and the 15th: P(5 or fewer of 20 below the median) = 0.0207, of 6 or fewer 0.0577."""
    errors = pd.DataFrame({"error_s": pd.array(range(20), dtype="Float64")})
    row = id_error_percentiles(errors, of=20).set_index("name").loc["p50"]
    assert (row["estimate"], row["low"], row["high"]) == (9.5, 5, 14)


def test_without_such_tiktoks_nothing_is_said() -> None:
    rows = id_error_percentiles(id_errors(_sightings()[2:]), of=2)
    assert rows["n"].tolist() == [0] * 3
    assert rows[["estimate", "low", "high"]].isna().all(axis=None)

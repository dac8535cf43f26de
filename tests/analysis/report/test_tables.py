"""Tables show the first rows and offer all of them; a spreadsheet that opens the CSV runs nothing."""

from __future__ import annotations

import base64
import csv
import gzip
import io
import re

import pandas as pd
import pytest

from analysis.report.facts import Facts
from analysis.report.tables import Ads, Column, Tables
from analysis.report.wording import interval, number, ordinal, share, short, whole
from analysis.writing import csvs
from analysis.writing.csvs import as_csv, packed, safe_cell


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff20", " =", "\u00a0@"])
def test_a_text_that_a_spreadsheet_would_run_gets_an_apostrophe(start: str) -> None:
    assert safe_cell(f"{start}1+1") == f"'{start}1+1"


def test_numbers_stay_numbers_also_below_zero_and_missing_is_empty() -> None:
    assert [safe_cell(value) for value in (-5, -0.25, 0, pd.NA, None, float("nan"), "a-b", True)] == [
        "-5",
        "-0.25",
        "0",
        "",
        "",
        "",
        "a-b",
        "True",
    ]


def test_the_csv_reads_back_as_the_frame_was() -> None:
    frame = pd.DataFrame({"=name": ["a,b", 'say "x"\nnext', "=1"], "n": pd.array([1, pd.NA, 3], dtype="Int64")})
    text, rows = as_csv(frame)
    assert rows == 3
    assert list(csv.reader(io.StringIO(text, newline=""))) == [
        ["'=name", "n"],
        ["a,b", "1"],
        ['say "x"\nnext', ""],
        ["'=1", "3"],
    ]


def test_a_link_holds_as_many_rows_as_it_can_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csvs, "MOST_BYTES", 30)
    tables = Tables()
    html = tables(pd.DataFrame({"a": range(1000)}), [Column("a", "a")], name="long", caption="Long", ads=Ads.IN)
    assert 0 < tables.offered[0].written < 20
    assert f"The first 15 of 1,000 rows; {tables.offered[0].written} of them, as many as a link can hold" in html


def test_the_link_holds_utf8_with_its_mark_compressed_and_the_same_at_any_time(monkeypatch: pytest.MonkeyPatch) -> None:
    frame = pd.DataFrame({"a": ["é"]})
    address = packed(frame).address
    data = gzip.decompress(base64.b64decode(address.removeprefix("data:application/gzip;base64,")))
    assert data == "a\r\né\r\n".encode("utf-8-sig")
    monkeypatch.setattr("time.time", lambda: 4e9)
    assert packed(frame).address == address


def test_a_file_may_be_in_another_order_than_the_table() -> None:
    frame = pd.DataFrame({"a": [3, 1, 2]})
    html = Tables()(frame, [Column("a", "a")], name="t", caption="C", ads=Ads.IN, order=["a"])
    assert re.findall(r'data-v="([^"]+)"', html) == ["3.0", "1.0", "2.0"]
    assert packed(frame.sort_values("a")).address in html


def test_a_table_shows_its_first_rows_and_offers_all() -> None:
    frame = pd.DataFrame(
        {
            "who": ["<b>", "@x"],
            "n": pd.array([12345, pd.NA], dtype="Int64"),
            "url": ["javascript:1", "https://www.tiktok.com/@x"],
        }
    )
    tables = Tables(simulated=True)
    html = tables(
        frame,
        [Column("who", "who", str, url="url"), Column("n", "n"), Column("absent", "absent")],
        name="t",
        caption="C",
        ads=Ads.OUT,
        rows=2,
    )
    assert "<bdi>&lt;b&gt;</bdi>" in html
    assert 'href="javascript' not in html
    assert '<a href="https://www.tiktok.com/@x"' in html
    assert 'data-v="12345.0">12,345<' in html
    assert re.search(r'class="missing" data-v=""', html)
    assert "absent" not in html
    assert "Simulated: C" in html
    assert 'download="simulated-t.csv.gz" data-file="simulated-t.csv"' in html


def test_an_empty_table_says_that_there_are_none() -> None:
    html = Tables()(
        pd.DataFrame({"a": pd.Series([], dtype="str")}), [Column("a", "a")], name="e", caption="E", ads=Ads.NOT_ABOUT
    )
    assert "There are none." in html


def test_a_number_of_the_text_opens_what_it_rests_on() -> None:
    facts = Facts()
    html = facts("12", "things <i>", n="12 of 13", definition="what counts", interval="1 to 2")
    assert 'popovertarget="fact-1"' in html
    assert 'popover="auto" id="fact-1"' in html
    assert "things &lt;i&gt;" in html
    assert facts.frame().to_dict("records") == [
        {"number": "12", "what": "things <i>", "n": "12 of 13", "definition": "what counts", "interval": "1 to 2"}
    ]


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (0, "0"),
        (9999, "9,999"),
        (12_345, "12.3K"),
        (999_960, "1M"),
        (2_360_953_711, "2.36B"),
        (pd.NA, "not told"),
        (-12_345, "-12.3K"),
        (123_456_000_000_000, "123,456B"),
    ],
)
def test_counts_are_short_above_ten_thousand(value: object, told: str) -> None:
    assert short(value) == told


def test_numbers_shares_and_intervals_read_as_people_write_them() -> None:
    assert [number(value) for value in (0.000123456, 1234.5, 3.0, float("inf"), pd.NA)] == [
        "0.000123",
        "1,234",
        "3",
        "without bound",
        "not told",
    ]
    assert (share(0.1234), whole(12345.4)) == ("12.3\u00a0%", "12,345")
    assert interval(1, 2) == "95 %: 1 to 2"
    assert interval(1, pd.NA) == "95 %: at least 1"
    assert interval(pd.NA, pd.NA) == "no interval could be formed"


@pytest.mark.parametrize(
    ("count", "told"), [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (22, "22nd")]
)
def test_places_are_counted_as_people_count_them(count: int, told: str) -> None:
    assert ordinal(count) == told

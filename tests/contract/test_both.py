"""Both readers on lines and files that no table has: neither may read what the other refuses."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.reading.lines import foreign as of_analysis
from analysis.reading.lines import json_line
from tests.contract.tables import files, joined, lines
from tiktok_scraper.lines import foreign as of_crawl
from tiktok_scraper.lines import record

SMALL = [case.raw for case in lines() if len(case.raw) < 5_000]
PIECES = st.one_of(
    st.sampled_from(SMALL).map(lambda raw: raw.rstrip(b"\n")),
    st.sampled_from(SMALL).flatmap(lambda raw: st.integers(0, len(raw)).map(lambda cut: raw[:cut])),
    st.sampled_from(
        [b"\0", b"\xff", b"{", b"}", b"[" * 129, b'"', b"\\", b",", b"NaN", b'{"scraped_at":', b"\xef\xbb\xbf"]
    ),
    st.binary(max_size=4),
)
LINES = st.lists(PIECES, max_size=5).map(b"".join).map(lambda raw: raw.replace(b"\n", b""))


@given(raw=LINES)
@settings(max_examples=400, deadline=None)
def test_both_readers_give_one_verdict_on_any_line(raw: bytes) -> None:
    try:
        crawl, salvageable = record.record_of(raw), False
    except record.NotARecord as wrong:
        crawl, salvageable = str(wrong), wrong.salvageable
    try:
        analysis: object = json_line.parsed(raw)
    except json_line.Wrong as wrong:
        analysis = str(wrong)
        assert salvageable == isinstance(wrong, json_line.NoJson)
    assert isinstance(crawl, str) == isinstance(analysis, str)
    assert crawl == analysis or not isinstance(crawl, str)  # of an object the numbers beyond 64 bits may differ
    starts = [begins for begins, _ in record.records_on(raw, frozenset({"scraped_at"}))]
    assert starts == [begins for begins, _ in json_line.salvaged(raw, "scraped_at")]


@given(rows=st.lists(LINES, max_size=4), ending=st.sampled_from([b"", b"\n"]))
@settings(max_examples=200, deadline=None)
def test_both_name_any_file_alike(rows: list[bytes], ending: bytes) -> None:
    head = b"\n".join(rows) + ending
    crawl, analysis = of_crawl.foreign(head), of_analysis.foreign(head)
    assert (crawl and (crawl.name, crawl.convert)) == (analysis and (analysis.name, analysis.convert))


def test_the_tables_spell_what_they_say() -> None:
    assert joined(["a\u00e9", {"hex": "00ff"}, {"text": "b", "times": 3}, {"text": "c", "in": "utf-16-le"}]) == (
        b"a\xc3\xa9\0\xffbbbc\0"
    )
    assert {case.verdict for case in lines()} == {"whole", "bad", "torn"}
    assert len({case.name for case in lines()}) == len(lines()) and len({case.name for case in files()}) == len(files())

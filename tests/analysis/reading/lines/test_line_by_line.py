"""Blocks and lines: a bad line is told apart with its place and reason, and where a file is cut changes nothing."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.load import load
from analysis.reading.lines import blocks as in_blocks
from analysis.reading.lines.blocks import blocks, read_block
from analysis.reading.lines.json_line import LONGEST
from analysis.reading.lines.line_by_line import BadLine, read_lines
from analysis.reading.runs import read_runs
from analysis.terms.schema import LINE
from tests.analysis.lines_of import IDS, encoded, line, written

GOOD = encoded(line(1))
TYPES = {
    b'{"likes": 1': "no JSON",
    b"": "empty",
    b"   ": "empty",
    b"null": "no object but null",
    b"[1]": "no object but a list",
    b"rubbish": "no JSON",
    b"\xff\xfe": "no UTF-8 at its byte 0",
    b"\0\0\0": "NUL bytes",
    encoded(line(likes="12"))[:-1]: "likes is text: '12'; expected a number",
    encoded(line(likes=True))[:-1]: "likes is true or false: True; expected a number",
    encoded(line(likes=1.5))[:-1]: "likes is 1.5; expected a whole number",
    encoded(line(likes=1 << 63))[:-1]: "likes is beyond 64 bits",
    encoded(line(likes=10**30))[:-1]: "likes is beyond 64 bits",
    encoded(line(likes=float("nan")))[:-1]: "likes is nan; expected a whole number",
    encoded(line(duration=float("nan")))[:-1]: "duration is a number: nan; expected a number",
    encoded(line(likes={"a": 1}))[:-1]: "likes is an object",
    encoded(line(url=7))[:-1]: "url is a number: 7; expected text",
    encoded(line(ad="no"))[:-1]: "ad is text: 'no'; expected true or false",
    encoded(line(scraped_at=None))[:-1]: "no scraped_at",
    encoded(line(scraped_at="yesterday"))[:-1]: "scraped_at is no time: yesterday",
    encoded(line(scraped_at="2026-02-30T00:00:00+00:00"))[:-1]: "scraped_at is no time: 2026-02-30",
    encoded(line(scraped_at="2026-08-01T14:00:05"))[:-1]: "scraped_at has no offset",
    encoded(line(created_at="2026-08-01"))[:-1]: "created_at is no time with an offset",
    encoded(line(url=None))[:-1]: "no url",
    encoded(line(id=None, url="https://www.tiktok.com/@a"))[:-1]: "no id",
    encoded(line(run=None))[:-1]: "no run",
    encoded(line(likes=-1))[:-1]: "likes is negative: -1",
    encoded(line(user_likes=-1934013585))[:-1]: "user_likes is negative",
    encoded(line(schema=1, user_likes=-(1 << 31) - 1))[:-1]: "user_likes is negative",
    encoded(line(likes=(1 << 53) + 2))[:-1]: "likes is more than any count can be: 9007199254740994",
    encoded(line(duration=1e300))[:-1]: "duration is no length in seconds: 1e+300",
    encoded(line(duration=-1))[:-1]: "duration is no length in seconds: -1",
    encoded(line(scraped_at="0001-01-01T00:00:00+00:00"))[:-1]: "scraped_at is no year of TikTok's: 0001",
    encoded(line(likes_step=7))[:-1]: "likes_step is none of",
}


@pytest.fixture(scope="module")
def reasons(tmp_path_factory: pytest.TempPathFactory) -> dict[int, BadLine]:
    """The bad lines of a file that has each of TYPES between good lines, by offset."""
    records = [piece for number, bad in enumerate(TYPES) for piece in (encoded(line(number)), bad + b"\n")]
    loaded = load(written(tmp_path_factory.mktemp("bad"), *records), force=True)
    assert loaded.sightings["id"].tolist() == [str(IDS + number) for number in range(len(TYPES))]
    return {bad.offset: bad for bad in loaded.report.bad}


def test_each_bad_line_is_reported_with_offset_length_and_reason(reasons: dict[int, BadLine]) -> None:
    offset = 0
    for number, (raw, reason) in enumerate(TYPES.items()):
        offset += len(encoded(line(number)))
        assert reasons[offset].length == len(raw) + 1
        assert reason in reasons[offset].reason
        offset += len(raw) + 1
    assert len(reasons) == len(TYPES)


@pytest.mark.parametrize(
    "torn", [b'{"scraped_at": "2026', GOOD[:300], GOOD[:-2], b"\0\0\0", b"\xff\xfe", GOOD[:40] + b"\xe2\x98"]
)
def test_a_record_glued_to_a_torn_one_is_salvaged_with_its_own_offset(tmp_path: Path, torn: bytes) -> None:
    loaded = load(written(tmp_path, line(0), torn + encoded(line(2)), line(3)))
    assert loaded.sightings["id"].tolist() == [str(IDS), str(IDS + 2), str(IDS + 3)]
    at = len(encoded(line(0)))
    (bad,) = loaded.report.bad
    assert (bad.offset, bad.length, bad.salvaged) == (at, len(torn) + len(encoded(line(2))), 1)
    assert loaded.sightings["line_from"].tolist()[1] == at + len(torn)
    assert loaded.report.salvaged == 1


def test_a_salvaged_record_that_is_no_sighting_is_told_with_its_line(tmp_path: Path) -> None:
    lines = (line(0), GOOD[:50] + encoded(line(2, url=None)), encoded(line(3, run="")))
    loaded = load(written(tmp_path, *lines), force=True)
    assert loaded.sightings["id"].tolist() == [str(IDS)]
    glued, alone = loaded.report.bad
    assert (glued.salvaged, alone.salvaged, loaded.report.salvaged) == (0, 0, 0)
    assert glued.reason.startswith("no JSON") and glued.reason.endswith("; no url")
    assert alone.reason == "no run"
    assert glued.offset + glued.length == alone.offset


def test_two_whole_records_on_one_line_are_both_kept(tmp_path: Path) -> None:
    loaded = load(written(tmp_path, encoded(line(0))[:-1] + encoded(line(1)), b"\n"))
    assert loaded.sightings["id"].tolist() == [str(IDS), str(IDS + 1)]
    assert [bad.salvaged for bad in loaded.report.bad] == [2, 0]  # the empty line hides that rows equal lines


def test_a_record_within_a_record_of_a_wrong_type_is_not_salvaged(tmp_path: Path) -> None:
    loaded = load(written(tmp_path, line(0), line(1, likes="x", novel=line(2))))
    assert loaded.sightings["id"].tolist() == [str(IDS)]


def test_a_record_with_broken_text_is_neither_read_nor_salvaged(tmp_path: Path) -> None:
    loaded = load(written(tmp_path, line(0), encoded(line(1)).replace(b"a song", b"a s\xffng")))
    assert loaded.sightings["id"].tolist() == [str(IDS)]
    assert [(bad.reason[:8], bad.salvaged) for bad in loaded.report.bad] == [("no UTF-8", 0)]


def test_a_torn_tail_is_left_for_next_time_and_is_not_bad(tmp_path: Path) -> None:
    folder = written(tmp_path, line(0), encoded(line(1))[:100])
    report = load(folder).report
    assert not report.bad
    assert report.torn_tail is not None
    assert (report.torn_tail.offset, report.torn_tail.length) == (len(encoded(line(0))), 100)
    assert report.lines == 1
    with (folder / "tiktoks.jsonlines").open("ab") as file:
        file.write(encoded(line(1))[100:])
    again = load(folder)
    assert again.report.torn_tail is None
    assert len(again.sightings) == 2


def test_a_whole_last_line_that_only_lacks_its_newline_is_read(tmp_path: Path) -> None:
    loaded = load(written(tmp_path, line(0), encoded(line(1))[:-1]))
    assert len(loaded.sightings) == 2
    assert loaded.report.torn_tail is None


def test_a_mark_at_the_start_and_carriage_returns_do_no_harm(tmp_path: Path) -> None:
    data = b"\xef\xbb\xbf" + encoded(line(0), line(1)).replace(b"\n", b"\r\n")
    loaded = load(written(tmp_path, data))
    assert len(loaded.sightings) == 2
    assert not loaded.report.bad


def test_a_torn_tail_with_a_whole_record_on_it_is_left_and_the_record_read(tmp_path: Path) -> None:
    folder = written(tmp_path, line(0), GOOD[:100] + encoded(line(2))[:-1])
    loaded = load(folder)
    assert loaded.sightings["id"].tolist() == [str(IDS), str(IDS + 2)]
    torn = loaded.report.torn_tail
    assert torn is not None and (torn.offset, torn.salvaged) == (len(encoded(line(0))), 1)
    assert (loaded.report.lines, loaded.report.bad, loaded.report.salvaged) == (1, (), 1)
    with (folder / "tiktoks.jsonlines").open("ab") as file:
        file.write(b"\n")
    again = load(folder)
    assert again.sightings["id"].tolist() == [str(IDS), str(IDS + 2)]
    assert (again.report.torn_tail, len(again.report.bad)) == (None, 1)


def test_a_mark_at_the_start_is_told(tmp_path: Path) -> None:
    told = "The file begins with a byte order mark, which was passed over."
    assert told in load(written(tmp_path / "a", b"\xef\xbb\xbf", line(0))).report.warnings
    assert told not in load(written(tmp_path / "b", line(0))).report.warnings


def test_a_line_beyond_measure_is_not_held_in_memory_and_hides_nothing() -> None:
    data = encoded(line(0)) + b"\0" * (LONGEST + (3 << 20)) + b"\n" + encoded(line(1))
    found = list(blocks(io.BytesIO(data), 0, len(data), 1 << 20))
    assert max(len(block.data) for block in found) < 1 << 21
    (overlong,) = (block for block in found if block.overlong)
    assert (overlong.offset, overlong.overlong) == (len(encoded(line(0))), LONGEST + (3 << 20) + 1)
    assert "longer than" in read_block(overlong, LINE).bad[0].reason
    assert found[-1].data == encoded(line(1))


def test_a_sound_block_is_read_in_one_go(monkeypatch: pytest.MonkeyPatch) -> None:
    data = encoded(*map(line, range(100)))

    def never(*_: object) -> None:
        pytest.fail("read line by line")

    monkeypatch.setattr(in_blocks, "read_lines", never)
    (block,) = blocks(io.BytesIO(data), 0, len(data))
    assert read_block(block, LINE).lines == 100


def test_a_bad_line_sends_few_of_its_block_to_be_read_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [*map(line, range(2_000))]
    data = encoded(*lines[:700]) + b'{"torn\n' + encoded(*lines[700:])
    one_by_one: list[int] = []

    def counted(raw: bytes, *told: Any, **more: Any) -> Any:
        one_by_one.append(raw.count(b"\n"))
        return read_lines(raw, *told, **more)

    monkeypatch.setattr(in_blocks, "read_lines", counted)
    (block,) = blocks(io.BytesIO(data), 0, len(data))
    read, expected = read_block(block, LINE), read_lines(data, 0, LINE)
    assert (read.table.to_pylist(), read.bad, read.lines) == (expected.table.to_pylist(), expected.bad, 2_001)
    assert 0 < sum(one_by_one) <= 64


ODD = [
    *(raw + b"\n" for raw in TYPES),
    GOOD[:-1] + GOOD,
    GOOD[:-2] + b"\n",
    GOOD[:50] + GOOD,
    b'{"likes": 1}null{"likes": 2}\n',
    b'{"x": [NaN, Inf], "likes": 1}\n',
    b'{"x": NaN, "likes": 1}\n',
    b'{"x": -Infinity, "likes": 1}\n',
    b'{"audio": "\\ud83d"}\n',
    b'{"audio": "\\ude00"}\n',
    b'{"audio": "\\ud83d\\ude00 \xe2\x98\x83"}\n',
    b'{"x": "\xff"}\n',
    b'{"likes": 1, "likes": 2}\n',
    b'{"likes": 1e2}\n',
    b'{"likes": 100.0}\n',
    b'{"x": ' + b"9" * 5000 + b"}\n",
    b'{"x": 1e999}\n',
    b'{"likes":\n{"likes": 1}}\n',
    b'{"audio": "a\tb"}\n',
    b"{}\n",
]
DATA = st.lists(st.one_of(st.just(GOOD), st.sampled_from(ODD)), max_size=12).map(b"".join)


@pytest.mark.parametrize("odd", ODD, ids=range(len(ODD)))
def test_a_block_with_one_odd_line_gives_what_reading_line_by_line_gives(odd: bytes) -> None:
    data = GOOD + odd + GOOD
    (block,) = blocks(io.BytesIO(data), 0, len(data))
    read, expected = read_block(block, LINE), read_lines(data, 0, LINE)
    assert (read.table.to_pylist(), read.bad, read.lines) == (expected.table.to_pylist(), expected.bad, expected.lines)


@given(data=DATA, size=st.integers(1, 3000), few=st.integers(1, 12))
@settings(max_examples=80, deadline=None)
def test_blocks_of_any_size_give_what_reading_line_by_line_gives(data: bytes, size: int, few: int) -> None:
    whole = read_lines(data, 0, LINE)
    rows, bad, lines, end = [], [], 0, 0
    for block in blocks(io.BytesIO(data), 0, len(data), size):
        assert block.offset == end
        end = block.end
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(in_blocks, "_FEW", few)
            read = read_block(block, LINE)
        rows += read.table.to_pylist()
        bad += read.bad
        lines += read.lines
    assert (rows, tuple(bad), lines, end) == (whole.table.to_pylist(), whole.bad, whole.lines, len(data))


@given(raw=st.binary(max_size=200))
@settings(max_examples=100, deadline=None)
def test_any_bytes_are_either_a_record_or_a_bad_line(raw: bytes) -> None:
    data = raw + b"\n" + GOOD
    read = read_lines(data, 0, LINE)
    assert read.lines == data.count(b"\n")
    assert read.table.to_pylist()[-1]["id"] == str(IDS + 1)
    assert sum(bad.length for bad in read.bad) + len(GOOD) <= len(data)


def test_arrow_reads_what_json_reads() -> None:
    told = json.loads(GOOD)
    (block,) = blocks(io.BytesIO(GOOD), 0, len(GOOD))
    row = read_block(block, LINE).table.to_pylist()[0]
    assert {name: row[name] for name in told if name in row} == {name: told[name] for name in told if name in row}


def test_a_run_may_tell_a_truth_or_a_word_of_its_window(tmp_path: Path) -> None:
    path = tmp_path / "runs.jsonlines"
    told: dict[str, object] = {"r1": True, "r2": False, "r3": "virtual", "r4": 1}
    path.write_text(
        "".join(
            json.dumps({"event": "end", "run": run, "at": "2026-11-01T00:00:00+00:00", "headless": headless}) + "\n"
            for run, headless in told.items()
        )
    )
    recorded = read_runs(path)
    assert dict(zip(recorded.runs["run"], recorded.runs["headless"], strict=True)) == {
        "r1": "true",
        "r2": "false",
        "r3": "virtual",
    }
    assert [line.reason for line in recorded.bad] == ["headless is a number: 1; expected text, true or false"]

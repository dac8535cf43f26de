"""What a line is, by the table that the crawl's reader is held to as well, read at once, in parts and line by line."""

from __future__ import annotations

import io
from pathlib import Path

import pyarrow as pa
import pytest

from analysis.reading.lines import blocks as in_blocks
from analysis.reading.lines.blocks import Block, blocks, read_block
from analysis.reading.lines.json_line import is_whole
from analysis.reading.lines.line_by_line import Read, read_file, read_lines
from analysis.reading.part import last_line
from analysis.terms.schema import LINE
from tests.contract.tables import LineCase, lines

CASES = [pytest.param(case, id=case.name) for case in lines()]
ENDED = [pytest.param(case, id=case.name) for case in lines() if case.raw.endswith(b"\n")]
UNENDED = [pytest.param(case, id=case.name) for case in lines() if not case.raw.endswith(b"\n")]
GOOD = b'{"scraped_at":"2026-11-01T00:00:00.000+00:00","url":"u","likes":77}\n'


def told(read: Read, offset: int) -> list[tuple[int, int]]:
    """The likes and the first byte, from *offset* on, of each record that was read but the good ones around."""
    rows = zip(read.table["likes"].to_pylist(), read.table["line_from"].to_pylist(), strict=True)
    return [(likes, at - offset) for likes, at in rows if likes is not None and likes != 77]


def check(read: Read, case: LineCase) -> None:
    assert told(read, len(GOOD)) == [*case.records]
    assert read.table["likes"].to_pylist().count(77) == 2
    assert read.lines == 3
    if case.verdict == "whole":
        assert read.bad == ()
        return
    (bad,) = read.bad
    assert (bad.offset, bad.length, bad.salvaged) == (len(GOOD), len(case.raw), len(case.records))
    assert case.why in bad.reason


@pytest.mark.parametrize("case", ENDED)
def test_a_line_gets_the_verdict_of_the_table_line_by_line(case: LineCase) -> None:
    check(read_lines(GOOD + case.raw + GOOD, 0, LINE), case)


@pytest.mark.parametrize("case", ENDED)
def test_and_in_a_block_that_is_read_at_once_where_it_can_be(case: LineCase) -> None:
    data = GOOD + case.raw + GOOD
    read = [read_block(block, LINE) for block in blocks(io.BytesIO(data), 0, len(data))]
    table = pa.concat_tables([part.table for part in read])
    check(Read(table, tuple(bad for part in read for bad in part.bad), sum(part.lines for part in read)), case)


@pytest.mark.parametrize("case", UNENDED)
def test_a_tail_gets_the_verdict_of_the_table(tmp_path: Path, case: LineCase) -> None:
    path = tmp_path / "tiktoks.jsonlines"
    path.write_bytes(GOOD + case.raw)
    with path.open("rb") as file:
        part, torn = last_line(file, len(GOOD), path.stat().st_size)
    assert (torn is not None) == (case.verdict == "torn")
    found = [] if part is None else part.table["likes"].to_pylist()
    assert found == [likes for likes, _ in case.records]
    assert torn is None or torn.salvaged == len(case.records)
    read = read_file(path.read_bytes(), LINE)
    assert (told(read, len(GOOD)), read.bad) == ([*case.records], ())


@pytest.mark.parametrize("case", CASES)
def test_what_is_whole_is_told_by_the_table(case: LineCase) -> None:
    assert is_whole(case.raw) == (case.verdict == "whole")


def test_most_of_what_is_whole_is_read_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Else the test of blocks would be the one of lines again."""
    slow = []
    monkeypatch.setattr(in_blocks, "read_lines", lambda *_: slow.append(True) or read_lines(b"", 0, LINE))
    at_once = set()
    for case in lines():
        if case.verdict == "whole" and len(case.raw) < 1 << 20 and case.raw.endswith(b"\n"):
            slow.clear()
            read_block(Block(0, case.raw), LINE)
            at_once |= set() if slow else {case.name}
    assert {"a plain line", "one key twice where nobody reads", "128 levels", "a NUL that is escaped"} <= at_once
    assert "NaN where nobody reads" not in at_once

"""What a line is, by the table that the analysis's reader is held to as well."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from tests.contract.tables import LineCase, lines
from tiktok_scraper.lines import Bad, Line, LineFile, read_lines, repair
from tiktok_scraper.lines.record import beginning, is_record, records_on

CASES = [pytest.param(case, id=case.name) for case in lines()]
GOOD = b'{"scraped_at":"2026-11-01T00:00:00.000+00:00","url":"u","likes":77}\n'


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "tiktoks.jsonlines"


@pytest.mark.parametrize("case", CASES)
def test_a_line_gets_the_verdict_of_the_table(path: Path, case: LineCase) -> None:
    path.write_bytes(GOOD + case.raw)
    first, found = read_lines(path)
    assert isinstance(first, Line) and first.record["likes"] == 77
    assert (found.offset, found.length) == (len(GOOD), len(case.raw))
    if case.verdict == "whole":
        assert isinstance(found, Line)
        assert [found.record.get("likes")] == ([likes for likes, _ in case.records] or [None])
        return
    assert isinstance(found, Bad)
    assert found.torn == (case.verdict == "torn")
    assert case.why in found.reason
    assert [(read(path, span), span[0] - len(GOOD)) for span in found.records] == [*case.records]


def read(path: Path, span: tuple[int, int]) -> int:
    """The likes of what stands between two bytes of a file, by Python's own reader."""
    likes: int = json.loads(path.read_bytes()[slice(*span)])["likes"]
    return likes


@pytest.mark.parametrize("case", CASES)
def test_repair_keeps_every_record_of_the_table_and_the_rest_aside(path: Path, case: LineCase) -> None:
    behind = b"" if not case.raw.endswith(b"\n") else GOOD
    path.write_bytes(GOOD + case.raw + behind)
    before = path.read_bytes()
    repair(path)
    likes = [line.record.get("likes") for line in read_lines(path) if isinstance(line, Line)]
    unread = [None] if case.verdict == "whole" and not case.records else []
    assert likes == [77, *(told for told, _ in case.records), *unread, *([77] if behind else [])]
    assert len(likes) == path.read_bytes().count(b"\n")
    assert told_bytes(path.read_bytes() + aside(path)) == told_bytes(before)


@pytest.mark.parametrize("case", [case for case in CASES if case.id and "newline" in case.id])
def test_appending_keeps_every_record_of_a_tail_and_the_rest_aside(path: Path, case: LineCase) -> None:
    path.write_bytes(GOOD + case.raw)
    with LineFile(path) as file:
        file.append({"likes": 78})
    likes = [line.record.get("likes") for line in read_lines(path) if isinstance(line, Line)]
    assert likes == [77, *(told for told, _ in case.records), 78]
    assert told_bytes(path.read_bytes().replace(b'{"likes":78}', b"") + aside(path)) == told_bytes(GOOD + case.raw)


def aside(path: Path) -> bytes:
    torn = path.with_name(path.name + ".torn")
    return torn.read_bytes() if torn.exists() else b""


def told_bytes(data: bytes) -> list[int]:
    """How often each byte is there, but for line ends."""
    counted = np.bincount(np.frombuffer(data, dtype=np.uint8), minlength=256).tolist()
    return [count for byte, count in enumerate(counted) if byte not in b"\r\n"]


@pytest.mark.parametrize(
    ("raw", "key"),
    [
        (b'{"a": 1}', "a"),
        (b'\xef\xbb\xbf { "a" : 1', "a"),
        (b'{"a"', None),
        (b'{"a\\"b":', 'a\\"b'),
        (b'"a":1}', None),
        (b"[{}]", None),
    ],
)
def test_the_first_key_of_a_line_is_told_whole_or_torn(raw: bytes, key: str | None) -> None:
    assert beginning(raw) == key


def test_what_begins_otherwise_than_the_file_s_lines_is_a_part_of_a_torn_one() -> None:
    raw = b'{"run":"r","item":{"scraped_at":1}{"run":"s"}'
    assert records_on(raw, frozenset({"run"})) == [(34, 45)]
    assert records_on(raw, frozenset({"run", "scraped_at"})) == [(18, 34), (34, 45)]


def test_a_line_of_many_torn_ones_ends_in_time() -> None:
    assert records_on(b'{"run":[' * 200_000) == []


def test_a_record_is_whole_or_not() -> None:
    assert is_record(b'{"a":NaN}') and not is_record(b'{"a":1}{') and not is_record(b"[]")

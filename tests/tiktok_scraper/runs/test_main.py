"""python -m tiktok_scraper.runs: what it says where there is no table to print."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from tiktok_scraper.runs.__main__ import main


def test_a_record_of_another_kind_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "runs.jsonlines").write_bytes(gzip.compress(b'{"event":"start"}\n'))
    assert main([str(tmp_path)]) == 1
    told = capsys.readouterr()
    assert told.out == "" and "runs.jsonlines is gzip, no JSON lines" in told.err


def test_bad_lines_are_counted_beside_the_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "runs.jsonlines").write_text('{"event":"start","run":"r1","at":"2026-08-01T14:00:00+00:00"}\n{"ev\n')
    assert main([str(tmp_path)]) == 0
    told = capsys.readouterr()
    assert "r1" in told.out and "1 bad lines; python -m tiktok_scraper.lines check" in told.err

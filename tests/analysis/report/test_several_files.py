"""A report on several files says what each was, and is otherwise the report on one."""

from __future__ import annotations

import gzip
from pathlib import Path

from analysis.load import load
from analysis.report.build import build
from analysis.report.study import Study
from tests.analysis.report.report_lines import lines, write
from tests.analysis.report.test_report import unpainted


def test_each_file_is_named_in_the_report(tmp_path: Path) -> None:
    folder = write(tmp_path, lines(tiktoks=60, runs=6))
    file = folder / "tiktoks.jsonlines"
    told = file.read_bytes().splitlines(keepends=True)
    file.write_bytes(b"".join(told[100:]))
    (folder / "tiktoks-old.jsonlines.gz").write_bytes(gzip.compress(b"".join(told[:120]) + b"rubbish\n"))
    loaded = load(folder)
    html = build(Study(loaded, folder), unpainted())
    for read in loaded.report.files:
        assert f"lines of {read.name}" in html and f"sha256 of {read.name}" in html and read.sha256 in html
    assert "1 bad, 0 that repeat what was read before" in html
    assert "0 bad, 20 that repeat what was read before" in html
    assert "from the files of lines whose sha256 is" in html

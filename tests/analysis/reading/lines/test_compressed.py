"""What the contract says of lines and files holds of compressed ones, and behind a byte order mark."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from analysis.load import load
from analysis.terms.errors import NoGoodLines
from tests.analysis.lines_of import encoded, line
from tests.analysis.reading.lines.test_files import MARK, zstd
from tests.contract.tables import FileCase, LineCase, files, lines


@pytest.mark.parametrize("case", [pytest.param(case, id=case.name) for case in files() if len(case.raw) < 20_000])
def test_what_a_file_is_does_not_change_by_compressing_it(tmp_path: Path, case: FileCase) -> None:
    (tmp_path / "tiktoks.jsonlines").write_bytes(case.raw)
    plain = outcome(tmp_path / "tiktoks.jsonlines")
    (tmp_path / "tiktoks.jsonlines.gz").write_bytes(gzip.compress(case.raw))
    found = outcome(tmp_path / "tiktoks.jsonlines.gz")
    assert [str(part).replace("Unpack it first. ", "") for part in found] == [str(part) for part in plain]
    assert case.known is None or case.known in str(plain[-1])


SHORT_LINES = [case for case in lines() if len(case.raw) < 20_000]


@pytest.mark.thorough  # the next test has them all in one file
@pytest.mark.parametrize("case", [pytest.param(case, id=case.name) for case in SHORT_LINES])
def test_every_line_of_the_contract_reads_the_same_compressed(tmp_path: Path, case: LineCase) -> None:
    (tmp_path / "tiktoks.jsonlines").write_bytes(encoded(line(0)) + case.raw)
    plain = outcome(tmp_path / "tiktoks.jsonlines")
    (tmp_path / "tiktoks.jsonlines.zst").write_bytes(zstd(encoded(line(0)) + case.raw))
    assert outcome(tmp_path / "tiktoks.jsonlines.zst") == plain


def test_the_lines_behind_a_mark_or_compressed_read_the_same(tmp_path: Path) -> None:
    """All of the contract in one file: a mark is before the first line alone."""
    raw = encoded(line(0)) + b"\n".join(case.raw for case in SHORT_LINES)
    (tmp_path / "tiktoks.jsonlines").write_bytes(raw)
    plain = outcome(tmp_path / "tiktoks.jsonlines")
    (tmp_path / "tiktoks.jsonlines.zst").write_bytes(zstd(raw))
    assert outcome(tmp_path / "tiktoks.jsonlines.zst") == plain
    (tmp_path / "tiktoks.jsonlines").write_bytes(MARK + raw)
    assert outcome(tmp_path / "tiktoks.jsonlines")[:2] == plain[:2]
    assert len(plain[0]) == 5 and len(plain[1]) > 50, "most name one of five TikToks again"


def outcome(path: Path) -> tuple[object, ...]:
    """What reading *path* comes to: ids and reasons, or what is said against it without its name."""
    try:
        loaded = load(path, force=True)
    except NoGoodLines as refused:
        return (refused.found.split("; ")[1:], "", refused.found.split(" bytes")[-1])
    return (
        loaded.sightings["id"].tolist(),
        [bad.reason for bad in loaded.report.bad],
        [words.split(": expected")[-1] for words in loaded.report.warnings if "Gate failed" in words],
    )

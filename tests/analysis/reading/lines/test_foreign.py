"""Files of another kind are named with what makes lines of them, alone and beside the lines."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from analysis.__main__ import main
from analysis.load import load
from analysis.reading.lines.foreign import HEAD, foreign
from analysis.terms.errors import AnalysisError, GateFailed, NoGoodLines
from tests.analysis.lines_of import IDS, encoded, line, written
from tests.contract.tables import FileCase, files

CASES = [pytest.param(case, id=case.name) for case in files()]
FOREIGN = [pytest.param(case, id=case.name) for case in files() if case.known]


@pytest.mark.parametrize("case", CASES)
def test_a_file_is_named_as_the_table_names_it(case: FileCase) -> None:
    known = foreign(case.raw[:HEAD])
    assert (known and known.name) == case.known
    assert known is None or case.advice in known.convert


@pytest.mark.parametrize("case", FOREIGN)
def test_loading_stops_and_says_what_the_file_is_and_what_makes_lines_of_it(tmp_path: Path, case: FileCase) -> None:
    folder = written(tmp_path, case.raw)
    with pytest.raises(AnalysisError) as stopped:
        load(folder)
    assert isinstance(stopped.value, NoGoodLines | GateFailed)
    assert f"found {case.known}, no JSON lines" in str(stopped.value)
    assert case.advice in str(stopped.value)
    assert "NUL" not in str(stopped.value)


def test_what_can_be_read_of_an_array_is_read_by_force_alone(tmp_path: Path) -> None:
    array = b"[\n" + b",\n".join(encoded(line(number))[:-1] for number in range(3)) + b"\n]\n"
    folder = written(tmp_path, array)
    with pytest.raises(GateFailed, match=r"found a JSON array, no JSON lines, .*jq -c '\.\[\]' .*--force"):
        load(folder)
    loaded = load(folder, force=True)
    assert loaded.sightings["id"].tolist() == [str(IDS), str(IDS + 1), str(IDS + 2)]
    assert any("gone on by force" in warning and "a JSON array" in warning for warning in loaded.report.warnings)


def test_the_command_says_it_in_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = written(tmp_path, gzip.compress(encoded(line(0))))
    assert main(["report", str(folder), "-o", str(tmp_path / "report.html")]) == 1
    (told,) = capsys.readouterr().err.splitlines()[-1:]
    assert "found gzip, no JSON lines. Make lines of it with `gunzip < " in told
    assert not (tmp_path / "report.html").exists()


def test_packed_files_beside_the_lines_are_told_and_stop_nothing(tmp_path: Path) -> None:
    folder = written(tmp_path, line(0))
    (folder / "runs.jsonlines").write_bytes(gzip.compress(b'{"event":"start"}\n'))
    (folder / "rejected.jsonlines").write_bytes(json.dumps([{"reason": "x"}]).encode())
    warnings = "\n".join(load(folder).report.warnings)
    assert "runs.jsonlines are bad; what they told is missing (the first: gzip, no JSON lines)." in warnings
    assert (
        "rejected.jsonlines are bad, and among no reason's count (the first: a JSON array, no JSON lines)." in warnings
    )


def test_a_folder_with_a_packed_file_alone_is_read(tmp_path: Path) -> None:
    (tmp_path / "tiktoks.jsonlines.gz").write_bytes(gzip.compress(encoded(line(0))))
    assert len(load(tmp_path).sightings) == 1

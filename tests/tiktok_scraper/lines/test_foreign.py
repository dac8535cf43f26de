"""Files of another kind: named, left as they are, and never appended to."""

from __future__ import annotations

import io
import json
import shlex
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from tests.contract.tables import FileCase, files
from tiktok_scraper.errors import NotLines
from tiktok_scraper.lines import Line, LineFile, read_lines
from tiktok_scraper.lines.__main__ import main
from tiktok_scraper.lines.foreign import HEAD, foreign

CASES = [pytest.param(case, id=case.name) for case in files()]
FOREIGN = [pytest.param(case, id=case.name) for case in files() if case.known]
LINES = [
    {"scraped_at": "2022-08-01T14:00:05", "id": "7691701295229564441", "likes": 1, "ad": None},
    {"scraped_at": "2022-08-01T14:00:06", "id": "7691701295229564442", "likes": None, "ad": True},
]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "it's tiktoks.jsonlines"


@pytest.mark.parametrize("case", CASES)
def test_a_file_is_named_as_the_table_names_it(case: FileCase) -> None:
    known = foreign(case.raw[:HEAD])
    assert (known and known.name) == case.known
    assert known is None or case.advice in known.convert


@pytest.mark.parametrize("command", ["check", "repair"])
@pytest.mark.parametrize("case", FOREIGN)
def test_the_commands_name_it_and_change_nothing(
    path: Path, case: FileCase, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path.write_bytes(case.raw)
    before = path.stat()
    assert main([command, str(path)]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith(f"{path} is {case.known}, no JSON lines, and stays as it is. ")
    assert case.advice in told.err
    assert path.read_bytes() == case.raw
    assert (path.stat().st_ino, path.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert [found.name for found in path.parent.iterdir()] == [path.name]


@pytest.mark.parametrize("case", FOREIGN)
def test_nothing_is_appended_to_it(path: Path, case: FileCase) -> None:
    path.write_bytes(case.raw)
    with pytest.raises(NotLines, match="choose another place with TIKTOK_DATA_DIR"):
        LineFile(path)
    assert path.read_bytes() == case.raw
    assert [found.name for found in path.parent.iterdir()] == [path.name]


@pytest.mark.parametrize(
    ("encoding", "command"), [("utf-16", "iconv"), ("utf-16-le", "iconv"), ("utf-16-be", "iconv"), ("gzip", "gunzip")]
)
def test_the_advice_makes_lines(path: Path, encoding: str, command: str) -> None:
    lines = pd.DataFrame(LINES).to_json(orient="records", lines=True)
    if encoding == "gzip":
        pd.DataFrame(LINES).to_json(path, orient="records", lines=True, compression="gzip")
    else:
        path.write_bytes(lines.encode(encoding))
    ran(path)
    assert (path.parent / "NEW.jsonlines").read_text() == lines


def test_the_advice_for_csv_keeps_ids_as_text_and_counts_as_numbers(path: Path) -> None:
    for separator in ",;\t":
        path.write_text(pd.DataFrame(LINES).convert_dtypes().to_csv(index=False, sep=separator))
        ran(path)
        found = [line.record for line in read_lines(path.parent / "NEW.jsonlines") if isinstance(line, Line)]
        assert [(line["id"], line["likes"]) for line in found] == [(line["id"], line["likes"]) for line in LINES]


def test_the_advice_for_parquet_and_python_s_dicts(path: Path) -> None:
    stored = io.BytesIO()
    pd.DataFrame(LINES).to_parquet(stored)
    for data in (stored.getvalue(), "\n".join(map(repr, LINES)).encode()):
        path.write_bytes(data)
        ran(path)
        found = [line.record for line in read_lines(path.parent / "NEW.jsonlines") if isinstance(line, Line)]
        assert [(line["id"], line["likes"]) for line in found] == [(line["id"], line["likes"]) for line in LINES]


def ran(path: Path) -> None:
    """Do what the advice says, in the file's folder."""
    known = foreign(path.read_bytes()[:HEAD])
    assert known is not None
    _, command, _ = known.told(path).split("`")
    command = command.replace("python -c", f"{shlex.quote(sys.executable)} -c")
    subprocess.run(["sh", "-c", command], cwd=path.parent, check=True)


def test_a_file_without_one_whole_record_is_never_emptied(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for data in (b'{"scraped_at": "20', b"\0" * 5000, b"\n\n", b'{"scraped_at":\n{"scraped_at":\n', b"7\n{\n"):
        path.write_bytes(data)
        assert main(["repair", str(path)]) == 1
        assert "holds not one whole line" in capsys.readouterr().err
        assert path.read_bytes() == data
        assert [found.name for found in path.parent.iterdir()] == [path.name]


def test_an_empty_file_needs_no_repair(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path.touch()
    assert main(["repair", str(path)]) == 0
    assert "0 lines kept" in capsys.readouterr().out


def test_a_mark_at_the_start_is_told_and_does_no_harm(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path.write_bytes(b"\xef\xbb\xbf" + json.dumps(LINES[0]).encode() + b"\n")
    assert main(["check", str(path)]) == 0
    assert "byte 0: a byte order mark before a whole line, which is passed over" in capsys.readouterr().out

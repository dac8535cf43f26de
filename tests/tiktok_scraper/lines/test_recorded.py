"""lines check tells whether the file is as the record of the runs says."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from tests.tiktok_scraper.privacy.people import KEY, a_line, write
from tiktok_scraper.lines import LineFile
from tiktok_scraper.lines.__main__ import main
from tiktok_scraper.privacy.folder import Folder
from tiktok_scraper.privacy.forget import forget
from tiktok_scraper.privacy.person import Person
from tiktok_scraper.privacy.pseudonyms import Pseudonyms


def a_run(folder: Path, run: str, *creators: int) -> None:
    with LineFile(folder / "tiktoks.jsonlines") as file:
        for n in creators:
            file.append(a_line(n))
        end = {"event": "end", "run": run, "bytes_from": file.start, "bytes_to": file.end, "sha256": file.digest}
    with LineFile(folder / "runs.jsonlines") as runs:
        runs.append(end)


def test_what_no_longer_holds_is_told_apart_from_what_was_edited(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "tiktoks.jsonlines"

    def told() -> str:
        assert main(["check", str(path)]) == 0
        return capsys.readouterr().out

    a_run(tmp_path, "1", 1, 2)
    a_run(tmp_path, "2", 2, 3)
    assert told().splitlines()[1:] == ["2 runs' bytes are as recorded"]
    forget(Folder.at(tmp_path), Person(handles={"person.1"}, ids={"6900000000000000001"}), Pseudonyms(KEY))
    a_run(tmp_path, "3", 2)
    size = path.stat().st_size - len(path.read_bytes().splitlines(keepends=True)[-1])
    assert told().splitlines()[1:] == [
        f"generation 2 (forget): its first {size:,} bytes are as recorded",
        "1 runs' bytes are as recorded",
        "2 runs are of earlier generations, and their bytes no longer hold",
    ]
    whole = path.read_bytes()
    path.write_bytes(whole.replace(b'"likes":12,', b'"likes":13,'))
    assert hashlib.sha256(whole).digest() != hashlib.sha256(path.read_bytes()).digest()
    assert "are not as recorded: the file was changed since" in told()
    assert "0 runs' bytes are as recorded, 1 are not (the first: 3)" in told()


def test_names_and_pseudonyms_in_one_file_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write(tmp_path / "x.jsonlines", [a_line(1), Pseudonyms(KEY).sighting(a_line(1))])
    assert main(["check", str(path)]) == 1
    assert "names and pseudonyms mixed (p-" in capsys.readouterr().out

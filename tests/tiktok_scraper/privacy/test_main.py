"""The commands as they are typed: what they print, ask and answer."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.tiktok_scraper.privacy.people import a_line, bytes_below, read, write
from tiktok_scraper.privacy.__main__ import main


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.delenv("TIKTOK_PSEUDONYM_KEY", raising=False)
    folder = tmp_path / "data"
    write(folder / "tiktoks.jsonlines", [a_line(1), a_line(2)])
    return folder


def test_a_person_is_asked_for_before_anything_goes(
    data: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = bytes_below(data)
    assert main(["forget", "@person.1", str(data), "--dry-run"]) == 1
    assert "no key of pseudonyms" in capsys.readouterr().err
    assert main(["key"]) == 0
    assert main(["forget", "@person.1", str(data), "--dry-run"]) == 0
    told = capsys.readouterr().out
    assert "would go, of @person.1, 6900000000000000001:\n  tiktoks.jsonlines  1\n  1 lines stay." in told
    assert main(["forget", "@person.1", str(data)]) == 1
    assert "add --yes" in capsys.readouterr().err
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
    monkeypatch.setattr("builtins.input", lambda _: "n")
    assert main(["forget", "@person.1", str(data)]) == 1
    assert bytes_below(data) == before
    monkeypatch.setattr("builtins.input", lambda _: "y")
    (data / "report.html").touch()
    assert main(["forget", "@person.1", "https://www.tiktok.com/@nobody", str(data)]) == 0
    told = capsys.readouterr().out
    assert "Made of the old lines, and not changed: report.html." in told
    assert "Generation 2. Backups, snapshots and copies elsewhere are yours to see to" in told
    assert read(data / "tiktoks.jsonlines") == [a_line(2)]


def test_that_nobody_of_the_name_was_seen_is_told(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["forget", "@person.one", str(data), "--yes"]) == 0
    assert "No line is of @person.one: is it spelled as on the site?" in capsys.readouterr().out
    assert main(["forget", "@person.two", str(data), "--dry-run"]) == 0
    assert "No line is of @person.two" in capsys.readouterr().out
    assert main(["forget", "@person.1", str(data), "--yes"]) == 0
    assert "No line is of" not in capsys.readouterr().out


def test_where_no_line_is_yet_nothing_is_called_pseudonymised(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (data / "tiktoks.jsonlines").unlink()
    (data / "runs.jsonlines").touch()  # as a run leaves it that could not start
    assert main(["pseudonymise", str(data)]) == 1
    assert "a folder without tiktoks.jsonlines" in capsys.readouterr().err
    write(data / "runs.jsonlines", [{"event": "start", "run": "1", "at": "2026-11-22T22:00:00.000+00:00"}])
    assert main(["pseudonymise", str(data)]) == 1
    assert "holds no lines yet" in capsys.readouterr().out


def test_the_directory_may_be_left_out(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIKTOK_DATA_DIR", str(data))
    assert main(["forget", "@person.1", "@person.2", "--yes"]) == 0
    assert read(data / "tiktoks.jsonlines") == []


def test_nothing_old_makes_no_generation(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["expire", "--older-than", "2026-11-22", str(data)]) == 0
    assert "nothing is older than 2026-11-22 00:00 UTC" in capsys.readouterr().out
    assert not (data / "runs.jsonlines").exists()
    assert main(["expire", "--older-than", "2026-11-23", str(data)]) == 0
    assert read(data / "runs.jsonlines")[-1]["removed"] == 2


def test_pseudonymise_says_what_is_next(data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["pseudonymise", str(data), "-o", str(tmp_path / "copy"), "--ids"]) == 0
    assert main(["pseudonymise", str(data)]) == 0
    told = capsys.readouterr().out
    assert "Made a key of pseudonyms" in told
    assert "Later runs need TIKTOK_PSEUDONYMISE=True" in told
    assert "is not anonymous" in told
    assert main(["pseudonymise", str(data)]) == 0
    assert "pseudonymised already" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (["expire", "--older-than", "soon"], "--older-than takes"),
        (["expire", "--older-than", "1d", "--naive-zone", "Nowhere"], "IANA name"),
        (["forget", "two words", "--yes"], "expected @handle"),
        (["share", "-o", "{data}/out"], "lies in the data directory"),
        (["pseudonymise", "--key", "{data}/key"], "lies in the data directory"),
        (["expire", "{data}/none", "--older-than", "1d"], "no such folder"),
        (["expire", "{data}/tiktoks.jsonlines", "--older-than", "1d"], "is a file: name the folder"),
    ],
)
def test_what_cannot_be_done_is_told_in_a_line(
    data: Path, typed: list[str], said: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TIKTOK_DATA_DIR", str(data))
    before = bytes_below(data)
    assert main([word.replace("{data}", str(data)) for word in typed]) == 1
    told = capsys.readouterr().err
    assert said in told
    assert told.count("\n") == 1
    assert bytes_below(data) == before

"""A run's folder is its own, and a killed run's folder is removed by the next."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.project import ROOT
from tiktok_scraper.browser.start.chromium import with_ours
from tiktok_scraper.browser.start.processes import (
    LONGEST_PARENT,
    RunDirectory,
    in_temporary,
    short,
    sweep,
    temporary,
)
from tiktok_scraper.errors import CouldNotStart


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder with a path short enough for Chromium's socket, which pytest's own is not."""
    with tempfile.TemporaryDirectory(prefix="t-") as path:
        yield Path(path)


def test_a_path_too_long_for_chromiums_socket_is_left_for_a_short_one(folder: Path) -> None:
    assert short(folder) == folder
    deep = folder / ("d" * LONGEST_PARENT)
    assert len(str(short(deep))) <= LONGEST_PARENT


def test_a_folder_in_use_stays_and_one_whose_run_is_gone_goes(folder: Path) -> None:
    mine = RunDirectory(folder)
    make = "import sys; from pathlib import Path; from tiktok_scraper.browser.start.processes import RunDirectory; "
    make += "d = RunDirectory(Path(sys.argv[1])); (d.path / 'left').write_text('x'); print(d.path)"
    done = subprocess.run(
        [sys.executable, "-c", make, str(folder)], cwd=ROOT, capture_output=True, text=True, check=True
    )
    left = Path(done.stdout.strip())
    assert (left / "left").exists(), "that process ended without cleaning up"
    assert sweep(folder) == 1
    assert not left.exists()
    assert mine.path.exists()
    mine.remove()
    assert list(folder.iterdir()) == []


def left_by_a_killed_run(parent: Path) -> Path:
    left = parent / "browser-killed"
    left.mkdir()
    (left / "lock").touch()
    return left


def test_what_a_killed_doctor_left_goes_with_the_next_run_wherever_that_has_its_own(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    parent = in_temporary()
    left = left_by_a_killed_run(parent)
    elsewhere = folder / "runs"
    RunDirectory(elsewhere).remove()
    assert (parent.exists(), left.exists()) == (True, False)


def test_a_folder_of_that_name_that_is_a_link_is_neither_used_nor_swept(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    theirs = folder / "theirs"
    theirs.mkdir()
    left = left_by_a_killed_run(theirs)
    temporary().symlink_to(theirs)
    RunDirectory(folder / "runs").remove()
    assert left.exists()
    with pytest.raises(CouldNotStart, match="is no folder: remove it, set TMPDIR to another folder"):
        in_temporary()


def test_temporary_files_of_the_driver_go_into_the_folder(folder: Path) -> None:
    directory = RunDirectory(folder)
    assert directory.environment()["TMPDIR"] == str(directory.path)
    assert directory.environment()["SE_OFFLINE"] == "true"
    directory.remove()


def test_two_runs_at_once_get_folders_of_their_own(folder: Path) -> None:
    one, two = RunDirectory(folder), RunDirectory(folder)
    assert one.path != two.path
    assert one.path.exists() and two.path.exists()
    one.remove()
    two.remove()


def test_what_the_user_tells_chromium_and_what_we_do_stand_in_one_argument() -> None:
    theirs = "--host-resolver-rules=MAP www.tiktok.com 127.0.0.1:4433"
    arguments = with_ours(("--lang=en", theirs))
    rules = [a for a in arguments if a.startswith("--host-resolver-rules=")]
    assert len(rules) == 1, "Chromium heeds the last one only"
    assert rules[0].startswith(theirs)
    assert "MAP update.googleapis.com ~NOTFOUND" in rules[0]
    assert arguments[0] == "--lang=en"
    features = [a for a in with_ours(("--disable-features=Theirs",)) if a.startswith("--disable-features=")]
    assert len(features) == 1 and features[0].startswith("--disable-features=Theirs,")

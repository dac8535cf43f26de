"""A run's folder is its own, and a killed run's folder is removed by the next."""

from __future__ import annotations

import errno
import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.project import ROOT
from tiktok_scraper.browser.start.chromium import with_ours
from tiktok_scraper.browser.start.run_directory import (
    LOCK,
    LONGEST_PARENT,
    MADE_WITHIN_S,
    RunDirectory,
    clear,
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
    make = "import sys; from pathlib import Path; from tiktok_scraper.browser.start.run_directory import RunDirectory; "
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


def test_a_removal_that_is_cut_short_is_taken_up_by_the_next_run(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    left = left_by_a_killed_run(folder)
    for name in ("a", "b"):
        (left / name).mkdir()
        (left / name / "file").touch()

    def killed(place: Path, **_: object) -> None:
        (place / "lock").unlink(missing_ok=True)
        raise KeyboardInterrupt  # as SIGKILL, which runs nothing more

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(shutil, "rmtree", killed)
        sweep(folder)
    assert (left / "lock").exists()
    assert sweep(folder) == 1
    assert list(folder.iterdir()) == []


def test_what_is_written_into_meanwhile_keeps_its_lock_for_the_next_run(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    left = left_by_a_killed_run(folder)
    (left / "profile").mkdir()
    with monkeypatch.context() as patched:
        patched.setattr(shutil, "rmtree", lambda *_, **__: None)
        clear(left)
    assert (left / "lock").exists()
    clear(left)
    assert not left.exists()


@pytest.mark.parametrize(("seconds", "stays"), [(0, True), (MADE_WITHIN_S / 2, True), (2 * MADE_WITHIN_S, False)])
def test_a_folder_without_a_lock_is_being_made_unless_it_is_old(folder: Path, seconds: float, stays: bool) -> None:
    """A clock that was set may have it made in the future."""
    for sign in (-1, 1):
        left = folder / f"browser-{sign}"
        (left / "profile").mkdir(parents=True)
        os.utime(left, (time.time() + sign * seconds,) * 2)
    assert sweep(folder) == (0 if stays else 2)
    assert len(list(folder.iterdir())) == (2 if stays else 0)


def test_a_lock_that_cannot_be_opened_tells_nothing_of_its_run(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    left = left_by_a_killed_run(folder)
    os.utime(left, (0, 0))

    def no_more_files(*_: object, **__: object) -> int:
        raise OSError(errno.EMFILE, os.strerror(errno.EMFILE))

    with monkeypatch.context() as patched:
        patched.setattr(os, "open", no_more_files)
        assert sweep(folder) == 0
    assert left.exists()
    (folder / "browser-no-folder").touch()
    os.utime(folder / "browser-no-folder", (0, 0))
    assert sweep(folder) == 1
    assert [path.name for path in folder.iterdir()] == ["browser-no-folder"]


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


def test_a_folder_that_another_start_sweeps_before_it_is_locked_is_made_anew(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock, swept = fcntl.flock, list[int]()

    def late(descriptor: int, how: int) -> None:
        if not swept and how == fcntl.LOCK_EX:
            swept.append(0)
            swept[0] = sweep(folder)
        lock(descriptor, how)

    monkeypatch.setattr(fcntl, "flock", late)
    mine = RunDirectory(folder)
    assert swept == [1], "the folder was there, and locked by nobody"
    assert (mine.path / LOCK).exists()
    assert sweep(folder) == 0, "the new one is held"
    mine.remove()
    assert not list(folder.iterdir())


def test_browsers_that_start_at_once_keep_their_folders(folder: Path) -> None:
    def start(_: int) -> bool:
        made = RunDirectory(folder)
        (made.path / "note").write_text("here")
        kept = (made.path / LOCK).exists()
        made.remove()
        return kept

    with ThreadPoolExecutor(16) as many:
        assert all(many.map(start, range(320)))
    assert not list(folder.iterdir())

"""No line is lost: not on a full disk, beside a file that turned read-only, in a folder that went away."""

from __future__ import annotations

import json
import os
import stat
import subprocess
from pathlib import Path

import pytest

from tests.tiktok_scraper.lines.spool.faults import FAILING_FSYNC, RUN, run, small_disk, written
from tiktok_scraper.lines.spool import absorb, waiting
from tiktok_scraper.lines.spool.places import places

LINES = 12


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for temporary files of the test's own, for this process too."""
    path = tmp_path / "tmp"
    path.mkdir(mode=0o1777)
    monkeypatch.setenv("TMPDIR", str(path))
    monkeypatch.setattr("tempfile.tempdir", str(path))
    return path


def numbers(path: Path) -> list[int]:
    return [json.loads(line)["number"] for line in path.read_bytes().splitlines()] if path.exists() else []


def test_what_a_full_disk_does_not_take_is_appended_once_there_is_room(tmp_path: Path, temporary: Path) -> None:
    with small_disk(tmp_path / "disk", "8k") as disk:  # two pages: lines and nothing else
        (disk / "filler").write_bytes(b"x" * 4096)
        kept, error = written(disk, LINES, temporary)
        in_file = numbers(disk / "tiktoks.jsonlines")
        count, lost, where = kept.split()
        assert 0 < len(in_file) < LINES and (int(count), int(lost)) == (LINES - len(in_file), 0)
        assert Path(where).parent.parent == temporary and "no space left on its disk" in error and where in error
        assert stat.S_IMODE(Path(where).parent.stat().st_mode) == 0o700
        assert not (disk / "spool").exists()
        # There is still no room: the spool stays, and is told.
        done = run(
            "from tiktok_scraper.lines.__main__ import main; import sys; sys.exit(main(sys.argv[1:]))",
            "repair",
            disk / "tiktoks.jsonlines",
            temporary=temporary,
        )
        assert done.returncode == 1 and f"{count} lines of tiktoks.jsonlines in {where}" in done.stderr
        subprocess.run(["mount", "-o", "remount,size=64k", disk], check=True)
        (told,) = absorb(disk)
        assert (told.run, told.lines, told.bad, told.stays) == (RUN, int(count), 0, None)
        assert numbers(disk / "tiktoks.jsonlines") == list(range(LINES))
        assert list(temporary.iterdir()) == [] and absorb(disk) == []


def test_a_limit_of_a_file_s_size_leaves_room_for_the_spool_beside_it(tmp_path: Path, temporary: Path) -> None:
    limit = "number == 5 and resource.setrlimit(resource.RLIMIT_FSIZE, (3000, resource.RLIM_INFINITY))"
    kept, error = written(tmp_path / "data", LINES, temporary, limit)
    # The spool has its limit as well: what it does not take goes to the temporary folder.
    assert kept.split()[1] == "0" and "ulimit -f" in error
    assert {path.parent for path in map(Path, kept.split()[2:])} >= {tmp_path / "data" / "spool"}
    absorb(tmp_path / "data")
    assert sorted(numbers(tmp_path / "data" / "tiktoks.jsonlines")) == list(range(LINES))
    assert [path.name for path in (tmp_path / "data").iterdir()] == ["tiktoks.jsonlines"]


def test_a_file_that_turned_read_only_has_its_spool_beside_it(tmp_path: Path, temporary: Path) -> None:
    fault = (
        "if number == 5: fresh = folder / 'fresh'; shutil.copy(file.path, fresh); fresh.chmod(0o444);"
        " fresh.replace(file.path)"
    )
    kept, error = written(tmp_path / "data", LINES, temporary, fault, ordinary=True)
    assert kept == f"{LINES - 5} 0 {tmp_path}/data/spool/{RUN}.jsonlines"
    assert "may not be written or entered: chmod" in error
    (tmp_path / "data" / "tiktoks.jsonlines").chmod(0o644)
    absorb(tmp_path / "data")
    assert numbers(tmp_path / "data" / "tiktoks.jsonlines") == list(range(LINES))


def test_a_folder_that_was_renamed_and_can_not_be_made_again_costs_nothing(tmp_path: Path, temporary: Path) -> None:
    (tmp_path / "disk").mkdir()
    data = tmp_path / "disk" / "data"
    gone = "number == 5 and (folder.rename(folder.parent / 'away'), folder.parent.chmod(0o555))"
    kept, _ = written(data, LINES, temporary, gone, ordinary=True)
    count, lost, where = kept.split()
    assert (int(count), int(lost)) == (LINES - 5, 0) and Path(where).parent.parent == temporary
    (tmp_path / "disk").chmod(0o755)
    (tmp_path / "disk" / "away").rename(data)
    absorb(data)
    assert numbers(data / "tiktoks.jsonlines") == list(range(LINES))


def test_a_folder_that_was_removed_is_made_again(tmp_path: Path, temporary: Path) -> None:
    kept, error = written(tmp_path / "data", LINES, temporary, "number == 5 and folder.rename(folder.parent / 'away')")
    assert (kept, error) == ("0 0", "")
    assert numbers(tmp_path / "away" / "tiktoks.jsonlines") == list(range(5))
    assert numbers(tmp_path / "data" / "tiktoks.jsonlines") == list(range(5, LINES))


@pytest.mark.parametrize("reached", [True, False], ids=["lines reached the disk", "lines did not"])
@pytest.mark.parametrize(("number", "count"), [(1, 12), (3, 10)], ids=["between lines", "at the end"])
def test_an_fsync_that_fails_leaves_no_line_in_doubt(
    tmp_path: Path, temporary: Path, number: int, count: int, reached: bool
) -> None:
    fails = FAILING_FSYNC.replace("AT", str(number)).replace("REACHED", str(reached))
    kept, error = written(tmp_path / "data", count, temporary, prelude=fails)
    # Every line since the last one that the disk has is kept: four are written between two calls.
    assert kept.split()[:2] == [str(count if number == 1 else 2), "0"]
    assert "could not be brought to the disk: no space left" in error
    absorb(tmp_path / "data")
    assert sorted(numbers(tmp_path / "data" / "tiktoks.jsonlines")) == list(range(count))


def test_where_nothing_takes_them_it_is_said_how_many_are_lost(tmp_path: Path, temporary: Path) -> None:
    with small_disk(tmp_path / "disk", "64k") as disk:
        data, full = disk / "data", disk / "tmp"
        data.mkdir()
        full.mkdir()
        fill = (
            "if number == 5:\n"
            "        with open(folder.parent / 'filler', 'wb', 0) as filler:\n"
            "            try:\n"
            "                while True: filler.write(bytes(512))\n"
            "            except OSError: pass"
        )
        kept, error = written(data, LINES, full, fill)
        in_file = len(numbers(data / "tiktoks.jsonlines"))
        assert kept == f"0 {LINES - in_file}" and f"{LINES - in_file} lines are lost" in error
        assert not list(full.iterdir()) and not (data / "spool").exists()


@pytest.mark.parametrize("in_the_way", ["a link", "open to others", "a file"])
def test_a_temporary_folder_that_is_not_ours_alone_is_left(tmp_path: Path, temporary: Path, in_the_way: str) -> None:
    data = tmp_path / "data"
    (own,) = [place.path for place in places(data) if place.private]
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    if in_the_way == "a link":
        own.symlink_to(elsewhere)
    elif in_the_way == "a file":
        own.touch()
    else:
        own.mkdir()
        own.chmod(0o777)
    data.write_text("a file where the folder should be")
    kept, error = written(data, 3, temporary)
    assert kept == "0 3" and "3 lines are lost" in error and str(own) in error
    assert list(elsewhere.iterdir()) == [] and waiting(data) == []


def test_two_data_folders_never_share_a_spool(tmp_path: Path, temporary: Path) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "link").symlink_to("one")
    first, second = (places(tmp_path / name)[-1].path for name in ("one", "two"))
    assert first != second and first.parent == second.parent == temporary
    assert places(tmp_path / "link") == places(tmp_path / "one") == places(Path(os.path.relpath(tmp_path / "one")))

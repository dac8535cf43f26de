"""Repair: every whole record stays, each on a line; whose the file is and what links to it stay as well."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from tests.project import ROOT
from tiktok_scraper.errors import CouldNotWrite
from tiktok_scraper.lines import LineFile, repair
from tiktok_scraper.lines.__main__ import main

A, B, C = (json.dumps({"scraped_at": "2026-11-01", "likes": likes}).encode() for likes in (1, 2, 3))
OTHER = 65534  # nobody
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root may give files away")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file with a torn line between two whole ones, in a folder of its own."""
    path = tmp_path / "data" / "tiktoks.jsonlines"
    path.parent.mkdir()
    path.write_bytes(A + b"\n" + B[:20] + b"\n" + C + b"\n")
    return path


def torn_of(path: Path) -> bytes:
    return path.with_name(path.name + ".torn").read_bytes()


def test_whole_lines_stay_byte_for_byte_and_the_rest_is_aside(path: Path) -> None:
    odd = b' {"scraped_at" : "x"}\r\n'
    path.write_bytes(odd + B[:20] + C + b"\n\0\0\n" + A + b"\n" + B[:7])
    done = repair(path)
    assert (done.kept, done.moved, done.salvaged) == (2, 3, 1)
    assert path.read_bytes() == odd + C + b"\n" + A + b"\n"
    assert torn_of(path) == B[:20] + b"\n\0\0\n" + B[:7] + b"\n"
    assert sorted(found.name for found in path.parent.iterdir()) == [path.name, path.name + ".torn"]


def test_two_whole_records_on_a_line_get_a_line_each_and_nothing_is_moved(path: Path) -> None:
    path.write_bytes(A + B + b"\n" + C + b"\n")
    done = repair(path)
    assert (done.kept, done.moved, done.salvaged) == (1, 0, 2)
    assert path.read_bytes() == A + b"\n" + B + b"\n" + C + b"\n"
    assert [found.name for found in path.parent.iterdir()] == [path.name]


def test_a_second_repair_finds_nothing_to_do(path: Path) -> None:
    repair(path)
    before, torn = path.stat(), torn_of(path)
    assert (repair(path).moved, repair(path).kept) == (0, 2)
    assert (path.stat().st_ino, path.stat().st_mtime_ns, torn_of(path)) == (before.st_ino, before.st_mtime_ns, torn)


def test_a_whole_last_line_gets_its_newline(path: Path) -> None:
    path.write_bytes(A + b"\n" + B)
    repair(path)
    assert path.read_bytes() == A + b"\n" + B + b"\n"


def test_a_writer_goes_on_in_the_repaired_file(path: Path) -> None:
    with LineFile(path) as file:
        repair(path)
        file.append({"likes": 4})
    assert path.read_bytes() == A + b"\n" + C + b'\n{"likes":4}\n'


def test_a_link_stays_and_the_file_behind_it_is_repaired_there(path: Path, tmp_path: Path) -> None:
    links = tmp_path / "links"
    links.mkdir()
    (links / "second").symlink_to("../data/tiktoks.jsonlines")
    link = links / "tiktoks.jsonlines"
    link.symlink_to("second")
    with LineFile(link) as file:
        assert repair(link).moved == 1
        file.append({"likes": 4})
    assert (link.readlink(), (links / "second").readlink()) == (Path("second"), Path("../data/tiktoks.jsonlines"))
    assert not path.is_symlink()
    assert path.read_bytes() == A + b"\n" + C + b'\n{"likes":4}\n'
    assert torn_of(path) == B[:20] + b"\n"
    assert sorted(found.name for found in links.iterdir()) == ["second", "tiktoks.jsonlines"]


def test_a_torn_tail_behind_a_link_is_set_aside_beside_the_file(path: Path, tmp_path: Path) -> None:
    path.write_bytes(A + b"\n" + B[:20])
    link = tmp_path / "tiktoks.jsonlines"
    link.symlink_to(path)
    with LineFile(link) as file:
        file.append({"likes": 4})
    assert link.is_symlink() and path.read_bytes() == A + b'\n{"likes":4}\n'
    assert torn_of(path) == B[:20] + b"\n"
    assert [found.name for found in tmp_path.iterdir() if found.name.endswith(".torn")] == []


def test_a_link_to_nowhere_is_told_as_one(tmp_path: Path) -> None:
    link = tmp_path / "tiktoks.jsonlines"
    link.symlink_to(tmp_path / "unmounted" / "tiktoks.jsonlines")
    with pytest.raises(CouldNotWrite, match=r"\(a link to .*unmounted/tiktoks\.jsonlines\) can't be opened"):
        LineFile(link)


def test_the_mode_and_the_extended_attributes_stay(path: Path) -> None:
    path.chmod(0o640)
    attributes = True
    try:
        os.setxattr(path, "user.study", b"spring")
    except OSError:
        attributes = False  # this file system has none
    repair(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert stat.S_IMODE(path.with_name(path.name + ".torn").stat().st_mode) == 0o640
    assert not attributes or os.getxattr(path, "user.study") == b"spring"


@as_root
@pytest.mark.parametrize("by", ["repair", "append"])
def test_root_takes_the_file_from_nobody(path: Path, by: str) -> None:
    os.chown(path, OTHER, OTHER)
    if by == "repair":
        repair(path)
    else:
        path.write_bytes(A + b"\n" + B[:20])
        LineFile(path).close()
    for file in (path, path.with_name(path.name + ".torn")):
        assert (file.stat().st_uid, file.stat().st_gid) == (OTHER, OTHER)


@as_root
def test_somebody_else_s_file_is_left_to_them() -> None:
    code = (
        "import os, sys; from pathlib import Path\n"
        "from tiktok_scraper.errors import CouldNotWrite; from tiktok_scraper.lines import repair\n"
        f"os.setgid({OTHER}); os.setuid({OTHER})\n"
        "try: repair(Path(sys.argv[1]))\n"
        "except CouldNotWrite as error: print(error)\n"
    )
    with tempfile.TemporaryDirectory() as folder:  # pytest's own are closed to others
        path = Path(folder) / "tiktoks.jsonlines"
        path.write_bytes(A + b"\n" + B[:20] + b"\n")
        path.parent.chmod(0o777)
        ran = subprocess.run([sys.executable, "-c", code, path], capture_output=True, text=True, cwd=ROOT, check=True)
        assert "belongs to user 0, group 0" in ran.stdout and "sudo -u '#0'" in ran.stdout
        assert (path.read_bytes(), path.stat().st_uid) == (A + b"\n" + B[:20] + b"\n", 0)
        assert [found.name for found in path.parent.iterdir()] == [path.name]


def test_files_of_others_beside_it_are_not_written_over(path: Path) -> None:
    others = {path.with_name(path.name + ending): ending.encode() for ending in (".repaired", ".part", ".bak", ".torn")}
    for other, held in others.items():
        other.write_bytes(held)
    repair(path)
    assert {other: other.read_bytes() for other in others} == {
        other: held + (B[:20] + b"\n" if other.name.endswith(".torn") else b"") for other, held in others.items()
    }


@pytest.mark.parametrize("torn_before", [None, b"older\n"])
def test_a_disk_that_refuses_leaves_everything_as_it_was(
    path: Path, torn_before: bytes | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = path.read_bytes()
    torn = path.with_name(path.name + ".torn")
    if torn_before is not None:
        torn.write_bytes(torn_before)

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(CouldNotWrite, match=r"could not be repaired and is as it was: .*No space left"):
        repair(path)
    assert path.read_bytes() == before
    assert (torn.read_bytes() if torn.exists() else None) == torn_before
    assert {found.name for found in path.parent.iterdir()} <= {path.name, torn.name}


def test_the_command_says_what_it_did(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path.write_bytes(A + B + b"\n")
    assert main(["check", str(path)]) == 1
    assert "; 2 whole on it, for which repair makes lines" in capsys.readouterr().out
    assert main(["repair", str(path)]) == 0
    assert capsys.readouterr().out == f"{path}: 0 lines kept, 2 records salvaged from bad ones, 0 bad moved\n"
    assert main(["check", str(path)]) == 0
    assert capsys.readouterr().out == f"{path}: 2 whole lines, 0 bad\n"


@pytest.mark.parametrize(
    ("told", "mixed"),
    [
        ([{"event": "start", "run": "a"}, {"event": "end", "run": "a", "simulated": True}], False),
        ([{"event": "start", "run": "a"}, {"event": "end", "run": "b", "simulated": False, "seen": 9}], False),
        ([{"event": "end", "simulated": True}, {"event": "end", "simulated": False, "seen": 0}], False),
        ([{"event": "end", "simulated": True}, {"event": "end", "simulated": None, "seen": 0}], False),
        ([{"event": "start", "run": "a", "simulated": None}, {"event": "end", "run": "a", "simulated": True}], False),
        (
            [
                {"event": "end", "run": "a", "simulated": True},
                {"event": "end", "run": "b", "simulated": False, "seen": 1},
            ],
            True,
        ),
        ([{"url": "x"}, {"url": "y", "simulated": True}], True),
        ([{"url": "x"}, {"url": "y", "simulated": False}], False),
        ([{"run": "a", "reason": "no id"}, {"url": "y", "simulated": True}], False),
    ],
)
def test_a_file_is_mixed_where_two_of_its_lines_say_so(
    path: Path, told: list[dict[str, object]], mixed: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    path.write_text("".join(json.dumps(record) + "\n" for record in told))
    assert main(["check", str(path)]) == int(mixed)
    assert capsys.readouterr().out.endswith("mixed\n") == mixed


def test_the_middle_of_a_long_file_is_looked_at_for_mixing(path: Path) -> None:
    line = json.dumps({"url": "x" * 1000, "simulated": True}) + "\n"
    path.write_text(line * 200 + json.dumps({"url": "x", "simulated": False}) + "\n" + line * 200)
    assert main(["check", str(path)]) == 1

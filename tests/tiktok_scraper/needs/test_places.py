"""Why a place can't be used: the cause by what stands there, and a remedy that can be typed."""

from __future__ import annotations

import errno
import getpass
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.project import ROOT
from tiktok_scraper.needs.places import check_folder, why


def refusal(code: int) -> OSError:
    return OSError(code, os.strerror(code))


def test_a_folder_that_is_not_there_is_made_and_left_empty(tmp_path: Path) -> None:
    check_folder(tmp_path / "a" / "b")
    assert list((tmp_path / "a" / "b").iterdir()) == []


def test_room_that_is_not_there_is_missed(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No space left") as refused:
        check_folder(tmp_path, room=shutil.disk_usage(tmp_path).free * 2)
    assert "free some" in why(tmp_path, refused.value)


def test_a_file_in_the_way_is_named_wherever_it_stands(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for wanted in (tmp_path / "file", tmp_path / "file" / "a" / "b"):
        with pytest.raises(OSError) as refused:
            check_folder(wanted)
        assert why(wanted, refused.value).startswith(f"{tmp_path}/file is a file where a folder should be")


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (errno.ENOSPC, "no space left"),
        (errno.EDQUOT, "quota"),
        (errno.EROFS, "read-only"),
        (errno.EFBIG, "ulimit -f"),
        (errno.EMFILE, "ulimit -n"),
        (errno.EISDIR, "is a folder where a file should be"),
        (errno.ELOOP, "Too many levels of symbolic links"),
    ],
)
def test_what_the_system_refuses_is_put_in_words(tmp_path: Path, code: int, words: str) -> None:
    assert words in why(tmp_path, refusal(code))


def test_what_is_ours_and_closed_is_opened_by_chmod(tmp_path: Path) -> None:
    closed = tmp_path / "my data"
    closed.mkdir(mode=0o555)
    told = why(closed, refusal(errno.EACCES))
    assert told.endswith(f"chmod -R u+rwX '{closed}'")
    # Of a file that is not there, the folder that it would be in is what refused.
    assert why(closed / "runs.jsonlines", refusal(errno.EACCES)) == told


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file to another user")
def test_what_is_anothers_is_told_with_both_names(tmp_path: Path) -> None:
    os.chown(tmp_path, 65534, 65534)
    told = why(tmp_path, refusal(errno.EACCES))
    assert f"{tmp_path} belongs to nobody, and this run is {getpass.getuser()}'s" in told
    assert f"sudo chown -R {getpass.getuser()} {tmp_path}" in told
    os.chown(tmp_path, 54321, 54321)
    assert "belongs to user 54321" in why(tmp_path, refusal(errno.EACCES))


UNDER_A_LIMIT = """
import resource, sys
from pathlib import Path
from tiktok_scraper.needs.places import check_folder, why
folder, limit = Path(sys.argv[1]), int(sys.argv[2])
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
try:
    check_folder(folder)
except OSError as error:
    print(why(folder, error))
"""


@pytest.mark.parametrize("limit", ["1000", "30000"])
def test_a_limit_of_the_files_size_is_met_before_any_line(tmp_path: Path, limit: str) -> None:
    words = [sys.executable, "-c", UNDER_A_LIMIT, str(tmp_path), limit]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True)
    assert "ulimit -f" in done.stdout

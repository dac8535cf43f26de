"""`make cron` and `make uncron`, by a crontab command that stands in and by the real one."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.project import ROOT
from tiktok_scraper.runs.hours.attempts import read_attempts

# As the real one: it replaces the whole crontab by what it is given, and -l fails where there is none.
STAND_IN = """#!/bin/sh
file=$0.lines
case $1 in
-l)
  [ ! -f "$0.failing" ] || { cat "$0.failing" >&2; exit 1; }
  cat "$file" 2>/dev/null || { echo "no crontab for me" >&2; exit 1; } ;;
-)
  [ ! -f "$0.refusing" ] || { echo "you are not allowed to use this program" >&2; exit 1; }
  cat >"$file" ;;
esac
"""
OTHERS = b"# mine\nMAILTO=me@example.org\n5 4 * * *\t/home/me/backup.sh  \xff\r\n\n@reboot  /bin/true"

Make = Callable[..., subprocess.CompletedProcess[str]]


class Machine:
    """A checkout's Makefile and tools, and a crontab command."""

    def __init__(self, folder: Path) -> None:
        self.checkout = folder / "it's 100% mine"
        self.checkout.mkdir()
        shutil.copytree(ROOT / "tools", self.checkout / "tools", ignore=shutil.ignore_patterns("__pycache__"))
        for name in ("Makefile", "tiktok_scraper.cron"):
            shutil.copy(ROOT / name, self.checkout)
        (self.checkout / ".venv").symlink_to(sys.prefix)
        (folder / "bin").mkdir()
        self.program = folder / "bin" / "crontab"
        self.program.write_text(STAND_IN)
        self.program.chmod(0o755)
        self.crontab = self.program.with_name("crontab.lines")

    def make(self, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["make", "--no-print-directory", "-o", "setup", *words],
            cwd=self.checkout,
            env={**os.environ, "PATH": f"{self.program.parent}:{os.environ['PATH']}"},
            capture_output=True,
            text=True,
            check=False,
        )

    def other(self, name: str, text: str) -> None:
        self.program.with_name(f"crontab.{name}").write_text(text)

    def line(self, when: str = "0 * * * *", rest: str = "") -> bytes:
        path = str(self.checkout).replace("'", "'\\''").replace("%", "\\%")
        return f"{when} '{path}/tiktok_scraper.cron'{rest}\n".encode()


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def test_it_comes_and_goes_and_the_other_lines_stay_byte_for_byte(machine: Machine) -> None:
    machine.crontab.write_bytes(OTHERS)
    assert machine.make("cron").returncode == 0
    assert machine.crontab.read_bytes() == OTHERS + b"\n" + machine.line()
    assert machine.make("uncron").returncode == 0
    assert machine.crontab.read_bytes() == OTHERS + b"\n"


def test_from_when_to_when_the_job_is_meant_to_run_is_noted(machine: Machine) -> None:
    for words in (["cron"], ["cron"], ["uncron"], ["uncron"], ["cron"]):
        assert machine.make(*words).returncode == 0
    notes = read_attempts(machine.checkout / "runs" / "attempts")
    assert [note.outcome for note in notes] == ["scheduled", "unscheduled", "scheduled"]


def test_the_first_crontab_is_begun_and_left_empty(machine: Machine) -> None:
    assert machine.make("uncron").returncode == 0
    assert not machine.crontab.exists()
    assert machine.make("cron").returncode == 0
    assert machine.crontab.read_bytes() == machine.line()
    assert machine.make("uncron").returncode == 0
    assert machine.crontab.read_bytes() == b""


def test_a_line_that_is_there_keeps_its_schedule_and_its_arguments(machine: Machine) -> None:
    own = OTHERS + b"\n" + machine.line("0 */2 * * *", " -a limit=50 -s TIKTOK_DATA_DIR=/data")
    machine.crontab.write_bytes(own)
    done = machine.make("cron")
    assert done.returncode == 0
    assert "-a limit=50" in done.stdout
    assert machine.crontab.read_bytes() == own


def test_a_line_with_a_broken_path_is_mended_with_its_arguments(machine: Machine) -> None:
    machine.crontab.write_bytes(f"7 * * * * '{machine.checkout}/tiktok_scraper.cron' -a limit=9\n".encode())
    assert machine.make("cron").returncode == 0
    assert machine.crontab.read_bytes() == machine.line("7 * * * *", " -a limit=9")


@pytest.mark.parametrize("word", ["cron", "uncron"])
@pytest.mark.parametrize(
    "said", ["crontab: can't open: Too many open files", "crontab: can't open 'me': Permission denied", ""]
)
def test_a_crontab_that_can_not_be_read_is_not_written(machine: Machine, word: str, said: str) -> None:
    machine.crontab.write_bytes(OTHERS)
    machine.other("failing", said)
    done = machine.make(word)
    assert done.returncode != 0
    assert said in done.stderr and "nothing was changed" in done.stderr
    assert "Added" not in done.stdout and "no hourly crawl" not in done.stdout
    assert machine.crontab.read_bytes() == OTHERS


@pytest.mark.parametrize("said", ["no crontab for me", "crontab: can't open 'me': No such file or directory"])
def test_how_programs_say_that_there_is_none_yet(machine: Machine, said: str) -> None:
    machine.other("failing", said)
    assert machine.make("uncron").returncode == 0


def test_a_refusal_to_write_is_told(machine: Machine) -> None:
    machine.other("refusing", "")
    done = machine.make("cron")
    assert done.returncode != 0
    assert "you are not allowed to use this program" in done.stderr
    assert "Added" not in done.stdout


def test_a_line_that_does_more_than_ours_is_left_and_told(machine: Machine) -> None:
    both = machine.line(rest="; /home/me/backup.sh")
    machine.crontab.write_bytes(both)
    done = machine.make("uncron")
    assert done.returncode != 0
    assert "backup.sh" in done.stdout
    assert machine.crontab.read_bytes() == both


def test_a_line_of_a_checkout_that_was_moved_is_told_and_stays(machine: Machine) -> None:
    old = b"0 * * * * /srv/before/tiktok_scraper.cron\n"
    machine.crontab.write_bytes(old)
    done = machine.make("cron")
    assert "not there any more" in done.stdout and "/srv/before/tiktok_scraper.cron" in done.stdout
    assert machine.crontab.read_bytes() == old + machine.line()


def test_a_machine_without_crontab_says_what_to_install(machine: Machine) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tools.hourly", "add"],
        cwd=machine.checkout,
        env={"PATH": "/nonexistent"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "apt-get install cron" in done.stderr
    assert done.stderr.count("\n") == 1


SPOOL = Path("/var/spool/cron/crontabs")


@pytest.mark.system
@pytest.mark.skipif(os.geteuid() != 0, reason="only root may put a folder of its own over the spool")
@pytest.mark.skipif(not (shutil.which("crontab") and SPOOL.is_dir()), reason="needs cron")
def test_the_real_crontab_command(machine: Machine, tmp_path: Path) -> None:
    machine.program.unlink()
    spool = tmp_path / "spool"
    spool.mkdir()

    def under(script: str) -> subprocess.CompletedProcess[bytes]:
        whole = f'set -e; mount --bind "$1" {SPOOL}; {script}'
        words = ["unshare", "--mount", "--propagation", "private", "sh", "-c", whole, "sh", str(spool)]
        return subprocess.run(words, cwd=machine.checkout, capture_output=True, check=False)

    make = "make --no-print-directory -o setup"
    own = OTHERS.replace(b"\r", b"") + b"\n"
    (tmp_path / "own").write_bytes(own)
    assert under(f"{make} uncron").returncode == 0
    assert under(f"{make} cron; crontab -l").stdout.endswith(b"again.\n" + warned(machine.line()))
    assert under(f"crontab {tmp_path}/own; {make} cron; {make} cron").returncode == 0
    assert under("crontab -l").stdout == own + machine.line()
    assert under(f"{make} uncron").returncode == 0
    assert under("crontab -l").stdout == own


def warned(line: bytes) -> bytes:
    """*line* behind what root is told."""
    return b"You are root: each run will be refused unless TIKTOK_ALLOW_NO_SANDBOX is set, see docs/crawl.md.\n" + line


def test_line_ends_that_crontab_does_not_print_as_they_are_are_not_written_back(machine: Machine) -> None:
    # As Debian's crontab -l prints a line that ends in a carriage return.
    machine.crontab.write_bytes(b"5 4 * * * tr -d '\\r' <a\n6 4 * * * /home/me/backup.sh\\r\n")
    before = machine.crontab.read_bytes()
    done = machine.make("uncron")
    assert done.returncode != 0
    assert "Windows line ends" in done.stderr
    assert machine.crontab.read_bytes() == before
    machine.crontab.write_bytes(before.splitlines(keepends=True)[0])
    assert machine.make("uncron").returncode == 0

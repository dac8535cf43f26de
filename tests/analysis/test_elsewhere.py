"""What Windows lacks is taken away: the analysis runs all the same, and what can't says in one line what it needs."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from analysis.load import load
from analysis.report.build import build
from analysis.report.study import Study
from tests.analysis.lines_of import line, written
from tests.analysis.report.report_lines import lines, write
from tests.project import ROOT

# Modules and calls that Python has on Unix alone, as far as anything here or a package below it might lean on them.
WITHOUT = """
import os, signal, sys
for name in ("pread", "fork", "forkpty", "setsid", "getuid", "geteuid", "getgid", "sysconf", "posix_fallocate"):
    if hasattr(os, name):
        delattr(os, name)
del signal.SIGKILL
for module in ("fcntl", "resource", "pwd", "grp", "termios"):
    sys.modules[module] = None
if __name__ == "__main__":  # processes that the command starts lack the same, and run no command
    import runpy
    sys.argv = sys.argv[1:]
    runpy.run_module(sys.argv[0], run_name="__main__")
"""


def run(folder: Path, *words: str, **around: str) -> subprocess.CompletedProcess[str]:
    (folder / "without.py").write_text(WITHOUT, encoding="utf-8")
    return subprocess.run(
        [sys.executable, str(folder / "without.py"), *words],
        env={**os.environ, "PYTHONPATH": str(ROOT), **around},
        cwd=ROOT, capture_output=True, text=True, timeout=240, check=False,
    )  # fmt: skip


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    folder.mkdir()
    written(folder, *(line(number, audio="Für dich \u2192 \u4f60\u597d") for number in range(40)))
    with (folder / "tiktoks.jsonlines").open("ab") as file:
        file.write(b'{"torn": ')
    return folder


def test_the_report_is_the_same_byte_for_byte_in_one_process_or_two(tmp_path: Path) -> None:
    """One is written here, with forks that draw beside the measures, the other where there are no forks."""
    data = write(tmp_path / "data", lines(tiktoks=60, runs=6))
    here = build(Study(load(data), data), processes=2)
    there = run(tmp_path, "analysis", "report", str(data), "-o", str(tmp_path / "there.html"), "--cache", str(tmp_path))
    assert there.returncode == 0, there.stderr
    assert "Traceback" not in there.stderr
    assert (tmp_path / "there.html").read_bytes() == here.encode()


def test_buckets_and_their_processes_run_too(data: Path, tmp_path: Path) -> None:
    (tmp_path / "cell.py").write_text(
        "from pathlib import Path\nfrom analysis.engines import scale\nfrom tests.analysis import entity_functions\n"
        f"where = Path({str(data)!r})\n"
        "print(len(scale.rows(entity_functions.growth_rows, where, 'id', engine='buckets', processes=2)))\n",
        encoding="utf-8",
    )
    done = run(tmp_path, "cell", PYTHONPATH=os.pathsep.join([str(ROOT), str(tmp_path)]))
    assert (done.returncode, done.stdout) == (0, "40\n"), done.stderr


def test_a_history_is_printed_in_whatever_encoding_the_terminal_has(data: Path, tmp_path: Path) -> None:
    done = run(
        tmp_path, "analysis", "show", "@creator0", str(data), "-o", str(tmp_path / "c.png"), PYTHONIOENCODING="cp1252"
    )
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "c.png").read_bytes().startswith(b"\x89PNG")


def test_the_notebooks_find_their_sample(tmp_path: Path) -> None:
    (tmp_path / "cell.py").write_text(
        "from analysis.commands import notebook\nfrom analysis.load import load\n"
        "print(load(notebook.data_folder()).report.lines)\n",
        encoding="utf-8",
    )
    done = run(tmp_path, "cell", PYTHONPATH=os.pathsep.join([str(ROOT), str(tmp_path)]))
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 5_000


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("scrapy", "crawl", "tiktok"), "the crawl needs Linux (on Windows: WSL), and this is"),
        (("tiktok_scraper.runs",), "files need locks that"),
        (("tiktok_scraper.lines", "check", "x"), "files need locks that"),
    ],
)
def test_what_needs_more_says_so_in_one_line(tmp_path: Path, words: tuple[str, ...], said: str) -> None:
    done = run(tmp_path, *words)
    assert (done.returncode, done.stdout) == (1, "")
    assert said in done.stderr
    assert done.stderr.count("\n") == 1
    assert "python -m analysis" in done.stderr


def test_the_replica_writes_its_history_there(tmp_path: Path) -> None:
    done = run(tmp_path, "replica", "history", "--days", "1", "-o", str(tmp_path / "h"))
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "h" / "tiktoks.jsonlines").stat().st_size > 0

"""`python -m analysis notebooks` tells Jupyter where the data are, and says where there are none."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from analysis.commands.jupyter import named_folder
from tests.project import ROOT

# In Jupyter's place: what it is started with.
JUPYTER = 'import json, os, sys\nprint(json.dumps([sys.argv[1:], os.environ.get("TIKTOK_DATA_DIR")]))\n'


def opened(folder: Path, *words: str, **around: str) -> tuple[int, str | None, str]:
    """The exit code, the folder that Jupyter is told (its arguments are checked), and what is said on stderr."""
    (folder / "jupyterlab.py").write_text(JUPYTER, encoding="utf-8")
    paths = os.pathsep.join([str(folder), str(ROOT)])
    done = subprocess.run(
        [sys.executable, "-m", "analysis", "notebooks", *words],
        env={**os.environ, "PYTHONPATH": paths, "HOME": str(folder), **around},
        cwd=folder, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    if not done.stdout:
        return done.returncode, None, done.stderr
    words_told, named = json.loads(done.stdout)
    assert words_told[-1] == str(ROOT / "analysis")
    return done.returncode, named, done.stderr


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "tiktoks.jsonlines").write_bytes(b"")
    return tmp_path


@pytest.mark.parametrize("words", [["mine"], ["~/mine"], ["{}/mine"]])
def test_a_folder_with_lines_is_told_in_full(mine: Path, words: list[str]) -> None:
    assert opened(mine, *(word.format(mine) for word in words)) == (0, str(mine / "mine"), "")


def test_the_variable_counts_where_nothing_is_named(mine: Path) -> None:
    assert opened(mine, TIKTOK_DATA_DIR="~/mine") == (0, str(mine / "mine"), "")
    (mine / "other").mkdir()
    assert opened(mine, "other", TIKTOK_DATA_DIR="~/mine")[1] == str(mine / "other")


def test_without_lines_the_sample_is_announced(tmp_path: Path) -> None:
    code, told, said = opened(tmp_path, str(tmp_path))
    assert (code, told) == (0, str(tmp_path))
    assert said == (
        f"{tmp_path} holds no tiktoks.jsonlines yet: the notebooks show the shipped sample, which is simulated.\n"
    )
    code, told, said = opened(tmp_path, TIKTOK_DATA_DIR="")
    assert (code, told) == (0, None)
    assert said.startswith("no folder is named: the notebooks show the shipped sample")


def test_a_folder_that_is_not_there_is_one_line_and_jupyter_is_not_started(tmp_path: Path) -> None:
    code, told, said = opened(tmp_path, "no-such-folder")
    assert (code, told) == (1, None)
    assert said.startswith(f"analysis: {tmp_path}/no-such-folder: expected a folder with your data, found no such fold")
    assert said.count("\n") == 1


def test_a_relative_folder_is_one_of_the_checkout(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    assert named_folder("demo") == ROOT / "demo"
    assert named_folder("~/x") == tmp_path / "x"
    assert named_folder("") is named_folder(None) is None

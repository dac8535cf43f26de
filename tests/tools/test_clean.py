"""make clean removes what make made, and nothing that somebody put beside it."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.project import ROOT

SIMULATED = '{"url":"x","simulated":true}\n'
OF_DEMO = {
    "tiktoks.jsonlines": SIMULATED,
    "runs.jsonlines": '{"event":"start"}\n',
    "truth.jsonlines": "{}\n",
    "report.html": "<p>",
    "runs/a/profile": "x",
    "rejected.jsonlines": "{}\n",
    "tiktoks.jsonlines.torn": "{",
}


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout with caches, an environment and the user's own data."""
    checkout = tmp_path / "it's a checkout"
    (checkout / "tools").mkdir(parents=True)
    shutil.copy(ROOT / "tools" / "clean.sh", checkout / "tools")
    for name in (".venv/bin/python", "analysis/__pycache__/x.pyc", ".ruff_cache/x", "tiktoks.jsonlines", "runs/x"):
        (checkout / name).parent.mkdir(parents=True, exist_ok=True)
        (checkout / name).write_text("")
    return checkout


def clean(checkout: Path, demo: dict[str, str]) -> str:
    for name, text in demo.items():
        (checkout / "demo" / name).parent.mkdir(parents=True, exist_ok=True)
        (checkout / "demo" / name).write_text(text)
    ran = subprocess.run(["sh", checkout / "tools" / "clean.sh"], capture_output=True, text=True, check=True)
    assert ran.stderr == ""
    return ran.stdout


def left(checkout: Path) -> set[str]:
    return {str(path.relative_to(checkout)) for path in checkout.rglob("*") if path.is_file()}


OWN = {"tools/clean.sh", "tiktoks.jsonlines", "runs/x"}


def test_what_make_made_goes_with_the_demo_and_the_data_stay(checkout: Path) -> None:
    assert clean(checkout, OF_DEMO) == ""
    assert left(checkout) == OWN
    assert not (checkout / "demo").exists()


@pytest.mark.parametrize(
    "demo",
    [
        {"tiktoks.jsonlines": '{"url":"x","simulated":false}\n', "runs.jsonlines": "{}\n"},
        {**OF_DEMO, "tiktoks.jsonlines": SIMULATED + '{"url":"x","simulated": false}\n'},
        {**OF_DEMO, "tiktoks.jsonlines": '{"url":"of 2022"}\n'},
        {"tiktoks.jsonlines": SIMULATED},
    ],
)
def test_lines_that_the_demo_did_not_write_stay_with_all_beside_them(checkout: Path, demo: dict[str, str]) -> None:
    assert "demo/ holds lines that make demo did not write, and stays." in clean(checkout, demo)
    assert left(checkout) == OWN | {f"demo/{name}" for name in demo}


def test_other_files_in_the_demo_s_folder_stay_and_are_named(checkout: Path) -> None:
    assert "stays: notes.txt" in clean(checkout, {**OF_DEMO, "notes.txt": "mine"})
    assert left(checkout) == OWN | {"demo/notes.txt"}


def test_a_link_to_a_folder_elsewhere_is_left_alone(checkout: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "truth.jsonlines").write_text("{}\n")
    (checkout / "demo").symlink_to(elsewhere)
    assert clean(checkout, {}) == ""
    assert (checkout / "demo").is_symlink() and (elsewhere / "truth.jsonlines").exists()


def test_make_clean_is_this_script() -> None:
    rules = (ROOT / "Makefile").read_text()
    assert "\n\t@sh tools/clean.sh\n" in rules.partition("\nclean:")[2]

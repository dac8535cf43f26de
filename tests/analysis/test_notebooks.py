"""The notebooks run on the shipped sample, are stored without outputs, and hold prose and calls only."""

from __future__ import annotations

import ast
import base64
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from analysis import notebook
from analysis.load import load
from analysis.plots.runs import run_calendar

FOLDER = Path(notebook.__file__).parent
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
DEFINES = (
    ast.FunctionDef,
    ast.AsyncFunctionDef,
    ast.ClassDef,
    ast.Lambda,
    ast.For,
    ast.While,
    ast.If,
    ast.Try,
    ast.With,
)


@pytest.fixture(autouse=True)
def nobodys_data(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TIKTOK_DATA_DIR", raising=False)


def read(path: Path) -> nbformat.NotebookNode:
    return nbformat.reads(path.read_text(encoding="utf-8"), as_version=4)  # type: ignore[no-any-return, no-untyped-call]


def code(path: Path) -> list[str]:
    return [cell.source for cell in read(path).cells if cell.cell_type == "code"]


def test_there_are_six() -> None:
    assert [path.stem[:2] for path in NOTEBOOKS] == ["01", "02", "03", "04", "05", "06"]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_stored_empty_and_says_whose_data_it_shows(path: Path) -> None:
    cells = read(path).cells
    assert not any(cell.get("outputs") or cell.get("execution_count") for cell in cells)
    assert cells[0].cell_type == "markdown"
    assert "**simulated**" in cells[0].source
    assert any("FOLDER = notebook.data_folder()" in source for source in code(path))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_defines_nothing(path: Path) -> None:
    found = [type(node).__name__ for source in code(path) for node in ast.walk(ast.parse(source))]
    assert not {kind.__name__ for kind in DEFINES} & set(found)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs_on_the_sample_without_a_warning(path: Path) -> None:
    ran = read(path)
    where = {"metadata": {"path": str(path.parent)}}
    NotebookClient(ran, timeout=120, kernel_name="python3", resources=where).execute()
    outputs = [output for cell in ran.cells for output in cell.get("outputs", [])]
    assert [output.text for output in outputs if output.output_type == "stream"] == []
    assert sum("image/png" in output.get("data", {}) for output in outputs) >= 1


def test_the_folder_is_yours_where_you_name_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIKTOK_DATA_DIR", str(tmp_path))
    assert notebook.data_folder() == tmp_path


def test_the_sample_is_small_whole_and_simulated() -> None:
    assert sum(path.stat().st_size for path in notebook.SAMPLE.iterdir()) < 400_000
    report = load(notebook.data_folder()).report
    assert report.simulated
    assert report.lines > 5_000
    assert not report.bad
    assert not report.torn_tail


def test_the_two_creators_of_2022_are_given_one_wrap_which_is_a_lower_bound() -> None:
    """-1934013585 is 2360953711 (ARCHITECTURE.md, Counts); the other, -2131727774, is 2163239522."""
    lines = load(notebook.OVERFLOWED_2022, naive_zone="UTC").sightings
    assert lines["user_likes"].tolist() == [2_360_953_711, 2_163_239_522]
    assert lines["user_likes_shown"].tolist() == ["-1934013585", "-2131727774"]
    assert set(lines["user_likes_repair"]) == {"minimum"}


def test_a_plot_is_a_picture_and_a_record_a_table() -> None:
    data = load(notebook.data_folder())
    picture = notebook.drawn(run_calendar, data.coverage.hours)
    assert picture._repr_png_().startswith(base64.b16decode("89504E47"))
    assert "simulated" in notebook.told(data.report)["field"].tolist()

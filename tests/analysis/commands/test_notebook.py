"""The notebooks run on the shipped sample, are stored without outputs, and hold prose and calls only."""

from __future__ import annotations

import ast
import base64
import itertools
import json
import math
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import nbformat
import pandas as pd
import pytest
from IPython.core.displayhook import DisplayHook
from IPython.core.interactiveshell import InteractiveShell
from IPython.display import display
from IPython.utils.capture import capture_output
from nbclient import NotebookClient
from traitlets.config import Config

from analysis.commands import notebook
from analysis.load import load
from analysis.plots.runs import run_calendar
from tests.analysis.report.report_lines import lines, write
from tests.project import ROOT

FOLDER = ROOT / "analysis"
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


class Ran(NamedTuple):
    """What a notebook printed, and what it showed: by type, a mapping an output."""

    printed: str
    shown: list[dict[str, str]]


class Shows(DisplayHook):
    """What a cell ends with is shown as a kernel shows it: where outputs are gathered."""

    def __call__(self, result: object = None) -> None:
        if result is not None:
            display(result)  # type: ignore[no-untyped-call]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Path], Ran]]:
    """Runs a notebook's cells in this process as its kernel would: one of them is run in a kernel, too, below."""
    names = ("display.max_columns", "display.max_colwidth", "display.float_format")
    before = [value for name in names for value in (name, pd.get_option(name))]
    monkeypatch.chdir(FOLDER)
    told = Config()
    told.HistoryManager.enabled = False
    shell = InteractiveShell.instance(config=told, displayhook_class=Shows)

    def ran(path: Path) -> Ran:
        with capture_output() as captured:
            for source in code(path):
                shell.run_cell(source).raise_error()  # type: ignore[no-untyped-call]
        return Ran(captured.stdout + captured.stderr, [output.data for output in captured.outputs])

    yield ran
    InteractiveShell.clear_instance()
    pd.set_option(*before)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs_on_the_sample_without_a_warning(path: Path, run: Callable[[Path], Ran]) -> None:
    printed, shown = run(path)
    assert printed == ""
    assert any("image/png" in output for output in shown)


@pytest.mark.parametrize(
    "path",
    [
        pytest.param(path, marks=() if at == 3 else pytest.mark.thorough, id=path.stem)
        for at, path in enumerate(NOTEBOOKS)
    ],
)
def test_a_notebook_runs_in_a_kernel(path: Path) -> None:
    ran = read(path)
    where = {"metadata": {"path": str(path.parent)}}
    NotebookClient(ran, timeout=900, kernel_name="python3", resources=where).execute()
    outputs = [output for cell in ran.cells for output in cell.get("outputs", [])]
    assert [output.text for output in outputs if output.output_type == "stream"] == []
    assert any("image/png" in output.get("data", {}) for output in outputs)


def test_nothing_but_calls_and_names_stands_in_a_cell() -> None:
    """No arithmetic, no masks, no reshaping: what a cell needs of these is in `commands.notebook`, and tested."""
    for source in itertools.chain.from_iterable(code(path) for path in NOTEBOOKS):
        nodes = list(ast.walk(ast.parse(source)))
        assert not [node for node in nodes if isinstance(node, ast.Compare | ast.BinOp | ast.comprehension)], source
        called = {
            node.func.attr for node in nodes if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        }
        assert not called & {"isin", "rename", "mode", "assign", "merge", "groupby"}, source


ID = 7_300_000_000_000_000_000


@pytest.fixture
def odd(tmp_path: Path) -> Path:
    """A folder whose likes are all exact: nothing is rounded, nothing wrapped, nobody has two sightings a day apart."""
    lines = [
        {"schema": 2, "run": "r1", "scraped_at": f"2026-03-01T10:00:{n % 60:02d}+00:00", "position": n + 1,
         "id": str(ID + n), "url": f"https://www.tiktok.com/@c{n}/video/{ID + n}", "likes": 1_200_001 + n,
         "username": f"https://www.tiktok.com/@c{n}", "likes_step": 1, "simulated": True}
        for n in range(30)
    ]  # fmt: skip
    (tmp_path / "tiktoks.jsonlines").write_text("".join(json.dumps(line) + "\n" for line in lines))
    return tmp_path


def test_the_last_notebook_runs_where_nothing_is_rounded(
    odd: Path, monkeypatch: pytest.MonkeyPatch, run: Callable[[Path], Ran]
) -> None:
    monkeypatch.setenv("TIKTOK_DATA_DIR", str(odd))
    assert "No likes in these data are rounded" in str(run(NOTEBOOKS[-1]).shown)


def test_nothing_hostile_runs_in_a_notebook(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Callable[[Path], Ran]
) -> None:
    """The one that shows audios by name, and so what anybody may call a sound."""
    monkeypatch.setenv("TIKTOK_DATA_DIR", str(write(tmp_path, lines(tiktoks=60, runs=6))))
    outputs = run(NOTEBOOKS[2]).shown
    pages = [output["text/html"] for output in outputs if "text/html" in output]
    assert any("&lt;script&gt;" in page for page in pages), "a hostile name is shown"
    assert [word for word in ("<script>document", "<img", "</style></title>") for page in pages if word in page] == []
    assert not any({"application/javascript", "text/markdown"} & set(output) for output in outputs)


def test_the_tiktok_most_often_rounded_is_chosen_by_count_then_id() -> None:
    frame = pd.DataFrame({"id": ["b", "b", "a", "a", "c", "c", "c"], "likes_step": [100, 100, 100, 100, 1, 1, None]})
    often = notebook.most_often_rounded(frame.astype({"id": "str", "likes_step": "Int64"}))
    assert often["id"].tolist() == ["a", "a"]
    assert notebook.rounded_in_words(often) == "TikTok a: 2 of its 2 sightings tell rounded likes."


def test_a_measure_says_of_how_many() -> None:
    rows = {"measure": ["headline", "headline"], "ads": ["out", "in"], "n": [1_200, 80], "of": [1_300, 90]}
    measures = pd.DataFrame({**rows, "viral": [12, None]}).astype(dict.fromkeys(("n", "of", "viral"), "Int64"))
    assert notebook.defined(measures)["in_words"].tolist() == [
        "12 viral: at or above the 99th percentile; 1,200 of 1,300 could be ranked (ads out)",
        "80 of 90 could be ranked (ads in): fewer than 100, so there is no verdict",
    ]


def test_the_folder_is_yours_where_you_name_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "tiktoks.jsonlines").write_bytes(b"")
    monkeypatch.setenv("HOME", str(tmp_path.parent))
    for named in (str(tmp_path), f"~/{tmp_path.name}"):
        monkeypatch.setenv("TIKTOK_DATA_DIR", named)
        assert notebook.data_folder() == tmp_path
    monkeypatch.setenv("TIKTOK_DATA_DIR", "no/such/folder")
    assert notebook.data_folder() == ROOT / "no/such/folder", "a misspelt folder is never the sample in silence"


def test_before_a_first_crawl_the_folder_holds_nothing_and_a_notebook_shows_the_sample_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Callable[[Path], Ran]
) -> None:
    monkeypatch.setenv("TIKTOK_DATA_DIR", str(tmp_path))
    said = f"{tmp_path} holds no tiktoks.jsonlines yet: this is the shipped sample, which is simulated.\n"
    assert run(NOTEBOOKS[0]).printed == said


def test_the_sample_is_small_whole_and_simulated() -> None:
    assert sum(path.stat().st_size for path in notebook.SAMPLE.iterdir()) < 400_000
    report = load(notebook.data_folder()).report
    assert report.simulated
    assert report.lines > 5_000
    assert not report.bad
    assert not report.torn_tail


def test_the_two_creators_of_2022_are_given_one_wrap_which_is_a_lower_bound() -> None:
    """-1934013585 is 2360953711 (docs/counts.md); the other, -2131727774, is 2163239522."""
    lines = load(notebook.OVERFLOWED_2022, naive_zone="UTC").sightings
    assert lines["user_likes"].tolist() == [2_360_953_711, 2_163_239_522]
    assert lines["user_likes_shown"].tolist() == ["-1934013585", "-2131727774"]
    assert set(lines["user_likes_repair"]) == {"minimum"}


def test_a_plot_is_a_picture_and_a_record_a_table() -> None:
    data = load(notebook.data_folder())
    picture = notebook.drawn(run_calendar, data.coverage.hours)
    assert picture._repr_png_().startswith(base64.b16decode("89504E47"))
    assert "simulated" in notebook.told(data.report)["field"].tolist()


def test_a_mapping_is_a_table_as_well_its_numbers_short() -> None:
    assert notebook.told({"n": 3, "share": 0.20907440903385094}).to_dict("records") == [
        {"field": "n", "value": "3"},
        {"field": "share", "value": "0.2091"},
    ]


def test_tables_are_shown_whole_and_numbers_short() -> None:
    options = ("display.max_columns", "display.max_colwidth", "display.float_format")
    before = [value for name in options for value in (name, pd.get_option(name))]
    frame = pd.DataFrame({"url": ["https://" + "x" * 90], "gain": pd.array([4_800_001.25], dtype="Float64")})
    try:
        notebook.readable_tables()
        shown = frame.to_string()
    finally:
        pd.set_option(*before)
    assert "x" * 90 in shown
    assert "4,800,001" in shown


def test_the_threshold_that_a_plot_draws_is_that_without_ads() -> None:
    rows = {"measure": ["outbreak"] * 2, "ads": ["in", "out"], "threshold": [5, 3], "threshold_lo": [4, 2]}
    measures = pd.DataFrame({**rows, "threshold_hi": [6, None]})
    found = notebook.threshold(measures, "outbreak")
    assert (found["threshold"], found["threshold_lo"]) == (3, 2)
    assert math.isnan(found["threshold_hi"])


def test_no_ranking_of_a_notebook_has_ads_in() -> None:
    """Where creators, TikToks or ratios are measured to be ranked, the sightings are those without ads."""
    counts_ads_apart = {"virality.tiktok_rows", "audios.audio_rows"}
    for source in itertools.chain.from_iterable(code(path) for path in NOTEBOOKS):
        calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
        for call in calls:
            if ast.unparse(call.func) == "scale.rows":
                function, sightings = (ast.unparse(argument) for argument in call.args[:2])
                assert sightings == ("sightings" if function in counts_ads_apart else "organic"), function

"""The report as a whole: the same bytes twice, nothing hostile alive in it, every question answered or said why not."""

from __future__ import annotations

import base64
import csv
import gzip
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest

from analysis.__main__ import main
from analysis.load import load
from analysis.report.build import SECTIONS, build
from analysis.report.figures import Figures
from analysis.report.markup import el
from analysis.report.sections.questions import QUESTIONS
from analysis.report.study import Study
from analysis.terms.errors import AnalysisError, MissingTool
from analysis.writing import pdf
from tests.analysis.report.report_lines import HOSTILE, lines, write
from tests.analysis.report.test_markup import Read

PIXEL = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5CYII=")


def unpainted(simulated: bool = True) -> Figures:
    """Figures that call no plot: what they look like is tested where plots are, and in the browser."""
    return Figures(simulated, paint=lambda *_: el("svg"))


def report(folder: Path, *, force: bool = False) -> str:
    loaded = load(folder, force=force)
    return build(Study(loaded, folder), unpainted(loaded.report.simulated))


@pytest.fixture(scope="module")
def told() -> list[dict[str, Any]]:
    return lines(tiktoks=110, runs=10)


@pytest.fixture(scope="module")
def folder(told: list[dict[str, Any]], tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = write(tmp_path_factory.mktemp("data"), told)
    picture = folder / "evidence" / told[0]["run"] / "someone.png"
    picture.parent.mkdir(parents=True)
    picture.write_bytes(PIXEL)
    (picture.parent / "no-picture.png").write_bytes(b"<svg onload=alert(1)>")
    return folder


@pytest.fixture(scope="module")
def html(folder: Path) -> str:
    return report(folder)


def test_nothing_hostile_is_alive_in_it(html: str) -> None:
    read = Read(html)
    assert read.tags.count("script") == 1
    assert read.tags.count("style") == 1
    assert read.tags.count("title") == 1
    handlers = [name for attributes in read.attributes for name in attributes if name.startswith("on")]
    assert handlers == []
    for attributes in read.attributes:
        for name in ("href", "src", "srcset"):
            address = attributes.get(name) or "#"
            assert re.match(
                r"#|data:(application/gzip|image/png|image/svg\+xml|,)|https://www\.tiktok\.com/", address
            ), address
    for name in HOSTILE[:2]:
        assert name in read.text


def test_no_markup_of_its_own_shows_as_text(html: str) -> None:
    assert re.findall(r"</?(?:dd|dt|dl|li|p|b|td|span|a)\b", Read(html).text) == []


def test_no_cell_of_any_csv_would_be_run(html: str) -> None:
    links = re.findall(r'href="data:application/gzip;base64,([^"]*)" download="([^"]+)"', html)
    assert len({name for _, name in links}) == len(links) > 15
    for data, name in links:
        text = gzip.decompress(base64.b64decode(data)).decode("utf-8-sig")
        cells = [cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row]
        run = [cell for cell in cells if cell.startswith(("=", "+", "@", "\t", "\r"))]
        assert run == [], name
        assert all(re.fullmatch(r"-[\d.e+-]+|-inf", cell) for cell in cells if cell.startswith("-")), name


def test_every_question_has_an_answer_or_says_why_not(html: str) -> None:
    found = dict(re.findall(r'data-question="([^"]+)" data-answered="(yes|no)"', html))
    assert list(found) == [question.key for question in QUESTIONS]
    assert sum(answer == "yes" for answer in found.values()) > 20
    assert html.count("<b>Not answerable: </b>") == sum(answer == "no" for answer in found.values())


def test_every_section_stands_in_it_once_and_is_linked(html: str) -> None:
    for section in SECTIONS:
        assert html.count(f'<section id="{section.KEY}">') == 1
        assert f'<a href="#{section.KEY}">' in html
    targets = set(re.findall(r' id="([^"]+)"', html))
    assert set(re.findall(r'href="#([^"]+)"', html)) <= targets
    assert set(re.findall(r'popovertarget="([^"]+)"', html)) <= targets


def test_numbers_of_the_text_are_those_of_the_file(told: list[dict[str, Any]], html: str) -> None:
    tiles = re.findall(r'<div class="tile"><dd><button[^>]*>([^<]+)</button>.*?<dt>([^<]+)</dt>', html)
    assert 4 <= len(tiles) <= 6
    shown = {name: number for number, name in tiles}
    scope = Read(html[html.index('<section id="introduction">') : html.index('<ul id="findings">')]).text
    for things, n in {
        "sightings": len(told),
        "TikToks": len({line["id"] for line in told}),
        "creators": len({line["username"] for line in told}),
        "audios": len({line["audio_id"] for line in told}),
        "runs": len({line["run"] for line in told}),
    }.items():
        assert f"{n:,} {things}" in scope
        assert shown[things] == f"{n:,}"


def test_what_is_simulated_says_so(html: str) -> None:
    assert "<title>Simulated: " in html
    assert "<h1>Simulated: " in html
    captions = re.findall(r"<figcaption>(?:Figure \d+\. |<b>)(\w+)", html)
    assert captions
    assert set(captions) == {"Simulated"}
    assert all(name.startswith("simulated-") for name in re.findall(r'download="([^"]+)"', html))


def test_what_is_not_simulated_does_not_say_so(tmp_path: Path) -> None:
    html = report(write(tmp_path, lines(tiktoks=5, runs=2, simulated=False)))
    assert "Simulated" not in Read(html.partition("<main>")[0]).text
    assert "Simulated:" not in html


def test_evidence_is_shown_where_it_is_a_picture(html: str) -> None:
    assert "The preview card&#x27;s counts of someone" in html
    assert "no-picture" not in html


def test_numbers_open_their_definition(html: str) -> None:
    assert html.count('class="fact"') == html.count('popover="auto"') > 40


# What the command makes of files that are no good.


def line_of(**changed: object) -> dict[str, Any]:
    return {**lines(tiktoks=1, runs=8)[0], **changed}


def command(tmp_path: Path, capsys: pytest.CaptureFixture[str], data: Path) -> tuple[int, str, str]:
    output = tmp_path / "out" / "report.html"
    code = main(["report", str(data), "-o", str(output)])
    told = capsys.readouterr().err
    assert "Traceback" not in told
    return code, told, output.read_text("utf-8") if output.exists() else ""


@pytest.mark.parametrize("content", [b"", b"\n\n", b"garbage\x00\xff" * 100, b"{}\n[]\nnull\n", b'{"id": "7'])
def test_a_file_without_a_sighting_is_one_clear_line(
    content: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "tiktoks.jsonlines").write_bytes(content)
    code, told, html = command(tmp_path, capsys, tmp_path)
    assert (code, html) == (1, "")
    assert told.strip().splitlines()[-1].startswith("analysis: ")


def test_no_file_at_all_is_one_clear_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, told, html = command(tmp_path, capsys, tmp_path / "absent")
    assert (code, html) == (1, "")
    assert "absent" in told


NULLS = {name: None for count in ("likes", "comments", "shares", "views", "saves") for name in (count, f"{count}_step")}
NULLS |= {name: None for count in ("followers", "likes", "videos") for name in (f"user_{count}", f"user_{count}_step")}


@pytest.mark.parametrize(
    ("sightings", "answered_at_most"),
    [
        ([line_of()], 14),
        (lines(tiktoks=12, runs=1), 16),
        ([{**line, **NULLS} for line in lines(tiktoks=12, runs=4)], 9),
    ],
    ids=["one sighting", "one run", "all counts null"],
)
def test_too_little_gives_a_report_that_says_what_is_not_answerable(
    sightings: list[dict[str, Any]], answered_at_most: int, tmp_path: Path
) -> None:
    html = report(write(tmp_path / "data", sightings))
    answers = re.findall(r'data-answered="(yes|no)"', html)
    assert len(answers) == len(QUESTIONS)
    assert 1 <= answers.count("yes") <= answered_at_most
    viral = re.search(r'data-question="viral-videos" data-answered="(\w+)"', html)
    assert viral is not None
    assert viral[1] == "no"  # never "0 went viral" where none could be ranked


def test_where_nothing_grew_nothing_is_named_as_the_greatest(tmp_path: Path) -> None:
    """Each count stays what it was when the TikTok was first seen."""
    first: dict[str, dict[str, Any]] = {}
    still = [
        {**line, **{k: first.setdefault(line["id"], line)[k] for k in NULLS}} for line in lines(tiktoks=250, runs=9)
    ]
    text = Read(report(write(tmp_path / "data", still))).text
    assert "quantile of likes surely gained in a day: the observed outbreaks. No TikTok surely gained a like." in text
    assert "Between two sightings, no count of a TikTok surely grew." in text
    assert "The greatest was" not in text


def test_conditions_that_no_run_tells_are_not_said_to_be_steady(tmp_path: Path) -> None:
    """Lines without runs.jsonlines tell the era alone."""
    folder = write(tmp_path / "data", lines(tiktoks=20, runs=4))
    (folder / "runs.jsonlines").unlink()
    text = re.sub(r"\s+", " ", Read(report(folder)).text)
    assert "Of those that runs tell (era), none changed within the file." in text
    assert "Whether pace, media, headless," in text
    assert "changed is not known" in text


def test_torn_and_duplicate_lines_are_told(tmp_path: Path) -> None:
    sightings = lines(tiktoks=6, runs=3)
    folder = write(tmp_path, [*sightings, sightings[0]])
    with (folder / "tiktoks.jsonlines").open("a", encoding="utf-8") as file:
        file.write('{"id": "broken\n<script>alert(1)</script>\n' + json.dumps(sightings[1])[:50])
    text = Read(report(folder, force=True)).text
    assert "Lines that are no sighting" in text
    assert re.search(r"duplicates\s*1", text)
    assert "Gate failed, gone on by force: " in text and "at most 2% of 10 lines that can't be read" in text


def test_wrong_usage_is_exit_code_1(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in (["report"], ["report", ".", "--engine", "abacus"], ["rubbish"], []):
        with pytest.raises(SystemExit) as ended:
            main(arguments)
        assert ended.value.code == 1
    capsys.readouterr()


def test_no_browser_is_told_and_the_page_is_whole(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = tmp_path / "page.html"
    page.write_text("<p>", encoding="utf-8")
    monkeypatch.setattr(pdf, "BROWSERS", ("no-such-browser",))
    with pytest.raises(MissingTool, match="no-such-browser"):
        pdf.print_pdf(page, tmp_path / "page.pdf")


def test_a_browser_that_prints_nothing_is_told(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("<p>", encoding="utf-8")
    with pytest.raises(AnalysisError, match="exit code 1"):
        pdf.print_pdf(page, tmp_path / "page.pdf", browser="false")

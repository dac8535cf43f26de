"""What a command writes is whole or not there, and takes the place of nothing but its like."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from analysis.__main__ import main
from analysis.terms.errors import AnalysisError, BadArgument
from analysis.writing.output import check_output, replacing, write
from analysis.writing.pdf import print_pdf
from tests.analysis.lines_of import line, written


def test_a_file_is_replaced_whole_or_stays(tmp_path: Path) -> None:
    file = tmp_path / "new" / "report.html"
    write(file, b"first")
    write(file, b"second")
    with pytest.raises(RuntimeError), replacing(file) as fresh:
        fresh.write_bytes(b"half")
        raise RuntimeError
    assert file.read_bytes() == b"second"
    assert list(file.parent.iterdir()) == [file]


def test_what_a_killed_process_left_goes_after_a_day(tmp_path: Path) -> None:
    left, recent = tmp_path / ".report.html.77.part", tmp_path / ".report.html.78.part"
    for path in (left, recent):
        path.write_bytes(b"half")
    os.utime(left, (0, 0))
    write(tmp_path / "report.html", b"whole")
    assert sorted(path.name for path in tmp_path.iterdir()) == [recent.name, "report.html"]


def test_a_file_has_the_permissions_that_the_user_gives_all(tmp_path: Path) -> None:
    before = os.umask(0o077)
    try:
        write(tmp_path / "report.html", b"names")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "report.html").stat().st_mode) == 0o600


def test_a_disk_that_refuses_is_told_with_the_file(tmp_path: Path) -> None:
    (tmp_path / "in the way").write_text("")
    with pytest.raises(AnalysisError, match=r"in the way/x\.html"):
        write(tmp_path / "in the way" / "x.html", b"")


def test_outputs_have_their_own_suffix_and_place(tmp_path: Path) -> None:
    check_output(tmp_path / "a.HTML", (".html",), tmp_path / "b.html")
    for bad in (tmp_path, tmp_path / "tiktoks.jsonlines", tmp_path / "none"):
        with pytest.raises(BadArgument):
            check_output(bad, (".html",))
    with pytest.raises(BadArgument, match="twice"):
        check_output(tmp_path / "a.html", (".html",), tmp_path / "." / "a.html")


@pytest.mark.parametrize("told", [["-o", "tiktoks.jsonlines"], ["--pdf", "tiktoks.jsonlines"], ["--pdf", "r.html"]])
def test_no_report_takes_the_place_of_the_data_or_of_itself(told: list[str], tmp_path: Path) -> None:
    folder = written(tmp_path, *map(line, range(4)))
    before = (folder / "tiktoks.jsonlines").read_bytes()
    named = [str(folder / part) if "." in part else part for part in told]
    assert main(["report", str(folder), "-o", str(folder / "r.html"), *named]) == 1
    assert (folder / "tiktoks.jsonlines").read_bytes() == before
    assert not (folder / "r.html").exists()


def test_an_older_pdf_stays_where_the_browser_prints_none(tmp_path: Path) -> None:
    pdf = tmp_path / "report.pdf"
    pdf.write_bytes(b"%PDF-1.7 of last week")
    with pytest.raises(AnalysisError, match="exit code 1"):
        print_pdf(tmp_path / "page.html", pdf, browser="false")
    assert pdf.read_bytes() == b"%PDF-1.7 of last week"

"""What a command writes is whole or not there, and takes the place of nothing but its like."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from analysis.__main__ import main
from analysis.report.markup import MARK
from analysis.terms.errors import AnalysisError, BadArgument
from analysis.writing.output import check_output, check_page, replacing, write
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


def test_a_link_stays_and_what_it_leads_to_is_written(tmp_path: Path) -> None:
    (tmp_path / "web").mkdir()
    link, page = tmp_path / "report.html", tmp_path / "web" / "index.html"
    link.symlink_to("web/index.html")
    for text in (b"first", b"second"):
        write(link, text)
        assert link.readlink() == Path("web/index.html")
        assert page.read_bytes() == text
    assert [found.name for found in page.parent.iterdir()] == ["index.html"]


def test_a_file_written_anew_stays_as_open_as_it_was(tmp_path: Path) -> None:
    page = tmp_path / "report.html"
    page.write_bytes(b"first")
    page.chmod(0o640)
    write(page, b"second")
    assert stat.S_IMODE(page.stat().st_mode) == 0o640


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="only root may give files away")
def test_root_takes_no_report_from_its_owner(tmp_path: Path) -> None:
    page = tmp_path / "report.html"
    page.write_bytes(b"first")
    os.chown(page, 65534, 65534)
    write(page, b"second")
    assert (page.read_bytes(), page.stat().st_uid, page.stat().st_gid) == (b"second", 65534, 65534)


def test_a_link_to_the_data_is_no_place_for_a_report(tmp_path: Path) -> None:
    folder = written(tmp_path, *map(line, range(4)))
    before = (folder / "tiktoks.jsonlines").read_bytes()
    for name, told in (("r.html", "-o"), ("r.pdf", "--pdf")):
        (folder / name).symlink_to("tiktoks.jsonlines")
        assert main(["report", str(folder), "-o", str(folder / "new.html"), told, str(folder / name)]) == 1
        assert (folder / "tiktoks.jsonlines").read_bytes() == before
    assert not (folder / "new.html").exists()


def test_a_page_of_somebody_else_stays(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = written(tmp_path, *map(line, range(4)))
    page = folder / "report.html"
    page.write_text("<!doctype html><p>my own notes</p>")
    assert main(["report", str(folder), "-o", str(page)]) == 1
    assert "a page that is no report of ours, and it stays" in capsys.readouterr().err
    assert page.read_text() == "<!doctype html><p>my own notes</p>"


def test_a_report_is_known_by_its_foot_and_written_anew(tmp_path: Path) -> None:
    folder = written(tmp_path, *map(line, range(4)))
    page = folder / "report.html"
    for _ in range(2):
        assert main(["report", str(folder), "-o", str(page)]) == 0
    check_page(page, MARK)


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

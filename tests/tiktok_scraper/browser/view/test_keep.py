"""The picture that is kept of a page: nobody can be read in it, and what stands in the way can."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tiktok_scraper.browser.view.conftest import Screen
from tiktok_scraper.browser.view.keep import MOST_RUNS, keep_page

pytestmark = pytest.mark.browser
DIALOG = "<div role=dialog aria-label='Theatre'><p id=words>Ann says hello</p>{}</div>"
FILTER = "return getComputedStyle(document.getElementById(arguments[0])).filter"


def kept(screen: Screen, folder: Path, html: str) -> str:
    """Keep a page; what its words are drawn with then."""
    screen.show(f"<main>{html}</main>", "/foryou")
    paths = keep_page(screen.driver, folder, "20261129T120000Z-1")
    assert [Path(path).name for path in paths] == ["page.html", "page.png"]
    return str(screen.driver.execute_script(FILTER, "words"))


def test_words_are_blurred_and_what_stands_in_the_way_is_not(screen: Screen, tmp_path: Path) -> None:
    assert "blur" in kept(screen, tmp_path, "<p id=words>Ann says hello</p>")
    assert kept(screen, tmp_path, "<button id=words>Refresh</button>") == "none"
    assert kept(screen, tmp_path, DIALOG.format("")) == "none"


@pytest.mark.parametrize("somebodys", ["<a href='/@ann'>Ann</a>", "<video></video>", "<i id='xgwrapper-2-71'></i>"])
def test_a_dialog_that_holds_a_post_is_a_viewer_of_a_new_name_and_blurred(
    screen: Screen, tmp_path: Path, somebodys: str
) -> None:
    assert "blur" in kept(screen, tmp_path, DIALOG.format(somebodys))


def test_of_so_many_runs_and_no_more_pages_are_kept(screen: Screen, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    screen.show("<main>words</main>", "/foryou")
    runs = [f"20261129T1200{second:02}Z-1" for second in range(MOST_RUNS + 2)]
    for run in runs:
        keep_page(screen.driver, tmp_path, run)
    assert {path.name for path in tmp_path.iterdir()} == {"mine", *runs[2:]}

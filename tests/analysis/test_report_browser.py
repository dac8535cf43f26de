"""The report in a real browser: no error, figures there, tables sort, numbers open by keyboard, dark mode, a phone."""

from __future__ import annotations

import base64
import gzip
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from selenium.webdriver import Chrome, ChromeOptions
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.support.ui import WebDriverWait

from analysis.load import load
from analysis.report.build import build
from analysis.report.pdf import print_pdf
from analysis.report.study import Study
from tests.analysis.report_lines import lines, write

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = write(tmp_path_factory.mktemp("data"), lines(tiktoks=110, runs=6))
    page = folder / "report.html"
    page.write_text(build(Study(load(folder), folder)), encoding="utf-8")
    return page


@pytest.fixture(scope="module")
def driver(page: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chrome]:
    chromium, chromedriver = shutil.which("chromium"), shutil.which("chromedriver")
    if not chromium or not chromedriver:
        pytest.skip("needs chromium and chromedriver on the PATH")
    options = ChromeOptions()
    options.binary_location = chromium
    profile = tmp_path_factory.mktemp("profile")
    for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", f"--user-data-dir={profile}"):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = Chrome(options=options, service=Service(chromedriver))
    try:
        driver.get(page.as_uri())
        yield driver
    finally:
        driver.quit()


def run(driver: Chrome, script: str) -> Any:
    return driver.execute_script(script)


def test_no_error_reaches_the_console(driver: Chrome) -> None:
    assert driver.get_log("browser") == []  # type: ignore[no-untyped-call]
    assert run(driver, "return document.title").startswith("Simulated: ")


def test_every_figure_is_there_with_words_for_it(driver: Chrome) -> None:
    figures = run(driver, "return [...document.images].map((i) => [i.complete, i.naturalWidth, i.alt.length])")
    assert len(figures) >= 10
    assert all(complete and width > 100 and words > 20 for complete, width, words in figures)


def test_a_table_sorts_by_value_down_then_up_missing_last(driver: Chrome) -> None:
    driver.refresh()
    read = """
        const table = document.querySelector('a[download="simulated-tiktoks.csv.gz"]').closest("p").previousSibling
            .querySelector("table");
        const column = [...table.tHead.rows[0].cells].findIndex((c) => c.textContent === "likes, last told");
        table.tHead.rows[0].cells[column].querySelector("button").click();
        return [...table.tBodies[0].rows].map((r) => r.cells[column].dataset.v);
    """
    first, second = run(driver, read), run(driver, read)
    assert len(first) == 15
    for told, backwards in ((first, True), (second, False)):
        known = [float(value) for value in told if value]
        assert known == sorted(known, reverse=backwards)
        assert told[len(known) :] == [""] * (len(told) - len(known))


def test_a_number_opens_without_a_script_of_ours_and_by_keyboard(driver: Chrome) -> None:
    seen = "const b = document.querySelector('#findings button.fact'); const n = document.getElementById("
    seen += "b.getAttribute('popovertarget'));"
    assert not run(driver, seen + "return n.matches(':popover-open')")
    run(driver, seen + "b.focus(); b.click()")
    assert run(driver, seen + "return n.matches(':popover-open') && document.activeElement === b")
    box = run(
        driver,
        seen + "const r = n.getBoundingClientRect(); return [r.left, r.right, r.top, r.bottom, "
        "innerWidth, innerHeight]",
    )
    left, right, top, bottom, width, height = box
    assert 0 <= left < right <= width
    assert 0 <= top < bottom <= height
    run(driver, seen + "n.hidePopover()")


def test_a_link_saves_the_whole_table_unpacked(driver: Chrome, page: Path, tmp_path: Path) -> None:
    link = 'a[download="simulated-tiktoks.csv.gz"]'
    address = run(driver, f"return document.querySelector('{link}').getAttribute('href')")
    packed = base64.b64decode(address.partition(",")[2])
    saving = {"behavior": "allow", "downloadPath": str(tmp_path)}
    driver.execute_cdp_cmd("Browser.setDownloadBehavior", saving)
    run(driver, f"document.querySelector('{link}').click()")
    saved = tmp_path / "simulated-tiktoks.csv"
    WebDriverWait(driver, 20).until(lambda _: saved.is_file() and saved.stat().st_size)
    assert saved.read_bytes() == gzip.decompress(packed)
    assert saved.read_text("utf-8-sig").count("\n") > 100
    assert driver.get_log("browser") == []  # type: ignore[no-untyped-call]


def media(driver: Chrome, scheme: str) -> tuple[str, str, str]:
    features = [{"name": "prefers-color-scheme", "value": scheme}]
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
    look = "const s = getComputedStyle(document.body); return [s.backgroundColor, s.color, "
    paper, ink, source = run(driver, look + "document.images[0].currentSrc]")
    return paper, ink, source


def test_dark_mode_changes_paper_ink_and_figures(driver: Chrome) -> None:
    light, dark = media(driver, "light"), media(driver, "dark")
    assert all(before != after for before, after in zip(light, dark, strict=True))
    brightness = [sum(int(part) for part in colour[4:-1].split(",")) for colour in (light[0], dark[0])]
    assert brightness[0] > 600
    assert brightness[1] < 200
    media(driver, "light")


def test_on_a_phone_only_boxes_scroll_sideways(driver: Chrome) -> None:
    metrics = {"width": 390, "height": 844, "deviceScaleFactor": 2, "mobile": True}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    try:
        width, box, inner = run(
            driver,
            "const t = document.querySelector('.scroll'); "
            "return [document.documentElement.scrollWidth, t.clientWidth, t.scrollWidth]",
        )
        assert width <= 390
        assert box < 390 < inner
    finally:
        driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def test_on_a_phone_a_rank_stands_with_its_ends(driver: Chrome) -> None:
    metrics = {"width": 390, "height": 844, "deviceScaleFactor": 2, "mobile": True}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    try:
        shown, right = run(
            driver,
            "const e = [...document.querySelectorAll('#table-audios td:first-child small')].at(0); "
            "return [e.closest('td').textContent, e.getBoundingClientRect().right]",
        )
    finally:
        driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    assert re.fullmatch(r"\d+ \(\d+\u2013\d+\)", shown)
    assert right < 390


def test_ranks_sort_by_number_whatever_their_ends(driver: Chrome) -> None:
    driver.refresh()
    read = """
        const table = document.querySelector("#table-creators table");
        table.tHead.rows[0].cells[0].querySelector("button").click();
        return [...table.tBodies[0].rows].map((r) => r.cells[0].textContent);
    """
    down = [int(told.split()[0]) for told in run(driver, read) if told[0].isdigit()]
    up = [int(told.split()[0]) for told in run(driver, read) if told[0].isdigit()]
    assert len(down) > 9
    assert down == sorted(down, reverse=True)
    assert up == sorted(up)


def test_it_prints(page: Path, tmp_path: Path) -> None:
    pdf = tmp_path / "report.pdf"
    print_pdf(page, pdf)
    assert len(re.findall(rb"/Type ?/Page\b", pdf.read_bytes())) > 10

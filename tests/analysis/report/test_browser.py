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
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

from analysis.load import load
from analysis.report.build import build
from analysis.report.sections.introduction import FINDINGS
from analysis.report.study import Study
from analysis.writing.pdf import print_pdf
from tests.analysis.report.report_lines import lines, write

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
    figures = run(
        driver,
        "return [...document.querySelectorAll('.plot .drawn')].map((figure) => [figure.getBBox().width, "
        "figure.querySelectorAll('text').length, figure.getAttribute('aria-label').length])",
    )
    assert len(figures) >= 10
    assert all(width > 100 and texts and words > 20 for width, texts, words in figures)


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
    assert len(first) == 8
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
    paper, ink, figure = run(driver, look + "getComputedStyle(document.querySelector('.drawn text')).fill]")
    return paper, ink, figure


def test_dark_mode_changes_paper_ink_and_figures(driver: Chrome) -> None:
    light, dark = media(driver, "light"), media(driver, "dark")
    assert all(before != after for before, after in zip(light, dark, strict=True))
    brightness = [sum(int(part) for part in colour[4:-1].split(",")) for colour in (light[0], dark[0])]
    assert brightness[0] > 600
    assert brightness[1] < 200
    media(driver, "light")


PHONE = {"width": 390, "height": 844, "deviceScaleFactor": 2, "mobile": True}


@pytest.fixture
def phone(driver: Chrome) -> Iterator[Chrome]:
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", PHONE)
    try:
        WebDriverWait(driver, 10).until(lambda d: run(d, "return document.querySelector('.plot').matches('.wide')"))
        yield driver
    finally:
        driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def test_on_a_phone_only_boxes_scroll_sideways(phone: Chrome) -> None:
    width, box, inner = run(
        phone,
        "const t = document.querySelector('#table-tiktoks'); "
        "return [document.documentElement.scrollWidth, t.clientWidth, t.scrollWidth]",
    )
    assert width <= 390
    assert box < 390 < inner


def test_what_scrolls_sideways_says_so_and_fades_where_it_goes_on(phone: Chrome) -> None:
    boxes = run(
        phone,
        """
        return [...document.querySelectorAll('.scroll, .plot')].filter((b) => b.checkVisibility()).map((box) => {
            const under = box.nextElementSibling;
            const said = ['::before', '::after'].map((at) => getComputedStyle(under, at).content).join();
            return [box.scrollWidth > box.clientWidth + 1, said.includes('scrolls sideways'),
                    getComputedStyle(box).maskImage !== 'none'];
        })""",
    )
    assert any(scrolls for scrolls, _, _ in boxes)
    assert all(scrolls == said == faded for scrolls, said, faded in boxes)
    sides = run(
        phone,
        "const box = document.querySelector('.plot'); box.scrollLeft = 9999; "
        "return new Promise((done) => requestAnimationFrame(() => setTimeout(() => done(box.className), 100)))",
    )
    assert "more-left" in sides
    assert "more-right" not in sides
    run(phone, "document.querySelector('.plot').scrollLeft = 0")


def test_no_letter_is_too_small_to_read_on_a_phone(phone: Chrome) -> None:
    sizes = run(
        phone,
        """
        const seen = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT, (node) =>
            node.data.trim() && node.parentElement.checkVisibility() && !node.parentElement.closest('svg')
            ? 1 : 2);
        const sizes = {};
        while (seen.nextNode()) sizes[parseFloat(getComputedStyle(seen.currentNode.parentElement).fontSize)] = 1;
        return Object.keys(sizes)""",
    )
    assert min(map(float, sizes)) >= 12
    letters = run(
        phone,
        """
        return [...document.querySelectorAll('.plot .drawn')].flatMap((figure) => {
            const scale = figure.clientWidth / figure.viewBox.baseVal.width;
            return [...figure.querySelectorAll('text')].map((at) => parseFloat(getComputedStyle(at).fontSize) * scale);
        })""",
    )
    assert len(letters) > 100
    assert min(letters) >= 11


@pytest.mark.parametrize("press", ["button.enlarge", ".plot .drawn"])
def test_a_figure_opens_as_large_as_the_screen_and_closes_by_keyboard(driver: Chrome, press: str) -> None:
    seen = run(
        driver,
        f"""
        const before = document.querySelector('.plot .drawn').clientWidth;
        document.querySelector('{press}').dispatchEvent(new MouseEvent('click', {{bubbles: true}}));
        const large = document.querySelector('dialog.large'), image = large.querySelector('.drawn');
        return [large.open, image.clientWidth > before, large.getAttribute('aria-label'),
                image.getAttribute('aria-label').length,
                document.activeElement.textContent, large.scrollWidth <= innerWidth]""",
    )
    assert seen[:3] == [True, True, "Figure 1"]
    assert seen[3] > 20
    assert seen[4:] == ["Close", True]
    driver.switch_to.active_element.send_keys(Keys.ESCAPE)
    assert not run(driver, "return document.querySelector('dialog.large').open")


CONTRASTS = """
    const part = (value) => (value /= 255) <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
    const parse = (colour) => colour.match(/[\\d.]+/g).map(Number);
    const light = ([r, g, b]) => 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b);
    const ground = (at) => {
        for (; at; at = at.parentElement) {
            const colour = parse(getComputedStyle(at).backgroundColor);
            if (colour.length < 4 || colour[3] > 0) return colour;
        }
        return [255, 255, 255];
    };
    const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT, (node) =>
        node.data.trim() && node.parentElement.checkVisibility() ? 1 : 2);
    const worst = {};
    while (words.nextNode()) {
        const at = words.currentNode.parentElement;
        const seen = getComputedStyle(at);
        const [a, b] = [light(parse(at.closest('svg') ? seen.fill : seen.color)), light(ground(at))];
        const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
        const name = at.tagName + '.' + at.className;
        worst[name] = Math.min(worst[name] ?? 99, ratio);
    }
    return worst;
"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_word_stands_out_from_what_it_stands_on(driver: Chrome, scheme: str) -> None:
    """WCAG 2.2, AA: 4.5 to 1, from the colours the browser computed."""
    media(driver, scheme)
    try:
        worst = run(driver, CONTRASTS)
    finally:
        media(driver, "light")
    assert len(worst) > 10
    assert {name: ratio for name, ratio in worst.items() if ratio < 4.5} == {}


def test_what_has_the_keyboards_focus_is_outlined(driver: Chrome) -> None:
    for chosen in ("a.csv", "button.fact", "th button", ".scroll", ".plot", "summary", "button.enlarge"):
        look = f"const at = [...document.querySelectorAll('{chosen}')].find((one) => one.checkVisibility()); "
        look += "at.focus({focusVisible: true}); "
        style, width = run(
            driver, look + "const s = getComputedStyle(at); return [s.outlineStyle, parseFloat(s.outlineWidth)]"
        )
        assert (style, width >= 2) == ("solid", True), chosen


def test_each_finding_is_a_line_with_its_n_and_how_sure_it_is(driver: Chrome) -> None:
    lines_ = run(
        driver,
        """
        return [...document.querySelectorAll('#findings li')].map((line) =>
            ['.lead', '.told', '.sure'].map((part) => line.querySelector(part).textContent.trim()))""",
    )
    assert len(lines_) == len(FINDINGS)
    assert [name for name, _, _ in lines_] == [name for name, _ in FINDINGS]
    assert all(told and sure.startswith("n ") for _, told, sure in lines_)
    assert sum("rank" in sure for _, _, sure in lines_) >= 3


IN_VIEW = """
    return [...document.querySelectorAll(arguments[0])].filter((at) => {
        const box = at.getBoundingClientRect();
        return at.checkVisibility() && box.top >= 0 && box.bottom <= innerHeight && box.left >= 0
            && box.right <= innerWidth;
    }).length"""
SCREENS = {
    "desk": ({"width": 1280, "height": 800, "deviceScaleFactor": 1, "mobile": False}, 3),
    "phone": (PHONE, 1),
}


@pytest.mark.parametrize("screen", SCREENS)
def test_the_first_screen_tells_when_how_much_and_who(driver: Chrome, screen: str) -> None:
    metrics, cards = SCREENS[screen]
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    try:
        run(driver, "scrollTo(0, 0)")
        seen = {what: driver.execute_script(IN_VIEW, what) for what in (".period", ".tile", "#most-tiktoks .spark")}
        gains = driver.execute_script(IN_VIEW, "#most-tiktoks .gain")
        sure = driver.execute_script(IN_VIEW, "#most-tiktoks .card > .sure")
    finally:
        driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    assert seen.pop(".period") == 1
    assert 4 <= seen.pop(".tile") <= 6
    assert seen["#most-tiktoks .spark"] >= cards
    assert min(gains, sure) >= cards


def test_at_a_desk_the_page_is_not_endless(driver: Chrome) -> None:
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", SCREENS["desk"][0])
    try:
        height, width = run(driver, "const all = document.documentElement; return [all.scrollHeight, all.scrollWidth]")
    finally:
        driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    assert height <= 20_000
    assert width <= 1280


def test_a_link_to_what_is_folded_unfolds_it(driver: Chrome) -> None:
    driver.refresh()
    table = "document.querySelector('#table-fields')"
    assert not run(driver, f"return {table}.checkVisibility()")
    run(driver, "location.hash = '#table-fields'")
    WebDriverWait(driver, 10).until(lambda d: run(d, f"return {table}.checkVisibility()"))
    assert run(driver, f"const box = {table}.getBoundingClientRect(); return box.top < innerHeight && box.bottom > 0")
    run(driver, "history.replaceState(null, '', location.pathname)")
    driver.refresh()


def test_a_search_unfolds_what_it_finds(driver: Chrome) -> None:
    """By a link to words of the page, which the browser looks for as its own search does."""
    here = driver.current_url.partition("#")[0]
    driver.get("about:blank")
    driver.get(f"{here}#:~:text=different%20values")
    table = "document.querySelector('#table-fields')"
    WebDriverWait(driver, 10).until(lambda d: run(d, f"return {table}.checkVisibility()"))
    assert not run(driver, "return document.querySelector('#table-counts').checkVisibility()")
    driver.get("about:blank")
    driver.get(here)


def test_names_in_figures_are_text_as_they_are_written(driver: Chrome) -> None:
    words = run(driver, "return [...document.querySelectorAll('.drawn text')].map((text) => text.textContent)")
    assert not [told for told in words if "\N{WHITE SQUARE}" in told]
    assert any("onmouseover" in told or "onerror" in told for told in words)


def test_a_number_keeps_its_bracket_and_its_stop_on_its_line(phone: Chrome) -> None:
    """By where the browser put each: none stands on another line than the number's own edge."""
    parted = run(
        phone,
        """
        const lines = (node, at) => {
            const range = document.createRange();
            range.setStart(node, at), range.setEnd(node, at + 1);
            return range.getBoundingClientRect();
        };
        const parted = [];
        for (const fact of document.querySelectorAll('main button.fact')) {
            if (!fact.checkVisibility()) continue;
            const box = fact.getBoundingClientRect();
            const note = document.getElementById(fact.getAttribute('popovertarget'));
            const [before, after] = [fact.previousSibling, note.nextSibling];
            if (before?.data?.endsWith('(') && lines(before, before.data.length - 1).bottom < box.top) parted.push('(');
            if (/^[).,;:]/.test(after?.data ?? '') && lines(after, 0).top > box.bottom) parted.push(after.data[0]);
        }
        return [parted, document.querySelectorAll('.whole').length]""",
    )
    assert parted[0] == []
    assert parted[1] > 10


@pytest.fixture
def paper(driver: Chrome) -> Iterator[Chrome]:
    """A4 between the page's margins, in the layout of print."""
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    sheet = {"width": round((210 - 2 * 14) / 25.4 * 96), "height": 1000, "deviceScaleFactor": 1, "mobile": False}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", sheet)
    run(driver, "dispatchEvent(new Event('beforeprint'))")
    try:
        yield driver
    finally:
        run(driver, "dispatchEvent(new Event('afterprint'))")
        driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
        driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})


def test_on_paper_every_column_and_every_figure_is_whole(paper: Chrome) -> None:
    wide = run(
        paper,
        "return [...document.querySelectorAll('table, .plot .drawn')].filter((at) => "
        "at.getBoundingClientRect().right > document.documentElement.clientWidth + 1)"
        ".map((at) => at.caption?.textContent ?? at.ariaLabel)",
    )
    assert wide == []


def test_on_paper_nothing_is_folded_and_nothing_asks_to_be_pressed(paper: Chrome) -> None:
    assert run(paper, "return document.querySelector('#numbers table').checkVisibility()")
    assert not run(paper, "return document.querySelector('button.enlarge').checkVisibility()")
    for hint in ("::before", "::after"):
        told = run(
            paper,
            f"return [...document.querySelectorAll('.wide + *')].map((at) => getComputedStyle(at, '{hint}'))"
            ".filter((s) => s.content.includes('scrolls') && s.display !== 'none').length",
        )
        assert told == 0


def test_on_a_phone_a_rank_stands_with_its_ends(phone: Chrome) -> None:
    shown, right = run(
        phone,
        "const e = [...document.querySelectorAll('#table-audios td:first-child small')].at(0); "
        "return [e.closest('td').textContent, e.getBoundingClientRect().right]",
    )
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
    assert len(down) > 5
    assert down == sorted(down, reverse=True)
    assert up == sorted(up)


def test_it_prints(page: Path, tmp_path: Path) -> None:
    pdf = tmp_path / "report.pdf"
    print_pdf(page, pdf)
    assert len(re.findall(rb"/Type ?/Page\b", pdf.read_bytes())) > 10

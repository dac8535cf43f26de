"""What look sees in a real browser, and which page that is: golden cases of our own, then the saved real pages."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.project import ROOT
from tests.tiktok_scraper.browser.view.conftest import Screen
from tests.tiktok_scraper.pages.golden import Case, cases
from tiktok_scraper.browser.view.look import MOST_HIT_TEXT
from tiktok_scraper.browser.view.reach import reach
from tiktok_scraper.pages.state import Page, recognise

pytestmark = pytest.mark.browser

CAPTURES = Path(os.environ.get("TIKTOK_CAPTURES", ROOT / ".." / "shared" / "captures"))
# Which page each saved page is, by the notes that came with it.
SAVED = {
    "2022-03_foryou_anonymous_en": ("/foryou", "feed", "a"),
    "2022-08_foryou_27cards_browse_overlay": ("/@u/video/7118347470546980101", "viewer", "a"),
    "2022-08_video_page": ("/@u/video/7135383664971582725", "video-page", None),
    "2025-03_captcha_3d_shapes_fragment": ("/foryou", "captcha", None),
    "2025-03_explore_browse_overlay_captcha_cookie": ("/@u/video/7481699258819693870", "captcha", None),
    "2025-04_profile": ("/@u", "profile", None),
    "2025-06_video_page_fr_captcha": ("/@u/video/7513603225887509766", "captcha", None),
    "2025-07_tag_page_error_state": ("/tag/t", "error-page", None),
    "2025-09_explore": ("/explore", "other", None),
    "2026-03_mobile_reflow_photo": ("/@u/photo/7603995605354040594", "shell", None),
    "2026-03_spinner_shell_no_ssr_data": ("/foryou", "shell", None),
    "2026-03_waf_please_wait": ("/foryou", "waf", None),
    "2026-04_profile": ("/@u", "profile", None),
    "2026-07_ssr_shell": ("/search", "shell", None),
    "2026-10_foryou_anonymous_two_cards": ("/foryou", "feed", "c"),
}


def told(page: Page) -> dict[str, object]:
    return {
        "kind": page.kind,
        "era": page.era,
        "cookie_banner": page.cookie_banner,
        "button": page.button.text if page.button else None,
    }


@pytest.mark.parametrize("case", cases(pages=True))
def test_page_is_recognised(screen: Screen, case: Case) -> None:
    case.hold(told(recognise(screen.show(case.text, case.arguments["url"]))))


@pytest.mark.captures
@pytest.mark.parametrize("name", sorted(SAVED))
def test_saved_page_is_recognised(screen: Screen, name: str) -> None:
    file = CAPTURES / "html" / f"{name}.html"
    if not file.exists():
        pytest.skip(f"needs the saved real pages at {CAPTURES}")
    url, kind, era = SAVED[name]
    page = recognise(screen.show(file.read_text(encoding="utf-8"), url))
    assert (page.kind, page.era) == (kind, era)


@pytest.mark.captures
def test_no_saved_page_is_left_out() -> None:
    if not CAPTURES.exists():
        pytest.skip(f"needs the saved real pages at {CAPTURES}")
    assert {file.stem for file in (CAPTURES / "html").glob("*.html")} == set(SAVED)


def test_refresh_button_is_where_the_page_draws_it(screen: Screen) -> None:
    html = "<main><div class=DivErrorContainer><p>Something went wrong</p>"
    html += "<button style='position:fixed;left:100px;top:200px;width:80px;height:30px'>Refresh</button></div></main>"
    button = recognise(screen.show(html, "/foryou")).button
    assert button is not None
    assert (button.x, button.y, button.width, button.height) == (100, 200, 80, 30)


@pytest.mark.parametrize(
    "style",
    [
        "display:none",
        "visibility:hidden",
        "width:0;height:0;overflow:hidden",
        "position:fixed;left:5000px;top:0",
        "position:fixed;left:0;top:-500px;height:100px",
    ],
)
def test_what_a_visitor_cannot_see_is_not_there(screen: Screen, style: str) -> None:
    captcha = f'<div id="captcha-verify-container-x" style="{style}">Drag the slider</div>'
    card = '<article data-e2e="recommend-list-item-container"><p>tea</p></article>'
    assert recognise(screen.show(card + captcha, "/foryou")).kind == "feed"


def test_empty_shell_behind_a_modal_is_not_seen(screen: Screen) -> None:
    shell = '<div id="loginContainer" style="height:9px" aria-hidden="true"></div>'
    found = screen.show(shell + '<div aria-hidden="true"><p data-e2e="user-title">kettle</p></div>', "/@kettle")
    assert (found.hit("login"), found.hit("profile") is not None) == (None, True)


def test_counts_tell_all_and_hits_the_first(screen: Screen) -> None:
    card = '<article data-e2e="recommend-list-item-container"><p>{}</p></article>'
    found = screen.show("".join(card.format(n) for n in range(50)), "/foryou")
    assert found.counts["card-article"] == 50
    assert [hit.text for hit in found.all("card-article")] == [str(n) for n in range(30)]


def test_text_is_cut_at_its_limit(screen: Screen) -> None:
    found = screen.show("<p>" + "steam " * 2000 + "</p>", "/foryou")
    assert found.text == ("steam " * 2000)[:4000]
    assert found.url.endswith("/foryou")


def test_half_an_emoji_is_no_reason_to_see_nothing(screen: Screen) -> None:
    cut = "<div role=dialog style='position:fixed;inset:0'>" + "x" * (MOST_HIT_TEXT - 1) + "🎉 and more</div>"
    half = "<script>document.querySelector('div').append('\\ud83c ' + 'y'.repeat(5000) + '\\ud83c')</script>"
    for html in (f"<main>{cut}</main>", f"<main>{cut}{half}</main>"):
        seen = screen.show(html, "/foryou")
        assert seen.all("dialog")[0].text.startswith("xxx")
        assert "\ud83c" not in seen.text


def test_what_covers_a_button_is_told_though_its_words_are_cut_in_an_emoji(screen: Screen) -> None:
    words = "z" * 79 + "🎉"
    screen.show(
        f"<main><button>Next</button><div role=dialog style='position:fixed;inset:0'>{words}</div></main>", "/foryou"
    )
    found = reach(screen.driver, "button")
    assert found is not None and found.cover is not None
    assert found.cover.words == "z" * 79 + "\ufffd"


def test_a_button_is_found_by_its_words_though_they_wrap(screen: Screen) -> None:
    screen.show("<main><button>Continue<br>as   guest</button></main>", "/foryou")
    found = reach(screen.driver, "button", words="Continue as guest")
    assert found is not None and found.cover is None


def test_a_link_inside_the_target_is_none_of_its_points(screen: Screen) -> None:
    link = "<a href='/@ann' style='position:absolute;inset:0 50% 0 0'>Ann</a>"
    screen.show(f"<section style='position:fixed;inset:0;cursor:pointer'>{link}</section>", "/foryou")
    found = reach(screen.driver, "section")
    assert found is not None and found.cover is None
    assert found.x >= 640, "the left half is the link's"


@pytest.mark.parametrize("somebodys", ["<a href='/@ann'>Ann</a>", "<video></video>", "<i id='xgwrapper-2-71'></i>"])
def test_the_words_of_a_dialog_that_may_be_somebodys_are_masked(screen: Screen, somebodys: str) -> None:
    dialog = "<div role=dialog aria-label='{}' style='position:fixed;inset:0'>Ann says hello{}</div>"
    page = recognise(screen.show(f"<main>{dialog.format('Theatre', somebodys)}</main>", "/foryou"))
    assert (page.kind, page.detail.partition(": ")[0]) == ("covered", "dialog 'xxxxxxx'")
    assert "hello" not in page.detail
    page = recognise(screen.show(f"<main>{dialog.format('Notice', '')}</main>", "/foryou"))
    assert page.detail == "dialog 'Notice': Ann says hello"

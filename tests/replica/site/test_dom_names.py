"""The pages' data-e2e values, tags and parent chains, held against the saved real pages of the same view."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from replica.serving.server import Replica
from tests.captures import CAPTURES
from tests.project import ROOT
from tests.replica.site.dom_chains import chains, shapes, sources, values
from tests.replica.site.posts import KINDS, written
from tests.replica.site.site_watch import Watch, quick, watching

pytestmark = [pytest.mark.browser, pytest.mark.captures]

SOURCES = ROOT / "replica" / "SOURCES.md"
APP = '//div[@id="app"]'
BROWSE = '//*[contains(@class, "DivBrowserModeContainer")]'
ARTICLES = '//article[@data-e2e="recommend-list-item-container"]'
FEED_2026 = "2026-10_foryou_anonymous_two_cards"
FEED_2022 = "2022-03_foryou_anonymous_en"
VIEWER_2022 = "2022-08_foryou_27cards_browse_overlay"
VIEWER_2025 = "2025-03_explore_browse_overlay_captcha_cookie"
# What is more in ours than in the two posts of the capture: pictures that it was stripped of, and other kinds of post.
STRIPPED = re.compile(r"> (svg|path|canvas|source)\b")
OF_A_PHOTO = re.compile(r"swiper|> div > div > div > i\b")


def is_further(shape: str) -> bool:
    return bool(STRIPPED.search(shape) or OF_A_PHOTO.search(shape))


POSTS = """return [...document.querySelectorAll("article")].map((article) => {
  const has = (css) => article.querySelector(css) !== null, menu = article.querySelector("[data-more-menu-item-id]");
  const kind = !article.firstChild ? "shell" : has("[class*=ImgPhotoSlide]") ? "photo"
    : has("p[class*=StyledErrorText]") ? "broken" : has("[id^=xgwrapper]") ? "wrapper" : "live";
  return [kind, menu && menu.dataset.moreMenuItemId, article.querySelectorAll("[data-e2e=cinema-mode-entry]").length];
});"""
CREATORS = """return [...document.querySelectorAll("article")[arguments[0]].querySelectorAll('a[href^="/@"]')].map(
  (link) => [link.getAttribute("href"), link.textContent, link.dataset.e2e || null]);"""
AUDIO = """const link = document.querySelectorAll("article")[arguments[0]].querySelector('a[href^="/music/"]');
return [link.textContent, link.dataset.e2e || null];"""
WALKED = 25  # enough to meet a verified creator, a mention, an ad: no single TikTok shows every name


@pytest.fixture(scope="module")
def watch() -> Iterator[Watch]:
    yield from watching()


def page_of(name: str) -> str:
    path = CAPTURES / "html" / f"{name}.html"
    if not path.exists():
        pytest.skip(f"no real captures beside the checkout: {path.name} is not there")
    return path.read_text(encoding="utf-8")


def saved(name: str, root: str) -> set[str]:
    return chains(page_of(name), root)


def walked(watch: Watch, era: str) -> set[str]:
    """The chains of era's viewer over some TikToks."""
    met: set[str] = set()
    with Replica(quick(era=era, profile="2022" if era == "a" else "2025")) as site:
        watch.open(site)
        watch.enter()
        for _ in range(WALKED):
            watch.settled()
            met |= chains(watch.driver.page_source, BROWSE)
            watch.step()
    return met


def test_the_feed_of_era_a_has_every_name_of_the_capture_in_its_place(watch: Watch) -> None:
    real = saved(FEED_2022, APP)
    with Replica(quick(era="a", profile="2022")) as site:
        watch.open(site)
        watch.until(lambda: watch.all("video"), "a playing card")
        ours = chains(watch.driver.page_source, APP)

    assert real - ours == set()
    # The August build names its pictures too, with an empty data-e2e: those are in the other capture.
    assert values(ours) - values(real) - {""} <= sources(SOURCES)


@pytest.mark.parametrize(("era", "capture"), [("a", VIEWER_2022), ("b", VIEWER_2025)])
def test_the_viewer_has_every_name_of_the_capture_in_its_place(watch: Watch, era: str, capture: str) -> None:
    real, ours = saved(capture, BROWSE), walked(watch, era)

    assert real - ours == set()
    invented = {chain for chain in ours - real if not values({chain}) & sources(SOURCES)}
    assert invented == set()


def test_the_posts_of_era_c_have_every_element_of_the_capture_in_its_place(watch: Watch, tmp_path: Path) -> None:
    real, around = shapes(page_of(FEED_2026), ARTICLES), shapes(page_of(FEED_2026), APP)
    with Replica(quick(era="c", items=written(tmp_path))) as site:
        watch.open(site)
        watch.until(lambda: not real - shapes(watch.driver.page_source, ARTICLES), "every element of the capture")
        ours, ours_around = shapes(watch.driver.page_source, ARTICLES), shapes(watch.driver.page_source, APP)

    assert real - ours == set()
    assert {shape for shape in around if "article" not in shape} <= ours_around
    assert {shape for shape in ours - real if not is_further(shape)} == set()


def test_in_era_c_each_drawn_post_has_its_id_and_its_entry_whatever_its_kind(watch: Watch, tmp_path: Path) -> None:
    with Replica(quick(era="c", items=written(tmp_path), neighbours="both")) as site:
        watch.open(site)
        watch.until(lambda: [kind for kind, *_ in watch.js(POSTS)].count("wrapper") == 3, "three players")
        drawn = watch.js(POSTS)
        shares = watch.js("return [...document.querySelectorAll('[data-e2e=share-count]')].map((e) => e.textContent)")
        creators = watch.js(CREATORS, 1)
        audios = [watch.js(AUDIO, at) for at in (0, 1)]
    with Replica(quick(era="c", items=written(tmp_path), broken_players=1)) as site:
        watch.open(site)
        watch.until(lambda: watch.js(POSTS)[0][0] == "broken", "a broken player")
        broken = watch.js(POSTS)[0]

    ids = [post["id"] for post in KINDS]
    assert drawn[:4] == [["wrapper", ids[0], 1], ["wrapper", ids[1], 1], ["photo", ids[2], 1], ["wrapper", ids[3], 1]]
    assert drawn[4:] == [["shell", None, 0]] * 2  # of the six of the first reply
    assert broken == ["broken", ids[0], 1]
    assert shares == ["22", "22", "22", "Share"]
    assert creators == [["/@user_2", "User 2", None], ["/@user_2", "", "video-author-avatar"]]
    assert audios == [["A Song - An Artist", None], ["", "video-music"]]

"""The pages' data-e2e values, tags and parent chains, held against the saved real pages of the same view."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from replica.serving.server import Replica
from tests.captures import CAPTURES
from tests.project import ROOT
from tests.replica.site.dom_chains import chains, sources, values
from tests.replica.site.site_watch import Watch, quick, watching

pytestmark = [pytest.mark.browser, pytest.mark.captures]

SOURCES = ROOT / "replica" / "SOURCES.md"
APP = '//div[@id="app"]'
BROWSE = '//*[contains(@class, "DivBrowserModeContainer")]'
FEED_2022 = "2022-03_foryou_anonymous_en"
VIEWER_2022 = "2022-08_foryou_27cards_browse_overlay"
VIEWER_2025 = "2025-03_explore_browse_overlay_captcha_cookie"
WALKED = 25  # enough to meet a verified creator, a mention, an ad: no single TikTok shows every name


@pytest.fixture(scope="module")
def watch() -> Iterator[Watch]:
    yield from watching()


def saved(name: str, root: str) -> set[str]:
    path = CAPTURES / "html" / f"{name}.html"
    if not path.exists():
        pytest.skip(f"no real captures beside the checkout: {path.name} is not there")
    return chains(path.read_text(encoding="utf-8"), root)


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

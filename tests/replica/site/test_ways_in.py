"""The full-screen view that is there, or isn't, and what steps it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from selenium.webdriver import ActionChains
from selenium.webdriver.common.actions.wheel_input import ScrollOrigin

from replica.serving.server import Replica
from tests.replica.site.posts import written
from tests.replica.site.site_watch import VIEWER, Watch, quick, watching

pytestmark = pytest.mark.browser
ERAS = ("b", "c")
ENTRY = '[data-e2e="cinema-mode-entry"]'
MEDIA = '[data-e2e="feed-video"]'
IN_VIEW = {"b": '[data-e2e="arrow-right"]', "c": '[role="dialog"] [aria-label="Next video"]'}
# How many of the cards in cinema mode have content, before the one on screen, and after it.
DRAWN = """const scroller = document.querySelector('[class*="DivCinemaModeContent"]').firstElementChild;
const cards = [...scroller.firstElementChild.children];
const at = cards.findIndex((card) => Math.abs(card.getBoundingClientRect().top) < 5);
const drawn = (part) => part.filter((card) => card.firstChild).length;
return [drawn(cards.slice(0, at)), drawn(cards.slice(at, at + 1)), drawn(cards.slice(at + 1))];"""


@pytest.fixture(scope="module")
def watch() -> Iterator[Watch]:
    yield from watching()


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A feed of a file, which is served sooner than a world."""
    return written(tmp_path_factory.mktemp("feed"))


def enter(watch: Watch, era: str) -> None:
    """Click where one would enter the view; wait for nothing."""
    watch.all(ENTRY if era == "c" else MEDIA)[0].click()


def wait(watch: Watch, ms: int = 400) -> None:
    watch.driver.execute_async_script(f"setTimeout(arguments[0], {ms})")


@pytest.mark.parametrize("era", ERAS)
def test_a_view_can_be_missing_dead_or_elsewhere(watch: Watch, few: Path, era: str) -> None:
    with Replica(quick(items=few, era=era, viewer="none")) as site:
        watch.open(site)
        assert not watch.all(ENTRY)
        watch.all(MEDIA)[0].click()
        wait(watch)
        assert (watch.all(VIEWER), watch.path()) == ([], "/foryou")
        assert watch.js("return document.querySelector('article video').paused")
    with Replica(quick(items=few, era=era, viewer="dead")) as site:
        watch.open(site)
        enter(watch, era)
        wait(watch)
        assert (watch.all(VIEWER), watch.path()) == ([], "/foryou")
    with Replica(quick(items=few, era=era, viewer="elsewhere")) as site:
        watch.open(site)
        enter(watch, era)
        watch.until(lambda: watch.path() != "/foryou" and watch.all('[data-e2e="like-count"]'), "a page of its own")
        assert site.truth()[0]["url"].endswith(watch.path())
        assert not watch.all(VIEWER)
        assert ("GET", watch.path()) in [(method, path) for method, path, _ in site.requests]


@pytest.mark.parametrize("era", (pytest.param("b", marks=pytest.mark.thorough), "c"))
@pytest.mark.parametrize("by", ("key", "button", "wheel", "nothing"))
def test_the_view_is_stepped_by_what_is_told_alone(watch: Watch, few: Path, era: str, by: str) -> None:
    def click() -> None:
        watch.all(IN_VIEW[era])[0].click()

    def turn() -> None:
        where = ScrollOrigin.from_viewport(400, 400)
        ActionChains(watch.driver, duration=20).scroll_from_origin(where, 0, 100).perform()

    ways: dict[str, Any] = {"key": watch.key, "button": click, "wheel": turn}
    with Replica(quick(items=few, era=era, steps_by=by)) as site:
        watch.open(site)
        watch.enter()
        watch.settled()
        first = watch.path()
        for way in sorted(ways.keys() - {by}):
            ways[way]()
            wait(watch, 300)
            assert watch.path() == first, way
        if by in ways:
            ways[by]()
            watch.until(lambda: watch.path() != first, "another address")
            watch.settled()


@pytest.mark.parametrize(("neighbours", "drawn"), [("next", [0, 1, 1]), ("both", [2, 1, 2]), ("none", [0, 1, 0])])
def test_cinema_mode_draws_the_neighbours_it_is_told_to(
    watch: Watch, few: Path, neighbours: str, drawn: list[int]
) -> None:
    with Replica(quick(items=few, era="c", neighbours=neighbours)) as site:
        watch.open(site)
        watch.enter()
        for _ in range(2):
            watch.settled()
            watch.step()
        assert watch.js(DRAWN) == drawn
        # the feed's own arrow stays beneath, with the label of the view's
        assert len(watch.all('[aria-label="Next video"]')) == 2
        assert (
            watch.js("return document.querySelector('main [aria-label=\"Next video\"]').closest('[role=dialog]')")
            is None
        )


def test_presses_tell_what_was_hit_and_are_no_requests(watch: Watch, few: Path) -> None:
    with Replica(quick(items=few, era="c", obstacle="interests", obstacle_at=2)) as site:
        watch.open(site)
        watch.enter()
        watch.settled()
        watch.key()
        tiles = watch.until(lambda: watch.all('[class*="DivInterestTiles"] button'), "the picker")
        ActionChains(watch.driver, duration=20).move_to_element(tiles[4]).click().perform()
        watch.js("document.querySelector('[data-e2e=cinema-mode-exit]').click()")  # no pointer: no press
        next(b for b in watch.all('[class*="DivInterestEnds"] button') if b.text == "Skip").click()
        watch.until(lambda: len(site.presses()) == 4, "four presses")
        entry, key, tile, skip = site.presses()
        asked = [path for _, path, _ in site.requests]

    assert (entry["kind"], entry["tag"], entry["e2e"], entry["inside"]) == (
        "pointer",
        "button",
        "cinema-mode-entry",
        "feed",
    )
    assert (key["kind"], key["key"], key["viewing"], key["covered"]) == ("key", "ArrowDown", True, False)
    assert (tile["text"], tile["inside"], tile["obstacle"]) == ("Relationship", "obstacle", "interests")
    assert (skip["text"], skip["covered"]) == ("Skip", True)
    assert not [path for path in asked if path == "/_replica/presses"]

"""The feed walked in place: what steps the column, what is on screen meanwhile, and that the address stays."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from selenium.webdriver import ActionChains
from selenium.webdriver.common.actions.wheel_input import ScrollOrigin
from selenium.webdriver.common.keys import Keys

from replica.serving.server import Replica
from tests.replica.site.posts import PLAYABLE, written
from tests.replica.site.site_watch import STATS, Watch, quick, watching

pytestmark = pytest.mark.browser
ERAS = ("b", "c")
NEXT = 'main [aria-label="Next video"]'
AT_REST = """const list = document.getElementById("column-list-container");
const article = document.querySelectorAll("article")[arguments[0]];
return Boolean(article) && Math.abs(list.scrollTop - article.offsetTop) < 2;"""
# Which article plays, noted at each frame for as long as a step takes.
PLAYED = """const done = arguments[0], seen = [], until = performance.now() + 1200;
document.querySelector('main [aria-label="Next video"]').click();
const look = () => {
  const playing = [...document.querySelectorAll("article video")].filter((video) => !video.paused);
  for (const video of playing) {
    const at = Number(video.closest("article").dataset.scrollIndex);
    if (seen.at(-1) !== at) seen.push(at);
  }
  if (performance.now() < until) requestAnimationFrame(look); else done(seen);
};
look();"""


@pytest.fixture(scope="module")
def watch() -> Iterator[Watch]:
    yield from watching()


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A feed of a file, which is served sooner than a world."""
    return written(tmp_path_factory.mktemp("feed"))


def at_rest(watch: Watch, index: int) -> None:
    watch.until(lambda: watch.js(AT_REST, index), f"the column at rest on {index}")


def click_next(watch: Watch) -> None:
    watch.all(NEXT)[0].click()


def rested(watch: Watch, index: int) -> None:
    """At rest, and for long enough that the page takes the post there for the one on screen."""
    at_rest(watch, index)
    watch.driver.execute_async_script("setTimeout(arguments[0], 150)")


def turn(watch: Watch, down: int = 1) -> None:
    """Turn the wheel over the post on screen: by less than half its height the list snaps back."""
    where = ScrollOrigin.from_viewport(640, 400)
    ActionChains(watch.driver, duration=20).scroll_from_origin(where, 0, 700 * down).perform()


def still(watch: Watch, index: int) -> None:
    """Half a second later the column is where it was."""
    watch.driver.execute_async_script("setTimeout(arguments[0], 500)")
    assert watch.js(AT_REST, index)


@pytest.mark.parametrize("era", ERAS)
def test_key_button_and_wheel_step_it_and_the_address_stays(watch: Watch, few: Path, era: str) -> None:
    with Replica(quick(items=few, era=era)) as site:
        watch.open(site)
        steps: list[Any] = [watch.key, lambda: click_next(watch), lambda: turn(watch)]
        for index, step in enumerate(steps, start=1):
            step()
            rested(watch, index)
        turn(watch, -1)
        rested(watch, 2)
        watch.key(Keys.ARROW_UP)
        at_rest(watch, 1)

        assert watch.path() == "/foryou"
        assert [press["kind"] for press in site.presses()] == ["key", "pointer", "wheel", "wheel", "key"]


@pytest.mark.parametrize("era", ERAS)
def test_after_a_step_the_post_before_never_plays_again(watch: Watch, era: str, tmp_path: Path) -> None:
    with Replica(quick(era=era, items=written(tmp_path, PLAYABLE))) as site:
        watch.open(site)
        for index in range(1, 5):
            seen = watch.driver.execute_async_script(PLAYED)
            assert seen[-1:] == [index]
            assert seen.count(index) == 1, f"{seen}: {index} was left and came back"
            assert set(seen) <= {index - 1, index}


@pytest.mark.parametrize("era", (pytest.param("b", marks=pytest.mark.thorough), "c"))
@pytest.mark.parametrize("by", ("key", "button", "wheel"))
def test_where_one_way_steps_the_others_do_nothing(watch: Watch, few: Path, era: str, by: str) -> None:
    ways = {"key": watch.key, "button": lambda: click_next(watch), "wheel": lambda: turn(watch)}
    with Replica(quick(items=few, era=era, steps_by=by)) as site:
        watch.open(site)
        for way in ways.keys() - {by}:
            ways[way]()
            still(watch, 0)
        ways[by]()
        at_rest(watch, 1)


@pytest.mark.parametrize("era", ERAS)
def test_the_preview_card_opens_from_the_posts_links_and_goes_with_the_post(watch: Watch, era: str) -> None:
    with Replica(quick(era=era)) as site:
        watch.open(site)
        watch.key()
        at_rest(watch, 1)
        for link in ('[class*="DivCreatorInfoContainer"] a', '[data-e2e="video-author-avatar"]'):
            watch.js("document.querySelectorAll('article')[1].id = 'here'")
            watch.rest(f"#here {link}")
            watch.until(lambda: "--" not in str(watch.text(STATS) or "--"), "a card with counts")
            assert watch.text("#here [data-e2e='user-card-username']") is not None
            watch.away()
            watch.until(lambda: watch.text(STATS) is None, "a closed card")


def test_articles_stay_empty_for_as_long_as_told(watch: Watch, few: Path) -> None:
    with Replica(quick(items=few, era="c", draw_ms=1_500)) as site:
        watch.driver.get(site.url)
        watch.until(lambda: watch.all("article"), "articles")
        assert not watch.js("return [...document.querySelectorAll('article')].some((a) => a.firstChild)")
        watch.until(lambda: watch.js("return Boolean(document.querySelector('article').firstChild)"), "a drawn article")


def test_obstacles_come_at_the_kth_post_of_the_column_and_a_wheel_passes_none(watch: Watch, few: Path) -> None:
    with Replica(quick(items=few, era="c", viewer="none", obstacle="got-it", obstacle_at=3)) as site:
        watch.open(site)
        for index in (1, 2):
            assert not watch.all('[class*="DivScrollGuidance"]')
            turn(watch)
            rested(watch, index)
        watch.until(lambda: watch.all('[class*="DivScrollGuidance"]'), "the tooltip")
    with Replica(quick(items=few, era="c", obstacle="feed-stuck", obstacle_at=2)) as site:
        watch.open(site)
        watch.key()
        at_rest(watch, 1)
        for way in (watch.key, lambda: click_next(watch), lambda: turn(watch)):
            way()
            still(watch, 1)

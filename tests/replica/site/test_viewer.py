"""How the pages behave: the feed, the viewer, and the address that runs ahead of it."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from selenium.webdriver.common.keys import Keys

from replica.serving.server import Replica
from tests.replica.site.posts import written
from tests.replica.site.site_watch import ERAS, SETTLED, VIEWER, Watch, quick, watching

pytestmark = pytest.mark.browser
CARDS = '[data-e2e="recommend-list-item-container"]'


@pytest.fixture(scope="module")
def watch() -> Iterator[Watch]:
    yield from watching()


def list_requests(site: Replica) -> int:
    return sum(path == "/api/recommend/item_list/" for _, path, _ in site.requests)


@pytest.mark.parametrize("era", ERAS)
def test_the_viewer_opens_steps_and_closes_and_the_feed_stays_in_the_page(watch: Watch, era: str) -> None:
    with Replica(quick(era=era)) as site:
        watch.open(site)
        assert watch.driver.title == "TikTok - Make Your Day"
        assert not watch.all('[data-e2e="recommend-list-item-container"] a[href*="/video/"]')
        watch.enter()
        seen = []
        for _ in range(5):
            watch.settled()
            seen.append(watch.path())
            watch.step()
        assert watch.all(CARDS)
        assert watch.driver.title == "TikTok - Make Your Day"
        watch.key(Keys.ESCAPE)
        watch.until(lambda: not watch.all(VIEWER), "a closed viewer")
        assert watch.path() == "/foryou"

    assert len(set(seen)) == 5
    wanted = r"/@[^/]+/(video|photo)/\d{19}(\?is_copy_url=1&is_from_webapp=v1)?"
    posts = [path for path in seen if not path.endswith("/live")]
    assert all(re.fullmatch(wanted, path) for path in posts)
    assert all(("?" in path) == (era == "a") for path in posts)


@pytest.mark.parametrize("era", ERAS)
def test_arrow_up_goes_back_to_the_same_tiktok(watch: Watch, era: str) -> None:
    with Replica(quick(era=era)) as site:
        watch.open(site)
        watch.enter()
        watch.settled()
        first = watch.path()
        watch.step()
        second = watch.path()
        watch.step(Keys.ARROW_UP)

        assert watch.path() == first != second


@pytest.mark.parametrize("era", ERAS)
def test_the_address_changes_before_the_media_and_the_texts(watch: Watch, era: str) -> None:
    media = "[...document.querySelector(arguments[0]).querySelectorAll('[id^=xgwrapper]')].map((e) => e.id).join()"
    texts = "document.querySelector(arguments[0]).textContent"
    with Replica(quick(era=era)) as site:
        watch.open(site)
        watch.enter()
        watch.settled()
        before, at_once, later = watch.driver.execute_async_script(
            f"""const done = arguments[1], see = () => [location.pathname, {media}, {texts}], before = see();
            document.body.dispatchEvent(new KeyboardEvent("keydown", {{key: "ArrowDown", bubbles: true}}));
            const now = see(); setTimeout(() => done([before, now, see()]), 400);""",
            VIEWER,
        )

    assert at_once[0] != before[0]
    assert at_once[1:] == before[1:]
    assert later[0] == at_once[0]
    assert later[1] != before[1] or "/photo/" in later[0]
    assert later[2] != before[2]


@pytest.mark.parametrize("era", ("b", "c"))
def test_an_embedded_batch_is_shown_first_and_the_next_is_fetched_as_a_second_one(watch: Watch, era: str) -> None:
    with Replica(quick(era=era, embedded=True)) as site:
        watch.open(site)
        assert list_requests(site) == 0
        embedded = [line["id"] for line in site.truth()]
        watch.enter()
        seen = []
        for _ in range(8):
            watch.settled()
            seen.append(watch.path().split("/")[-1])
            watch.step()
        query = next(query for _, path, query in site.requests if path == "/api/recommend/item_list/")

    assert seen[: len(embedded)] == embedded
    assert "pullType=2" in query


def test_a_feed_page_preloads_once(watch: Watch) -> None:
    with Replica(quick()) as site:
        watch.open(site)
        watch.until(lambda: "/api/preload/item_list/" in [path for _, path, _ in site.requests], "a preload")
        watch.enter()
        for _ in range(10):
            watch.step()
        asked = [query for _, path, query in site.requests if path == "/api/preload/item_list/"]

    assert len(asked) == 1
    assert "count=3" in asked[0] and "from_page=fyp" in asked[0]


@pytest.mark.parametrize("era", ERAS)
def test_a_slow_step_shows_the_old_post_under_the_new_address_for_as_long_as_told(watch: Watch, era: str) -> None:
    with Replica(quick(era=era, swap_ms=1_000)) as site:
        watch.open(site)
        watch.enter()
        watch.until(lambda: watch.js(SETTLED), "the first post")
        before, first, early, late = watch.driver.execute_async_script(
            """const done = arguments[1], text = () => document.querySelector(arguments[0]).textContent;
            const before = [location.pathname, text()], then = [];
            const see = () => then.push([location.pathname, text()]);
            document.body.dispatchEvent(new KeyboardEvent("keydown", {key: "ArrowDown", bubbles: true}));
            see(); setTimeout(see, 600); setTimeout(() => { see(); done([before, ...then]); }, 2500);""",
            VIEWER,
        )

    assert first[0] == early[0] == late[0] != before[0]
    assert first[1] == early[1] == before[1] != late[1]


@pytest.mark.parametrize("era", ("a", "b"))
def test_the_arrow_buttons_step_too_and_the_previous_is_disabled_on_the_first(watch: Watch, era: str) -> None:
    with Replica(quick(era=era)) as site:
        watch.open(site)
        watch.enter()
        watch.settled()
        left, right = watch.all('[data-e2e="arrow-left"]')[0], watch.all('[data-e2e="arrow-right"]')[0]
        assert not left.is_enabled()
        first = watch.path()
        right.click()
        watch.until(lambda: watch.path() != first, "the next address")
        watch.settled()
        assert left.is_enabled()  # still the same elements: they did not go stale
        left.click()
        watch.until(lambda: watch.path() == first, "the first address again")


def test_cinema_mode_is_entered_by_its_button_and_a_click_on_the_media_only_pauses(watch: Watch) -> None:
    with Replica(quick(era="c")) as site:
        watch.open(site)
        watch.all('[data-e2e="feed-video"]')[0].click()
        assert not watch.all(VIEWER)
        assert watch.path() == "/foryou"
        assert watch.js("return document.querySelector('article video').paused")
        watch.enter()
        watch.settled()
        first = watch.path()
        watch.all('[role="dialog"] button[aria-label="Next video"]')[0].click()
        watch.until(lambda: watch.path() != first, "the next address")


def test_in_cinema_mode_the_first_like_count_is_that_of_the_post_on_screen(watch: Watch) -> None:
    with Replica(quick(era="c")) as site:
        watch.open(site)
        watch.enter()
        for _ in range(6):
            watch.settled()
            if not watch.path().endswith("/live"):
                link = watch.text('[role="dialog"] [class*="DivCreatorInfoContainer"] a p')
                assert f"/@{link}/" in unquote(watch.path())
            watch.step()


@pytest.mark.parametrize("era", ("b", "c"))
def test_only_the_articles_near_the_screen_are_drawn(watch: Watch, era: str) -> None:
    filled = "return [...document.querySelectorAll('article')].map((a) => Boolean(a.firstChild))"
    # A key that falls while the column still scrolls may be lost, as on the site.
    stands = """const article = document.querySelectorAll('article')[arguments[0]];
      return Boolean(article) && Math.abs(article.parentElement.closest('#column-list-container').scrollTop
        - article.offsetTop) < 2"""
    with Replica(quick(era=era)) as site:
        watch.open(site)
        for at in range(1, 7):
            watch.key()
            watch.until(lambda at=at: watch.js(stands, at), "the column at rest")
            time.sleep(0.1)
        watch.until(lambda: watch.js(filled)[6], "the article in the middle drawn")
        drawn = watch.js(filled)
        indexes = watch.js("return [...document.querySelectorAll('article')].map((a) => a.dataset.scrollIndex)")

        assert sum(drawn) <= 5 < len(drawn)
        assert indexes == [str(at) for at in range(len(drawn))]
        assert watch.path() == "/foryou"


@pytest.mark.parametrize("era", ("b", "c"))
def test_more_is_asked_for_with_three_items_left_and_each_id_shown_once(watch: Watch, era: str) -> None:
    with Replica(quick(era=era)) as site:
        watch.open(site)
        watch.until(lambda: list_requests(site) == 1, "the first list")
        items = len(watch.all("article"))
        watch.enter()
        watch.settled()
        for _ in range(items - 5):
            watch.step()
        assert list_requests(site) == 1
        watch.step()
        watch.until(lambda: list_requests(site) == 2, "the second list")


def test_era_a_has_nine_cards_at_load_and_more_when_the_last_comes_into_view(watch: Watch) -> None:
    with Replica(quick(era="a")) as site:
        watch.open(site)
        assert len(watch.all(CARDS)) == 9
        assert list_requests(site) == 0
        watch.js("window.scrollTo(0, document.body.scrollHeight)")
        watch.until(lambda: len(watch.all(CARDS)) > 9, "more cards")


@pytest.mark.parametrize(
    ("seed", "element"), [(1, "script#SIGI_STATE[type='application/json']"), (2, "script#sigi-persisted-data")]
)
def test_era_a_embeds_its_state_in_either_form_of_2022_and_it_goes_stale(watch: Watch, seed: int, element: str) -> None:
    with Replica(quick(era="a", seed=seed)) as site:
        watch.open(site)
        assert len(watch.all(element)) == 1
        state = watch.js(f"return document.querySelector({element!r}).textContent")
        watch.enter()
        for _ in range(3):
            watch.step()
        assert watch.js(f"return document.querySelector({element!r}).textContent") == state


@pytest.mark.parametrize("era", ERAS)
def test_the_page_makes_no_complaint_and_asks_nobody_else(watch: Watch, era: str) -> None:
    watch.driver.get("about:blank")  # what an earlier site left unfinished is not this one's
    watch.driver.get_log("browser")
    with Replica(quick(era=era)) as site:
        watch.open(site)
        watch.enter()
        for _ in range(12):
            watch.step()
        names = watch.js("return performance.getEntriesByType('resource').map((entry) => entry.name)")
        complaints = [line["message"] for line in watch.driver.get_log("browser")]

    assert {urlsplit(name).hostname for name in names} == {"127.0.0.1"}
    assert complaints == []


@pytest.mark.parametrize("era", ERAS)
def test_the_browsers_back_goes_back_one_tiktok_and_then_to_the_feed(watch: Watch, era: str) -> None:
    with Replica(quick(era=era)) as site:
        watch.open(site)
        watch.enter()
        watch.settled()
        first = watch.path()
        watch.step()
        watch.driver.back()
        watch.until(lambda: watch.path() == first, "the first address")
        watch.settled()
        watch.driver.back()
        watch.until(lambda: not watch.all(VIEWER), "a closed viewer")
        assert watch.path() == "/foryou"


@pytest.mark.parametrize("era", ERAS)
def test_when_nothing_is_left_the_feed_says_so_and_the_viewer_stays_at_the_last(
    watch: Watch, era: str, tmp_path: Path
) -> None:
    end_at_once = """const fetched = window.fetch; window.fetch = async (url, more) => {
      const reply = await fetched(url, more); if (!url.includes("item_list")) return reply;
      const told = await reply.json(); told.hasMore = false; return new Response(JSON.stringify(told)); };"""
    added = watch.driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": end_at_once})
    try:
        with Replica(quick(era=era, items=written(tmp_path))) as site:
            watch.open(site)
            watch.enter()
            for _ in range(12):
                watch.settled()
                before = watch.path()
                watch.key()
                watch.driver.execute_async_script("setTimeout(arguments[0], 250)")
                if watch.path() == before:
                    break
            assert list_requests(site) == 1
            assert "You've reached the end of your feed" in str(watch.text('[class*="DivEndOfFeed"]'))
            ways_on = '[data-e2e="arrow-right"], [role="dialog"] [aria-label="Next video"]'
            assert not watch.all(ways_on)[0].is_enabled()
    finally:
        watch.driver.execute_cdp_cmd("Page.removeScriptToEvaluateOnNewDocument", added)

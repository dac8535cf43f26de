"""The preview card: when it opens, what it asks, what it prints, and what becomes of it on a step."""

from __future__ import annotations

import time
from collections.abc import Iterator
from urllib.parse import parse_qs

import pytest

from replica.serving.server import Replica
from tests.replica.site.site_watch import ERAS, STATS, VIEWER, Watch, quick, watching

pytestmark = pytest.mark.browser
NAME = {
    "a": '[data-e2e="browse-username"]',
    "b": '[data-e2e="browse-username"]',
    "c": '[role="dialog"] [class*="DivCreatorInfoContainer"] a',
}


@pytest.fixture(scope="module")
def watch() -> Iterator[Watch]:
    yield from watching()


def asked(site: Replica) -> list[str]:
    """The creators that were asked for, in order."""
    queries = [query for _, path, query in site.requests if path == "/api/user/detail/"]
    return [parse_qs(query)["uniqueId"][0] for query in queries]


def entered(watch: Watch, site: Replica) -> None:
    watch.open(site)
    watch.enter()
    watch.settled()


@pytest.mark.parametrize("era", ERAS)
def test_it_opens_after_its_delay_prints_dashes_then_counts_and_closes_on_leaving(watch: Watch, era: str) -> None:
    with Replica(quick(era=era, latency_ms=500, card_delay_ms=200)) as site:
        entered(watch, site)
        watch.rest(NAME[era])
        assert watch.text(STATS) is None
        assert asked(site) == []
        watch.until(lambda: watch.text(STATS), "a card")
        assert watch.text(STATS) == "--Followers--Likes"
        handle = str(watch.text('[data-e2e="user-card-username"]'))
        watch.until(lambda: "--" not in str(watch.text(STATS)), "loaded counts")
        assert asked(site) == [handle]
        watch.away()
        watch.until(lambda: watch.text(STATS) is None, "a closed card")


def test_it_stays_while_the_pointer_is_on_it(watch: Watch) -> None:
    with Replica(quick()) as site:
        entered(watch, site)
        watch.rest(NAME["b"])
        watch.until(lambda: watch.text(STATS), "a card")
        watch.rest(STATS)
        time.sleep(0.4)

        assert watch.text(STATS)


def test_less_than_the_delay_asks_nothing(watch: Watch) -> None:
    with Replica(quick(card_delay_ms=600)) as site:
        entered(watch, site)
        watch.rest(NAME["b"])
        watch.away()
        time.sleep(0.8)

        assert asked(site) == []


def test_an_absent_card_never_comes_and_never_asks(watch: Watch) -> None:
    with Replica(quick(card="absent")) as site:
        entered(watch, site)
        watch.rest(NAME["b"])
        time.sleep(0.4)

        assert watch.text(STATS) is None
        assert asked(site) == []


@pytest.mark.parametrize(("card", "outcome"), [("keep", "answered"), ("abort", "AbortError")])
def test_a_step_cancels_the_request_where_the_site_aborts(watch: Watch, card: str, outcome: str) -> None:
    follow = """const fetched = window.fetch; window.outcomes = [];
    window.fetch = (url, more) => { const got = fetched(url, more); if (url.includes("/user/detail/"))
      got.then(() => window.outcomes.push("answered"), (error) => window.outcomes.push(error.name)); return got; };"""
    with Replica(quick(card=card, latency_ms=500)) as site:
        entered(watch, site)
        watch.js(follow)
        watch.rest(NAME["b"])
        watch.until(lambda: asked(site), "the request")
        watch.step()
        watch.until(lambda: watch.js("return window.outcomes.length"), "an end of the request")

        assert watch.js("return window.outcomes[0]") == outcome


@pytest.mark.parametrize(("link", "kept"), [("replaced", False), ("reused", True), ("moving", False)])
def test_the_creators_link_is_replaced_reused_or_moved(watch: Watch, link: str, kept: bool) -> None:
    with Replica(quick(link=link)) as site:
        entered(watch, site)
        watch.js("window.first = document.querySelector(arguments[0]).closest('a')", NAME["b"])
        places = set()
        for _ in range(3):
            places.add(
                str(watch.js("return document.querySelector(arguments[0]).getBoundingClientRect().y", NAME["b"]))
            )
            watch.step()
            assert watch.js("return window.first.isConnected") is kept

    assert (len(places) > 1) is (link == "moving")


@pytest.mark.parametrize(("link", "again"), [("replaced", True), ("reused", False)])
def test_under_a_resting_pointer_only_a_new_link_asks_again(watch: Watch, link: str, again: bool) -> None:
    with Replica(quick(link=link)) as site:
        entered(watch, site)
        watch.rest(NAME["b"])
        watch.until(lambda: asked(site), "the first request")
        watch.step()
        time.sleep(0.5)

        assert (len(asked(site)) == 2) is again


def test_the_counts_are_those_the_world_knows(watch: Watch) -> None:
    with Replica(quick(seed=3)) as site:
        entered(watch, site)
        for _ in range(4):
            watch.rest(NAME["b"])
            watch.until(lambda: "--" not in str(watch.text(STATS) or "--"), "loaded counts", 3)
            handle = str(watch.text('[data-e2e="user-card-username"]'))
            shown = str(watch.text('[data-e2e="user-card-follower-count"]'))
            truths = [line for line in site.truth() if line["username"].endswith(f"/@{handle}")]
            exact = truths[0]["creator"]["user_followers"]
            value = float(shown.rstrip("KMB")) * {"K": 1e3, "M": 1e6, "B": 1e9}.get(shown[-1], 1)
            assert abs(value - exact) <= (0.05 * 10 ** (3 * " KMB".index(shown[-1])) if shown[-1] in "KMB" else 0)
            watch.away()
            watch.until(lambda: watch.text(STATS) is None, "a closed card")
            watch.step()


WRAPPED = (
    '{"userInfo":{"user":{"uniqueId":"x","signature":""},"stats":{"followerCount":75200000,"heartCount":-1934013585}}}'
)


@pytest.mark.parametrize(("era", "printed"), [("a", "-1934013585"), ("b", "2.4B"), ("c", "2.4B")])
def test_a_wrapped_total_is_printed_as_each_era_does(watch: Watch, era: str, printed: str) -> None:
    with Replica(quick(era=era)) as site:
        entered(watch, site)
        watch.js(
            "window.fetch = () => Promise.resolve(new Response(arguments[0]))".replace("arguments[0]", repr(WRAPPED))
        )
        watch.rest(NAME[era])
        watch.until(lambda: "--" not in str(watch.text(STATS) or "--"), "loaded counts")

        assert watch.text(STATS) == f"75.2MFollowers{printed}Likes"
        assert watch.all(VIEWER)


def test_an_empty_reply_leaves_the_dashes(watch: Watch) -> None:
    with Replica(quick()) as site:
        entered(watch, site)
        watch.js("window.fetch = () => Promise.resolve(new Response(''))")
        watch.rest(NAME["b"])
        watch.until(lambda: watch.text(STATS), "a card")
        time.sleep(0.2)

        assert watch.text(STATS) == "--Followers--Likes"

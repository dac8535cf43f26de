"""Which view is walked, and what a feed that is none ends as."""

from __future__ import annotations

from pathlib import Path

import pytest

import tiktok_scraper.browser.view
from tests.tiktok_scraper.walk.test_walk import FEED, Rig, look, turn
from tiktok_scraper.config import CrawlConfig
from tiktok_scraper.pages.state import Look
from tiktok_scraper.turn import Current, Event, Turn
from tiktok_scraper.walk.decisions import Ask, End, Enter, Open, Step

UNTOLD = "nothing tells which it is"  # in the words of arrived.js


def rig(view: str) -> Rig:
    return Rig(CrawlConfig(pace=0, source="json", view=view))


def failed(outcome: str) -> Turn:
    return turn("enter", outcome, page=look(FEED))


@pytest.mark.parametrize("outcome", ["no-opener", "no-viewer"])
def test_where_no_viewer_opens_the_feed_is_walked_in_place(outcome: str) -> None:
    walk = rig("auto").walk
    assert walk.next(turn("open", page=look(FEED)), 0) == Enter("viewer")
    assert walk.next(failed(outcome), 0) == Enter("feed")
    assert walk.next(turn("enter", on="1", by="ann", page=look(FEED)), 0) == Ask("ann", "sent")


def test_a_press_that_led_elsewhere_opens_the_feed_anew_with_lists_of_its_own() -> None:
    made = rig("auto")
    made.serve("1", "2")
    made.walk.next(turn("open", page=look(FEED)), 0)
    assert made.walk.next(failed("elsewhere"), 0) == Open()
    assert made.walk.order.cards == []
    assert made.walk.next(turn("open", page=look(FEED)), 0) == Enter("feed")


def test_who_wants_the_viewer_alone_ends_without_one() -> None:
    walk = rig("viewer").walk
    walk.next(turn("open", page=look(FEED)), 0)
    assert walk.next(failed("no-viewer"), 0) == End("no-viewer")


def test_who_wants_the_feed_never_opens_a_viewer() -> None:
    walk = rig("feed").walk
    assert walk.next(turn("open", page=look(FEED)), 0) == Enter("feed")
    assert walk.next(failed("empty"), 0) == End("no-viewer")


def test_a_covered_opener_ends_as_covered() -> None:
    walk = rig("auto").walk
    walk.next(turn("open", page=look(FEED)), 0)
    assert walk.next(failed("covered"), 0) == End("covered")


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        (look(text=""), "never-drawn"),
        (look("spinner"), "never-drawn"),
        (look("skeleton", text="x"), "never-drawn"),
        (look("video-page"), "wrong-page"),
        (look("profile"), "wrong-page"),
        (look("explore", text="Explore"), "wrong-page"),
        (look(text="A page nobody knows"), "unknown-layout"),
    ],
    ids=str,
)
def test_a_page_that_is_no_feed_ends_under_its_own_name(page: Look, reason: str) -> None:
    assert rig("auto").walk.next(turn("open", page=page), 0) == End(reason)


def test_a_page_that_was_refused_ends_as_refused_whatever_it_shows() -> None:
    refused = Event("document", "http://127.0.0.1/", 1000.0, status=403)
    told = Turn("open", "ok", 1000.0, "http://127.0.0.1/", look(text="Access denied"), events=(refused,))
    assert rig("auto").walk.next(told, 0) == End("refused")


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        (look("video-page"), "wrong-page"),
        (look(FEED), "feed-stuck"),
        (look("spinner"), "never-drawn"),
        (look("nothing known"), "unknown-layout"),
    ],
    ids=str,
)
def test_a_page_that_came_in_the_feeds_place_mid_run_names_the_end(page: Look, reason: str) -> None:
    made = rig("auto")
    made.serve("1", "2")
    assert made.walk.next(turn("step", "stuck", page=page), 0) == End(reason)


def odd(creator: str = "", why: str = UNTOLD) -> Turn:
    current = Current("", creator=creator, html="<div></div>", odd=why)
    return Turn("step", "ok", 1000.0, "http://127.0.0.1/", look(FEED), current=current)


def test_a_post_that_tells_nothing_is_passed_over_and_three_in_a_row_end_the_run() -> None:
    made = rig("feed")
    made.serve("1", "2")
    decisions = [made.walk.next(odd(), 0) for _ in range(3)]
    assert [type(decision) for decision in decisions] == [Step, Step, End]
    assert decisions[-1] == End("feed-stuck")
    assert (made.notes["odd-post"], made.notes["odd-untold"]) == (3, 3)
    assert not made.sightings.pending


def test_an_odd_post_is_noted_with_why_in_the_words_of_the_page() -> None:
    script = (Path(tiktok_scraper.browser.view.__file__).parent / "arrived.js").read_text(encoding="utf-8")
    for why, noted in ((UNTOLD, "odd-untold"), ("what tells its id does not agree", "odd-unsettled")):
        assert f'"{why}"' in script
        made = rig("feed")
        made.walk.next(odd(why=why), 0)
        assert made.notes == {"odd-post": 1, noted: 1}


def test_a_good_post_between_odd_ones_starts_their_count_anew() -> None:
    made = rig("feed")
    made.serve("1", "2", "3")
    for told in (odd(), odd(), turn("step", on="1", by="u1", page=look(FEED)), odd(), odd()):
        assert not isinstance(made.walk.next(told, 0), End)


def test_a_post_without_an_id_is_the_next_of_the_list_where_its_creator_is_that_ones() -> None:
    made = rig("feed")
    made.serve("1", "2")
    assert made.walk.next(odd("u1"), 0) == Ask("u1", "sent")
    assert list(made.sightings.pending) == ["1"]
    made.walk.next(odd("somebody else"), 0)
    assert list(made.sightings.pending) == ["1"]


def test_a_press_whose_post_was_there_before_counts_no_repeat() -> None:
    made = rig("feed")
    made.serve("1", "2")
    made.walk.next(turn("enter", on="1", by="u1", page=look(FEED)), 0)
    assert isinstance(made.walk.next(turn("press", on="1", by="u1", page=look(FEED)), 0), Step)
    assert made.walk.shown == 0


def test_a_press_that_could_not_be_made_is_covered() -> None:
    assert rig("auto").walk.next(turn("press", "covered", on="1", by="u1", page=look(FEED)), 0) == End("covered")


def test_the_era_may_be_seen_better_until_a_post_has_been_shown() -> None:
    made = rig("feed")
    made.serve("1", "2")
    made.walk.next(turn("open", page=look(FEED)), 0)
    assert made.walk.era == "b-c"
    made.walk.next(turn("press", page=look(FEED, "card-b")), 0)
    assert made.walk.era == "b"
    made.walk.next(turn("press", page=look(FEED)), 0)
    assert made.walk.era == "b", "what says less takes nothing back"
    made.walk.next(turn("enter", on="1", by="u1", page=look(FEED, "cinema-entry")), 0)
    assert made.walk.era == "c"
    made.walk.next(turn("step", on="2", by="u2", page=look(FEED)), 0)
    assert made.walk.era == "c"


def test_a_line_of_a_column_that_tells_no_era_has_none() -> None:
    made = rig("feed")
    made.serve("1", "2")
    made.walk.next(turn("open", page=look(FEED)), 0)
    made.walk.next(turn("enter", on="1", by="u1", page=look(FEED)), 0)
    made.answer("u1")
    made.walk.next(turn("ask", "reply", on="1"), 0)
    assert made.walk.era == "b-c"
    assert [tiktok.era for tiktok in made.sightings.due(1)] == [None]


def test_an_odd_post_is_paced_as_any_other() -> None:
    made = Rig(CrawlConfig(pace=3, jitter=0, source="json", view="feed"))
    made.walk.next(odd(), 10.0)
    assert made.walk.next_step_at == 13.0

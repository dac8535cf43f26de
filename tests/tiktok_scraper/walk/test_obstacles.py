"""What stands in the way: what is closed by the button that the site offers, and how often; what ends the walk."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

import pytest

from tests.tiktok_scraper.walk.test_walk import Rig, turn
from tiktok_scraper.pages.facts import FeedReply
from tiktok_scraper.pages.state import Hit, Page
from tiktok_scraper.walk.decisions import End, Press
from tiktok_scraper.walk.obstacles import Obstacles
from tiktok_scraper.walk.walk import LAST_STEP_S

SKIP = Hit("interests-skip", " Skip ", 10, 10, 80, 20)


@dataclass
class Way:
    """Obstacles of one session, and what they noted."""

    waits: tuple[float, ...] = (5.0, 20.0, 60.0)
    notes: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.obstacles = Obstacles(self.waits, lambda name: self.notes.update([name]), lambda name: name)

    def meet(self, kind: str, button: Hit | None = SKIP) -> object:
        return self.obstacles.meet(Page(kind, button=button))


@pytest.mark.parametrize("kind", ["login-prompt", "interests", "shortcuts", "got-it", "floating-banner"])
def test_what_the_site_offers_a_button_for_is_closed_once_and_noted(kind: str) -> None:
    way = Way()
    assert way.meet(kind) == Press("interests-skip", "Skip")
    assert way.notes == {kind: 1}


@pytest.mark.parametrize(("kind", "reason"), [("login-prompt", "login-prompt"), ("interests", "covered")])
def test_one_that_comes_again_ends_the_walk(kind: str, reason: str) -> None:
    way = Way()
    way.meet(kind)
    assert way.meet(kind) == End(reason)
    assert Way().meet(kind, button=None) == End(reason)


@pytest.mark.parametrize("kind", ["shortcuts", "got-it", "floating-banner"])
def test_a_tip_that_stays_is_left_and_the_page_behind_it_counts(kind: str) -> None:
    way = Way()
    way.meet(kind)
    assert way.obstacles.passed == {kind}
    assert Way().obstacles.passed == set()


@pytest.mark.parametrize("kind", ["captcha", "captcha-v1", "login-wall", "region", "waf", "feed-ended", "covered"])
def test_what_nobody_may_press_away_ends_the_walk_under_its_name(kind: str) -> None:
    assert Way().meet(kind) == End(kind)


def test_an_error_page_is_refreshed_after_each_of_the_waits_and_then_ends_the_walk() -> None:
    way = Way((5.0, 20.0, 60.0))
    met = [way.meet("error-page") for _ in range(4)]
    assert met == [Press("interests-skip", "Skip", wait) for wait in (5.0, 20.0, 60.0)] + [End("error-page")]
    assert way.notes == {"error-page": 3}


def test_an_error_page_without_a_button_or_without_waits_ends_at_once() -> None:
    assert Way().meet("error-page", button=None) == End("error-page")
    assert Way(()).meet("error-page") == End("error-page")


@pytest.mark.parametrize("kind", ["feed", "viewer", "shell", "unknown", "profile"])
def test_where_nothing_stands_in_the_way_nothing_is_done(kind: str) -> None:
    assert Way().meet(kind) is None


@pytest.mark.parametrize(
    ("status", "seconds"), [("verify", LAST_STEP_S), ("ok", 20.0), ("failed", 20.0), ("empty", 20.0)]
)
def test_a_site_that_wants_a_check_first_is_not_asked_on_for_a_whole_steps_time(status: str, seconds: float) -> None:
    rig = Rig()
    rig.serve("1", "2", authorStats={"user_likes": "5"})
    rig.walk.take_feed(FeedReply(status))
    rig.asking.asked |= {"u1", "u2"}
    for id in ("1", "2"):
        rig.answer(f"u{id}")
    assert rig.walk.next(turn("enter", on="1", by="u1"), 0).timeout == 20.0, "what is there already is walked"
    assert rig.walk.next(turn("step", on="2", by="u2"), 0).timeout == seconds

"""What a turn brought -> what the walk does next, with turns made by hand."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import pytest

from tiktok_scraper.config import CrawlConfig
from tiktok_scraper.pages.facts import CreatorReply, FeedReply, ItemFacts
from tiktok_scraper.pages.state import Hit, Look
from tiktok_scraper.turn import Current, Turn
from tiktok_scraper.walk.asking import Asking
from tiktok_scraper.walk.decisions import Ask, End, Enter, Step
from tiktok_scraper.walk.sightings import Sightings
from tiktok_scraper.walk.walk import Walk

FEED, VIEWER = "card-article", "viewer-browse-dialog"


def look(*names: str, text: str = "some words") -> Look:
    also = ("viewer-browse",) if VIEWER in names else ()
    hits = tuple(Hit(name, text, 10, 20, 100, 40) for name in (*names, *also))
    return Look("http://127.0.0.1/foryou", "TikTok - Make Your Day", text, hits, {})


def turn(
    action: str, outcome: str = "ok", *, on: str = "", by: str = "", page: Look | None = None, **rest: Any
) -> Turn:
    current = Current(on, live=on == "live", creator=by, html="<div></div>") if on else None
    return Turn(action, outcome, 1000.0, "http://127.0.0.1/", page or look(VIEWER, FEED), current=current, **rest)


@dataclass
class Rig:
    """A walk with all its parts, the clock at 0."""

    config: CrawlConfig = field(default_factory=lambda: CrawlConfig(pace=0, source="json"))
    limit: int = 100
    notes: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.sightings = Sightings("run", self.config.source, self.config.card_timeout)
        self.asking = Asking(self.config, self.sightings, self.note)
        self.walk = Walk(self.config, self.sightings, self.asking, self.limit, 3000.0, self.note, self.note)

    def note(self, name: str) -> None:
        self.notes[name] += 1

    def serve(self, *ids: str, has_more: bool = True, **told: dict[str, str]) -> None:
        items = tuple(ItemFacts(id, f"u{id}", {"stats": {"likes": "1"}, **told}) for id in ids)
        reply = FeedReply("ok", items, ids, has_more=has_more)
        self.walk.take_feed(reply)
        self.sightings.add_feed(reply, 1000.0)

    def answer(self, username: str) -> None:
        self.sightings.add_creator(CreatorReply("ok", username, "7", {"detailV2": {"user_likes": "5"}}), 1000.0)


def test_a_feed_is_entered_and_a_first_post_asked_for() -> None:
    rig = Rig()
    rig.serve("1", "2")
    assert rig.walk.next(turn("open", page=look(FEED, "card-b")), 0) == Enter()
    assert rig.walk.next(turn("enter", on="1", by="u1"), 0) == Ask("u1", "sent")
    assert rig.walk.era == "b"


def test_it_steps_on_as_soon_as_the_page_has_sent_its_request() -> None:
    rig = Rig()
    rig.serve("1", "2")
    rig.walk.next(turn("enter", on="1", by="u1"), 0)
    assert isinstance(rig.walk.next(turn("ask", "sent", on="1"), 1), Step)
    assert rig.sightings.is_asked("u1"), "its TikTok waits for the reply"
    assert rig.sightings.due(1) == []
    rig.answer("u1")
    assert [t.id for t in rig.sightings.due(1)] == ["1"]


def test_a_creator_seen_in_this_run_is_not_asked_again() -> None:
    rig = Rig()
    rig.serve("1", "2")
    rig.walk.next(turn("enter", on="1", by="ann"), 0)
    rig.walk.next(turn("ask", "sent", on="1"), 0)
    assert isinstance(rig.walk.next(turn("step", on="2", by="ann"), 0), Step)


def test_a_second_tiktok_of_a_creator_waits_for_the_answer_on_its_way() -> None:
    rig = Rig()
    rig.serve("1", "2")
    rig.walk.next(turn("enter", on="1", by="ann"), 0)
    rig.walk.next(turn("ask", "sent", on="1"), 0)
    rig.walk.next(turn("step", on="2", by="ann"), 0)
    assert rig.sightings.due(1) == []


@pytest.mark.parametrize(("mode", "asks"), [("always", True), ("needed", False), ("never", False)])
def test_an_item_that_tells_its_creator_is_asked_only_always(mode: str, asks: bool) -> None:
    rig = Rig(CrawlConfig(pace=0, source="json", creator_counts=mode))
    rig.serve("1", "2", authorStats={"user_followers": "5", "user_likes": "9"})
    decision = rig.walk.next(turn("enter", on="1", by="u1"), 0)
    assert isinstance(decision, Ask) is asks


def test_a_silent_item_is_asked_where_needed() -> None:
    rig = Rig(CrawlConfig(pace=0, source="json", creator_counts="needed"))
    rig.serve("1")
    assert rig.walk.next(turn("enter", on="1", by="u1"), 0) == Ask("u1", "sent")


def test_from_the_page_alone_the_cards_text_is_waited_for() -> None:
    rig = Rig(CrawlConfig(pace=0, source="page"))
    assert rig.walk.next(turn("enter", on="1", by="u1"), 0) == Ask("u1", "card")


def ask_and_lose(walk: Walk) -> None:
    """The first creator's request is sent, and cancelled by the step that follows."""
    walk.next(turn("enter", on="1", by="u1"), 0)
    walk.next(turn("ask", "sent", on="1"), 0)
    walk.take_loss("u1")  # seen when the step had been taken


def test_a_cancelled_request_sends_the_walk_back_once_and_it_waits_from_then_on() -> None:
    rig = Rig()
    rig.serve("1", "2", "3")
    walk = rig.walk
    ask_and_lose(walk)
    assert walk.next(turn("step", on="2", by="u2"), 0) == Step(20.0, back=True)
    walk.take_loss("u2")  # the rest on its name had begun when the walk went back
    assert rig.sightings.due(0) == [], "neither is given out without its creator"
    assert rig.notes["card-cancelled"] == 1
    assert walk.next(turn("step", on="1", by="u1"), 0) == Ask("u1", "reply")
    rig.answer("u1")
    assert walk.next(turn("ask", "reply", on="1"), 0) == Step(20.0, known=("u1",))
    assert walk.next(turn("step", on="2", by="u2"), 0) == Ask("u2", "reply")
    rig.answer("u2")
    assert isinstance(walk.next(turn("ask", "reply", on="2"), 0), Step)
    assert walk.next(turn("step", on="3", by="u3"), 0) == Ask("u3", "reply")
    assert (walk.shown, rig.notes["card-cancelled"]) == (0, 1), "going back is no repeat"
    assert [t.id for t in rig.sightings.due(0)] == ["1", "2"]


def test_a_creator_not_found_on_going_back_is_given_up() -> None:
    rig = Rig()
    rig.serve("1", "2")
    walk = rig.walk
    ask_and_lose(walk)
    walk.next(turn("step", on="2", by="u2"), 0)
    assert walk.next(turn("step", on="0", by="u0"), 0) == Ask("u0", "reply")
    assert not rig.sightings.is_asked("u1"), "the way back led elsewhere"
    assert not rig.sightings.is_asked("u2"), "nor does the walk come back to where it turned"
    assert [t.id for t in rig.sightings.due(0)] == ["1", "2"]


def test_a_viewer_that_does_not_go_back_gives_up_who_is_owed_and_asks_on() -> None:
    rig = Rig()
    rig.serve("1", "2", "3")
    walk = rig.walk
    ask_and_lose(walk)
    assert walk.next(turn("step", on="2", by="u2"), 0) == Step(20.0, back=True)
    assert walk.next(turn("step", "stuck", on="2", by="u2"), 0) == Ask("u2", "reply")
    assert not rig.sightings.is_asked("u1")


def test_a_feed_that_repeats_its_last_posts_is_no_way_back() -> None:
    rig = Rig(CrawlConfig(pace=0, source="json", creator_counts="never"))
    rig.serve("1", "2", "3")
    rig.walk.next(turn("enter", on="1", by="u1"), 0)
    decisions = [rig.walk.next(turn("step", on=str(n % 3 + 1), by="u"), 0) for n in range(1, 40)]
    assert End("repeats") in decisions


def cancel_two(rig: Rig) -> None:
    """Two requests are cancelled before the walk hears of the first: it is on "3" then, and goes back."""
    walk = rig.walk
    walk.next(turn("enter", on="1", by="u1"), 0)
    walk.next(turn("ask", "sent", on="1"), 0)
    assert walk.next(turn("step", on="2", by="u2"), 0) == Ask("u2", "sent")
    walk.next(turn("ask", "sent", on="2"), 0)
    walk.take_loss("u1")  # told late
    assert walk.next(turn("step", on="3", by="u3"), 0) == Step(20.0, back=True)
    walk.take_loss("u2")
    walk.take_loss("u3")  # by chance the page had begun to ask for it


def test_losses_told_late_send_the_walk_back_as_far_as_the_first() -> None:
    rig = Rig(limit=3)
    rig.serve("1", "2", "3")
    walk = rig.walk
    cancel_two(rig)
    assert walk.next(turn("step", on="2", by="u2"), 0) == Ask("u2", "reply")
    rig.answer("u2")
    assert walk.next(turn("ask", "reply", on="2"), 0) == Step(20.0, back=True)
    assert walk.next(turn("step", on="1", by="u1"), 0) == Ask("u1", "reply")
    rig.answer("u1")
    assert isinstance(walk.next(turn("ask", "reply", on="1"), 0), Step)
    assert isinstance(walk.next(turn("step", on="2", by="u2"), 0), Step), "known by now"
    assert walk.next(turn("step", on="3", by="u3"), 0) == Ask("u3", "reply"), "full, but for its creator"
    rig.answer("u3")
    assert walk.next(turn("ask", "reply", on="3"), 0) == End("limit")
    assert (walk.shown, rig.notes["card-cancelled"]) == (0, 1)
    assert [t.id for t in rig.sightings.due(0)] == ["1", "2", "3"]


def test_who_is_owed_ahead_is_asked_on_the_way_forward() -> None:
    rig = Rig()
    rig.serve("1", "2", "3")
    walk = rig.walk
    cancel_two(rig)
    walk.way.owed.discard("u2")  # as if its loss had not been told yet
    assert walk.next(turn("step", on="2", by="u2"), 0) == Step(20.0, back=True)
    walk.take_loss("u2")
    assert walk.next(turn("step", on="1", by="u1"), 0) == Ask("u1", "reply")
    rig.answer("u1")
    assert isinstance(walk.next(turn("ask", "reply", on="1"), 0), Step)
    assert walk.next(turn("step", on="2", by="u2"), 0) == Ask("u2", "reply")
    rig.answer("u2")
    assert isinstance(walk.next(turn("ask", "reply", on="2"), 0), Step)
    assert walk.next(turn("step", on="3", by="u3"), 0) == Ask("u3", "reply")


def test_a_creator_who_is_cancelled_again_is_not_gone_back_for_again() -> None:
    rig = Rig()
    rig.serve("1", "2", "3")
    walk = rig.walk
    cancel_two(rig)
    walk.next(turn("step", on="2", by="u2"), 0)
    assert walk.next(turn("ask", "lost", on="2"), 0) == Step(20.0, back=True)
    assert not rig.sightings.is_asked("u2")


def test_a_live_card_on_the_way_back_is_passed_over() -> None:
    rig = Rig()
    rig.serve("1", "2")
    walk = rig.walk
    walk.next(turn("enter", on="1", by="u1"), 0)
    walk.next(turn("ask", "sent", on="1"), 0)
    live = Current("", live=True)
    walk.next(Turn("step", "ok", 1000.0, "http://127.0.0.1/", look(VIEWER, FEED), current=live), 0)
    walk.take_loss("u1")
    assert walk.next(turn("step", on="2", by="u2"), 0) == Step(20.0, back=True)
    back = Turn("step", "ok", 1000.0, "http://127.0.0.1/", look(VIEWER, FEED), current=live)
    assert walk.next(back, 0) == Step(20.0, back=True)
    assert walk.next(turn("step", on="1", by="u1"), 0) == Ask("u1", "reply")
    assert walk.live == 1


def test_after_five_creators_the_page_asked_nothing_of_it_is_asked_no_more() -> None:
    rig = Rig()
    ids = [str(n) for n in range(1, 9)]
    rig.serve(*ids)
    asked = 0
    for n, id in enumerate(ids):
        decision = rig.walk.next(turn("step" if n else "enter", on=id, by=f"u{id}"), 0)
        if isinstance(decision, Ask):
            asked += 1
            assert isinstance(rig.walk.next(turn("ask", "unseen", on=id), 0), Step)
    assert asked == 5
    assert rig.notes == {"creator-not-asked": 5, "card-absent": 1}
    assert len(rig.sightings.due(0)) == len(ids)


def test_the_limit_ends_the_walk_after_the_last_creator_was_asked() -> None:
    rig = Rig(limit=1)
    rig.serve("1", "2")
    assert rig.walk.next(turn("enter", on="1", by="u1"), 0) == Ask("u1", "sent")
    assert rig.walk.next(turn("ask", "sent", on="1"), 0) == End("limit")


def test_the_deadline_ends_it() -> None:
    rig = Rig()
    rig.serve("1", "2")
    rig.walk.next(turn("enter", on="1", by="u1"), 0)
    assert rig.walk.next(turn("ask", "sent", on="1"), 3000) == End("deadline")


def test_the_pace_sets_the_earliest_next_step_within_the_jitter() -> None:
    rig = Rig(CrawlConfig(pace=3, jitter=0.3, source="json"))
    rig.serve("1", "2")
    rig.walk.next(turn("enter", on="1", by="u1"), 100.0)
    first = rig.walk.next_step_at
    assert 102.1 <= first <= 103.9
    rig.walk.next(turn("ask", "sent", on="1"), 100.4)
    rig.walk.next(turn("step", on="2", by="u1"), first + 0.5)  # the step itself took half a second
    assert 2.1 <= rig.walk.next_step_at - first <= 3.9, "counted from the step before"


def test_a_live_card_is_passed_and_counted() -> None:
    rig = Rig(CrawlConfig(pace=0, source="page"))
    assert isinstance(rig.walk.next(turn("enter", on="live"), 0), Step)
    rig.walk.next(turn("step", on="2", by="u2"), 0)
    (tiktok,) = rig.sightings.due(0, closing=True)
    assert (rig.walk.live, tiktok.position) == (1, 2)


def test_a_feed_in_circles_ends_as_repeats() -> None:
    rig = Rig(CrawlConfig(pace=0, source="json", creator_counts="never"))
    rig.serve("1", "2")
    rig.walk.next(turn("enter", on="1", by="u1"), 0)
    decisions = [rig.walk.next(turn("step", on="1", by="u1"), 0) for _ in range(30)]
    assert decisions[-1] == End("repeats")
    assert all(isinstance(d, Step) for d in decisions[:-1])


@pytest.mark.parametrize(
    ("sign", "reason"), [("captcha", "captcha"), ("captcha-v1", "captcha-v1"), ("login", "login-wall"), ("waf", "waf")]
)
def test_what_covers_the_page_ends_the_run_under_its_name(sign: str, reason: str) -> None:
    rig = Rig()
    rig.serve("1")
    assert rig.walk.next(turn("step", on="1", by="u1", page=look(VIEWER, FEED, sign)), 0) == End(reason)
    assert not rig.sightings.pending, "what stands behind it is not read"


@pytest.mark.parametrize(
    ("last", "has_more", "reason"),
    [
        (None, True, "feed-stuck"),
        (None, False, "feed-ended"),
        ("empty", True, "empty-reply"),
        ("verify", True, "status-10000"),
        ("refused", True, "refused"),
        ("dropped", True, "dropped"),
    ],
)
def test_a_stuck_viewer_is_named_by_what_the_last_list_said(last: str | None, has_more: bool, reason: str) -> None:
    rig = Rig(CrawlConfig(pace=0, source="json", creator_counts="never"))
    rig.serve("1", has_more=has_more)
    rig.walk.next(turn("enter", on="1", by="u1"), 0)
    if last:
        rig.walk.take_feed(FeedReply(last))
    assert rig.walk.next(turn("step", "stuck", on="1", by="u1"), 0) == End(reason)


@pytest.mark.parametrize(
    ("lists", "reason"),
    [
        ([("1", "2")], "repeats"),
        ([("1", "2"), ("live",), ("2", "live", "1")], "repeats"),
        ([("1", "2"), ("3",)], "feed-stuck"),
        ([("2", "3")], "feed-stuck"),
        ([("live", "")], "feed-stuck"),
        ([()], "feed-stuck"),
    ],
)
def test_a_viewer_is_stuck_for_repeats_where_the_last_list_held_nothing_else(
    lists: list[tuple[str, ...]], reason: str
) -> None:
    rig = Rig(CrawlConfig(pace=0, source="json", creator_counts="never"))
    rig.serve("1", "2")
    rig.walk.next(turn("enter", on="1", by="u1"), 0)
    for cards in lists:
        rig.walk.take_feed(FeedReply("ok", order=cards, has_more=True))
    assert rig.walk.next(turn("step", "stuck", on="1", by="u1"), 0) == End(reason)


def test_repeats_explain_no_other_end() -> None:
    rig = Rig(CrawlConfig(pace=0, source="json", creator_counts="never"))
    rig.serve("1", "2")
    rig.walk.next(turn("enter", on="1", by="u1"), 0)
    rig.serve("1", "2")
    assert rig.walk.next(turn("step", "stuck", page=look()), 0) == End("unknown-layout")


@pytest.mark.parametrize(
    ("last", "reason"), [("ok", "slow"), ("refused", "refused"), ("empty", "empty-reply"), ("dropped", "dropped")]
)
def test_a_list_that_is_awaited_still_makes_a_stuck_viewer_slow(last: str, reason: str) -> None:
    rig = Rig(CrawlConfig(pace=0, source="json", creator_counts="never"))
    rig.serve("1")
    rig.walk.next(turn("enter", on="1", by="u1"), 0)
    if last != "ok":
        rig.walk.take_feed(FeedReply(last))
    late = turn("step", "stuck", on="1", by="u1", facts={"list": "awaited"})
    assert rig.walk.next(late, 0) == End(reason)


def test_a_page_that_is_not_drawn_while_its_list_is_awaited_is_slow() -> None:
    assert Rig().walk.next(turn("open", page=look(text=""), facts={"list": "awaited"}), 0) == End("slow")
    assert Rig().walk.next(turn("open", page=look(text="")), 0) == End("never-drawn")


def test_a_step_is_given_no_longer_than_the_run_has_left() -> None:
    rig = Rig(CrawlConfig(pace=0, source="json", creator_counts="never", step_timeout=20))
    rig.serve("1", "2")
    step = rig.walk.next(turn("enter", on="1", by="u1"), 2993.0)
    assert isinstance(step, Step) and step.timeout == 7.0
    assert rig.walk.next(turn("step", "stuck", on="1", by="u1"), 3000.0) == End("deadline")


def test_the_pace_does_not_lead_beyond_the_deadline() -> None:
    rig = Rig(CrawlConfig(pace=60, jitter=0, source="json", creator_counts="never"))
    rig.serve("1", "2")
    rig.walk.next(turn("enter", on="1", by="u1"), 2900.0)
    assert rig.walk.next(turn("step", on="2", by="u2"), 2965.0) == End("deadline"), "the next is due at 3020"


@pytest.mark.parametrize(("outcome", "reason"), [("cut", "stopped"), ("slow", "slow")])
def test_a_turn_that_was_cut_or_too_slow_ends_it(outcome: str, reason: str) -> None:
    assert Rig().walk.next(turn("open", outcome), 0) == End(reason)


def test_a_page_that_never_becomes_a_feed_is_an_unknown_layout() -> None:
    assert Rig().walk.next(turn("open", page=look()), 0) == End("unknown-layout")


def test_tiktoks_between_two_shown_ones_are_counted_as_passed_over() -> None:
    rig = Rig(CrawlConfig(pace=0, source="json", creator_counts="never"))
    rig.serve("1", "2", "3")
    rig.walk.next(turn("enter", on="1", by="u1"), 0)
    rig.walk.next(turn("step", on="3", by="u3"), 0)
    assert rig.notes["passed-over"] == 1


def test_a_picture_that_was_missed_is_tried_three_times_in_all() -> None:
    rig = Rig(CrawlConfig(pace=0, source="json", evidence=True))
    rig.serve("1")
    rig.walk.next(turn("enter", on="1", by="u1"), 0)
    rig.sightings.add_creator(CreatorReply("ok", "u1", "7", {"detail": {"user_likes": "-1934013585"}}), 1000.0)
    asked = [rig.walk.next(turn("ask", "reply", on="1", by="u1"), 0)]
    asked += [rig.walk.next(turn("ask", "unseen", on="1", by="u1"), 0) for _ in range(3)]
    assert asked[:3] == [Ask("u1", "card", picture=True)] * 3
    assert isinstance(asked[3], Step)
    assert rig.notes["picture-missed"] == 3


def test_evidence_is_taken_of_a_negative_total_once() -> None:
    rig = Rig(CrawlConfig(pace=0, source="json", evidence=True))
    rig.serve("1", "2")
    assert rig.walk.next(turn("enter", on="1", by="u1"), 0) == Ask("u1", "reply")
    rig.sightings.add_creator(CreatorReply("ok", "u1", "7", {"detail": {"user_likes": "-1934013585"}}), 1000.0)
    assert rig.walk.next(turn("ask", "reply", on="1", by="u1"), 0) == Ask("u1", "card", picture=True)
    assert isinstance(rig.walk.next(turn("ask", "card", on="1", by="u1", picture="x.png"), 0), Step)


def test_a_post_without_a_creator_is_stepped_past_and_nobody_is_asked_for() -> None:
    rig = Rig()
    nameless = FeedReply("ok", tuple(ItemFacts(id, None, {"stats": {"likes": "1"}}) for id in "123"), ("1", "2", "3"))
    rig.walk.take_feed(nameless)
    rig.sightings.add_feed(nameless, 1000.0)
    assert isinstance(rig.walk.next(turn("enter", on="1"), 0), Step)
    assert isinstance(rig.walk.next(turn("step", on="2", by="undefined"), 0), Step)
    assert isinstance(rig.walk.next(turn("step", on="3"), 0), Step)
    due = rig.sightings.due(0)
    assert [tiktok.id for tiktok in due] == ["1", "2", "3"]
    assert [tiktok.username for tiktok in due] == [None] * 3


def test_an_account_that_is_called_so_is_asked_for() -> None:
    rig = Rig()
    reply = FeedReply("ok", (ItemFacts("1", "undefined", {"stats": {"likes": "1"}}),), ("1",))
    rig.walk.take_feed(reply)
    rig.sightings.add_feed(reply, 1000.0)
    assert rig.walk.next(turn("enter", on="1", by="undefined"), 0) == Ask("undefined", "sent")


def test_a_post_without_a_creator_is_not_held_back_while_another_is_owed() -> None:
    rig = Rig()
    rig.serve("1")
    nameless = FeedReply("ok", (ItemFacts("2", None, {"stats": {"likes": "1"}}),), ("2",))
    rig.walk.take_feed(nameless)
    rig.sightings.add_feed(nameless, 1000.0)
    rig.walk.next(turn("enter", on="1", by="u1"), 0)
    rig.walk.next(turn("ask", "sent", on="1", by="u1"), 0)
    rig.walk.take_loss("u1")
    assert rig.walk.next(turn("step", on="2"), 0) == Step(rig.config.step_timeout, back=True)
    assert [tiktok.id for tiktok in rig.sightings.due(0)] == ["2"]

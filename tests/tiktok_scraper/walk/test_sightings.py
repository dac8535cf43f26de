"""Each TikTok is given out once, when it is complete or nobody waits for it any more."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tiktok_scraper.pages.facts import CreatorReply, FeedReply, ItemFacts
from tiktok_scraper.walk.sightings import Sighting, Sightings, tells_creator

NEVER = float("inf")


def item(id: str = "1", username: str = "ann", **told: dict[str, str]) -> ItemFacts:
    return ItemFacts(id=id, username=username, told={"stats": {"likes": "12300"}, **told})


def reply(username: str = "ann", followers: str = "340712") -> CreatorReply:
    return CreatorReply("ok", username, "77", {"detailV2": {"user_followers": followers, "user_likes": "9"}})


def sighting(id: str = "1", username: str = "ann", late_at: float = 5.0, position: int = 1) -> Sighting:
    return Sighting(id, username, 1000.0, late_at, position, session=1, era="b")


def shown(*sightings: Sighting, source: str = "auto") -> Sightings:
    run = Sightings("run-1", source)
    for each in sightings:
        assert run.show(each)
    return run


def test_a_tiktok_is_complete_when_its_item_is_here_and_nobody_was_asked() -> None:
    run = shown(sighting())
    assert run.due(now=0) == []
    run.add_feed(FeedReply("ok", (item(),), ("1",)), at=999.5)
    (tiktok,) = run.due(now=0)
    assert tiktok.url == "https://www.tiktok.com/@ann/video/1"
    assert tiktok.scraped_at == "1970-01-01T00:16:39.500+00:00"
    assert (tiktok.run, tiktok.position, tiktok.era, tiktok.told["stats"]["likes"]) == ("run-1", 1, "b", "12300")


def test_it_waits_for_the_creator_it_asked_for_and_comes_once() -> None:
    run = shown(sighting())
    run.add_feed(FeedReply("ok", (item(),), ("1",)), at=999)
    run.await_creator("ann", late_at=5)
    assert run.due(now=4.9) == []
    assert run.is_waiting(now=4.9)
    run.add_creator(reply(), at=1003)
    assert not run.is_waiting(now=4.9)
    (tiktok,) = run.due(now=4.9)
    assert tiktok.told["detailV2"]["user_followers"] == "340712"
    assert tiktok.user_scraped_at == "1970-01-01T00:16:43.000+00:00"
    assert run.due(now=99, closing=True) == []


def test_a_tiktok_served_twice_keeps_the_reply_that_its_viewer_shows() -> None:
    run = shown()
    run.add_feed(FeedReply("ok", (item(),), ("1",)), at=100)
    later = ItemFacts("1", "ann", {"stats": {"likes": "12400"}})
    run.add_feed(FeedReply("ok", (later,), ("1",)), at=200)
    run.show(sighting())
    (tiktok,) = run.due(now=0)
    assert (tiktok.told["stats"]["likes"], tiktok.scraped_at) == ("12300", "1970-01-01T00:01:40.000+00:00")


def test_an_answer_awaited_without_end_is_released_to_one() -> None:
    run = shown(sighting(late_at=NEVER))
    run.add_feed(FeedReply("ok", (item(),), ("1",)), at=999)
    run.await_creator("ann", late_at=NEVER)
    run.await_creator("ann", late_at=7)
    assert run.due(now=6) == []
    assert len(run.due(now=7)) == 1
    run.show(sighting("2", late_at=NEVER))
    run.await_creator("ann", late_at=NEVER)
    run.release(late_at=9)
    assert len(run.due(now=9)) == 1


def test_a_creator_who_never_answers_costs_the_timeout_and_is_counted() -> None:
    run = shown(sighting())
    run.add_feed(FeedReply("ok", (item(),), ("1",)), at=999)
    run.await_creator("ann", late_at=5)
    (tiktok,) = run.due(now=5)
    assert "detailV2" not in tiktok.told
    assert tiktok.user_scraped_at is None
    assert run.unanswered == 1


def test_a_lost_reply_is_waited_for_no_longer() -> None:
    run = shown(sighting(late_at=NEVER))
    run.add_feed(FeedReply("ok", (item(),), ("1",)), at=999)
    run.await_creator("ann", late_at=NEVER)
    assert run.is_asked("ann")
    run.lost("ann")
    assert not run.is_asked("ann")
    assert len(run.due(now=0)) == 1


def test_closing_gives_out_what_is_pending_with_what_is_known() -> None:
    run = shown(sighting(late_at=NEVER), sighting("2", "bob", NEVER, 2))
    run.add_feed(FeedReply("ok", (item(),), ("1",)), at=999)
    assert [t.id for t in run.due(now=0, closing=True)] == ["1", "2"]
    assert not run.pending


def test_a_tiktok_shown_again_is_refused() -> None:
    run = shown(sighting())
    assert not run.show(sighting())
    run.due(now=0, closing=True)
    assert not run.show(sighting())
    assert run.seen("1")


def test_from_the_page_alone_no_item_is_waited_for() -> None:
    page = ItemFacts("1", "ann", {"page": {"likes": "12.3K"}}, audio="Song - Ann")
    seen = sighting()
    seen.page = lambda: page
    (tiktok,) = shown(seen, source="page").due(now=0)
    assert tiktok.audio == "Song - Ann"
    assert tiktok.told == {"page": {"likes": "12.3K"}}


def test_the_card_never_displaces_the_creators_own_reply() -> None:
    run = shown(sighting())
    run.add_creator(reply(), at=1001)
    run.add_card("ann", {"card": {"user_followers": "340.7K"}}, at=1002)
    run.add_feed(FeedReply("ok", (item(),), ("1",)), at=999)
    (tiktok,) = run.due(now=0)
    assert tiktok.told["detailV2"]["user_followers"] == "340712"
    assert tiktok.told["card"]["user_followers"] == "340.7K"
    assert tiktok.user_scraped_at == "1970-01-01T00:16:41.000+00:00"


def test_a_name_that_is_no_handle_is_spelled_not_dropped() -> None:
    run = shown(sighting(username="Tailor Brands"))
    run.add_feed(FeedReply("ok", (item(username="Tailor Brands"),), ("1",)), at=999)
    (tiktok,) = run.due(now=0)
    assert tiktok.username == "https://www.tiktok.com/@Tailor%20Brands"


def test_zeros_in_an_ad_and_a_block_of_zeros_tell_no_creator() -> None:
    counts = {"user_followers": "153700", "user_likes": "0"}
    assert tells_creator(item(authorStats={"user_followers": "5", "user_likes": "9"}))
    assert tells_creator(item(authorStats=counts))  # a creator without a like is one
    assert not tells_creator(item(authorStats={"user_followers": "0", "user_likes": "0"}))
    assert not tells_creator(item())
    assert not tells_creator(None)
    ad = ItemFacts("1", "ann", {"authorStats": counts}, ad=True)
    assert not tells_creator(ad)


@given(
    st.lists(
        st.tuples(st.sampled_from(["show", "item", "ask", "creator", "lost", "due"]), st.integers(0, 6)), max_size=60
    )
)
def test_whatever_the_order_of_events_each_tiktok_comes_out_exactly_once(events: list[tuple[str, int]]) -> None:
    run, out = Sightings("r"), []
    wanted = set()
    for now, (what, n) in enumerate(events):
        name = f"u{n % 3}"
        if what == "show" and run.show(sighting(str(n), name, late_at=now + 4.0, position=n + 1)):
            wanted.add(str(n))
        elif what == "item":
            run.add_feed(FeedReply("ok", (item(str(n), name),), (str(n),)), at=now)
        elif what == "ask":
            run.await_creator(name, late_at=now + 4.0)
        elif what == "creator":
            run.add_creator(reply(name), at=now)
        elif what == "lost":
            run.lost(name)
        else:
            out += run.due(now=now)
    out += run.due(now=0, closing=True)
    assert sorted(t.id or "" for t in out) == sorted(wanted)

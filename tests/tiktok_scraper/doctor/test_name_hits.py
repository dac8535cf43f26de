"""Of names a visit tells what was missed where the page has the thing, and why the rest can not be judged."""

from __future__ import annotations

import pytest
from parsel import Selector

from tiktok_scraper.doctor.name_hits import NameHits
from tiktok_scraper.pages.facts import ItemFacts
from tiktok_scraper.pages.names import ERAS

ID = "7600000000000000001"
COUNTS = "".join(f'<b data-e2e="browse-{name}-count">1</b>' for name in ("like", "comment")) + (
    '<b data-e2e="undefined-count">1</b>'
)
POST = f"""<div><i id="xgwrapper-2-{ID}"></i><a data-e2e="browse-username" href="/@qq"></a>{COUNTS}
<h4 data-e2e="browse-music"><a href="/music/a-1">a</a></h4><p data-e2e="browse-video-link">x</p>
<div data-e2e="browse-video-desc">words</div></div>"""
LINKS = '<a data-e2e="video-author-avatar" href="/@qq"></a><a href="/music/a-1"></a><p data-e2e="video-desc"></p>'
CARD = f'<article data-e2e="{{}}"><i data-e2e="like-count">1</i>{LINKS}</article>'


def page(text: str) -> Selector:
    return Selector(text=f"<html><body>{text}</body></html>", type="html")


def item(**told: object) -> dict[str, ItemFacts]:
    facts = {"caption": "words", "audio": "a", **told}
    return {ID: ItemFacts(id=ID, username="qq", told={}, **facts)}  # type: ignore[arg-type]


def of_a_post(html: str = POST, items: dict[str, ItemFacts] | None = None, kind: str = "") -> NameHits:
    hits = NameHits()
    hits.post("viewer", "b", html, ID, kind)
    hits.settle(item() if items is None else items)
    return hits


def why(hits: NameHits, name: str) -> set[str]:
    return {row.why for told in hits.told() if not isinstance(told, str) for row in told[1] if row.field == name}


def test_a_post_with_all_names_misses_none() -> None:
    assert of_a_post().missed() == []


@pytest.mark.parametrize("name", ["browse-like-count", "browse-comment-count", "undefined-count", "browse-video-link"])
def test_what_every_post_has_is_missed(name: str) -> None:
    (missed,) = of_a_post(POST.replace(name, "qq")).missed()
    assert missed.endswith(" of the viewer, era b")


def test_a_photo_needs_no_player_and_a_video_does() -> None:
    bare = POST.replace("xgwrapper", "qq")
    assert of_a_post(bare).missed() == ["media of the viewer, era b"]
    assert of_a_post(bare, item(kind="photo")).missed() == ["photo of the viewer, era b"]
    assert of_a_post(bare, {}, kind="photo").missed() == ["photo of the viewer, era b"]
    slide = POST.replace(f'<i id="xgwrapper-2-{ID}"></i>', '<img class="x-ImgPhotoSlide">')
    assert of_a_post(slide, item(kind="photo")).missed() == []


def test_an_ad_is_told_by_its_reply() -> None:
    assert of_a_post(items=item(ad=True)).missed() == ["ad of the viewer, era b"]
    assert why(of_a_post(), "ad") == {"no ad was shown"}
    assert why(of_a_post(items={}), "ad") == {"no ad was shown"}


def test_a_post_without_a_caption_misses_none() -> None:
    bare = POST.replace("browse-video-desc", "qq")
    assert of_a_post(bare, item(caption="")).missed() == []
    assert of_a_post(bare).missed() == ["caption of the viewer, era b"]


def test_a_live_card_is_told_by_its_words() -> None:
    hits = NameHits()
    hits.unread("viewer", "c", '<div><a href="/@qq/live">LIVE now</a></div>')
    assert hits.missed() == []
    hits = NameHits()
    hits.unread("viewer", "c", '<div><a href="/@qq/on-air">LIVE now</a></div>')
    assert hits.missed() == ["live of the viewer, era c"]
    assert why(of_a_post(), "live") == {"no LIVE card was shown"}


def test_an_open_feed_has_cards_and_what_opens_them() -> None:
    hits = NameHits()
    hits.opened(page(f"<main>{CARD.format('recommend-list-item-container')}</main>"), "b")
    assert hits.missed() == ["openers of the feed, era b"]


def test_an_unknown_page_that_draws_posts_misses_the_name_of_their_cards() -> None:
    hits = NameHits()
    hits.unknown(page(CARD.format("qq")), listed=False)
    assert hits.missed() == ["feed_card of a feed, on a page that is not known"]


def test_an_unknown_page_that_draws_none_misses_what_it_was_sent() -> None:
    hits = NameHits()
    hits.unknown(page("qq"), listed=False)
    assert hits.missed() == []
    hits.unknown(page("qq"), listed=True)
    assert {told.partition(" of ")[0] for told in hits.missed()} >= {"feed_card", "likes", "caption", "music"}


def test_the_page_of_one_tiktok_may_be_drawn_as_a_feed_of_one() -> None:
    for drawn in ("qq", CARD.format("recommend-list-item-container")):
        hits = NameHits()
        hits.lone(page(drawn))
        assert (hits.missed(), why(hits, "viewer")) == ([], {"it is drawn as a feed of one, or not at all"})


BROWSE = "<div>" + COUNTS + '<a data-e2e="browse-username"></a></div>'


@pytest.mark.parametrize(
    ("drawn", "moved", "missed"),
    [("", False, False), ("", True, True), (BROWSE, False, True), ('<b data-e2e="browse-like-count">', False, False)],
)
def test_a_viewer_that_was_not_seen_to_open(drawn: str, moved: bool, missed: bool) -> None:
    hits = NameHits()
    hits.not_entered(page(drawn), "b", "no-viewer", moved=moved)
    assert hits.missed() == (["viewer of the viewer, era b"] if missed else [])
    assert why(hits, "caption") == {"it was not entered: no-viewer"}


def test_a_next_button_beneath_the_viewer_is_not_its_own() -> None:
    beneath = '<aside><button aria-label="Next video"></button></aside>'
    hits = NameHits()
    hits.entered("viewer", page(f'<div class="DivCinemaModeRoot"></div>{beneath}'), "c")
    assert (hits.missed(), why(hits, "next_button")) == ([], {"nothing in the view says that it leads to the next"})
    hits.entered("viewer", page('<div class="DivCinemaModeRoot"><button aria-label="Next post"></button></div>'), "c")
    assert hits.missed() == ["next_button of the viewer, era c"]


def test_a_card_is_missed_where_the_page_asked_for_its_counts() -> None:
    hits = NameHits()
    hits.card(page(""), asked=False)
    assert hits.missed() == []
    hits.card(page(""), asked=True)
    assert [told.partition(" of ")[0] for told in hits.missed()] == ["root", "username", "followers", "likes", "stats"]


def test_of_a_card_that_opened_the_one_name_is_missed() -> None:
    hits = NameHits()
    names = "".join(f'<i data-e2e="user-card-{name}"></i>' for name in ("username", "follower-count"))
    hits.card(page(f'<div class="UserCard">{names}<p class="x-PUserStat"></p></div>'), asked=False)
    assert hits.missed() == ["likes of the preview card"]


def test_a_visit_that_met_nothing_has_a_line_for_each_table() -> None:
    told = list(NameHits().told())
    assert len(told) == 6
    assert all(isinstance(line, str) and ": not judged, " in line for line in told)
    assert all(f"era {era}" in str(told[-1]) for era in ERAS)

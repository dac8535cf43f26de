"""A name is hit, missed, or not needed: each by itself, and a field by all its names."""

from __future__ import annotations

from dataclasses import replace

from tiktok_scraper.doctor.name_hits import NameHits, names_in, spellings
from tiktok_scraper.pages.names import CARD, names_of

TABLE = replace(
    names_of("viewer", "c"),
    feed_card=".card",
    openers=(".first", ".second"),
    viewer=".view",
    creator_link=(".name", ".avatar"),
    likes=".likes, .hearts",
    comments=".comments",
    saves=".saves",
    shares=".shares",
    music=(".music",),
    caption=".caption",
    media="[id^=xg]",
)
POST = """<div><b id="xg-1"></b><a class="avatar"></a><i class="hearts">1</i><i class="saves">1</i>
<i class="shares">1</i><a class="music"></a><p class="caption"></p></div>"""


def verdicts(hits: NameHits, key: str) -> dict[tuple[str, str], tuple[str, int, int]]:
    return {(row.field, row.css): (row.verdict, row.times, row.samples) for row in hits.tallies[key].rows()}


def test_each_name_is_counted_over_the_posts() -> None:
    hits = NameHits()
    hits.post("viewer", TABLE, POST)
    hits.post("viewer", TABLE, POST.replace("hearts", "likes"))
    told = verdicts(hits, "viewer")
    assert told["likes", ".likes"] == told["likes", ".hearts"] == ("hit", 1, 2)
    assert told["creator_link", ".avatar"] == ("hit", 2, 2)
    assert told["creator_link", ".name"] == ("absent", 0, 2)
    assert told["comments", ".comments"] == ("MISSED", 0, 2)
    assert {told[key][0] for key in told if key[0] in {"live", "ad", "photo", "menu"}} == {"none"}
    assert hits.missed() == ["comments of the viewer"]


def test_a_photo_needs_no_player() -> None:
    hits = NameHits()
    table = replace(TABLE, photo=".slide", comments="")
    hits.post("viewer", table, POST.replace('<b id="xg-1">', '<b class="slide">'))
    assert hits.missed() == []


def test_names_of_the_page_are_looked_for_in_the_page() -> None:
    hits = NameHits()
    counted = {**dict.fromkeys(spellings(TABLE), 0), ".card": 3, ".second": 1}
    hits.opened(TABLE, counted, "c")
    hits.entered("viewer", TABLE, counted, "c")
    assert verdicts(hits, "feed") == {
        ("feed_card", ".card"): ("hit", 1, 1),
        ("openers", ".first"): ("absent", 0, 1),
        ("openers", ".second"): ("hit", 1, 1),
    }
    assert hits.missed() == ["viewer of the viewer, era c"]


def test_a_card_that_never_opened_misses_all_its_names() -> None:
    hits = NameHits()
    hits.card(CARD, dict.fromkeys(spellings(CARD), 0))
    assert hits.missed() == [
        f"{name} of the preview card" for name in ("root", "username", "followers", "likes", "stats")
    ]


def test_css_with_commas_is_several_names_and_a_truth_is_none() -> None:
    assert names_in(TABLE, "likes") == (".likes", ".hearts")
    assert names_in(replace(TABLE, likes='[aria-label="a, b"], .c'), "likes") == ('[aria-label="a, b"]', ".c")
    assert names_in(TABLE, "several") == ()

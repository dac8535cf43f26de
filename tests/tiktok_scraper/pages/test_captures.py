"""Every saved page and reply of the real site reads; the raw JSON, or the page beside it, says what is right."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from parsel import Selector

from tiktok_scraper.pages import data, dom
from tiktok_scraper.pages.audio import slug
from tiktok_scraper.pages.facts import ItemFacts

pytestmark = pytest.mark.captures

PULLS = "2025-02_recommend_item_list_12_pulls"
FEED_2022 = "2022-03_foryou_SIGI_STATE"


def raw(captures: Path, name: str) -> Any:
    return json.loads((captures / "json" / f"{name}.json").read_text(encoding="utf-8"))


def html(captures: Path, name: str) -> str:
    return (captures / "html" / f"{name}.html").read_text(encoding="utf-8")


def printed(number: int) -> str:
    """The site's own formatter (site.md 7.1) for a number that is already rounded."""
    for unit, size in (("M", 1_000_000), ("K", 10_000)):
        if number >= size:
            return f"{number / (1_000_000 if unit == 'M' else 1_000):.1f}".removesuffix(".0") + unit
    return str(number)


def item(read: object) -> ItemFacts:
    assert isinstance(read, ItemFacts), read
    return read


def test_twelve_pulls_keep_every_card_and_its_counts(captures: Path) -> None:
    envelopes = raw(captures, PULLS)
    replies = [data.read_feed_reply(json.dumps(envelope)) for envelope in envelopes]
    assert [reply.status for reply in replies] == ["ok"] * 12
    assert [len(reply.order) for reply in replies] == [6] + [14] * 11
    assert sum(reply.order.count("live") for reply in replies) == 1
    assert not any(reply.unreadable for reply in replies)
    assert all(reply.has_more for reply in replies)
    by_id = {card["id"]: card for envelope in envelopes for card in envelope["itemList"]}
    read = [one for reply in replies for one in reply.items]
    assert len(read) == 159
    for one in read:
        card = by_id[one.id]
        stats, exact = card["stats"], card["statsV2"]
        assert one.username == card["author"]["uniqueId"].strip()
        assert one.creator_id == card["author"]["id"]
        assert one.created_at == card["createTime"]
        assert one.told["stats"]["likes"] == str(stats["diggCount"])
        assert one.told["stats"]["saves"] == str(stats["collectCount"])
        assert one.told["statsV2"]["views"] == exact["playCount"]
        assert one.told["statsV2"]["comments"] == exact["commentCount"]
        assert one.told["statsV2"]["shares"] == exact["shareCount"]
        assert ("authorStats" in one.told) == ("authorStats" in card)
        assert one.audio_id == card["music"]["id"]
        assert one.unread == ()


def test_twelve_pulls_mark_the_ads_and_take_their_milliseconds_for_seconds(captures: Path) -> None:
    cards = {card["id"]: card for envelope in raw(captures, PULLS) for card in envelope["itemList"] if card["id"]}
    read = {id_: item(data.read_item(card)) for id_, card in cards.items()}
    ads = {id_ for id_, one in read.items() if one.ad}
    assert len(ads) == 28
    assert ads == {id_ for id_, card in cards.items() if "ad_info" in card}
    assert {read["7372744658105060654"].duration, read["7461983489731153169"].duration} == {56, 735}
    for id_, card in cards.items():
        sent = card["video"]["duration"]
        assert read[id_].duration == (round(sent / 1000) if id_ in ads else sent)
        assert 5 <= (read[id_].duration or 0) <= 3600


def cards_of(page: str) -> list[str]:
    return Selector(text=page).css('[data-e2e="recommend-list-item-container"]').getall()


def in_place(card: str, known: str) -> ItemFacts:
    """A card of era a as it is read where the feed is walked in place; it tells its id only while it plays."""
    return item(dom.read_viewer(card, url="https://www.tiktok.com/foryou", era="a", view="feed", known=known))


def test_feed_of_2022_says_the_same_in_state_and_cards(captures: Path) -> None:
    state = (captures / "json" / f"{FEED_2022}.json").read_text(encoding="utf-8")
    facts = data.read_embedded(f"<script>window['SIGI_STATE']={state};window['SIGI_RETRY']={{}}</script>")
    assert (facts.region, facts.language) == ("FR", "en")
    assert facts.first is not None
    assert (len(facts.first.items), facts.first.has_more) == (9, True)
    cards = cards_of(html(captures, "2022-03_foryou_anonymous_en"))
    for told, card in zip(facts.first.items, cards, strict=True):
        shown = in_place(card, told.id)
        assert told.username == shown.username
        assert (told.audio, told.audio_id, told.audio_url) == (shown.audio, shown.audio_id, shown.audio_url)
        # The saved page was re-indented, so white space tells nothing.
        assert "".join((told.caption or "").split()) == "".join((shown.caption or "").split())
        for name, count in shown.told["page"].items():
            assert printed(int(told.told["stats"][name])) == count
        assert set(told.told["authorStats"]) == {"user_followers", "user_likes", "user_videos"}


@pytest.mark.parametrize(
    ("name", "era", "url", "counts"),
    [
        (
            "2022-08_foryou_27cards_browse_overlay",
            "a",
            "/@denisemanno/video/7118347470546980101?is_copy_url=1",
            {"likes": "158.6K", "comments": "3107"},
        ),
        (
            "2025-03_explore_browse_overlay_captcha_cookie",
            "b",
            "/@willsmith/video/7481699258819693870",
            {"likes": "37.3M", "comments": "158.9K", "saves": "1.8M"},
        ),
        (
            "2022-08_video_page",
            "a",
            "/@merveilleux123/video/7135383664971582725",
            {"likes": "217.2K", "comments": "801", "shares": "105.6K"},
        ),
        (
            "2025-06_video_page_fr_captcha",
            "b",
            "/@salmakml1/video/7513603225887509766",
            {"likes": "141.2K", "comments": "269", "saves": "7646", "shares": "1577"},
        ),
    ],
)
def test_viewer(captures: Path, name: str, era: str, url: str, counts: dict[str, str]) -> None:
    read = item(dom.read_viewer(html(captures, name), url=f"https://www.tiktok.com{url}", era=era))
    assert read.told == {"page": counts}
    assert f"/@{read.username}/video/{read.id}" in url
    assert set(read.missed) <= {"saves"}  # the pages of 2022 have none


@pytest.mark.parametrize("name", ["2022-08_video_page", "2025-06_video_page_fr_captcha"])
def test_video_page_says_the_same_in_state_and_page(captures: Path, name: str) -> None:
    page = html(captures, name)
    told = item(data.read_embedded(page).detail)
    shown = item(dom.read_viewer(page, url=f"/@{told.username}/video/{told.id}", era="b"))
    assert (told.audio, told.audio_id, told.audio_url) == (shown.audio, shown.audio_id, shown.audio_url)
    for count, text in shown.told["page"].items():
        assert printed(int(told.told["stats"][count])) == text


def test_overlay_leaves_the_state_stale(captures: Path) -> None:
    page = html(captures, "2022-08_foryou_27cards_browse_overlay")
    assert item(data.read_embedded(page).detail).id == "7135383664971582725"
    shown = dom.read_viewer(page, url="/@denisemanno/video/7118347470546980101", era="a")
    assert item(shown).id == "7118347470546980101"


def test_card_snippets_read_as_others_read_them(captures: Path) -> None:
    snippets = raw(captures, "2022-01_foryou_card_snippets_trex")
    for snippet in snippets:
        card = in_place(*cards_of(snippet["html"]), "7000000000000000000")
        theirs = snippet["metadata"]
        assert card.username == theirs["author"]["username"]
        assert card.audio == " ".join(theirs["music"]["name"].split())
        assert card.audio_url == f"https://www.tiktok.com{theirs['music']['url'].partition('?')[0]}"
        metrics = theirs["metrics"]
        assert card.told["page"] == {
            "likes": metrics["liken"],
            "comments": metrics["commentn"],
            "shares": metrics["sharen"],
        }
    assert len(snippets) == 30


def test_slug_is_the_sites_own(captures: Path) -> None:
    pages = [file.read_text(encoding="utf-8") for file in sorted((captures / "html").glob("*.html"))]
    pages += [snippet["html"] for snippet in raw(captures, "2022-01_foryou_card_snippets_trex")]
    pairs = set()
    for page in pages:
        for link in Selector(text=page).css('a[href*="/music/"]'):
            shown = " ".join("".join(link.xpath(".//text()").getall()).split())
            shown = shown or link.attrib["aria-label"].removeprefix("Watch more videos with music ")
            pairs.add((shown, link.attrib["href"].partition("/music/")[2].partition("?")[0]))
    assert len(pairs) >= 59
    for shown, written in pairs:
        # The text is "Title - Author", and either may hold " - ": one of the cuts is the title.
        cuts = shown.split(" - ")
        titles = [" - ".join(cuts[: n + 1]) for n in range(len(cuts))]
        assert written.rpartition("-")[0] in [slug(title) for title in titles], (shown, written)


def test_user_details_keep_both_blocks(captures: Path) -> None:
    for scope in raw(captures, "2025-2026_user-detail_six_captures").values():
        reply = data.read_creator_reply(json.dumps(scope))
        info = scope["userInfo"]
        assert (reply.status, reply.username) == ("ok", info["user"]["uniqueId"])
        assert reply.creator_id == info["user"]["id"]
        assert reply.told["detail"]["user_likes"] == str(info["stats"]["heart"])
        assert ("detailV2" in reply.told) == ("statsV2" in info)
        if "statsV2" in info:
            assert reply.told["detailV2"]["user_likes"] == info["statsV2"]["heart"]
            assert reply.told["detailV2"]["user_followers"] == info["statsV2"]["followerCount"]
        assert reply.unread == ()


@pytest.mark.parametrize(
    ("name", "region", "language", "holds"),
    [
        ("2022-08_video_page", "IT", "en", "detail"),
        ("2025-03_explore_browse_overlay_captcha_cookie", "US", "en", ""),
        ("2025-04_profile", "VN", "en", "creator"),
        ("2025-06_video_page_fr_captcha", "MA", "fr", "detail"),
        ("2025-07_tag_page_error_state", "PH", "en-GB", ""),
        ("2025-09_explore", "CA", "en", ""),
        ("2026-03_mobile_reflow_photo", "VN", "en", "detail"),
        ("2026-03_spinner_shell_no_ssr_data", None, None, ""),
        ("2026-03_waf_please_wait", None, None, ""),
        ("2026-04_profile", "VN", "en", "creator"),
        ("2026-07_ssr_shell", "GH", "en", ""),
    ],
)
def test_embedded_state(captures: Path, name: str, region: str, language: str, holds: str) -> None:
    facts = data.read_embedded(html(captures, name))
    assert (facts.region, facts.language) == (region, language)
    assert [part for part in ("first", "detail", "creator") if getattr(facts, part)] == ([holds] if holds else [])


def test_item_of_2021(captures: Path) -> None:
    (sent,) = raw(captures, "2021-10_item_conoro")
    read = item(data.read_item(sent))
    assert read.id == sent["id"]
    assert read.told["stats"] == {"likes": "3458", "comments": "273", "shares": "103", "views": "22700"}
    assert (read.username, read.created_at, read.duration) == ("iamtabithabrown", 1634314116, 131)


def test_example_of_2024_whose_author_left_things_out(captures: Path) -> None:
    reply = data.read_feed_reply((captures / "json" / "2024-12_recommend_item_list_example_MMM.json").read_text())
    (one,) = reply.items
    assert (reply.status, reply.has_more) == ("ok", None)
    assert one.told["statsV2"]["likes"] == "38884"
    assert one.told["authorStats"]["user_likes"] == "114100"
    assert one.audio == "오리지널 사운드 - 매께라"  # the title ends with the author already
    assert (one.language, one.hashtags) == ("ko", ("4살딸", "귀여워"))


def test_photo_post_has_no_duration(captures: Path) -> None:
    sent = raw(captures, "2026-03_reflow_video-detail_photo_post")["itemInfo"]["itemStruct"]
    read = item(data.read_item(sent))
    assert (read.kind, read.duration, read.created_at) == ("photo", None, 1770443199)
    assert read.told["stats"]["saves"] == "49505"


def test_history_of_one_video_keeps_text_and_numbers_alike(captures: Path) -> None:
    comments = []
    for version in raw(captures, "scrapfly_posts_history"):
        (sent,) = version["data"]
        read = item(data.read_item(sent))
        assert read.told["stats"]["saves"] == sent["stats"]["collectCount"]
        comments.append(read.told["stats"]["comments"])
    assert sorted(comments) == ["4572", "4968", "4985", "5494"]


def test_search_items_without_music_read(captures: Path) -> None:
    for sent in raw(captures, "scrapfly_search_first4"):
        read = item(data.read_item(sent))
        assert (read.audio, read.audio_id, read.audio_url) == (None, None, None)
        assert read.told["authorStats"]["user_likes"] == str(sent["authorStats"]["heart"])


def test_profile_history_is_a_creators(captures: Path) -> None:
    for version in raw(captures, "scrapfly_profiles_history"):
        for sent in version["data"]:
            reply = data.read_creator_reply(json.dumps({"statusCode": 0, "userInfo": sent}))
            assert reply.status == "ok"
            assert reply.told["detail"]["user_followers"] == str(sent["stats"]["followerCount"])

"""Whatever the site sends, the readers answer: bad input is named, never fatal."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from tiktok_scraper.pages import data, dom
from tiktok_scraper.pages.facts import ItemFacts, Unreadable
from tiktok_scraper.pages.names import ERAS
from tiktok_scraper.pages.signs import SIGNS
from tiktok_scraper.pages.state import Hit, Look, recognise

# Keys that the readers know, so that generated JSON gets past their first look.
KEYS = st.sampled_from(
    [
        "id",
        "author",
        "uniqueId",
        "music",
        "title",
        "authorName",
        "video",
        "duration",
        "stats",
        "statsV2",
        "authorStats",
        "diggCount",
        "heartCount",
        "heart",
        "itemList",
        "items",
        "statusCode",
        "status_code",
        "code",
        "type",
        "hasMore",
        "liveRoomInfo",
        "containerType",
        "createTime",
        "imagePost",
        "isAd",
        "textExtra",
        "challenges",
        "hashtagName",
        "desc",
        "userInfo",
        "user",
        "ItemList",
        "ItemModule",
        "UserModule",
        "foryou",
        "list",
        "AppContext",
        "appContext",
        "__DEFAULT_SCOPE__",
        "webapp.app-context",
        "webapp.updated-items",
        "webapp.video-detail",
        "itemInfo",
        "itemStruct",
        "webapp.user-detail",
        "region",
        "language",
    ]
)
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text()
    | st.sampled_from(["1", "0", "live_1", "7" * 19]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS | st.text(max_size=3), inner, max_size=8),
    max_leaves=40,
)
TAGS = st.sampled_from(
    [
        f'<div data-e2e="{name}" class="x-{name}" id="xgwrapper-2-7126000000000000042" role="dialog" href="/@a">'
        for name in ("browse-username", "browse-like-count", "DivBrowserModeContainer", "user-card-username", "a")
    ]
    + ["</div>", "<a href='/@b/live'>", "<a href='%ff'>", "</a>", "<script>", "<!--", "&#0;", "<html>", "\x00", "--"]
)
HTML = st.lists(TAGS | st.text(max_size=5), max_size=20).map("".join)
URLS = st.text() | st.sampled_from(["https://www.tiktok.com/@a/video/7126000000000000042", "/@%ff/photo/1", "http://["])


@given(JSON)
def test_item(raw: object) -> None:
    read = data.read_item(raw)
    assert isinstance(read, Unreadable) or (isinstance(read, ItemFacts) and read.id.isdigit())


@given(st.text() | JSON.map(json.dumps))
def test_feed_reply(body: str) -> None:
    reply = data.read_feed_reply(body)
    assert reply.status in ("ok", "empty", "verify", "refused", "unreadable")
    assert len(reply.order) == len(reply.items) + reply.order.count("live") + len(reply.unreadable)


@given(st.text() | JSON.map(json.dumps))
def test_creator_reply(body: str) -> None:
    reply = data.read_creator_reply(body)
    assert reply.status in ("ok", "empty", "refused", "unreadable")
    assert (reply.status == "ok") == (reply.username is not None)


@given(JSON.map(json.dumps), st.sampled_from(["SIGI_STATE", "__UNIVERSAL_DATA_FOR_REHYDRATION__"]))
def test_embedded(state: str, name: str) -> None:
    data.read_embedded(f'<script id="{name}">{state}</script>')
    data.read_embedded(f"<script>window['{name}']={state};</script>")


@given(HTML, URLS, st.sampled_from(sorted(ERAS)))
def test_viewer(html: str, url: str, era: str) -> None:
    read = dom.read_viewer(html, url=url, era=era)
    assert isinstance(read, ItemFacts | Unreadable)


@given(HTML)
def test_cards(html: str) -> None:
    card = dom.read_card(html)
    assert card.loading in (True, False)


@given(HTML, st.sampled_from(sorted(ERAS)))
def test_a_card_of_a_feed_walked_in_place(html: str, era: str) -> None:
    read = dom.read_viewer(html, url="https://www.tiktok.com/foryou", era=era, view="feed", known="76")
    assert isinstance(read, ItemFacts | Unreadable)


HITS = st.builds(
    Hit,
    name=st.sampled_from(sorted(SIGNS)),
    text=st.text() | st.sampled_from(["Log in to TikTok", "Continue as guest", "Something went wrong"]),
    x=st.floats(),
    y=st.floats(),
    width=st.floats(),
    height=st.floats(),
)


@given(st.builds(Look, url=URLS, title=st.text(), text=st.text(), hits=st.lists(HITS).map(tuple)))
def test_page(look: Look) -> None:
    page = recognise(look)
    assert page.kind
    assert (page.era is not None) == (page.kind in ("feed", "viewer"))

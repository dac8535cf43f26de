"""The page's JSON -> what it says of TikToks and creators. Nothing here raises on what the site may send."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import orjson

from tiktok_scraper.pages.embedded import find_state
from tiktok_scraper.pages.facts import LIVE_CARD, CreatorReply, FeedReply, ItemFacts, PageFacts
from tiktok_scraper.pages.item import CREATOR_COUNTS, read_counts, read_item, text
from tiktok_scraper.pages.sent_json import loads

__all__ = ["read_creator_reply", "read_embedded", "read_feed_reply", "read_item"]

_VERIFY = 10000
_LIMIT = 10404  # the feed's limit: the site's own client takes it as success (site.md 5.1)


def read_feed_reply(body: str) -> FeedReply:
    """Read a reply of /api/recommend/item_list/ (site.md 5.1; captures of 2024-12 and 2025-02)."""
    if not body.strip():
        return FeedReply("empty")
    sent = _json(body)
    if not isinstance(sent, Mapping):
        return FeedReply("unreadable")
    code = _status_code(sent)
    cards = next((sent[key] for key in ("itemList", "items") if isinstance(sent.get(key), list)), None)
    if refusal := _refusal(sent, code, tells=bool(cards)):
        return FeedReply(refusal, status_code=code)
    if cards is None and code == _LIMIT:
        cards = []
    if cards is None:
        return FeedReply("unreadable", status_code=code)
    return _list(cards, has_more=sent.get("hasMore"), code=code)


def read_creator_reply(body: str) -> CreatorReply:
    """Read a reply of /api/user/detail/, or a `webapp.user-detail` scope (site.md 4.4 and 5.2)."""
    if not body.strip():
        return CreatorReply("empty")
    return _creator(_json(body))


def read_embedded(html: str) -> PageFacts:
    """Read the JSON embedded in a page (site.md 4.1). It goes stale with the first step of the viewer."""
    state = find_state(html)
    scopes = state.get("__DEFAULT_SCOPE__")
    return _rehydration(scopes) if isinstance(scopes, Mapping) else _sigi(state)


def embedded_cards(html: str) -> list[Any]:
    """The first batch that a page embeds, card by card as it was sent; [] where there is none."""
    state = find_state(html)
    scopes = state.get("__DEFAULT_SCOPE__")
    if isinstance(scopes, Mapping):
        return _updated(scopes) or []
    feed = _part(state, "ItemList").get("foryou")
    return _sigi_cards(state, feed) if isinstance(feed, Mapping) else []


def _creator(sent: Any) -> CreatorReply:
    if not isinstance(sent, Mapping):
        return CreatorReply("unreadable")
    code = _status_code(sent)
    info = _part(sent, "userInfo")
    user = _part(info, "user")
    told, unread = {}, []
    for block, name in (("stats", "detail"), ("statsV2", "detailV2")):
        if isinstance(counts := info.get(block), Mapping):
            told[name], unknown = read_counts(counts, CREATOR_COUNTS)
            unread += [f"{name}.{key}" for key in unknown]
    username = text(user.get("uniqueId")) or None
    if _refusal(sent, code, tells=username is not None and any(told.values())):
        return CreatorReply("refused", status_code=code)
    if username is None:
        # The failure form of 2023 has an empty userInfo.
        return CreatorReply("unreadable" if user else "refused", status_code=code)
    creator_id = text(user.get("id")) or None
    return CreatorReply("ok", username, creator_id, told, code, tuple(unread), odd_code=_odd(code))


def _rehydration(scopes: Mapping[str, Any]) -> PageFacts:
    context = _part(scopes, "webapp.app-context")
    first = _updated(scopes)
    details = (_part(scopes, name) for name in ("webapp.video-detail", "webapp.reflow.video.detail"))
    detail = next((found for scope in details if (found := _part(scope, "itemInfo").get("itemStruct"))), None)
    creator = scopes.get("webapp.user-detail")
    return PageFacts(
        region=text(context.get("region")) or None,
        language=text(context.get("language")) or None,
        first=_list(first) if first is not None else None,
        detail=read_item(detail) if detail else None,
        creator=_creator(creator) if creator else None,
    )


def _updated(scopes: Mapping[str, Any]) -> list[Any] | None:
    first = scopes.get("webapp.updated-items")
    if isinstance(first, Mapping):
        first = first.get("itemList")
    return first if isinstance(first, list) else None


def _sigi(state: Mapping[str, Any]) -> PageFacts:
    context = _part(_part(state, "AppContext"), "appContext")
    # Early in 2022 these keys had a "$" before them.
    region, language = (text(context.get(key) or context.get(f"${key}")) or None for key in ("region", "language"))
    lists, items = _part(state, "ItemList"), _part(state, "ItemModule")
    stats = _part(_part(state, "UserModule"), "stats")
    feed, shown = lists.get("foryou"), _part(lists, "video").get("list")
    detail = items.get(shown[0]) if isinstance(shown, list) and shown and isinstance(shown[0], str) else None
    return PageFacts(
        region=region,
        language=language,
        first=_sigi_feed(state, feed) if isinstance(feed, Mapping) else None,
        detail=read_item(_with_stats(detail, stats)) if detail else None,
    )


def _sigi_feed(state: Mapping[str, Any], feed: Mapping[str, Any]) -> FeedReply | None:
    code = _status_code(feed)
    cards = _sigi_cards(state, feed)
    if refusal := _refusal(feed, code, tells=any(isinstance(card, Mapping) for card in cards)):
        return FeedReply(refusal, status_code=code)
    return _list(cards, has_more=feed.get("hasMore"), code=code) if cards else None


def _sigi_cards(state: Mapping[str, Any], feed: Mapping[str, Any]) -> list[Any]:
    items, stats, ids = _part(state, "ItemModule"), _part(_part(state, "UserModule"), "stats"), feed.get("list")
    if not isinstance(ids, list):
        return []
    return [_with_stats(items.get(item_id) if isinstance(item_id, str) else None, stats) for item_id in ids]


def _with_stats(item: Any, stats: Mapping[str, Any]) -> Any:
    """An item of SIGI_STATE with its author's counts, which some pages keep apart."""
    if not isinstance(item, Mapping) or "authorStats" in item or not isinstance(item.get("author"), str):
        return item
    counts = stats.get(item["author"])
    return {**item, "authorStats": counts} if isinstance(counts, Mapping) else item


def _list(cards: Iterable[Any], *, has_more: Any = None, code: int | None = None) -> FeedReply:
    items, order, unreadable = [], [], []
    for card in cards:
        read = read_item(_unwrapped(card))
        if isinstance(read, ItemFacts):
            items.append(read)
            order.append(read.id)
        elif read.reason == LIVE_CARD:
            order.append("live")
        else:
            unreadable.append(read)
            order.append("")
    more = has_more if isinstance(has_more, bool) else None
    return FeedReply("ok", tuple(items), tuple(order), tuple(unreadable), more, code, odd_code=_odd(code))


def _unwrapped(card: Any) -> Any:
    """The item of an entry: some lists hold `{itemStruct: ...}`."""
    wrapped = card.get("itemStruct") if isinstance(card, Mapping) else None
    return wrapped if isinstance(wrapped, Mapping) else card


def _refusal(sent: Mapping[str, Any], code: int | None, *, tells: bool) -> str | None:
    """How a reply refuses, if it does. What it *tells* counts before its code: a private creator's carries counts.

    A call to verify is none of these: what stands behind a captcha is not meant to be read.
    """
    if code == _VERIFY or sent.get("type") == "verify":
        return "verify"
    return "refused" if _odd(code) is not None and not tells else None


def _odd(code: int | None) -> int | None:
    """A code that is none of success."""
    return None if code in (None, 0, _LIMIT) else code


def _status_code(sent: Mapping[str, Any]) -> int | None:
    codes = (sent.get(key) for key in ("statusCode", "status_code", "code"))
    return next((code for code in codes if isinstance(code, int) and not isinstance(code, bool)), None)


def _part(of: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    part = of.get(key)
    return part if isinstance(part, Mapping) else {}


def _json(body: str) -> Any:
    try:
        return loads(body)
    except orjson.JSONDecodeError:
        return None

"""The replica's addresses and what answers at each."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

from aiohttp import web

from replica.feed import feed
from replica.feed.feed import Card, Source
from replica.feed.visits import COOKIE, Visitor, Visitors
from replica.items.handleless import is_handleless, truth_without_handle, without_handle
from replica.items.truth import creator_url
from replica.options import Options
from replica.serving import hindrances, media, obstacles
from replica.serving.clock import Clock
from replica.serving.ledger import Ledger
from replica.serving.page_config import config_of
from replica.serving.shell import render
from replica.serving.together import Handler, Together
from replica.serving.traffic import ADDRESS, Traffic

HERE = Path(__file__).parent
SITE = HERE.parent / "site"
FEED_PAGES = ("/", "/foryou", "/en", "/en/", "/fr", "/fr/", "/vi-VN", "/vi-VN/", "/ko-KR", "/ko-KR/")
PRELOADED = 3
LOOKED_AT = 9  # cards, to find one that is a TikTok
YEAR_S = 31_536_000
PRESSES = "/_replica/presses"


class App:
    """Answers every request; owns the visitors and the ledger."""

    def __init__(self, options: Options, source: Source, clock: Clock) -> None:
        self.options, self.source, self.clock = options, source, clock
        self.visitors, self.ledger, self.traffic = Visitors(source, clock.now()), Ledger(), Traffic()
        self._unnamed: dict[str, str] = {}  # handles that items were sent without, by secUid

    def application(self) -> web.Application:
        """The aiohttp application."""
        made = web.Application(middlewares=[self._note, Together(self.options.together).hold])
        made.on_response_prepare.extend((_mark, self.traffic.note))
        gets: dict[str, Handler] = {
            **dict.fromkeys(FEED_PAGES, self.feed_page),
            "/@{user:[^/]*}/{kind:video|photo}/{id}": self.video_page,
            "/@{user}": self.profile_page,
            "/{region:[a-z][a-z]}/notfound": self.not_found,
            "/api/recommend/item_list/": self.recommend,
            "/api/preload/item_list/": self.preload,
            "/api/user/detail/": self.user_detail,
            "/api/comment/list/": self.comments,
            "/robots.txt": self.robots,
            "/_replica/truth": self.truth,
            PRESSES: self.presses,
            ADDRESS: self.traffic.told,
            "/video/tos/{name:.*}": media.video,
            "/obj/{name:.*}": media.picture,
        }
        for path, handler in gets.items():
            made.router.add_get(path, handler)
        made.router.add_post(PRESSES, self.pressed)
        made.router.add_static("/_site/", SITE)
        return made

    async def feed_page(self, request: web.Request) -> web.Response:
        """The feed, with the first batch in it in era a or where told. A visitor is known by the cookie set here."""
        if hindered := self._hindered_page(request):
            return hindered
        cookie, at = request.cookies.get(COOKIE) or f"1%7C{uuid4().hex}", self.clock.now()
        visitor = self.visitors.known(cookie, at)
        page = self._instead_of_feed(visitor, at)
        if page is None:
            embeds = self.options.embedded or self.options.era == "a"
            embedded = obstacles.embeddable(self.options, visitor) if embeds else 0
            first = self._batch(visitor, at, most=embedded) if embedded else []
            if self.options.era != "a":
                first = self._entries(first)
            page = self._page("feed", first, has_more=visitor.feed.more())
        page.set_cookie(COOKIE, cookie, path="/", httponly=True, max_age=YEAR_S)
        return page

    async def video_page(self, request: web.Request) -> web.Response:
        """The stand-alone page of one TikTok."""
        at = self.clock.now()
        if hindered := self._hindered_page(request):
            return hindered
        card = self.source.card_of(request.match_info["id"], at)
        return self._page("video", [dict(self._as_sent(card).item)] if card else [], has_more=False)

    async def profile_page(self, request: web.Request) -> web.Response:
        """A creator's page; what is told of them stands in the scripts' config as `userInfo`."""
        at = self.clock.now()
        if hindered := self._hindered_page(request):
            return hindered
        body = self.source.creator(request.match_info["user"], at).body
        told = json.loads(body).get("userInfo") if body else None
        return self._page("profile", [], has_more=False, userInfo=told or None)

    async def not_found(self, _request: web.Request) -> web.Response:
        """Where visitors of some regions are sent."""
        return self._page("not-found", [], has_more=False)

    async def recommend(self, request: web.Request) -> web.Response:
        """The next batch of the feed."""
        visitor = self._visitor(request, self.clock.now())
        await self._delay(obstacles.list_late_s(self.options, visitor))
        at = self.clock.now()
        if hindrance := obstacles.hindered(self.options, visitor):
            return hindrances.list_reply(hindrance, request, at)
        items = self._batch(visitor, at)
        return self._list(items, more=visitor.feed.more(), at=at)

    async def preload(self, request: web.Request) -> web.Response:
        """A small batch that the page asks for ahead of time and doesn't show: no sightings, and no truth of any.

        With `--preload next` it is the feed's next batch, and shown.
        """
        await self._delay()
        at = self.clock.now()
        visitor = self._visitor(request, at)
        if self.options.preload == "next":
            return self._list(self._batch(visitor, at, most=PRELOADED), more=visitor.feed.more(), at=at)
        return self._list([dict(card.item) for card in visitor.feed.ahead(PRELOADED, at)], more=True, at=at)

    async def user_detail(self, request: web.Request) -> web.Response:
        """What is told about a creator."""
        sent = self.visitors.sent(request.cookies.get(COOKIE, ""))
        await self._delay(obstacles.creator_late_s(self.options, sent))
        at, by_sec_uid = self.clock.now(), self._unnamed.get(request.query.get("secUid", ""), "")
        handle = request.query.get("uniqueId") or by_sec_uid
        answer = self.source.creator(handle, at)
        self.ledger.creator(creator_url(handle), answer, at)
        return web.Response(text=answer.body, content_type="application/json", charset="utf-8")

    async def comments(self, _request: web.Request) -> web.Response:
        """No comments: nobody of ours reads any."""
        await self._delay()
        told = {"comments": [], "cursor": 0, "has_more": 0, "status_code": 0, "status_msg": "", "total": 0}
        return _json(told)

    async def robots(self, request: web.Request) -> web.Response:
        """robots.txt (site.md 9), or what `--robots` says comes in its place."""
        match self.options.robots:
            case "disallow":
                return web.Response(text="User-agent: *\nDisallow: /\n")
            case "missing":
                return web.Response(text="Not found", status=404)
            case "failing":
                return web.Response(text="Service unavailable", status=503)
            case "page":
                return web.Response(text="<p>Please wait ...</p>", content_type="text/html")
            case "silent":
                return hindrances.dropped(request)
        return web.Response(text=(HERE / "robots.txt").read_text(encoding="utf-8"))

    async def truth(self, _request: web.Request) -> web.Response:
        """A JSON line per TikTok served: see `Ledger`."""
        lines = (json.dumps(line, ensure_ascii=False) + "\n" for line in self.ledger.lines())
        return web.Response(text="".join(lines), content_type="application/jsonl", charset="utf-8")

    async def pressed(self, request: web.Request) -> web.Response:
        """A page reports a press: see `Ledger.presses`."""
        self.ledger.presses.append(json.loads(await request.text()))
        return web.Response(status=204)

    async def presses(self, _request: web.Request) -> web.Response:
        """A JSON line per press so far: see `Ledger.presses`."""
        lines = (json.dumps(press, ensure_ascii=False) + "\n" for press in self.ledger.presses)
        return web.Response(text="".join(lines), content_type="application/jsonl", charset="utf-8")

    def _visitor(self, request: web.Request, at: float) -> Visitor:
        return self.visitors.known(request.cookies.get(COOKIE, ""), at)

    def _hindered_page(self, request: web.Request) -> web.Response | None:
        """What answers any page in its place, if anything does."""
        if obstacles.waf_stands(self.options, request.cookies):
            return self._page("waf", [], has_more=False)
        sent = self.visitors.sent(request.cookies.get(COOKIE, ""))
        return hindrances.refused_page() if obstacles.page_refused(self.options, sent) else None

    def _instead_of_feed(self, visitor: Visitor, at: float) -> web.Response | None:
        """What the feed's address gives in the feed's place, if anything."""
        match obstacles.instead_of_feed(self.options):
            case "white-page" | "spinner" as kind:
                return self._page(kind, [], has_more=False)
            case "region":
                return _moved(f"/{self.options.region}/notfound")
            case "video-page":
                shown = self.source.visit(visitor.number, at).take(LOOKED_AT, at)
                return _moved(urlsplit(next(card.truth["url"] for card in shown if card.truth)).path)
        return None

    def _as_sent(self, card: Card) -> Card:
        """*card* as the options want it sent."""
        author, told = card.item.get("author"), self.options
        if card.truth is None or not isinstance(author, Mapping) or not author.get("uniqueId"):
            return card
        if not is_handleless(card.truth["id"], told.rates.handleless, told.seed):
            return card
        if author.get("secUid"):
            self._unnamed[author["secUid"]] = author["uniqueId"]
        return Card(without_handle(card.item), truth_without_handle(card.truth))

    def _list(self, items: list[dict[str, Any]], *, more: bool, at: float) -> web.Response:
        return _json(feed.envelope(self._entries(items), more=more, at=at))

    def _entries(self, items: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """*items* as a list holds them."""
        return [{"itemStruct": item} for item in items] if self.options.wrapped else items

    def _batch(self, visitor: Visitor, at: float, *, most: int | None = None) -> list[dict[str, Any]]:
        sent = [(position, self._as_sent(card)) for position, card in visitor.batch(self.options, at, most=most)]
        for position, card in sent:
            self.ledger.card(card, session=visitor.number, position=position, at=at)
        return [dict(card.item) for _, card in sent]

    def _page(self, kind: str, first: list[dict[str, Any]], *, has_more: bool, **told: Any) -> web.Response:
        config = {**config_of(self.options), "hasMore": has_more, "now": self.clock.now(), **told}
        html = render(self.options, kind, first=first, config=config)
        return web.Response(text=html, content_type="text/html", charset="utf-8", headers={"Cache-Control": "no-store"})

    async def _delay(self, more_s: float = 0) -> None:
        await asyncio.sleep(self.options.latency_ms / 1000 + more_s)

    @web.middleware
    async def _note(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        if request.path != PRESSES:
            self.ledger.requests.append((request.method, request.path, request.query_string))
        return await handler(request)


async def _mark(_request: web.Request, response: web.StreamResponse) -> None:
    response.headers["X-Replica"] = "1"


def _moved(path: str) -> web.Response:
    return web.Response(status=302, headers={"Location": path, "Cache-Control": "no-store"})


def _json(told: Mapping[str, Any]) -> web.Response:
    return web.json_response(
        told, dumps=lambda it: json.dumps(it, ensure_ascii=False), headers={"Cache-Control": "no-store"}
    )

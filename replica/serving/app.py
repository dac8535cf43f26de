"""The replica's addresses and what answers at each."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Any
from uuid import uuid4

from aiohttp import web

from replica.feed import feed
from replica.feed.feed import Source
from replica.feed.visits import COOKIE, Visitor, Visitors
from replica.items.truth import creator_url
from replica.options import Options
from replica.serving import media, obstacles
from replica.serving.clock import Clock
from replica.serving.ledger import Ledger
from replica.serving.shell import render

HERE = Path(__file__).parent
SITE = HERE.parent / "site"
FEED_PAGES = ("/", "/foryou", "/en", "/en/", "/fr", "/fr/", "/vi-VN", "/vi-VN/", "/ko-KR", "/ko-KR/")
PRELOADED = 3
YEAR_S = 31_536_000
REGION = "US"
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class App:
    """Answers every request; owns the visitors and the ledger."""

    def __init__(self, options: Options, source: Source, clock: Clock) -> None:
        self.options, self.source, self.clock = options, source, clock
        self.visitors, self.ledger = Visitors(source, clock.now()), Ledger()

    def application(self) -> web.Application:
        """The aiohttp application."""
        made = web.Application(middlewares=[self._note])
        made.on_response_prepare.append(_mark)
        gets: dict[str, Handler] = {
            **dict.fromkeys(FEED_PAGES, self.feed_page),
            "/@{user}/{kind:video|photo}/{id}": self.video_page,
            "/@{user}": self.profile_page,
            "/api/recommend/item_list/": self.recommend,
            "/api/preload/item_list/": self.preload,
            "/api/user/detail/": self.user_detail,
            "/api/comment/list/": self.comments,
            "/robots.txt": self.robots,
            "/_replica/truth": self.truth,
            "/video/tos/{name:.*}": media.video,
            "/obj/{name:.*}": media.picture,
        }
        for path, handler in gets.items():
            made.router.add_get(path, handler)
        made.router.add_static("/_site/", SITE)
        return made

    async def feed_page(self, request: web.Request) -> web.Response:
        """The feed, with the first batch in it in era a or where told. A visitor is known by the cookie set here."""
        if obstacles.waf_stands(self.options, request.cookies):
            return self._page("waf", [], has_more=False)
        cookie, at = request.cookies.get(COOKIE) or f"1%7C{uuid4().hex}", self.clock.now()
        visitor = self.visitors.known(cookie, at)
        embeds = self.options.embedded or self.options.era == "a"
        embedded = obstacles.embeddable(self.options, visitor) if embeds else 0
        first = self._batch(visitor, at, most=embedded) if embedded else []
        page = self._page("feed", first, has_more=visitor.feed.more())
        page.set_cookie(COOKIE, cookie, path="/", httponly=True, max_age=YEAR_S)
        return page

    async def video_page(self, request: web.Request) -> web.Response:
        """The stand-alone page of one TikTok."""
        if obstacles.waf_stands(self.options, request.cookies):
            return self._page("waf", [], has_more=False)
        card = self.source.card_of(request.match_info["id"], self.clock.now())
        return self._page("video", [dict(card.item)] if card else [], has_more=False)

    async def profile_page(self, request: web.Request) -> web.Response:
        """A creator's page; what is told of them stands in the scripts' config as `userInfo`."""
        if obstacles.waf_stands(self.options, request.cookies):
            return self._page("waf", [], has_more=False)
        body = self.source.creator(request.match_info["user"], self.clock.now()).body
        told = json.loads(body).get("userInfo") if body else None
        return self._page("profile", [], has_more=False, userInfo=told or None)

    async def recommend(self, request: web.Request) -> web.Response:
        """The next batch of the feed."""
        await self._delay()
        at = self.clock.now()
        visitor = self.visitors.known(request.cookies.get(COOKIE, ""), at)
        hindrance = obstacles.hindered(self.options, visitor)
        if hindrance == "empty":
            return web.Response(content_type="application/json", charset="utf-8")
        if hindrance == "error":
            return web.Response(status=500, text="Internal Server Error")
        items = self._batch(visitor, at)
        return _json(feed.envelope(items, more=visitor.feed.more(), at=at))

    async def preload(self, request: web.Request) -> web.Response:
        """A small batch that the page asks for ahead of time and doesn't show: no sightings, and no truth of any."""
        await self._delay()
        at = self.clock.now()
        visitor = self.visitors.known(request.cookies.get(COOKIE, ""), at)
        cards = visitor.feed.ahead(PRELOADED, at)
        return _json(feed.envelope([card.item for card in cards], more=True, at=at))

    async def user_detail(self, request: web.Request) -> web.Response:
        """What is told about a creator."""
        await self._delay()
        at, handle = self.clock.now(), request.query.get("uniqueId", "")
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
            case "silent" if request.transport is not None:
                request.transport.abort()
        return web.Response(text=(HERE / "robots.txt").read_text(encoding="utf-8"))

    async def truth(self, _request: web.Request) -> web.Response:
        """A JSON line per TikTok served: see `Ledger`."""
        lines = (json.dumps(line, ensure_ascii=False) + "\n" for line in self.ledger.lines())
        return web.Response(text="".join(lines), content_type="application/jsonl", charset="utf-8")

    def _batch(self, visitor: Visitor, at: float, *, most: int | None = None) -> list[dict[str, Any]]:
        sent = visitor.batch(self.options, at, most=most)
        for position, card in sent:
            self.ledger.card(card, session=visitor.number, position=position, at=at)
        return [dict(card.item) for _, card in sent]

    def _page(self, kind: str, first: list[dict[str, Any]], *, has_more: bool, **told: Any) -> web.Response:
        options = self.options
        config = {
            "era": options.era,
            "cardDelayMs": options.card_delay_ms,
            "swapMs": options.swap_ms,
            "card": options.card,
            "link": options.link,
            "classes": options.classes,
            "obstacle": options.obstacle,
            "obstacleAt": options.obstacle_at,
            "hasMore": has_more,
            "region": REGION,
            "language": "en",
            "now": self.clock.now(),
            **told,
        }
        html = render(options, kind, first=first, config=config)
        return web.Response(text=html, content_type="text/html", charset="utf-8", headers={"Cache-Control": "no-store"})

    async def _delay(self) -> None:
        await asyncio.sleep(self.options.latency_ms / 1000)

    @web.middleware
    async def _note(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        self.ledger.requests.append((request.method, request.path, request.query_string))
        return await handler(request)


async def _mark(_request: web.Request, response: web.StreamResponse) -> None:
    response.headers["X-Replica"] = "1"


def _json(told: Mapping[str, Any]) -> web.Response:
    return web.json_response(
        told, dumps=lambda it: json.dumps(it, ensure_ascii=False), headers={"Cache-Control": "no-store"}
    )

"""The replica's addresses and what answers at each."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from uuid import uuid4

from aiohttp import web

from replica import feed, media, shell_page
from replica.clock import Clock
from replica.feed import Source
from replica.ledger import Ledger
from replica.options import Options
from replica.visits import COOKIE, Visitor, Visitors

HERE = Path(__file__).parent
FEED_PAGES = ("/", "/foryou", "/en", "/en/", "/fr", "/vi-VN", "/vi-VN/", "/ko-KR", "/ko-KR/")


class App:
    """Answers every request; owns the visitors and the ledger."""

    def __init__(self, options: Options, source: Source, clock: Clock) -> None:
        self.options, self.source, self.clock = options, source, clock
        self.visitors, self.ledger = Visitors(source), Ledger()

    def application(self) -> web.Application:
        """The aiohttp application."""
        made = web.Application(middlewares=[self._note])
        made.on_response_prepare.append(_mark)
        for path in FEED_PAGES:
            made.router.add_get(path, self.feed_page)
        made.router.add_get("/api/recommend/item_list/", self.recommend)
        made.router.add_get("/api/preload/item_list/", self.preload)
        made.router.add_get("/api/user/detail/", self.user_detail)
        made.router.add_get("/robots.txt", self.robots)
        made.router.add_get("/_replica/truth", self.truth)
        made.router.add_static("/_site/", HERE / "site")
        made.router.add_get("/video/tos/{name:.*}", media.video)
        made.router.add_get("/obj/{name:.*}", media.picture)
        made.router.add_get("/@{user}/{kind:video|photo}/{id}", self.video_page)
        made.router.add_get("/@{user}", self.profile_page)
        return made

    async def feed_page(self, request: web.Request) -> web.Response:
        """The feed: embedded first batch in era a."""
        cookie = request.cookies.get(COOKIE) or f"1%7C{uuid4().hex}"
        visitor, at = self.visitors.known(cookie), self.clock.now()
        first = self._batch(visitor, at) if self.options.era == "a" else []
        page = self._page("feed", first, has_more=visitor.feed.more())
        page.set_cookie(COOKIE, cookie, path="/", httponly=True, max_age=31_536_000)
        return page

    async def video_page(self, request: web.Request) -> web.Response:
        """The stand-alone page of one TikTok."""
        card = self.source.card_of(request.match_info["id"], self.clock.now())
        return self._page("video", [dict(card.item)] if card else [], has_more=False)

    async def profile_page(self, request: web.Request) -> web.Response:
        """A creator's page, which holds nothing but the shell."""
        return self._page("profile", [], has_more=False)

    async def recommend(self, request: web.Request) -> web.Response:
        """The next batch of the feed."""
        await self._delay()
        visitor, at = self._visitor(request), self.clock.now()
        items = self._batch(visitor, at)
        return _json(feed.envelope(items, more=visitor.feed.more(), at=at))

    async def preload(self, request: web.Request) -> web.Response:
        """A small batch that the pages ask for on hovering; it shows nothing and moves nothing."""
        await self._delay()
        return _json(feed.envelope([], more=True, at=self.clock.now()))

    async def user_detail(self, request: web.Request) -> web.Response:
        """What is told about a creator."""
        await self._delay()
        at, handle = self.clock.now(), request.query.get("uniqueId", "")
        body, truth = self.source.creator(handle, at)
        if truth is not None:
            self.ledger.creator(handle, truth, at)
        return web.Response(text=body, content_type="application/json", charset="utf-8")

    async def robots(self, request: web.Request) -> web.Response:
        """robots.txt (site.md 9)."""
        return web.Response(text=(HERE / "robots.txt").read_text(encoding="utf-8"))

    async def truth(self, request: web.Request) -> web.Response:
        """A JSON line per TikTok served."""
        lines = (json.dumps(line, ensure_ascii=False) + "\n" for line in self.ledger.lines())
        return web.Response(text="".join(lines), content_type="application/jsonl", charset="utf-8")

    def _visitor(self, request: web.Request) -> Visitor:
        return self.visitors.known(request.cookies.get(COOKIE, ""))

    def _batch(self, visitor: Visitor, at: float) -> list[dict[str, Any]]:
        sent = visitor.batch(self.options, self.options.first, at)
        for position, card in sent:
            self.ledger.card(card, session=visitor.number, position=position, at=at)
        return [dict(card.item) for _, card in sent]

    def _page(self, kind: str, first: list[dict[str, Any]], *, has_more: bool) -> web.Response:
        try:
            from replica.shell import render
        except ImportError:
            return web.Response(text=f"<!DOCTYPE html><title>TikTok - Make Your Day</title>{kind}", content_type="text/html")
        config = shell_page.config(self.options, has_more=has_more)
        return web.Response(text=render(self.options, kind, first=first, config=config), content_type="text/html")

    async def _delay(self) -> None:
        await asyncio.sleep(self.options.latency_ms / 1000)

    @web.middleware
    async def _note(self, request: web.Request, handler: Any) -> web.StreamResponse:
        self.ledger.requests.append((request.method, request.path, request.query_string))
        answer: web.StreamResponse = await handler(request)
        return answer


async def _mark(request: web.Request, response: web.StreamResponse) -> None:
    response.headers["X-Replica"] = "1"


def _json(told: Mapping[str, Any]) -> web.Response:
    return web.json_response(told, dumps=lambda it: json.dumps(it, ensure_ascii=False))

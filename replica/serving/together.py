"""Visitors that begin together: nobody gets a list before so many have asked for one."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from aiohttp import web

from replica.feed.visits import COOKIE

LISTS = "/api/recommend/item_list/"
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Together:
    """Holds requests for lists until *visitors* of them, told apart by their cookies, have asked; 1 holds none.

    Several browsers that share one limit can be watched so, however long one of them takes to start. Who has asked
    counts from then on, gone or not.
    """

    def __init__(self, visitors: int) -> None:
        self._awaited = visitors
        self._asked: set[str] = set()
        self._all = asyncio.Event()

    @web.middleware
    async def hold(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """A middleware of aiohttp."""
        if request.path == LISTS:
            self._asked.add(request.cookies.get(COOKIE, ""))
            if len(self._asked) >= self._awaited:
                self._all.set()
            await self._all.wait()
        return await handler(request)

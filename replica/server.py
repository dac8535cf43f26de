"""Serves the replica: in this thread for the command line, in its own for tests."""

from __future__ import annotations

import asyncio
import threading
from types import TracebackType
from typing import Any

from aiohttp import web

from replica.addresses import Media
from replica.app import App
from replica.clock import Clock
from replica.options import Options
from replica.world import World
from replica.world_feed import WorldSource

HOST = "127.0.0.1"


class Running:
    """A replica that serves on the running event loop."""

    def __init__(self, options: Options) -> None:
        self.options = options

    async def start(self) -> None:
        """Bind and serve; then `base` and `app` are there."""
        import socket

        listener = socket.create_server((HOST, self.options.port))
        self.port = listener.getsockname()[1]
        self.base = f"http://{HOST}:{self.port}"
        clock = Clock(self.options.now)
        world = World(self.options.seed, clock.start, self.options.profile)
        source = WorldSource(world, self.options, Media(self.base))
        self.app = App(self.options, source, clock)
        self._runner = web.AppRunner(self.app.application(), access_log=None, shutdown_timeout=0.5)
        await self._runner.setup()
        await web.SockSite(self._runner, listener).start()

    async def stop(self) -> None:
        """Stop serving."""
        await self._runner.cleanup()


class Replica:
    """The replica in a thread of its own, for tests.

        with Replica(Options(era="b", latency_ms=0)) as site:
            crawl(site.url)

    `base`: http://127.0.0.1:PORT; `url`: the feed's address; `requests`: (method, path, query) of each so far.
    """

    def __init__(self, options: Options | None = None) -> None:
        self.options = options or Options()
        self._loop = asyncio.new_event_loop()
        self._running = Running(self.options)
        self._thread = threading.Thread(target=self._loop.run_forever, name="replica", daemon=True)

    def __enter__(self) -> Replica:
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self._running.start(), self._loop).result(30)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        asyncio.run_coroutine_threadsafe(self._running.stop(), self._loop).result(30)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    @property
    def base(self) -> str:
        """http://127.0.0.1:PORT."""
        return self._running.base

    @property
    def url(self) -> str:
        """The feed's address."""
        return f"{self.base}/foryou"

    @property
    def requests(self) -> list[tuple[str, str, str]]:
        """Every request so far: (method, path, query)."""
        return list(self._running.app.ledger.requests)

    def truth(self) -> list[dict[str, Any]]:
        """The lines of /_replica/truth."""
        return self._running.app.ledger.lines()

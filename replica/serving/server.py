"""Serves the replica: on the running loop for the command line, in a thread of its own for tests."""

from __future__ import annotations

import asyncio
import socket
import threading
from types import TracebackType
from typing import Any

from aiohttp import web

from replica.feed.feed import Source
from replica.feed.items_file import FileSource
from replica.feed.narrowed import narrowed
from replica.feed.world_feed import WorldSource
from replica.items.addresses import Media
from replica.options import Options
from replica.serving import tls
from replica.serving.app import App
from replica.serving.clock import Clock
from replica.world.world import World

HOST = "127.0.0.1"


class Running:
    """A replica on the running event loop; `base` is there once it has started."""

    def __init__(self, options: Options) -> None:
        self.options = options
        self._runner: web.AppRunner | None = None

    async def start(self) -> None:
        """Bind and serve. Raises OSError where the port is taken, ValueError where the items file holds none."""
        listener = socket.create_server((HOST, self.options.port))
        try:
            scheme = "https" if self.options.tls else "http"
            self.base = f"{scheme}://{HOST}:{listener.getsockname()[1]}"
            clock = Clock(self.options.now)
            self.app = App(self.options, narrowed(self._source(clock), self.options), clock)
        except BaseException:
            listener.close()
            raise
        self._runner = web.AppRunner(self.app.application(), access_log=None, shutdown_timeout=0.5)
        await self._runner.setup()
        context = tls.context() if self.options.tls else None
        await web.SockSite(self._runner, listener, ssl_context=context).start()

    async def stop(self) -> None:
        """Stop serving."""
        if self._runner is not None:
            await self._runner.cleanup()

    @property
    def url(self) -> str:
        """The feed's address."""
        return f"{self.base}/foryou"

    def _source(self, clock: Clock) -> Source:
        media = Media(self.base)
        if self.options.items is not None:
            return FileSource.read(self.options.items, media)
        origin = clock.start if self.options.origin is None else self.options.origin.timestamp()
        told = self.options
        world = World(
            told.seed,
            origin,
            told.profile,
            depth=told.depth,
            followers_from=told.followers_from,
            unruly=told.rates,
        )
        return WorldSource(world, told, media)


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
        try:
            self._run(self._running.start())
        except BaseException:
            self._end()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._run(self._running.stop())
        self._end()

    @property
    def base(self) -> str:
        """http://127.0.0.1:PORT, or https with --tls."""
        return self._running.base

    @property
    def url(self) -> str:
        """The feed's address."""
        return self._running.url

    @property
    def requests(self) -> list[tuple[str, str, str]]:
        """Every request so far: (method, path, query)."""
        return list(self._running.app.ledger.requests)

    def truth(self) -> list[dict[str, Any]]:
        """The lines of /_replica/truth: see `replica.serving.ledger.Ledger`."""
        return self._running.app.ledger.lines()

    def presses(self) -> list[dict[str, Any]]:
        """What pointers and keys were pressed on so far: see `replica.serving.ledger.Ledger`."""
        return list(self._running.app.ledger.presses)

    def _run(self, what: Any) -> None:
        asyncio.run_coroutine_threadsafe(what, self._loop).result(30)

    def _end(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

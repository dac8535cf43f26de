"""A proxy that counts what a browser receives. It passes to loopback only."""

from __future__ import annotations

import asyncio
import threading
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

CHUNK = 65_536


class CountingProxy:
    """An HTTP proxy in a thread of its own.

        with CountingProxy() as proxy:
            crawl(arguments=proxy.arguments)
        print(proxy.received)

    received: bytes that came from the servers, heads included. arguments: what makes Chromium use it.
    """

    def __init__(self) -> None:
        self.received = 0
        self._port = 0
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="counting-proxy", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        serving = asyncio.start_server(self._connected, "127.0.0.1", 0)
        self._server = asyncio.run_coroutine_threadsafe(serving, self._loop).result(10)
        self._port = self._server.sockets[0].getsockname()[1]
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        asyncio.run_coroutine_threadsafe(self._end(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    @property
    def arguments(self) -> tuple[str, str]:
        """Chromium's: use the proxy, for loopback addresses too."""
        return f"--proxy-server=http://127.0.0.1:{self._port}", "--proxy-bypass-list=<-loopback>"

    async def _end(self) -> None:
        self._server.close()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Pass one connection on: its first request names the server, later ones on it go to the same."""
        try:
            head = await reader.readuntil(b"\r\n\r\n")
            asked = urlsplit(head.split(b" ", 2)[1].decode("latin-1"))
            if asked.hostname != "127.0.0.1" or not asked.port:
                writer.write(b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                await writer.drain()
                return
            up_reader, up_writer = await asyncio.open_connection(asked.hostname, asked.port)
            try:
                up_writer.write(head)
                await asyncio.gather(self._pass(reader, up_writer), self._pass(up_reader, writer, count=True))
            finally:
                up_writer.close()
        except (OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            pass  # the browser went away, as it does in the middle of a video
        finally:
            writer.close()

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, count: bool = False) -> None:
        while chunk := await reader.read(CHUNK):
            self.received += len(chunk) * count
            writer.write(chunk)
            await writer.drain()
        writer.write_eof()  # the other direction goes on

"""A dead man's switch on this machine: a real HTTP server that keeps what it is sent, and can misbehave."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Switch:
    """calls: (method, path, body). behaves: what the next calls get, "ok" when there is none left."""

    url: str = ""
    calls: list[tuple[str, str, str]] = field(default_factory=list)
    behaves: list[str] = field(default_factory=list)
    released: threading.Event = field(default_factory=threading.Event)
    headers: list[dict[str, str]] = field(default_factory=list)
    reply: bytes = b"OK"


@contextmanager
def switch(*behaves: str) -> Iterator[Switch]:
    """Serve until the block is left. behaves: "ok", "500", "drop" (no reply) or "hang" (none until the end)."""
    told = Switch(behaves=list(behaves))

    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
            told.calls.append((self.command, self.path, body))
            told.headers.append(dict(self.headers))
            how = told.behaves.pop(0) if told.behaves else "ok"
            if how == "hang":
                told.released.wait(60)
            if how in {"hang", "drop"}:
                return
            self.send_response(200 if how == "ok" else int(how))
            self.send_header("Content-Length", str(len(told.reply)))
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(told.reply)

        do_GET = do_POST = answer  # noqa: N815  the names that http.server calls

        def log_message(self, *_: object) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    serving = threading.Thread(target=server.serve_forever, daemon=True)
    serving.start()
    told.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield told
    finally:
        told.released.set()
        server.shutdown()
        server.server_close()
        serving.join()

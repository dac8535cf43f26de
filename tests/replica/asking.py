"""What a client asks of a replica: plain requests, with the cookies of one visitor."""

from __future__ import annotations

import json
from http.client import HTTPResponse
from http.cookiejar import CookieJar
from typing import Any
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import HTTPCookieProcessor, ProxyHandler, Request, build_opener

from replica.serving.server import Replica


class Client:
    """One visitor of *site*, who keeps its cookies."""

    def __init__(self, site: Replica) -> None:
        self.base = site.base
        self.jar = CookieJar()
        self._opener = build_opener(ProxyHandler({}), HTTPCookieProcessor(self.jar))

    def get(self, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
        """Status, headers with small names, body."""
        address = path if path.startswith("http") else self.base + path
        try:
            reply: HTTPResponse = self._opener.open(Request(address, headers=headers), timeout=10)
        except HTTPError as error:
            with error:
                return error.code, {k.lower(): v for k, v in error.headers.items()}, error.read()
        with reply:
            return reply.status, {k.lower(): v for k, v in reply.headers.items()}, reply.read()

    def post(self, path: str, body: str) -> int:
        """The status that answers *body*."""
        with self._opener.open(Request(self.base + path, data=body.encode()), timeout=10) as reply:
            return int(reply.status)

    def page(self, path: str = "/foryou") -> str:
        """The HTML of a page."""
        return self.get(path)[2].decode()

    def batch(self) -> dict[str, Any]:
        """The next list reply."""
        told: dict[str, Any] = json.loads(self.get("/api/recommend/item_list/?count=9&pullType=1")[2])
        return told

    def cards(self, most: int = 10_000) -> list[dict[str, Any]]:
        """Cards of list replies until there are *most*, or the feed ends."""
        cards: list[dict[str, Any]] = []
        while len(cards) < most:
            told = self.batch()
            cards += told["itemList"]
            if not told["hasMore"]:
                break
        return cards

    def creator(self, handle: str) -> bytes:
        """The body of the detail reply."""
        return self.get(f"/api/user/detail/?uniqueId={quote(handle)}")[2]

    def truth(self) -> list[dict[str, Any]]:
        """The lines of the truth."""
        return [json.loads(line) for line in self.get("/_replica/truth")[2].decode().splitlines()]

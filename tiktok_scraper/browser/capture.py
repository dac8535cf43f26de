"""The replies the page received, read from the network: what the page itself fetched, nothing we asked for.

Two ways with one face: Chromium's performance log (`PerformanceLog`) and a WebDriver BiDi data collector
(`bidi.BidiCollector`: Firefox, and any remote). Replies come in order of completion, so they are joined by id, never by
position. Bodies are gone after a navigation: drain before one.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any, ClassVar, Protocol
from urllib.parse import parse_qs, urlsplit

from selenium.common.exceptions import WebDriverException
from selenium.webdriver.remote.webdriver import WebDriver

from ..turn import VERIFY, Event
from .failures import Failures

FEED = "/api/recommend/item_list/"
PRELOAD = "/api/preload/item_list/"
CREATOR = "/api/user/detail/"
# How browsers tell of a request that the page itself has cancelled.
CANCELLED = {"NS_BINDING_ABORTED", "net::ERR_ABORTED"}
TOLD_HEADERS = ("x-replica", "content-type", "content-length", VERIFY)


class NetworkCapture(Protocol):
    """What the page's traffic told since it was last asked."""

    def drain(self) -> list[Event]:
        """Return the events since the last call, in order of arrival, bodies included."""

    def awaits_list(self) -> bool:
        """Whether a list that the page has asked for had not come by the last `drain`."""

    def failures(self) -> str:
        """What the page has failed at up to the last `drain`, as `Failures.told`."""

    def forget_failures(self) -> None:
        """Begin anew: a page is opened."""


def kind_of(url: str, resource: str) -> str | None:
    """Which of the replies we read *url* is; None for all the others (related lists too)."""
    scheme, path = urlsplit(url).scheme, urlsplit(url).path
    if path == FEED:
        return "feed"
    if path == PRELOAD:
        return "preload"
    if path == CREATOR:
        return "creator"
    return "document" if resource == "Document" and scheme in {"http", "https"} else None  # none of the browser's own


def username_of(url: str) -> str | None:
    """The creator that a creator request asks for."""
    return parse_qs(urlsplit(url).query).get("uniqueId", [None])[0]


class Request:
    """A request of the page that we follow until it ends."""

    def __init__(self, kind: str, url: str) -> None:
        self.kind, self.url = kind, url
        self.status = 0
        self.bytes = 0
        self.headers: dict[str, str] = {}

    def event(self, kind: str, at: float, body: str = "") -> Event:
        return Event(
            kind=kind,
            url=self.url,
            at=at,
            status=self.status,
            body=body,
            username=username_of(self.url) if self.kind == "creator" else None,
            headers=self.headers,
            bytes=self.bytes or len(body.encode("utf-8", "replace")),
        )

    def answered(self, status: int, headers: Mapping[str, str]) -> None:
        self.status = status
        told = {k.lower(): v for k, v in headers.items() if k.lower() in TOLD_HEADERS}
        self.headers = {k: "present" if k == VERIFY else v for k, v in told.items()}


def ended(request: Request, at: float, others: Iterable[Request], *, cancelled: bool, why: str) -> Event | None:
    """A request that failed or was cancelled; silence where the page asks the same in another of *others*.

    A page that closes a creator's card and opens it again cancels the first request when the second is on its way.
    """
    username = username_of(request.url) if request.kind == "creator" else None
    again = username and any(other.kind == "creator" and username_of(other.url) == username for other in others)
    kind = "lost" if cancelled else "dropped" if request.kind == "feed" else "failed"
    return None if again else request.event(kind, at, why)


class PerformanceLog:
    """Chromium's performance log, with Network.getResponseBody when a reply has wholly arrived."""

    def __init__(self, driver: WebDriver) -> None:
        self._driver = driver
        self._open: dict[str, Request] = {}
        self._failures = Failures()

    def awaits_list(self) -> bool:
        """By the requests that have not ended."""
        return any(request.kind == "feed" for request in self._open.values())

    def failures(self) -> str:
        """Read the console too, which hands out each entry once."""
        if self._failures.scripts is not None:
            try:
                entries = self._driver.execute("getLog", {"type": "browser"})["value"]
            except WebDriverException:
                self._failures.scripts, entries = None, []
            for entry in entries:
                self._failures.logged(entry["level"], entry.get("source", "other"), entry["message"])
        return self._failures.told()

    def forget_failures(self) -> None:
        """Empty the console."""
        self.failures()
        self._failures.forget()

    def drain(self) -> list[Event]:
        """Read the log, which hands out each entry once."""
        entries = self._driver.execute("getLog", {"type": "performance"})["value"]
        events: list[Event] = []
        for entry in entries:
            text = entry["message"]
            # The string test first: nearly all entries are none of ours, and JSON is dear.
            if any(f'"Network.{name}"' in text for name in self._READ):
                message = json.loads(text)["message"]
                event = self._READ[message["method"].removeprefix("Network.")](
                    self, message["params"], entry["timestamp"] / 1000
                )
                if event is not None:
                    events.append(event)
        return events

    def _sent(self, params: dict[str, Any], at: float) -> Event | None:
        kind = kind_of(params["request"]["url"], params.get("type", ""))
        if kind is None:
            return None
        request = self._open[params["requestId"]] = Request(kind, params["request"]["url"])
        return request.event("sent", at) if kind == "creator" else None

    def _received(self, params: dict[str, Any], _at: float) -> Event | None:
        self._failures.answered(params.get("type", ""), params["response"]["status"])
        if request := self._open.get(params["requestId"]):
            request.answered(params["response"]["status"], params["response"].get("headers", {}))
        return None

    def _finished(self, params: dict[str, Any], at: float) -> Event | None:
        request = self._open.pop(params["requestId"], None)
        if request is None:
            return None
        request.bytes = int(params.get("encodedDataLength") or 0)
        if request.kind == "document":
            return request.event("document", at)  # the page's text is read from the page
        return request.event(request.kind, at, self._body(params["requestId"]))

    def _failed(self, params: dict[str, Any], at: float) -> Event | None:
        request = self._open.pop(params["requestId"], None)
        cancelled = bool(params.get("canceled"))
        why = str(params.get("errorText", ""))
        if not cancelled and why not in CANCELLED and not params.get("blockedReason"):
            self._failures.failed(params.get("type", ""), why)
        return ended(request, at, self._open.values(), cancelled=cancelled, why=why) if request else None

    def _body(self, request_id: str) -> str:
        try:
            told = self._driver.execute_cdp_cmd("Network.getResponseBody", {"requestId": request_id})
        except WebDriverException:
            return ""  # the page has navigated since: the same as an empty reply, and counted as one
        return base64.b64decode(told["body"]).decode("utf-8", "replace") if told["base64Encoded"] else told["body"]

    _READ: ClassVar[Mapping[str, Callable[..., Event | None]]] = {
        "requestWillBeSent": _sent,
        "responseReceived": _received,
        "loadingFinished": _finished,
        "loadingFailed": _failed,
    }

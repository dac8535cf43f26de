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
# Answers to a navigation that leave the page as it is.
NO_PAGE = {204, 205}
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
    """A request of the page that we follow until it ends. frame, loader: whose it is, and of which document there."""

    def __init__(self, kind: str, url: str, frame: str = "", loader: str = "") -> None:
        self.kind, self.url = kind, url
        self.frame, self.loader = frame, loader
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


def left(awaited: dict[str, Request], frame: str, loader: str, at: float) -> list[Event]:
    """Take from *awaited* what *frame* has asked for in another document than the one of *loader*, which is there now.

    Of a request that a navigation cut off Chromium tells no end, in its log or over BiDi (seen in 156); Firefox does.
    """
    gone = [id for id, known in awaited.items() if known.frame == frame and known.loader != loader]
    requests = [awaited.pop(id) for id in gone]
    return [event for known in requests if (event := ended(known, at, (), cancelled=True, why="its page was left"))]


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
                read = self._READ[message["method"].removeprefix("Network.")]
                events.extend(read(self, message["params"], entry["timestamp"] / 1000))
        return events

    def _sent(self, params: dict[str, Any], at: float) -> list[Event]:
        url = params["request"]["url"]
        kind = kind_of(url, params.get("type", ""))
        if kind is None:
            return []
        request = Request(kind, url, params.get("frameId", ""), params.get("loaderId", ""))
        self._open[params["requestId"]] = request
        return [request.event("sent", at)] if kind == "creator" else []

    def _received(self, params: dict[str, Any], at: float) -> list[Event]:
        kind, status = params.get("type", ""), params["response"]["status"]
        self._failures.answered(kind, status)
        if request := self._open.get(params["requestId"]):
            request.answered(status, params["response"].get("headers", {}))
        if kind != "Document" or status in NO_PAGE:
            return []
        return left(self._open, params.get("frameId", ""), params.get("loaderId", ""), at)

    def _finished(self, params: dict[str, Any], at: float) -> list[Event]:
        request = self._open.pop(params["requestId"], None)
        if request is None:
            return []
        request.bytes = int(params.get("encodedDataLength") or 0)
        if request.kind == "document":
            return [request.event("document", at)]  # the page's text is read from the page
        return [request.event(request.kind, at, self._body(params["requestId"]))]

    def _failed(self, params: dict[str, Any], at: float) -> list[Event]:
        request = self._open.pop(params["requestId"], None)
        cancelled = bool(params.get("canceled"))
        why = str(params.get("errorText", ""))
        if not cancelled and why not in CANCELLED and not params.get("blockedReason"):
            self._failures.failed(params.get("type", ""), why)
        event = ended(request, at, self._open.values(), cancelled=cancelled, why=why) if request else None
        return [event] if event else []

    def _body(self, request_id: str) -> str:
        try:
            told = self._driver.execute_cdp_cmd("Network.getResponseBody", {"requestId": request_id})
        except WebDriverException:
            return ""  # the page has navigated since: the same as an empty reply, and counted as one
        return base64.b64decode(told["body"]).decode("utf-8", "replace") if told["base64Encoded"] else told["body"]

    _READ: ClassVar[Mapping[str, Callable[..., list[Event]]]] = {
        "requestWillBeSent": _sent,
        "responseReceived": _received,
        "loadingFinished": _finished,
        "loadingFailed": _failed,
    }

"""The replies the page received, read from the network: what the page itself fetched, nothing we asked for.

Two ways with one face: Chromium's performance log (`PerformanceLog`) and a WebDriver BiDi data collector
(`BidiCollector`: Firefox, and any remote). Replies come in order of completion, so they are joined by id, never by
position. Bodies are gone after a navigation: drain before one.
"""

from __future__ import annotations

import base64
import json
import time
from collections.abc import Callable, Iterable, Mapping
from queue import Empty, SimpleQueue
from typing import Any, ClassVar, Protocol
from urllib.parse import parse_qs, urlsplit

from selenium.common.exceptions import WebDriverException
from selenium.webdriver.remote.webdriver import WebDriver

from ..turn import VERIFY, Event

FEED = "/api/recommend/item_list/"
PRELOAD = "/api/preload/item_list/"
CREATOR = "/api/user/detail/"
# 10 MB for one reply, of which the largest seen has half a megabyte.
LARGEST_BODY = 10_000_000
# How browsers tell of a request that the page itself has cancelled.
CANCELLED = {"NS_BINDING_ABORTED", "net::ERR_ABORTED"}
TOLD_HEADERS = ("x-replica", "content-type", "content-length", VERIFY)


class NetworkCapture(Protocol):
    """What the page's traffic told since it was last asked."""

    def drain(self) -> list[Event]:
        """Return the events since the last call, in order of arrival, bodies included."""


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


class _Request:
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


def ended(request: _Request, at: float, others: Iterable[_Request], *, cancelled: bool, why: str) -> Event | None:
    """A request that failed or was cancelled; silence where the page asks the same in another of *others*.

    A page that closes a creator's card and opens it again cancels the first request when the second is on its way.
    """
    username = username_of(request.url) if request.kind == "creator" else None
    again = username and any(other.kind == "creator" and username_of(other.url) == username for other in others)
    return None if again else request.event("lost" if cancelled else "failed", at, why)


class PerformanceLog:
    """Chromium's performance log, with Network.getResponseBody when a reply has wholly arrived."""

    def __init__(self, driver: WebDriver) -> None:
        self._driver = driver
        self._open: dict[str, _Request] = {}

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
        request = self._open[params["requestId"]] = _Request(kind, params["request"]["url"])
        return request.event("sent", at) if kind == "creator" else None

    def _received(self, params: dict[str, Any], _at: float) -> Event | None:
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


class BidiCollector:
    """WebDriver BiDi's network events and data collector: pushed by the browser, read from a queue here."""

    def __init__(self, driver: WebDriver) -> None:
        # Selenium polls its socket every 0.1 s unless told otherwise, which is paid for every body.
        driver.command_executor.client_config.websocket_interval = 0.002  # type: ignore[union-attr]
        self._network = driver.network
        self._collector = self._network.add_data_collector(["response"], LARGEST_BODY)["collector"]
        self._queue: SimpleQueue[tuple[str, Any, float]] = SimpleQueue()
        self._open: dict[str, _Request] = {}
        self._early: dict[str, list[tuple[str, Any, float]]] = {}
        for name in ("before_request_sent", "response_completed", "fetch_error"):
            self._network.add_event_handler(name, self._putter(name))

    def _putter(self, name: str) -> Any:
        # Selenium calls each handler in a thread of its own: only queue here, and read in the driver's thread.
        # What comes is a mapping, or an object with the same names: that differs from event to event.
        return lambda event: self._queue.put((name, event if isinstance(event, Mapping) else vars(event), time.time()))

    def drain(self) -> list[Event]:
        """Empty the queue. An end may overtake its own start there, so it is held until the start has come."""
        events: list[Event] = []
        while True:
            try:
                name, told, at = self._queue.get_nowait()
            except Empty:
                return events
            request_id = told["request"]["request"]
            if name == "before_request_sent":
                if event := self._sent(request_id, told, at):
                    events.append(event)
                for held in self._early.pop(request_id, []):
                    events.extend(self._ended(request_id, *held))
            elif request_id in self._open:
                events.extend(self._ended(request_id, name, told, at))
            elif kind_of(told["request"]["url"], _resource(told)):
                self._early.setdefault(request_id, []).append((name, told, at))

    def _sent(self, request_id: str, told: Mapping[str, Any], at: float) -> Event | None:
        url = told["request"]["url"]
        kind = kind_of(url, _resource(told))
        if kind is None:
            return None
        request = self._open[request_id] = _Request(kind, url)
        return request.event("sent", at) if kind == "creator" else None

    def _ended(self, request_id: str, name: str, told: Mapping[str, Any], at: float) -> list[Event]:
        request = self._open.pop(request_id)
        if name == "fetch_error":
            why = str(told.get("errorText") or told.get("error_text") or "")
            event = ended(request, at, self._open.values(), cancelled=not why or why in CANCELLED, why=why)
            return [event] if event else []
        response = told["response"]
        request.answered(response["status"], {h["name"]: h["value"].get("value", "") for h in response["headers"]})
        request.bytes = int(response.get("bytesReceived") or 0)
        if request.kind == "document":
            return [request.event("document", at)]
        return [request.event(request.kind, at, self._body(request_id))]

    def _body(self, request_id: str) -> str:
        for _ in range(5):  # the event may come a moment before the data can be had
            try:
                told = self._network.get_data(
                    data_type="response", collector=self._collector, request=request_id, disown=True
                )["bytes"]
            except WebDriverException:
                time.sleep(0.01)
            else:
                value = told["value"]
                return base64.b64decode(value).decode("utf-8", "replace") if told["type"] == "base64" else value
        return ""


def _resource(told: Mapping[str, Any]) -> str:
    """The CDP-like resource type of a BiDi event: navigations are documents, of the top context only."""
    return "Document" if told.get("navigation") else ""

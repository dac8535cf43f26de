"""The replies the page received, by WebDriver BiDi: of Firefox, and of any remote browser."""

from __future__ import annotations

import base64
import logging
import time
from collections.abc import Mapping
from queue import Empty, SimpleQueue
from typing import Any

from selenium.common.exceptions import WebDriverException
from selenium.webdriver.remote.webdriver import WebDriver

from ..turn import Event
from .capture import CANCELLED, NO_PAGE, Request, ended, kind_of, left
from .failures import Failures

# It tells each connection and each end of one, a usual one as an error; what matters of them is raised.
logging.getLogger("websocket").setLevel(logging.CRITICAL)
# 10 MB for one reply, of which the largest seen has half a megabyte.
LARGEST_BODY = 10_000_000
# A grid whose node is gone lets its socket stand open, and an answer be waited for: Selenium would, for 30 s.
ANSWERED_WITHIN_S = 10.0
UNANSWERED = "Timed out waiting for response"  # as Selenium says it


class BidiCollector:
    """WebDriver BiDi's network events and data collector: pushed by the browser, read from a queue here."""

    def __init__(self, driver: WebDriver) -> None:
        self._driver = driver
        known = driver.command_executor.client_config  # type: ignore[union-attr]
        # Selenium polls its socket every 0.1 s unless told otherwise, which is paid for every body.
        known.websocket_interval, known.websocket_timeout = 0.002, ANSWERED_WITHIN_S
        self._network = driver.network
        self._collector = self._network.add_data_collector(["response"], LARGEST_BODY)["collector"]
        self._queue: SimpleQueue[tuple[str, Any, float]] = SimpleQueue()
        self._open: dict[str, Request] = {}
        self._loaders: dict[str, str] = {}  # a context -> the last navigation there that was begun
        self._early: dict[str, list[tuple[str, Any, float]]] = {}
        self._failures = Failures()
        for name in ("before_request_sent", "response_completed", "fetch_error"):
            self._network.add_event_handler(name, self._putter(name))
        driver.script.add_javascript_error_handler(self._putter("script_error"))

    def _putter(self, name: str) -> Any:
        # Selenium calls each handler in a thread of its own: only queue here, and read in the driver's thread.
        # What comes is a mapping, or an object with the same names: that differs from event to event.
        return lambda event: self._queue.put((name, event if isinstance(event, Mapping) else vars(event), time.time()))

    def awaits_list(self) -> bool:
        """By the requests that have not ended."""
        return any(request.kind == "feed" for request in self._open.values())

    def failures(self) -> str:
        """What was told of it among the events of the last drains."""
        return self._failures.told()

    def forget_failures(self) -> None:
        """Forget what the last drains told."""
        self._failures.forget()

    def drain(self) -> list[Event]:
        """Empty the queue. An end may overtake its own start there, so it is held until the start has come."""
        events: list[Event] = []
        while True:
            try:
                name, told, at = self._queue.get_nowait()
            except Empty:
                return events
            if name == "script_error":
                self._failures.logged("error", "javascript", str(told.get("text") or ""))
                continue
            self._note_failed(name, told)
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

    def _note_failed(self, name: str, told: Mapping[str, Any]) -> None:
        destination = "document" if _resource(told) else told["request"].get("destination")
        if name == "response_completed":
            self._failures.answered(destination, told["response"]["status"])
        elif name == "fetch_error":
            why = str(told.get("errorText") or told.get("error_text") or "")
            if why and why not in CANCELLED:
                self._failures.failed(destination, why)

    def _sent(self, request_id: str, told: Mapping[str, Any], at: float) -> Event | None:
        url = told["request"]["url"]
        kind = kind_of(url, _resource(told))
        if kind is None:
            return None
        context = str(told.get("context") or "")
        if told.get("navigation"):
            self._loaders[context] = str(told["navigation"])
        request = self._open[request_id] = Request(kind, url, context, self._loaders.get(context, ""))
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
            page = response["status"] not in NO_PAGE
            cut_off = left(self._open, request.frame, request.loader, at) if page else []
            return [*cut_off, request.event("document", at)]
        return [request.event(request.kind, at, self._body(request_id))]

    def _body(self, request_id: str) -> str:
        for _ in range(5):  # the event may come a moment before the data can be had
            try:
                told = self._network.get_data(
                    data_type="response", collector=self._collector, request=request_id, disown=True
                )["bytes"]
            except WebDriverException as error:
                if UNANSWERED in str(error):
                    _ = self._driver.current_window_handle  # asked by the other way, a grid tells whose node is gone
                time.sleep(0.01)
            else:
                value = told["value"]
                return base64.b64decode(value).decode("utf-8", "replace") if told["type"] == "base64" else value
        return ""


def _resource(told: Mapping[str, Any]) -> str:
    """The CDP-like resource type of a BiDi event: navigations are documents, of the top context only."""
    return "Document" if told.get("navigation") else ""

"""The page's traffic, from a performance log and from BiDi events of the browsers' own shape."""

from __future__ import annotations

import base64
import json
from types import SimpleNamespace
from typing import Any

from selenium.common.exceptions import WebDriverException

from tiktok_scraper.browser.bidi import BidiCollector
from tiktok_scraper.browser.capture import PerformanceLog, kind_of, username_of
from tiktok_scraper.browser.view.rest import asked
from tiktok_scraper.turn import Event

FEED = "https://www.tiktok.com/api/recommend/item_list/?count=9"
ANN = "https://www.tiktok.com/api/user/detail/?uniqueId=ann&secUid="


class Chromium:
    """A driver whose log and bodies are known; bodies of other requests are gone."""

    def __init__(self, entries: list[tuple[str, dict[str, Any]]], bodies: dict[str, Any]) -> None:
        self._entries, self._bodies = entries, bodies
        self.console: list[dict[str, str]] | None = []

    def execute(self, command: str, told: dict[str, str]) -> dict[str, Any]:
        assert command == "getLog"
        if told["type"] == "browser":
            if self.console is None:
                raise WebDriverException("unknown command")
            taken, self.console = self.console, []
            return {"value": taken}
        assert told == {"type": "performance"}
        taken, self._entries = self._entries, []
        return {
            "value": [
                {"timestamp": 5000 + n, "message": json.dumps({"message": {"method": f"Network.{m}", "params": p}})}
                for n, (m, p) in enumerate(taken)
            ]
        }

    def execute_cdp_cmd(self, command: str, told: dict[str, str]) -> Any:
        assert command == "Network.getResponseBody"
        if told["requestId"] not in self._bodies:
            raise WebDriverException("No resource with given identifier found")
        return self._bodies[told["requestId"]]


def sent(id: str, url: str, type: str = "Fetch") -> tuple[str, dict[str, Any]]:
    return "requestWillBeSent", {"requestId": id, "request": {"url": url}, "type": type}


def received(id: str, status: int = 200, **headers: str) -> tuple[str, dict[str, Any]]:
    return "responseReceived", {"requestId": id, "response": {"status": status, "headers": headers}}


def finished(id: str) -> tuple[str, dict[str, Any]]:
    return "loadingFinished", {"requestId": id}


def plain(body: str) -> dict[str, Any]:
    return {"body": body, "base64Encoded": False}


def drain(entries: list[tuple[str, dict[str, Any]]], **bodies: Any) -> list[Event]:
    return PerformanceLog(Chromium(entries, bodies)).drain()  # type: ignore[arg-type]


def test_only_the_feed_what_is_preloaded_and_creators_are_read_of_all_the_site_fetches() -> None:
    assert kind_of(FEED, "Fetch") == "feed"
    assert kind_of("https://www.tiktok.com/api/preload/item_list/?count=3", "Fetch") == "preload"
    assert kind_of(ANN, "XHR") == "creator"
    assert kind_of("https://www.tiktok.com/foryou", "Document") == "document"
    for other in ("/api/related/item_list/", "/api/comment/list/", "/foryou"):
        assert kind_of(f"https://www.tiktok.com{other}?x=1", "Fetch") is None
    assert username_of(ANN) == "ann"


def test_a_reply_is_told_when_it_has_wholly_arrived_with_its_time_and_status() -> None:
    (event,) = drain([sent("1", FEED), received("1"), finished("1")], **{"1": plain('{"itemList": []}')})
    assert (event.kind, event.status, event.body, event.at) == ("feed", 200, '{"itemList": []}', 5.002)


def test_an_encoded_body_is_decoded() -> None:
    body = {"body": base64.b64encode("ünï".encode()).decode(), "base64Encoded": True}
    (event,) = drain([sent("1", FEED), received("1"), finished("1")], **{"1": body})
    assert event.body == "ünï"


def test_replies_come_in_order_of_completion_and_are_told_apart() -> None:
    other = ANN.replace("ann", "bob")
    events = drain(
        [sent("1", ANN), sent("2", other), received("2"), finished("2"), received("1"), finished("1")],
        **{"1": plain("A"), "2": plain("B")},
    )
    assert [(e.kind, e.username, e.body) for e in events] == [
        ("sent", "ann", ""),
        ("sent", "bob", ""),
        ("creator", "bob", "B"),
        ("creator", "ann", "A"),
    ]


def test_a_cancelled_request_is_lost() -> None:
    events = drain([sent("1", ANN), ("loadingFailed", {"requestId": "1", "canceled": True})])
    assert [e.kind for e in events] == ["sent", "lost"]
    assert asked(events, "ann") == "lost"
    assert asked(events, "bob") == "unseen"


def test_a_request_that_nobody_answered_has_failed() -> None:
    events = drain([sent("1", ANN), ("loadingFailed", {"requestId": "1", "canceled": False})])
    assert [e.kind for e in events] == ["sent", "failed"]
    assert asked(events, "ann") == "failed"


def test_a_list_that_nobody_answered_is_dropped_and_one_that_is_cancelled_is_not() -> None:
    closed = ("loadingFailed", {"requestId": "1", "errorText": "net::ERR_EMPTY_RESPONSE", "canceled": False})
    assert [(e.kind, e.body) for e in drain([sent("1", FEED), closed])] == [("dropped", "net::ERR_EMPTY_RESPONSE")]
    assert [e.kind for e in drain([sent("1", FEED), ("loadingFailed", {"requestId": "1", "canceled": True})])] == [
        "lost"
    ]
    driver = Firefox({})
    collector = BidiCollector(driver)  # type: ignore[arg-type]
    driver.push("before_request_sent", "1", FEED)
    driver.push("fetch_error", "1", FEED, errorText="NS_ERROR_NET_RESET")
    assert [e.kind for e in collector.drain()] == ["dropped"]


def test_what_a_page_awaited_when_it_was_left_for_another_is_lost_though_no_end_of_it_is_told() -> None:
    """As Chromium 156 logs it: the next document's events come, and none of the requests that it cut off."""
    mine, frames = {"frameId": "F", "loaderId": "L1"}, {"frameId": "G", "loaderId": "L2"}
    sent_by = [(name, {**told, **mine}) for name, told in (sent("1", FEED), sent("2", ANN))]
    other = [(name, {**told, **frames}) for name, told in (sent("3", ANN.replace("ann", "bob")),)]
    driver = Chromium([*sent_by, *other], {})
    log = PerformanceLog(driver)  # type: ignore[arg-type]
    assert [event.kind for event in log.drain()] == ["sent", "sent"] and log.awaits_list()
    for status, kinds in ((204, []), (200, ["lost", "lost"])):  # the first leaves the page where it is
        page = {"frameId": "F", "loaderId": f"L{status}", "type": "Document"}
        name, told = received(f"L{status}", status)
        driver._entries += [(name, {**told, **page})]
        assert [event.kind for event in log.drain()] == kinds
        assert log.awaits_list() is (status == 204)
    driver._entries += [(name, {**told, **page, "loaderId": "L2", "frameId": "G"})]
    assert log.drain() == [], "another document of the same loader leaves what is its own"


def test_bidi_tells_so_too() -> None:
    """As Chromium 156 has it behind a remote address."""
    driver = Firefox({})
    collector = BidiCollector(driver)  # type: ignore[arg-type]
    page = "https://www.tiktok.com/foryou"
    driver.push("before_request_sent", "0", page, context="C", navigation="N1")
    driver.push("response_completed", "0", page, context="C", navigation="N1", response=response())
    for id, url, context in (("1", FEED, "C"), ("2", ANN, "C"), ("3", ANN.replace("ann", "bob"), "another")):
        driver.push("before_request_sent", id, url, context=context)
    assert [event.kind for event in collector.drain()] == ["document", "sent", "sent"] and collector.awaits_list()
    for number, (status, kinds) in enumerate(((204, ["document"]), (200, ["lost", "lost", "document"]))):
        told = {"context": "C", "navigation": f"N{2 + number}"}
        driver.push("before_request_sent", f"9{number}", page, **told)
        driver.push("response_completed", f"9{number}", page, **told, response=response(status))
        assert [event.kind for event in collector.drain()] == kinds
        assert collector.awaits_list() is (status == 204)


def test_a_list_is_awaited_from_its_request_to_its_end() -> None:
    driver = Chromium([sent("1", ANN), sent("2", FEED)], {"2": plain("x")})
    log = PerformanceLog(driver)  # type: ignore[arg-type]
    told = []
    for entries in ([], [received("2")], [finished("2")]):
        driver._entries += entries
        log.drain()
        told.append(log.awaits_list())
    assert told == [True, True, False]
    firefox = Firefox({"2": "x"})
    collector = BidiCollector(firefox)  # type: ignore[arg-type]
    told = []
    for name, more in (("before_request_sent", {}), ("response_completed", {"response": response()})):
        firefox.push(name, "2", FEED, **more)
        collector.drain()
        told.append(collector.awaits_list())
    assert told == [True, False]


def test_what_the_browser_shows_of_its_own_is_no_document() -> None:
    assert kind_of("chrome://new-tab-page-third-party/", "Document") is None
    assert kind_of("chrome-error://chromewebdata/", "Document") is None


def test_of_two_requests_for_a_creator_the_first_ones_end_is_no_loss() -> None:
    ended = ("loadingFailed", {"requestId": "1", "canceled": True})
    events = drain([sent("1", ANN), sent("2", ANN), ended])
    assert [e.kind for e in events] == ["sent", "sent"]
    both = drain([sent("1", ANN), sent("2", ANN), ended, ("loadingFailed", {"requestId": "2", "canceled": True})])
    assert [e.kind for e in both] == ["sent", "sent", "lost"]
    other = drain([sent("1", ANN), sent("2", ANN.replace("ann", "bob")), ended])
    assert [(e.kind, e.username) for e in other][-1] == ("lost", "ann")


def test_a_body_that_is_gone_after_a_navigation_is_an_empty_one() -> None:
    (event,) = drain([sent("1", FEED), received("1"), finished("1")])
    assert (event.kind, event.body) == ("feed", "")


def test_the_page_tells_its_status_and_that_it_is_the_replica() -> None:
    page = "https://www.tiktok.com/robots.txt"
    (event,) = drain(
        [sent("1", page, "Document"), received("1", 404, **{"X-Replica": "1", "Set-Cookie": "a"}), finished("1")]
    )
    assert (event.kind, event.status, event.headers) == ("document", 404, {"x-replica": "1"})


def test_a_request_that_spans_two_reads_of_the_log_is_still_followed() -> None:
    driver = Chromium([sent("1", FEED)], {"1": plain("x")})
    log = PerformanceLog(driver)  # type: ignore[arg-type]
    assert log.drain() == []
    driver._entries = [received("1"), finished("1")]
    assert [e.kind for e in log.drain()] == ["feed"]


class Firefox:
    """A driver with BiDi's network module; `push` calls the handlers as selenium's threads do."""

    def __init__(self, bodies: dict[str, str]) -> None:
        self.handlers: dict[str, Any] = {}
        self._bodies = bodies
        self.command_executor = SimpleNamespace(client_config=SimpleNamespace(websocket_interval=0.1))
        self.network = self.script = self

    def add_javascript_error_handler(self, handler: Any) -> None:
        self.handlers["script_error"] = handler

    def add_data_collector(self, _types: list[str], _size: int) -> dict[str, str]:
        return {"collector": "c"}

    def add_event_handler(self, name: str, handler: Any) -> None:
        self.handlers[name] = handler

    def get_data(self, *, request: str, **_: Any) -> dict[str, Any]:
        return {"bytes": {"type": "string", "value": self._bodies[request]}}

    def push(self, name: str, id: str, url: str, **more: Any) -> None:
        told = {"request": {"request": id, "url": url}, "navigation": None, **more}
        # Selenium hands out some events as mappings and some as objects of its own.
        self.handlers[name](told if name == "before_request_sent" else SimpleNamespace(**told))


def response(status: int = 200) -> dict[str, Any]:
    return {"status": status, "headers": [{"name": "X-Replica", "value": {"type": "string", "value": "1"}}]}


def test_bidi_tells_the_same_story() -> None:
    driver = Firefox({"1": "A"})
    collector = BidiCollector(driver)  # type: ignore[arg-type]
    driver.push("before_request_sent", "1", ANN)
    driver.push("response_completed", "1", ANN, response=response())
    driver.push("before_request_sent", "2", "https://www.tiktok.com/api/comment/list/")
    driver.push("response_completed", "2", "https://www.tiktok.com/api/comment/list/", response=response())
    assert [(e.kind, e.username, e.status, e.body) for e in collector.drain()] == [
        ("sent", "ann", 0, ""),
        ("creator", "ann", 200, "A"),
    ]
    assert driver.command_executor.client_config.websocket_interval < 0.01


def test_an_end_that_overtakes_its_start_waits_for_it() -> None:
    driver = Firefox({"1": "A"})
    collector = BidiCollector(driver)  # type: ignore[arg-type]
    driver.push("response_completed", "1", ANN, response=response())
    assert collector.drain() == []
    driver.push("before_request_sent", "1", ANN)
    assert [e.kind for e in collector.drain()] == ["sent", "creator"]


def test_bidi_tells_of_a_cancelled_request_too() -> None:
    driver = Firefox({})
    collector = BidiCollector(driver)  # type: ignore[arg-type]
    driver.push("before_request_sent", "1", ANN)
    driver.push("fetch_error", "1", ANN, errorText="NS_BINDING_ABORTED")
    assert [e.kind for e in collector.drain()] == ["sent", "lost"]
    driver.push("before_request_sent", "2", ANN)
    driver.push("fetch_error", "2", ANN, errorText="NS_ERROR_CONNECTION_REFUSED")
    assert [e.kind for e in collector.drain()] == ["sent", "failed"]


JS = "https://www.tiktok.com/x.js?token=secret"


def severe(source: str, message: str, level: str = "SEVERE") -> dict[str, str]:
    return {"level": level, "source": source, "message": message}


def test_chromium_tells_what_a_page_failed_at_by_kind_and_name_alone() -> None:
    entries = [
        sent("1", JS, "Script"),
        ("responseReceived", {"requestId": "1", "type": "Script", "response": {"status": 404, "headers": {}}}),
        ("loadingFailed", {"requestId": "2", "type": "Script", "errorText": "net::ERR_FAILED"}),
        ("loadingFailed", {"requestId": "3", "type": "Image", "errorText": "net::ERR_FAILED"}),
        ("loadingFailed", {"requestId": "4", "type": "Fetch", "errorText": "net::ERR_ABORTED", "canceled": True}),
        ("loadingFailed", {"requestId": "5", "type": "Script", "errorText": "net::ERR_X", "blockedReason": "csp"}),
    ]
    driver = Chromium(entries, {})
    driver.console = [
        severe("javascript", f"{JS} 3:9 Uncaught TypeError: ann is not a function"),
        severe("console-api", f"{JS} 1:1 the words of ann"),
        severe("network", f"{JS} - Failed to load resource: 404"),
        severe("javascript", f"{JS} RangeError", "WARNING"),
    ]
    log = PerformanceLog(driver)  # type: ignore[arg-type]
    log.drain()
    told = log.failures()
    assert json.loads(told) == {
        "loads": {"script": {"404": 1, "net::ERR_FAILED": 1}},
        "scripts": {"TypeError": 1, "console-api": 1},
    }
    assert "secret" not in told
    log.forget_failures()
    assert json.loads(log.failures()) == {"loads": {}, "scripts": {}}


def test_a_browser_without_a_console_log_says_so() -> None:
    driver = Chromium([], {})
    driver.console = None
    log = PerformanceLog(driver)  # type: ignore[arg-type]
    assert json.loads(log.failures())["scripts"] == "not told by this browser"
    log.forget_failures()
    assert json.loads(log.failures())["scripts"] == "not told by this browser"


def test_bidi_tells_what_a_page_failed_at_too() -> None:
    driver = Firefox({})
    collector = BidiCollector(driver)  # type: ignore[arg-type]
    driver.handlers["script_error"](SimpleNamespace(text="ReferenceError: ann is not defined"))
    for id, destination, status in (("1", "script", 503), ("2", "image", 404), ("3", "", 200)):
        told = {"request": id, "url": JS, "destination": destination}
        driver.handlers["response_completed"]({"request": told, "response": response(status)})
    refused = {"request": {"request": "4", "url": JS, "destination": "style"}, "errorText": "NS_ERROR_NET_RESET"}
    driver.handlers["fetch_error"](refused)
    assert collector.drain() == []
    assert json.loads(collector.failures()) == {
        "loads": {"script": {"503": 1}, "style": {"NS_ERROR_NET_RESET": 1}},
        "scripts": {"ReferenceError": 1},
    }

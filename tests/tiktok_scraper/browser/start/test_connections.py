"""A remote driver that waits for an answer is cut off from another thread, and its session ended all the same."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.remote.client_config import ClientConfig
from urllib3.exceptions import HTTPError

from tiktok_scraper.browser.start import remote
from tiktok_scraper.browser.start.connections import Connections, HeldDriver

ANSWERED_WITHIN_S = 30


class Hanging(ThreadingHTTPServer):
    """Gives a session and ends it; what is asked of the session itself is never answered."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answers)
        self.asked, self.over, self.ended = threading.Event(), threading.Event(), list[str]()


class Answers(BaseHTTPRequestHandler):
    server: Hanging
    protocol_version = "HTTP/1.1"  # the connection is kept, as a grid's is

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self._answer({"sessionId": "one", "capabilities": {"browserName": "chrome"}})

    def do_GET(self) -> None:
        self.server.asked.set()
        self.server.over.wait(ANSWERED_WITHIN_S)

    def do_DELETE(self) -> None:
        self.server.ended.append(self.path)
        self._answer(None)

    def _answer(self, value: object) -> None:
        body = json.dumps({"value": value}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nothing: it is a test."""


@pytest.fixture
def hanging() -> Iterator[Hanging]:
    with Hanging() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.over.set()
        server.shutdown()


def test_the_command_that_is_out_fails_and_the_session_is_ended(hanging: Hanging) -> None:
    address = f"http://127.0.0.1:{hanging.server_port}"
    driver = HeldDriver(address, Options(), ClientConfig(address, timeout=600), Connections())
    with ThreadPoolExecutor(1) as thread:
        asked = thread.submit(lambda: driver.current_url)
        assert hanging.asked.wait(ANSWERED_WITHIN_S)
        driver.cut_off()
        with pytest.raises((HTTPError, OSError)):
            asked.result(ANSWERED_WITHIN_S)
        with pytest.raises((HTTPError, OSError)):
            _ = driver.title  # and so does each that is to come
    assert remote.end(driver)
    assert hanging.ended == ["/session/one"]

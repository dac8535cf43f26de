"""A real browser, one a module, beside a server that answers every address with the page it is to show."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from selenium.webdriver import Chrome, ChromeOptions
from selenium.webdriver.chrome.service import Service

from tiktok_scraper.browser.view.look import look
from tiktok_scraper.pages.state import Look


@dataclass
class Screen:
    """A browser beside a server that answers every address with the page it is to show."""

    driver: Chrome
    server: ThreadingHTTPServer
    html: bytes = b""

    def show(self, html: str, url: str) -> Look:
        self.html = html.encode()
        self.driver.get(f"http://127.0.0.1:{self.server.server_port}{url}")
        return look(self.driver)


@pytest.fixture(scope="module")
def screen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Screen]:
    chromium, driver_path = shutil.which("chromium"), shutil.which("chromedriver")
    if not chromium or not driver_path:
        pytest.skip("needs chromium and chromedriver on the path")

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(shown.html)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    options = ChromeOptions()
    options.binary_location = chromium
    for argument in (
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--window-size=1280,800",
        # The saved pages name hosts of the real site: nothing may reach them.
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
        f"--user-data-dir={tmp_path_factory.mktemp('profile')}",
    ):
        options.add_argument(argument)
    driver = Chrome(options=options, service=Service(driver_path))
    shown = Screen(driver, server)
    yield shown
    driver.quit()
    server.shutdown()
    server.server_close()
    thread.join()

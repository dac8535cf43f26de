"""A page that a stock request asks for is that page, or an error that says what came instead."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from selenium.common.exceptions import JavascriptException, TimeoutException, WebDriverException
from selenium.webdriver.common.by import By
from selenium.webdriver.support import expected_conditions as expected

from tiktok_scraper.browser.draw import Drawn, draw
from tiktok_scraper.browser.session import Session
from tiktok_scraper.config import BrowserConfig
from tiktok_scraper.errors import NoPage

FILE = {"Content-Type": "application/octet-stream", "Content-Disposition": "attachment; filename=left-behind.bin"}
HTML = {"Content-Type": "text/html"}
ANSWERS: dict[str, tuple[int, dict[str, str], bytes]] = {
    "/page": (200, HTML, b"<title>page</title><p>before</p>"),
    "/gone": (404, HTML, b"<title>gone</title>"),
    "/nothing": (204, {}, b""),
    "/file": (200, FILE, b"abc"),
    "/to-nothing": (302, {"Location": "/nothing"}, b""),
    "/to-page": (302, {"Location": "/page"}, b""),
    "/failing": (500, {}, b""),
}


class Site(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        status, headers, body = ANSWERS[self.path]
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if status != 204:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def session(site: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    session = Session(BrowserConfig(runs_dir=tmp_path_factory.mktemp("r")), site, cut=lambda: False)
    yield session
    session.close()


def opened(session: Session, url: str, **wanted: object) -> Drawn:
    return draw(session.driver, session.capture, url, **wanted)  # type: ignore[arg-type]


@pytest.mark.browser
@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/nothing", "the server answered 204, which brings no page"),
        ("/to-nothing", "the server answered 204, which brings no page"),
        ("/file", "the server answered 200 with a file (application/octet-stream)"),
        ("/failing", "the server answered 500 without a page"),
    ],
)
def test_what_brings_no_page_is_an_error_and_never_the_page_before(
    session: Session, site: str, path: str, said: str
) -> None:
    assert b"before" in opened(session, f"{site}/page").html
    with pytest.raises(NoPage) as refused:
        opened(session, site + path)
    assert f"{site}{path} brought no page: {said}" in str(refused.value)
    assert b"before" in opened(session, f"{site}/page").html, "and the browser goes on"
    assert not (Path.home() / "Downloads" / "left-behind.bin").exists()


@pytest.mark.browser
def test_a_page_is_told_by_where_it_was_found(session: Session, site: str) -> None:
    assert opened(session, f"{site}/to-page").url == f"{site}/page"
    assert b"gone" in opened(session, f"{site}/gone").html
    for _ in range(2):
        assert b"before" in opened(session, f"{site}/page#part").html


@pytest.mark.browser
def test_a_wait_that_is_not_fulfilled_says_what_for_how_long_and_where(session: Session, site: str) -> None:
    never = expected.presence_of_element_located((By.ID, "closed"))
    with pytest.raises(TimeoutException) as refused:
        opened(session, f"{site}/page", wait_time=0.2, wait_until=never)
    said = "wait_until was not fulfilled within 0.2 s on {}/page: presence_of_element_located(('id', 'closed'))"
    assert str(refused.value).strip() == f"Message: {said.format(site)}"


@pytest.mark.browser
def test_what_selenium_raises_is_raised(session: Session, site: str) -> None:
    with pytest.raises(JavascriptException, match="closed"):
        opened(session, f"{site}/page", script="throw new Error('closed')")
    with pytest.raises(WebDriverException, match=r"http://no-such.invalid/ could not be opened: .*NAME_NOT_RESOLVED"):
        opened(session, "http://no-such.invalid/")

"""What a page failed at, as real browsers tell it: kinds, statuses and classes of errors, and nothing of the page."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.e2e import geckodriver
from tiktok_scraper.browser.failures import Failures
from tiktok_scraper.browser.session import Session
from tiktok_scraper.config import BrowserConfig
from tiktok_scraper.errors import CouldNotStart

# A script that is not there, one that fails, one that fetches in vain; a picture that is not there counts for nothing.
PAGE = """<!DOCTYPE html><link rel=icon href=data:,><script src="/missing.js?token=secret"></script>
<img src="/missing.png"><script>fetch("/missing.json?token=secret").catch(() => 0);
fetch("http://127.0.0.1:9/").catch(() => 0); document.nothing.there("secret")</script>"""
# A list that does not come while the page is there.
AWAITS = """<!DOCTYPE html><link rel=icon href=data:,><p>wait</p>
<script>fetch("/api/recommend/item_list/?count=1").catch(() => 0)</script>"""
REST = "<!DOCTYPE html><link rel=icon href=data:,><p>all is well</p>"


left = threading.Event()


class Site(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path.startswith("/api/"):
            left.wait(60)
        found = {"/broken": PAGE, "/whole": REST, "/awaits": AWAITS}.get(self.path)
        self.send_response(200 if found else 404)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write((found or "").encode())

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    left.set()
    server.shutdown()
    server.server_close()


def told(site: str, folder: Path, **settings: str) -> tuple[str, str]:
    """What a broken page failed at, and what one that is opened after it did."""
    try:
        session = Session(BrowserConfig(runs_dir=folder, **settings), site, cut=lambda: False)  # type: ignore[arg-type]
    except CouldNotStart as error:
        if "network.addDataCollector" in str(error):
            pytest.skip("this Firefox is too old for any crawl: it collects no data")
        raise
    try:
        broken, whole = (
            session.turn("open", {"url": f"{site}{path}", "timeout": 2.0}).facts["errors"]
            for path in ("/broken", "/whole")
        )
    finally:
        session.close()
    return broken, whole


@pytest.mark.browser
def test_a_list_that_a_page_awaited_when_it_was_left_is_awaited_no_more(site: str, tmp_path: Path) -> None:
    session = Session(BrowserConfig(runs_dir=tmp_path), site, cut=lambda: False)
    try:
        turns = [session.turn("open", {"url": f"{site}/{page}", "timeout": 2.0}) for page in ("awaits", "whole")]
    finally:
        session.close()
    assert [turn.facts["list"] for turn in turns] == ["awaited", ""]


@pytest.mark.browser
def test_chromium_tells_scripts_and_data_that_failed_and_the_class_of_an_error(site: str, tmp_path: Path) -> None:
    broken, whole = told(site, tmp_path)
    assert json.loads(broken) == {
        "loads": {"data": {"404": 1, "net::ERR_UNSAFE_PORT": 1}, "script": {"404": 1}},
        "scripts": {"TypeError": 1},
    }
    assert "secret" not in broken
    assert json.loads(whole) == {"loads": {}, "scripts": {}}, "the page before is forgotten"


@pytest.mark.browser
@pytest.mark.firefox
def test_firefox_tells_them_too(site: str, tmp_path: Path) -> None:
    broken, whole = told(site, tmp_path, driver_name="firefox", driver_path=geckodriver.path())
    loads, scripts = (json.loads(broken)[name] for name in ("loads", "scripts"))
    assert loads["script"] == {"404": 1}
    assert loads["data"]["404"] == 1
    assert scripts == {"TypeError": 1}
    assert "secret" not in broken
    assert json.loads(whole) == {"loads": {}, "scripts": {}}


def test_what_has_no_class_is_told_by_its_source_and_a_kind_that_draws_nothing_not_at_all() -> None:
    failures = Failures()
    failures.logged("SEVERE", "security", "Refused to load the words of ann")
    failures.logged("SEVERE", "javascript", "Uncaught ChunkLoadError: Loading chunk 7 failed.")
    failures.failed("Image", "net::ERR_FAILED")
    failures.failed("Script", "")
    failures.answered("Document", 399)
    assert json.loads(failures.told()) == {
        "loads": {"script": {"not told": 1}},
        "scripts": {"ChunkLoadError": 1, "security": 1},
    }

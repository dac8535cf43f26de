"""A killed run's session on a far driver is ended by the next run, and the address's password is told to nobody."""

from __future__ import annotations

import base64
import json
import logging
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import psutil
import pytest

from tests.project import ROOT
from tiktok_scraper.browser.start import far
from tiktok_scraper.browser.start.before import check_executor
from tiktok_scraper.browser.start.run_directory import sweep
from tiktok_scraper.config.values import shown
from tiktok_scraper.errors import CouldNotStart

NAME = "tiktok_scraper browser-killed"
SECRET = "p/w:%"  # as it stands in an address: p%2Fw%3A%25


class Grid:
    """An HTTP server that notes what it is asked, and answers with a status."""

    def __init__(self, status: int) -> None:
        self.told: object = None
        self.asked: list[tuple[str, str, str | None]] = []
        grid = self

        class Handler(BaseHTTPRequestHandler):
            def answer(self) -> None:
                grid.asked.append((self.command, self.path, self.headers.get("Authorization")))
                self.send_response(status)
                self.end_headers()
                self.wfile.write(json.dumps(grid.told).encode())

            do_GET = do_DELETE = answer  # noqa: N815  http.server's names

            def log_message(self, *_: object) -> None:
                pass

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://me:p%2Fw%3A%25@127.0.0.1:{self.server.server_port}/wd/hub"


@pytest.fixture
def grid(request: pytest.FixtureRequest) -> Iterator[Grid]:
    grid = Grid(getattr(request, "param", 200))
    thread = threading.Thread(target=grid.server.serve_forever, args=(0.01,))
    thread.start()
    yield grid
    grid.server.shutdown()
    thread.join()
    grid.server.server_close()


def left_by_a_killed_run(parent: Path, address: str, session: str | None = "f00d") -> Path:
    left = parent / "browser-killed"
    left.mkdir()
    (left / "lock").touch()
    far.keep_note(left, address, NAME, session)
    return left


@pytest.mark.parametrize("grid", [200, 404], indirect=True)
def test_the_session_of_a_killed_run_is_ended_where_it_is_with_the_addresss_password(
    grid: Grid, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    left = left_by_a_killed_run(tmp_path, grid.address)
    assert (left / far.NOTE).stat().st_mode & 0o777 == 0o600
    with caplog.at_level(logging.DEBUG):
        assert sweep(tmp_path) == 1
    expected = "Basic " + base64.b64encode(f"me:{SECRET}".encode()).decode()
    assert grid.asked == [("DELETE", "/wd/hub/session/f00d", expected)]
    assert not left.exists()
    assert SECRET not in caplog.text and "p%2F" not in caplog.text


def test_a_session_that_was_still_being_made_is_known_by_its_name(grid: Grid, tmp_path: Path) -> None:
    grid.told = status(("f00d", NAME), ("cafe", "tiktok_scraper browser-of-another"), ("beef", None))
    left = left_by_a_killed_run(tmp_path, grid.address, session=None)
    assert sweep(tmp_path) == 1 and not left.exists()
    assert [asked[:2] for asked in grid.asked] == [("GET", "/wd/hub/status"), ("DELETE", "/wd/hub/session/f00d")]


def test_a_session_that_may_still_come_is_looked_for_again(grid: Grid, tmp_path: Path) -> None:
    grid.told = status()
    left = left_by_a_killed_run(tmp_path, grid.address, session=None)
    assert sweep(tmp_path) == 0 and left.exists()
    earlier = time.time() - 2 * far.COMES_WITHIN_S
    os.utime(left / far.NOTE, (earlier, earlier))
    assert sweep(tmp_path) == 1 and not left.exists()
    assert {method for method, *_ in grid.asked} == {"GET"}


def status(*sessions: tuple[str, str | None]) -> object:
    """A grid's answer, as Selenium 4.48 gives it, with a node of such sessions: id and name."""
    capabilities = ({"se:name": name} if name else {} for _, name in sessions)
    slots = [{"session": {"sessionId": id, "capabilities": next(capabilities)}} for id, _ in sessions]
    return {"value": {"nodes": [{"slots": [*slots, {"session": None}]}]}}


@pytest.mark.parametrize("grid", [401, 500, 503], indirect=True)
def test_a_hub_that_refuses_is_asked_again_by_the_next_run(
    grid: Grid, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    left = left_by_a_killed_run(tmp_path, grid.address)
    assert sweep(tmp_path) == 0 and left.exists()
    assert "could not be ended" in caplog.text and SECRET not in caplog.text


def test_where_nobody_answers_it_is_tried_again_for_a_day(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    left = left_by_a_killed_run(tmp_path, "http://me:secret@127.0.0.1:9")
    assert sweep(tmp_path) == 0 and left.exists()
    assert "at http://127.0.0.1:9 could not be ended" in caplog.text and "secret" not in caplog.text
    yesterday = time.time() - 25 * 3600
    os.utime(left / far.NOTE, (yesterday, yesterday))
    assert sweep(tmp_path) == 1 and not left.exists()


@pytest.mark.parametrize("torn", ["", "{", "[]", '{"executor": "http://127.0.0.1:9"}'])
def test_a_note_that_the_kill_tore_keeps_no_folder(tmp_path: Path, torn: str) -> None:
    left = left_by_a_killed_run(tmp_path, "http://127.0.0.1:9")
    (left / far.NOTE).write_text(torn)
    assert sweep(tmp_path) == 1 and not left.exists()


def test_a_grid_with_a_password_is_asked_for_its_status_with_it(grid: Grid) -> None:
    check_executor(grid.address)
    ((method, path, known),) = grid.asked
    assert (method, path) == ("GET", "/wd/hub/status") and known is not None


def test_a_grid_that_does_not_answer_is_named_without_its_password() -> None:
    with pytest.raises(CouldNotStart) as told:
        check_executor("http://me:secret@127.0.0.1:9/wd/hub")
    assert "http://127.0.0.1:9/wd/hub" in str(told.value) and "secret" not in str(told.value)


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("http://127.0.0.1:4444", "http://127.0.0.1:4444"),
        ("https://me:a@b@grid.example:4444//wd@hub", "https://grid.example:4444//wd@hub"),
        ("me:secret@grid.example", "grid.example"),
    ],
)
def test_an_address_is_shown_without_its_password(address: str, told: str) -> None:
    assert shown(address) == told


def eventually(true: Callable[[], object], seconds: float = 60) -> None:
    ends = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < ends
        time.sleep(0.05)


# Starts a session at the address, and tells of it on its output; it is killed then.
RUN = """
import sys, time
from pathlib import Path
from tiktok_scraper.browser.start.launch import launch
from tiktok_scraper.config import BrowserConfig
launch(BrowserConfig(command_executor=sys.argv[1], runs_dir=Path(sys.argv[2])), "http://127.0.0.1/")
print("started", flush=True)
time.sleep(600)
"""


@pytest.mark.browser
def test_a_real_session_outlives_a_killed_run_until_the_next_one_looks() -> None:
    driver = shutil.which("chromedriver")
    assert driver
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    address = f"http://me:secret@127.0.0.1:{port}"
    with (
        tempfile.TemporaryDirectory(prefix="t-") as folder,
        subprocess.Popen([driver, f"--port={port}"], stdout=subprocess.DEVNULL) as remote,
    ):
        try:
            eventually(lambda: answers(port))
            words = [sys.executable, "-c", RUN, address, folder]
            with subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, text=True) as run:
                assert run.stdout is not None and run.stdout.readline() == "started\n"
                browsers = psutil.Process(remote.pid).children(recursive=True)
                run.send_signal(signal.SIGKILL)
            assert browsers and all(browser.is_running() for browser in browsers)
            (note,) = Path(folder).glob(f"browser-*/{far.NOTE}")
            assert json.loads(note.read_text())["executor"] == address
            assert sweep(Path(folder)) == 1
            eventually(lambda: not psutil.Process(remote.pid).children(recursive=True))
        finally:
            remote.terminate()


def answers(port: int) -> bool:
    try:
        urllib.request.urlopen(f"http://127.0.0.1:{port}/status", timeout=1).close()
    except OSError:
        return False
    return True

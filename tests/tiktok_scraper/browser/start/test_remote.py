"""A request for a session that the run needs no more is taken back, whatever it is at."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tiktok_scraper.browser.start import remote
from tiktok_scraper.browser.start.run_directory import RunDirectory
from tiktok_scraper.config import BrowserConfig
from tiktok_scraper.errors import CouldNotStart, StartCut


@pytest.fixture
def silent() -> Iterator[socket.socket]:
    """A server that takes connections and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(10)
        yield listening


@pytest.fixture
def directory(tmp_path: Path) -> Iterator[RunDirectory]:
    made = RunDirectory(tmp_path)
    yield made
    made.remove()


def config(listening: socket.socket, seconds: float) -> BrowserConfig:
    address = f"http://127.0.0.1:{listening.getsockname()[1]}"
    return BrowserConfig(command_executor=address, slot_timeout=seconds)


def until_closed(listening: socket.socket, asked: threading.Event) -> None:
    """Take the request, say so, and wait until its connection is closed."""
    taken, _ = listening.accept()
    with taken:
        taken.settimeout(10)
        assert b"/session" in taken.recv(1 << 16)
        asked.set()
        while taken.recv(1 << 16):
            pass


def test_its_connection_is_closed_when_the_run_needs_it_no_more(
    silent: socket.socket, directory: RunDirectory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(remote, "_check_slots", lambda *_: None)
    asked, errors = threading.Event(), list[BaseException]()

    def serve() -> None:
        try:
            until_closed(silent, asked)
        except BaseException as error:  # noqa: BLE001  told below
            errors.append(error)

    server = threading.Thread(target=serve)
    server.start()
    with pytest.raises(StartCut):
        remote.start(config(silent, 60), "http://127.0.0.1:1/", directory, asked.is_set)
    server.join(10)
    assert not server.is_alive() and not errors


def test_nobody_waits_longer_than_was_told(
    silent: socket.socket, directory: RunDirectory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(remote, "_check_slots", lambda *_: None)
    with pytest.raises(CouldNotStart, match=r"no session came within 0\.3 s"):
        remote.start(config(silent, 0.3), "http://127.0.0.1:1/", directory, lambda: False)

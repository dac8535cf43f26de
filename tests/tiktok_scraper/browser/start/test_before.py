"""What is looked at before a browser starts; the faults themselves are tried by whole crawls."""

from __future__ import annotations

import http.server
import socket
import threading
from pathlib import Path

import pytest

from tiktok_scraper.browser.start import before
from tiktok_scraper.browser.start.before import check_display, check_driver, check_executor
from tiktok_scraper.errors import CouldNotStart


def test_a_driver_that_tells_its_version_passes(tmp_path: Path) -> None:
    driver = tmp_path / "driver"
    driver.write_text("#!/bin/sh\necho ChromeDriver 156.0\n")
    driver.chmod(0o755)
    check_driver(str(driver), "chrome")
    with pytest.raises(CouldNotStart, match="no driver of firefox"):
        check_driver(str(driver), "firefox")


def test_a_headless_browser_needs_no_display(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    check_display(has_window=False)
    with pytest.raises(CouldNotStart, match="DISPLAY"):
        check_display(has_window=True)
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    check_display(has_window=True)


@pytest.mark.parametrize("status", [200, 404, 503])
def test_whoever_answers_is_there(status: int) -> None:
    asked = []

    class Answer(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(status)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            pass

    with http.server.HTTPServer(("127.0.0.1", 0), Answer) as server:
        threading.Thread(target=server.handle_request).start()
        check_executor(f"http://127.0.0.1:{server.server_port}/wd/hub/")
    assert asked == ["/wd/hub/status"]


def test_whoever_takes_the_question_is_asked_once_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(before, "STATUS_WITHIN_S", 0.2)
    told, asked = b'{"value": {"ready": true}}', []

    def serve(server: socket.socket) -> None:
        for answers in (False, True):
            taken, _ = server.accept()
            asked.append(taken)
            if answers:
                taken.recv(1 << 16)
                taken.sendall(b"HTTP/1.0 200 OK\r\nContent-Length: %d\r\n\r\n%b" % (len(told), told))

    with socket.create_server(("127.0.0.1", 0)) as server:
        slow = threading.Thread(target=serve, args=(server,), daemon=True)
        slow.start()
        assert check_executor(f"http://127.0.0.1:{server.getsockname()[1]}") == {"value": {"ready": True}}
        slow.join()
    for taken in asked:
        taken.close()


def test_who_never_answers_is_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(before, "STATUS_WITHIN_S", 0.1)
    monkeypatch.setattr(before, "PATIENT_S", 0.2)
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        pytest.raises(CouldNotStart, match=r"nobody answers there \(timed out\)"),
    ):
        check_executor(f"http://127.0.0.1:{server.getsockname()[1]}")

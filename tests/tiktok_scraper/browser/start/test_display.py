"""The display of a virtual run: when it is started, how it ends, and what is said where it can't be."""

from __future__ import annotations

import shutil
import subprocess
import threading
import time
from pathlib import Path

import psutil
import pytest

from tiktok_scraper.browser.start import display
from tiktok_scraper.browser.start.display import VirtualDisplay
from tiktok_scraper.browser.start.display import _BoundXvfb as XvfbDisplay
from tiktok_scraper.browser.start.processes import on_display
from tiktok_scraper.config import BrowserConfig
from tiktok_scraper.errors import BadSetting, CouldNotStart

VIRTUAL = BrowserConfig(headless="virtual")
needs_xvfb = pytest.mark.skipif(not shutil.which("Xvfb"), reason="needs Xvfb (apt-get install xvfb)")


def xvfb() -> list[psutil.Process]:
    return [p for p in psutil.Process().children() if p.status() != psutil.STATUS_ZOMBIE and p.name() == "Xvfb"]


@needs_xvfb
@pytest.mark.system
def test_it_is_started_once_when_asked_for_and_ends_with_its_files() -> None:
    shown = VirtualDisplay((1280, 800))
    assert xvfb() == []
    first, second = shown.onto(VIRTUAL), shown.onto(VIRTUAL)
    assert first.display == second.display != ""
    assert first.place != second.place, "windows that cover one another wholly are throttled"
    (process,) = xvfb()
    socket = Path(f"/tmp/.X11-unix/X{first.display[1:]}")
    assert socket.is_socket()
    assert "1920x1120x24" in process.cmdline()
    shown.stop()
    assert xvfb() == []
    assert not socket.exists()
    shown.stop()  # again, as after a run that never began


@pytest.mark.parametrize("headless", [True, False])
def test_no_other_run_has_one(headless: bool) -> None:
    config = BrowserConfig(headless=headless)
    shown = VirtualDisplay((1280, 800))
    assert shown.onto(config) is config
    shown.stop()
    assert xvfb() == []


def test_without_xvfb_it_is_said_how_to_get_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(CouldNotStart, match="apt-get install xvfb"):
        VirtualDisplay((1280, 800)).onto(VIRTUAL)


@pytest.mark.parametrize(
    ("script", "within_s", "says"),
    [("echo no screen >&2; exit 1", 60.0, "no screen"), ("exec /bin/sleep 600", 0.5, "within 0.5 s")],
)
def test_an_xvfb_that_does_not_start_is_told_with_its_words(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, script: str, within_s: float, says: str
) -> None:
    program = tmp_path / "Xvfb"
    program.write_text(f'#!/bin/sh\n[ "$1" = -help ] && echo "-displayfd fd" >&2 && exit 0\n{script}\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(display, "START_WITHIN_S", within_s)
    shown, began = VirtualDisplay((1280, 800)), time.monotonic()
    with pytest.raises(CouldNotStart, match=says):
        shown.onto(VIRTUAL)
    shown.stop()
    assert time.monotonic() - began < 60, "what has ended is not waited for, and what hangs no longer than it may"


def test_one_that_has_not_even_begun_in_time_is_killed_as_it_begins(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    program = tmp_path / "Xvfb"
    program.write_text('#!/bin/sh\n[ "$1" = -help ] && echo "-displayfd fd" >&2 && exit 0\nexec /bin/sleep 600\n')
    program.chmod(0o755)
    begin, begun = XvfbDisplay._popen, threading.Event()

    def late(self: XvfbDisplay, use_pass_fds: bool) -> None:
        time.sleep(0.5)
        begin(self, use_pass_fds)
        begun.set()

    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(XvfbDisplay, "_popen", late)
    monkeypatch.setattr(display, "START_WITHIN_S", 0.1)
    shown = VirtualDisplay((1280, 800))
    with pytest.raises(CouldNotStart, match=r"within 0\.1 s"):
        shown.onto(VIRTUAL)
    assert begun.is_set(), "it ended as it began"
    shown.stop()


def test_windows_are_drawn_there_and_on_no_desktop_beside_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    around = subprocess.run(["/usr/bin/env"], env=on_display(":5"), capture_output=True, text=True, check=True).stdout
    assert "DISPLAY=:5\n" in around
    assert "WAYLAND_DISPLAY" not in around


def test_a_far_browser_has_no_display_of_ours() -> None:
    with pytest.raises(BadSetting, match="SELENIUM_COMMAND_EXECUTOR"):
        BrowserConfig(headless="virtual", command_executor="http://127.0.0.1:4444")

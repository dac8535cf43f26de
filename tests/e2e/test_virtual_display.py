"""TIKTOK_HEADLESS=virtual: a window on a display of the run's own, which ends with the run however that ends."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from pathlib import Path
from typing import Any

import psutil
import pytest

from replica.options import Options
from replica.serving.server import Replica
from tests.e2e.conftest import command, environment, read_lines

pytestmark = [
    pytest.mark.browser,
    pytest.mark.system,
    pytest.mark.skipif(not shutil.which("Xvfb"), reason="needs Xvfb (apt-get install xvfb)"),
]
VIRTUAL = {"TIKTOK_HEADLESS": "virtual"}
SOON_S = 10.0


def x_files() -> set[str]:
    """The locks and sockets of all X displays."""
    return {path.name for path in (*Path("/tmp").glob(".X*-lock"), *Path("/tmp/.X11-unix").glob("*"))}


def until(done: Any, seconds: float = SOON_S) -> bool:
    end = time.monotonic() + seconds
    while not (so := done()) and time.monotonic() < end:
        time.sleep(0.05)
    return bool(so)


def gone(process: psutil.Process) -> bool:
    try:
        return not process.is_running() or process.status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


def test_a_run_with_a_window_gathers_what_a_headless_one_does_and_says_so(crawl: Any) -> None:
    before = x_files()
    ran = crawl(limit=12, settings=VIRTUAL, era="c")
    assert (ran.exit_code, len(ran.lines)) == (0, 12), ran.printed
    assert {line["id"] for line in ran.lines} <= ran.truth.keys()
    assert ran.end["headless"] == "virtual"
    told = ran.end["contact"]["browser"]
    assert (told["headless"], told["visibility"]) == ("virtual", "visible")
    # The agent is the browser's own: that it has a window is why it does not say Headless.
    assert "Headless" not in told["agent"]
    assert told["webdriver"] == "true"
    # Others' displays come and go meanwhile.
    assert until(lambda: x_files() <= before), x_files() - before


def test_windows_over_one_another_share_the_display_and_go_on(crawl: Any) -> None:
    ran = crawl(limit=12, settings=VIRTUAL, more=("-a", "browsers=2"))
    assert (ran.exit_code, len(ran.lines)) == (0, 12), ran.printed
    assert {line["session"] for line in ran.lines} == {1, 2}


def test_nothing_is_left_of_a_run_that_is_killed(folder: Path) -> None:
    before = x_files()
    with Replica(Options(latency_ms=20, card_delay_ms=20)) as site:
        words = command(site.url, folder / "data", 100, {**VIRTUAL, "TIKTOK_PACE": 0.3})
        run = subprocess.Popen(words, env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            assert until(lambda: len(read_lines(folder / "data" / "tiktoks.jsonlines")) >= 3, 90)
            below = psutil.Process(run.pid).children(recursive=True)
            assert {"Xvfb", "chromedriver"} <= {process.name() for process in below}
        finally:
            os.kill(run.pid, signal.SIGKILL)
            run.wait()
        assert until(lambda: all(map(gone, below))), [process for process in below if not gone(process)]
        assert until(lambda: x_files() <= before), x_files() - before


def test_without_xvfb_the_run_ends_with_how_to_get_it(folder: Path) -> None:
    programs = folder / "bin"
    programs.mkdir()
    for name in ("chromium", "chromedriver"):
        (programs / name).symlink_to(str(shutil.which(name)))
    done = subprocess.run(
        command("http://127.0.0.1:9/foryou", folder / "data", 5, VIRTUAL),
        env={**environment(), "PATH": str(programs)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1, done.stderr
    assert "apt-get install xvfb" in done.stderr
    assert read_lines(folder / "data" / "runs.jsonlines")[-1]["reason"] == "could-not-start"

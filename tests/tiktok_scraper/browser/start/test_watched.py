"""A driver that waits for a browser which has exited is killed; one whose browser lives is left alone."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from tiktok_scraper.browser.start.watched import Watched, alive


@pytest.fixture
def driver() -> Iterator[SimpleNamespace]:
    """As selenium's service holds a driver, which waits."""
    with subprocess.Popen(["sleep", "60"]) as process:
        yield SimpleNamespace(process=process)
        process.kill()


def program(folder: Path, text: str) -> str:
    path = folder / "it's a browser"
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)
    return str(path)


def test_the_browser_is_started_under_its_own_process_id_with_its_arguments(tmp_path: Path) -> None:
    browser = program(tmp_path, 'echo "$$ $*"; echo a reason >&2')
    (tmp_path / "run").mkdir()
    watched = Watched(browser, tmp_path / "run")
    with subprocess.Popen([watched.path, "--a", "b c"], stdout=subprocess.PIPE, text=True) as started:
        told, _ = started.communicate(timeout=10)
    assert told == f"{started.pid} --a b c\n"
    assert watched.log.read_text() == "a reason\n"


def test_its_end_ends_the_drivers_waiting(tmp_path: Path, driver: SimpleNamespace) -> None:
    watched = Watched(program(tmp_path, "exit 133"), tmp_path)
    began = time.monotonic()
    with watched.start(driver):
        subprocess.run([watched.path], check=False)
        driver.process.wait(10)
    assert watched.exited
    assert time.monotonic() - began < 5


def test_while_it_runs_the_driver_is_left_alone(tmp_path: Path, driver: SimpleNamespace) -> None:
    watched = Watched(program(tmp_path, "exec sleep 60"), tmp_path)
    with watched.start(driver), subprocess.Popen([watched.path]) as started:
        time.sleep(1.5)
        assert driver.process.poll() is None
        started.kill()
        started.wait(10)
        driver.process.wait(10)
    assert watched.exited


def test_a_launcher_that_hands_the_browser_on_is_no_end(tmp_path: Path, driver: SimpleNamespace) -> None:
    watched = Watched(program(tmp_path, "exit 0"), tmp_path)
    # What uses the folder has its path among its arguments, as a browser has its profile's.
    keeper = ["sh", "-c", "sleep 60; :", f"--user-data-dir={tmp_path}/profile"]
    with subprocess.Popen(keeper) as kept, watched.start(driver):
        subprocess.run([watched.path], check=True)
        time.sleep(1.5)
        assert driver.process.poll() is None
        assert not watched.exited
        kept.kill()


def test_a_zombie_does_not_live() -> None:
    with subprocess.Popen(["true"]) as ended:
        while alive(ended.pid):
            time.sleep(0.01)
        assert Path(f"/proc/{ended.pid}").exists(), "nobody has waited for it yet"

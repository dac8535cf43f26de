"""What a real cron's jobs leave behind where an hour goes wrong, or its clock does: nothing of ours, all of others."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psutil
import pytest

from tests.e2e.cron_daemon import Machine, needs_cron
from tests.e2e.job_copy import NAME, copy_job, run_of
from tests.e2e.test_cron import alive, carriers, end_all, eventually, start_of
from tests.project import ROOT
from tools.hourly.line import Checkout

pytestmark = [pytest.mark.system, needs_cron]

# A crawl that stands in: notes that it was, leaves a child behind, and then ends, waits, or waits whatever it is told.
STAND_IN = """#!{python}
import json, os, signal, subprocess, sys, time
child = subprocess.Popen(["sleep", "600"])
if "stubborn" in sys.argv:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
with open("started", "a") as file:
    file.write(json.dumps([os.getpid(), child.pid]) + "\\n")
if "waits" in sys.argv or "stubborn" in sys.argv:
    time.sleep(600)
"""


class Home:
    """A checkout with the job, and a crawl that stands in."""

    def __init__(self, path: Path) -> None:
        self.path = path
        path.mkdir()
        copy_job(path, GRACE_S=1)
        self.python = path / ".venv" / "bin" / "python"
        self.python.parent.mkdir(parents=True)
        self.python.write_text(STAND_IN.format(python=sys.executable))
        self.python.chmod(0o755)

    def line(self, arguments: str = "") -> str:
        return f"0 * * * * {os.fsdecode(Checkout(self.path / NAME).command())} {arguments}\n"

    def started(self) -> list[list[int]]:
        path = self.path / "started"
        return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []

    def log(self) -> str:
        log = self.path / "cron.log"
        return log.read_text() if log.exists() else ""

    def begun(self, word: str) -> subprocess.Popen[bytes]:
        """A run by hand that goes on until the hour."""
        job = subprocess.Popen([self.path / NAME, word], env={"PATH": "/usr/bin:/bin"}, stderr=subprocess.DEVNULL)
        eventually(self.started)
        return job


@contextmanager
def others() -> Iterator[psutil.Process]:
    """Somebody else's browser, by the name and the arguments of ours."""
    words = ["chromium", "-c", "sleep 600; :", "--user-data-dir=/home/somebody/profile"]
    with subprocess.Popen(words, executable="/bin/sh", start_new_session=True) as browser:
        try:
            yield psutil.Process(browser.pid)
        finally:
            os.killpg(browser.pid, signal.SIGKILL)


@pytest.fixture
def short() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="d-") as name:
        yield Path(name)
        end_all(name)


def left_clean(short: Path, browser: psutil.Process) -> None:
    """None of our processes is left, nothing in the temporary folder, and the others' browser is as it was."""
    eventually(lambda: not carriers(str(short)))
    assert list((short / "tmp").iterdir()) == []
    assert browser.is_running() and browser.status() != psutil.STATUS_ZOMBIE


def test_the_hour_strikes_on_runs_that_hang_pids_of_strangers_and_set_ups_that_are_gone(short: Path) -> None:
    machine = Machine(short / "machine")
    (short / "tmp").mkdir()
    stubborn, reused, bare, full = (
        Home(short / name) for name in ("it's 100% stubborn", "reused", "without .venv", "full")
    )
    bare.python.unlink()
    full.python.unlink()
    full.python.parent.rmdir()
    (full.path / ".venv").rmdir()
    (full.path / ".venv").symlink_to(sys.prefix)
    for name in ("tiktok_scraper", "tools", "scrapy.cfg"):
        (full.path / name).symlink_to(ROOT / name)
    crontab = f"MAILTO=owner\nTMPDIR={short / 'tmp'}\n"
    crontab += stubborn.line() + reused.line() + bare.line() + full.line(f"-s TIKTOK_DATA_DIR={machine.full}")
    with others() as browser:
        (reused.path / "runs").mkdir()
        boot = Path("/proc/sys/kernel/random/boot_id").read_text().strip()
        stranger = f"{browser.pid} {int(start_of(browser.pid)) - 1} {boot} {boot}.1.1\n"
        (reused.path / "runs" / "cron.pid").write_text(stranger)
        hanging = stubborn.begun("stubborn")
        with machine.cron(crontab, datetime(2026, 1, 1, 10, 59, 35, tzinfo=UTC)):
            eventually(lambda: stubborn.log().count("ended with exit code") == 2, 60, stubborn.path / "cron.log")
            eventually(lambda: "ended with exit code 0" in reused.log(), 60, reused.path / "cron.log")
            eventually(lambda: len(machine.mail()) == 2, 120, full.path / "cron.log")
        assert hanging.wait(30) == 128 + signal.SIGKILL
        assert "did not end in 1 s: killed" in stubborn.log()
        (first, _), (second, child) = stubborn.started()
        assert first != second and not alive(child)
        assert "still goes" not in reused.log()
        told = "".join(machine.mail())
        assert f"there is no {bare.python}, or what it leads to is gone: run make setup" in told
        assert "nothing was crawled (exit code 1)" in told and str(machine.full) in told and "left" in told
        assert [mail.count("\n") for mail in machine.mail()] == [1, 1], "a paragraph each"
        left_clean(short, browser)


NIGHTS = {
    "spring, from 01:59 to 03:00": datetime(2026, 3, 29, 0, 59, 40, tzinfo=UTC),
    "autumn, from 02:59 to 02:00": datetime(2026, 10, 25, 0, 59, 40, tzinfo=UTC),
}


@pytest.mark.parametrize(
    "night", [pytest.param(night, marks=[pytest.mark.thorough] if "spring" in night else []) for night in NIGHTS]
)
def test_the_hour_strikes_once_where_a_clock_is_changed_for_the_summer(short: Path, night: str) -> None:
    machine, home = Machine(short / "machine"), Home(short / "home")
    (short / "tmp").mkdir()
    crontab = f"TMPDIR={short / 'tmp'}\n" + home.line()
    minutes = f"* * * * * echo >>{short}/minutes\n"
    with others() as browser:
        with machine.cron(crontab + minutes, NIGHTS[night], "Europe/Berlin"):
            eventually(lambda: minutes_of(short) >= 2, 60)  # cron went on beyond the hour
            eventually(lambda: "ended with exit code 0" in home.log(), 30, home.path / "cron.log")
        assert len(home.started()) == 1
        left_clean(short, browser)


def minutes_of(short: Path) -> int:
    path = short / "minutes"
    return len(path.read_text()) if path.exists() else 0


def test_a_clock_that_steps_forward_and_back_leaves_one_run_an_hour_that_strikes(short: Path) -> None:
    machine, home = Machine(short / "machine"), Home(short / "home")
    (short / "tmp").mkdir()
    noon = datetime(2026, 1, 1, 12, tzinfo=UTC)
    with others() as browser:
        with machine.cron(f"TMPDIR={short / 'tmp'}\n" + home.line("waits"), noon - timedelta(seconds=25)):
            eventually(lambda: len(home.started()) == 1, 60, home.path / "cron.log")
            machine.step_to(noon + timedelta(hours=1, minutes=59, seconds=35))
            eventually(lambda: len(home.started()) == 2, 120, home.path / "cron.log")
            machine.step_to(noon + timedelta(minutes=59, seconds=35))
            eventually(lambda: len(home.started()) == 3, 120, home.path / "cron.log")
        pids = [pid for pid, _ in home.started()]
        eventually(lambda: [pid for pid in pids if alive(pid)] == pids[2:], 30, home.path / "cron.log")
        assert home.log().count("still goes: asked to end") == 2
        os.kill(run_of(home.path), signal.SIGTERM)
        left_clean(short, browser)

"""The hourly job: by hand with a crawl that stands in, and by a real cron with a real crawl."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psutil
import pytest

from replica.options import Options
from replica.serving.server import Replica
from tests.e2e.cron_daemon import Machine, needs_cron
from tests.e2e.job_copy import copy_job, run_of
from tests.project import ROOT
from tools.hourly.line import Checkout

# What cron gives a job, and no more.
BARE = {"PATH": "/usr/bin:/bin", "SHELL": "/bin/sh", "HOME": os.environ.get("HOME", "/root")}

# A crawl that stands in: notes its arguments and its child, and goes on until it is asked to end.
STAND_IN = """#!{python}
import json, os, signal, subprocess, sys, time
child = subprocess.Popen(["sleep", "600"])
def end(*_):
    child.kill(), child.wait()
    raise SystemExit(2)
signal.signal(signal.SIGTERM, signal.SIG_IGN if "stubborn" in sys.argv else end)
told = {{"pid": os.getpid(), "child": child.pid, "arguments": sys.argv[1:], "cwd": os.getcwd()}}
with open("started", "a") as file:
    file.write(json.dumps(told) + "\\n")
if "careless" in sys.argv:
    os._exit(0)
if "brief" in sys.argv:
    child.kill(), child.wait()
    print("crawled")
    raise SystemExit(7)
time.sleep(600)
"""

pytestmark = pytest.mark.system


def eventually(true: Callable[[], object], seconds: float = 300, log: Path | None = None) -> None:
    """Wait until it is, or fail with the *log* that may say why."""
    ends = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < ends, f"not within {seconds} s; {log.read_text() if log else ''}"
        time.sleep(0.05)


class Home:
    """A folder with the job and what it starts, as a checkout has them."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.jobs: list[subprocess.Popen[str]] = []
        copy_job(path)
        stand_in = path / ".venv" / "bin" / "python"
        stand_in.parent.mkdir(parents=True)
        stand_in.write_text(STAND_IN.format(python=sys.executable))
        stand_in.chmod(0o755)

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        before = len(self.started())
        job = subprocess.Popen(
            [str(self.path / "tiktok_scraper.cron"), *arguments],
            env=BARE,
            cwd="/",
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.jobs.append(job)
        eventually(lambda: len(self.started()) > before or job.poll() is not None)
        return job

    def started(self) -> list[dict[str, object]]:
        path = self.path / "started"
        return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []

    def log(self) -> str:
        return (self.path / "cron.log").read_text()

    def patience(self, seconds: int) -> None:
        copy_job(self.path, GRACE_S=seconds)


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    (tmp_path / "with space").mkdir()
    home = Home(tmp_path / "with space")
    yield home
    for started in home.started():
        for pid in (started["pid"], started["child"]):
            with contextlib.suppress(ProcessLookupError):
                os.kill(int(str(pid)), signal.SIGKILL)
    for job in home.jobs:
        job.communicate(timeout=300)


def alive(pid: object) -> bool:
    try:
        return psutil.Process(int(str(pid))).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def test_it_crawls_from_its_own_folder_with_its_arguments_and_logs(home: Home) -> None:
    job = home.start("-a", "limit=3", "brief")
    said, complained = job.communicate(timeout=300)
    assert (job.returncode, said, complained.count("\n")) == (7, "", 1)
    assert "broke off (exit code 7)" in complained and "last words: crawled" in complained
    (started,) = home.started()
    assert started["arguments"] == ["-m", "scrapy", "crawl", "tiktok", "-a", "limit=3", "brief"]
    assert started["cwd"] == str(home.path)
    began, first, crawled, last, _ = home.log().splitlines()
    assert began.endswith("the job begins")
    assert first.endswith(f"run (pid {started['pid']}) starts")
    assert crawled == "crawled"
    assert last.endswith(f"run (pid {started['pid']}) ended with exit code 7")


def test_the_crawl_and_what_it_starts_come_after_all_else_on_the_machine(home: Home) -> None:
    assert "\nNICE=10 " in (ROOT / "tiktok_scraper.cron").read_text()
    lower = min(os.nice(0) + 1, 19)  # as low as it need be here, or the tests beside it would keep it from running
    copy_job(home.path, NICE=lower)
    home.start()
    (started,) = home.started()
    for pid in (int(str(started["pid"])), int(str(started["child"]))):
        assert psutil.Process(pid).nice() == lower
        assert psutil.Process(pid).ionice() == (psutil.IOPRIO_CLASS_BE, 7)


def test_the_next_job_ends_the_previous_run_with_all_it_started(home: Home) -> None:
    home.patience(200)  # on a machine with much else to do even a run that ends when asked takes its time
    first = home.start()
    second = home.start()
    assert first.wait(300) == 2
    one, two = home.started()
    assert not alive(one["pid"]) and not alive(one["child"])
    assert alive(two["pid"]) and second.poll() is None
    assert f"the previous run (pid {one['pid']}) still goes: asked to end" in home.log()
    assert "killed" not in home.log()


def test_a_run_that_does_not_end_is_killed_with_its_group(home: Home) -> None:
    home.patience(1)
    first = home.start("stubborn")
    home.start()
    assert first.wait(300) == 128 + signal.SIGKILL
    one, two = home.started()
    assert not alive(one["pid"]) and not alive(one["child"])
    assert alive(two["pid"])
    assert "the previous run did not end in 1 s: killed" in home.log()


def test_jobs_at_the_same_moment_leave_one_run(home: Home) -> None:
    home.start()
    command = [str(home.path / "tiktok_scraper.cron")]
    home.jobs += [subprocess.Popen(command, env=BARE, stderr=subprocess.PIPE, text=True) for _ in range(3)]
    eventually(lambda: home.log().count(" starts\n") == 4)
    eventually(lambda: sum(job.poll() is None for job in home.jobs) == 1)
    eventually(lambda: home.log().count(" ended with exit code ") == 3)
    # Some were ended before they could say that they had started.
    eventually(lambda: [started["pid"] for started in home.started() if alive(started["pid"])] == [run_of(home.path)])


def test_what_a_run_leaves_behind_is_killed(home: Home) -> None:
    job = home.start("careless")
    assert job.wait(300) == 0
    (started,) = home.started()
    assert not alive(started["child"])
    assert f"killed process {started['child']}, which its run left behind" in home.log()


def test_what_a_killed_job_and_run_left_is_killed_by_the_next(home: Home) -> None:
    first = home.start()
    (one,) = home.started()
    first.kill()
    os.kill(int(str(one["pid"])), signal.SIGKILL)
    assert alive(one["child"])
    home.start("brief").wait(300)
    assert not alive(one["child"])


def test_a_process_that_is_not_ours_is_left_alone(home: Home) -> None:
    first = home.start("brief")
    first.wait(300)
    state = home.path / "runs" / "cron.pid"
    _, start, boot, _ = state.read_text().split()
    with subprocess.Popen(["sleep", "600"]) as other:
        try:
            # The same pid with another start: pids are used again. And our own record of another boot.
            for told in (f"{other.pid} {start} {boot}", f"{other.pid} {start_of(other.pid)} another-boot", "nonsense"):
                state.write_text(told + "\n")
                assert home.start("brief").wait(300) == 7
                assert alive(other.pid)
        finally:
            other.kill()


def start_of(pid: int) -> str:
    """When a process started, in clock ticks since boot (proc(5), field 22)."""
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[19]


def test_a_stop_of_the_job_is_handed_on_and_waited_for(home: Home) -> None:
    home.patience(200)
    job = home.start()
    job.send_signal(signal.SIGTERM)
    assert job.wait(300) == 2
    assert "ended with exit code 2" in home.log()


def test_a_big_log_is_rotated(home: Home) -> None:
    log = home.path / "cron.log"
    for number in range(7):
        log.write_text(f"log {number}\n" + "x" * (1 << 20))
        home.start("brief").wait(300)
    assert log.read_text().startswith("20")
    assert [log.with_name(f"cron.log.{n}").read_text()[:5] for n in range(1, 6)] == [
        f"log {n}" for n in range(6, 1, -1)
    ]
    assert not log.with_name("cron.log.6").exists()


def test_without_a_set_up_it_says_what_to_do(home: Home) -> None:
    shutil.rmtree(home.path / ".venv")
    job = home.start()
    _, complained = job.communicate(timeout=300)
    assert job.returncode == 1
    assert "run make setup" in complained
    assert "run make setup" in home.log()


def test_it_may_be_called_by_a_link(home: Home, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(home.path / "tiktok_scraper.cron")
    assert subprocess.run([tmp_path / "link", "brief"], env=BARE, cwd="/", check=False).returncode == 7
    assert home.started()[0]["cwd"] == str(home.path)


def end_all(mark: str) -> None:
    """Kill every process of ours with this text in its environment or arguments."""
    for process in carriers(mark):
        with contextlib.suppress(psutil.NoSuchProcess):
            process.kill()


def carriers(mark: str) -> list[psutil.Process]:
    """All processes with this text in their environment or arguments."""
    found = []
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error):
            words = [*process.cmdline(), *process.environ().values()]
            if process.status() != psutil.STATUS_ZOMBIE and any(mark in word for word in words):
                found.append(process)
    return found


@pytest.fixture
def short() -> Iterator[Path]:
    """A folder whose name is short enough for a browser's socket inside it."""
    with tempfile.TemporaryDirectory(prefix="cron-") as name:
        yield Path(name)
        for left in carriers(name):
            with contextlib.suppress(psutil.NoSuchProcess):
                left.kill()


@pytest.mark.browser
@needs_cron
@pytest.mark.parametrize("first_run", ["goes on", pytest.param("is frozen", marks=pytest.mark.thorough)])
def test_a_real_cron_fires_the_hourly_line_twice_and_the_second_ends_the_first(short: Path, first_run: str) -> None:
    home, data, machine = short / "it's 100% home", short / "data", Machine(short / "machine")
    for folder in (home, data):
        folder.mkdir()
    copy_job(home, GRACE_S=2 if first_run == "is frozen" else 15)
    (home / ".venv").symlink_to(sys.prefix)
    for name in ("tiktok_scraper", "tools", "scrapy.cfg"):
        (home / name).symlink_to(ROOT / name)
    runs, log = data / "runs.jsonlines", home / "cron.log"

    def events() -> list[dict[str, object]]:
        return [json.loads(line) for line in runs.read_text().splitlines()] if runs.exists() else []

    with Replica(Options()) as replica, contextlib.ExitStack() as after:
        given = f"-a url={replica.url} -a limit=5000 -s TIKTOK_DATA_DIR={data} -s TIKTOK_PACE=0.5"
        job = os.fsdecode(Checkout(home / "tiktok_scraper.cron").command())
        after.callback(end_all, str(data))  # where this test fails: a run that goes on would burden the next ones
        noon = datetime(2026, 1, 1, 12, tzinfo=UTC)
        with machine.cron(f"0 * * * * {job} {given}\n", noon - timedelta(seconds=25)):
            eventually((data / "tiktoks.jsonlines").exists, 300, log)
            if first_run == "is frozen":
                os.kill(run_of(home), signal.SIGSTOP)
            machine.step_to(noon + timedelta(minutes=59, seconds=35))
            told = "killed" if first_run == "is frozen" else "end"
            eventually(lambda: [e["event"] for e in events()] == ["start", told, "start"], 300, log)
        # From here on no further hour strikes; what the second started goes on.
        first, ended, second = events()
        assert ended["run"] == first["run"] != second["run"]
        # Cron alone has the other clock: by the runs' own one, the first is for the hour that it began in.
        assert str(first["scheduled"]) == f"{str(first['at'])[:13]}:00:00Z"
        if str(second["at"])[:13] == str(first["at"])[:13]:
            assert second["scheduled"] is None, "its hour was served"
        lines = (data / "tiktoks.jsonlines").read_text().splitlines()
        written = sum(json.loads(line)["run"] == first["run"] for line in lines)
        assert written > 0
        if first_run == "goes on":
            assert (ended["reason"], ended["written"]) == ("stopped", written)
        assert "still goes: asked to end" in log.read_text()
        os.kill(run_of(home), signal.SIGTERM)
        eventually(lambda: len(events()) == 4, 300, log)
        eventually(lambda: not carriers(str(data)) and not carriers(str(home)))
        assert list((data / "runs").glob("browser-*")) == [], "a profile"

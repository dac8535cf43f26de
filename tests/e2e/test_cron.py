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
from pathlib import Path

import psutil
import pytest

from replica.options import Options
from replica.serving.server import Replica
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


def eventually(true: Callable[[], object], seconds: float = 30, log: Path | None = None) -> None:
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
        shutil.copy(ROOT / "tiktok_scraper.cron", path)
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

    def recorded(self) -> int:
        return int((self.path / "runs" / "cron.pid").read_text().split()[0])

    def patience(self, seconds: int) -> None:
        job = self.path / "tiktok_scraper.cron"
        text = job.read_text()
        assert "\nGRACE_S=15 " in text
        job.write_text(text.replace("\nGRACE_S=15 ", f"\nGRACE_S={seconds} "))


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
        job.communicate(timeout=30)


def alive(pid: object) -> bool:
    try:
        return psutil.Process(int(str(pid))).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def test_it_crawls_from_its_own_folder_with_its_arguments_and_logs(home: Home) -> None:
    job = home.start("-a", "limit=3", "brief")
    said, complained = job.communicate(timeout=30)
    assert (job.returncode, said, complained) == (7, "", "")
    (started,) = home.started()
    assert started["arguments"] == ["-m", "scrapy", "crawl", "tiktok", "-a", "limit=3", "brief"]
    assert started["cwd"] == str(home.path)
    began, first, crawled, last = home.log().splitlines()
    assert began.endswith("the job begins")
    assert first.endswith(f"run (pid {started['pid']}) starts")
    assert crawled == "crawled"
    assert last.endswith(f"run (pid {started['pid']}) ended with exit code 7")


def test_the_next_job_ends_the_previous_run_with_all_it_started(home: Home) -> None:
    first = home.start()
    second = home.start()
    assert first.wait(30) == 2
    one, two = home.started()
    assert not alive(one["pid"]) and not alive(one["child"])
    assert alive(two["pid"]) and second.poll() is None
    assert f"the previous run (pid {one['pid']}) still goes: asked to end" in home.log()
    assert "killed" not in home.log()


def test_a_run_that_does_not_end_is_killed_with_its_group(home: Home) -> None:
    home.patience(1)
    first = home.start("stubborn")
    home.start()
    assert first.wait(30) == 128 + signal.SIGKILL
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
    eventually(lambda: [started["pid"] for started in home.started() if alive(started["pid"])] == [home.recorded()])


def test_what_a_run_leaves_behind_is_killed(home: Home) -> None:
    job = home.start("careless")
    assert job.wait(30) == 0
    (started,) = home.started()
    assert not alive(started["child"])
    assert f"killed process {started['child']}, which its run left behind" in home.log()


def test_what_a_killed_job_and_run_left_is_killed_by_the_next(home: Home) -> None:
    first = home.start()
    (one,) = home.started()
    first.kill()
    os.kill(int(str(one["pid"])), signal.SIGKILL)
    assert alive(one["child"])
    home.start("brief").wait(30)
    assert not alive(one["child"])


def test_a_process_that_is_not_ours_is_left_alone(home: Home) -> None:
    first = home.start("brief")
    first.wait(30)
    state = home.path / "runs" / "cron.pid"
    _, start, boot, _ = state.read_text().split()
    with subprocess.Popen(["sleep", "600"]) as other:
        try:
            # The same pid with another start: pids are used again. And our own record of another boot.
            for told in (f"{other.pid} {start} {boot}", f"{other.pid} {start_of(other.pid)} another-boot", "nonsense"):
                state.write_text(told + "\n")
                assert home.start("brief").wait(30) == 7
                assert alive(other.pid)
        finally:
            other.kill()


def start_of(pid: int) -> str:
    """When a process started, in clock ticks since boot (proc(5), field 22)."""
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[19]


def test_a_stop_of_the_job_is_handed_on_and_waited_for(home: Home) -> None:
    job = home.start()
    job.send_signal(signal.SIGTERM)
    assert job.wait(30) == 2
    assert "ended with exit code 2" in home.log()


def test_a_big_log_is_rotated(home: Home) -> None:
    log = home.path / "cron.log"
    for number in range(7):
        log.write_text(f"log {number}\n" + "x" * (1 << 20))
        home.start("brief").wait(30)
    assert log.read_text().startswith("20")
    assert [log.with_name(f"cron.log.{n}").read_text()[:5] for n in range(1, 6)] == [
        f"log {n}" for n in range(6, 1, -1)
    ]
    assert not log.with_name("cron.log.6").exists()


def test_without_a_set_up_it_says_what_to_do(home: Home) -> None:
    shutil.rmtree(home.path / ".venv")
    job = home.start()
    _, complained = job.communicate(timeout=30)
    assert job.returncode == 1
    assert "run make setup" in complained
    assert "run make setup" in home.log()


def test_it_may_be_called_by_a_link(home: Home, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(home.path / "tiktok_scraper.cron")
    assert subprocess.run([tmp_path / "link", "brief"], env=BARE, cwd="/", check=False).returncode == 7
    assert home.started()[0]["cwd"] == str(home.path)


FAKETIME, CRON, UNSHARE = (
    shutil.which(name, path=os.defpath + ":/usr/sbin") for name in ("faketime", "cron", "unshare")
)
# An empty folder over the machine's own crontabs, and over /run where cron keeps its lock: only our line fires.
ONLY_OURS = """
set -e
mount --bind "$1/none" /etc/cron.d
mount --bind "$1/crontab" /etc/crontab
mount --bind "$1/spool" /var/spool/cron/crontabs
mount --bind "$1/none" /run
exec faketime -f '@2026-01-01 10:59:30 x100' cron -f
"""


def end_daemon(faketime: subprocess.Popen[bytes]) -> None:
    """Kill cron; faketime tidies up after itself and ends once the last job has ended."""
    for child in psutil.Process(faketime.pid).children():
        with contextlib.suppress(psutil.NoSuchProcess):
            child.kill()


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
@pytest.mark.skipif(os.geteuid() != 0, reason="only root may start cron")
@pytest.mark.skipif(not (FAKETIME and CRON and UNSHARE), reason="needs cron, faketime and unshare")
def test_a_real_cron_fires_the_hourly_line_twice_and_the_second_ends_the_first(short: Path) -> None:
    home, data, machine = short / "it's 100% home", short / "data", short / "machine"
    for folder in (home, data, machine / "none", machine / "spool"):
        folder.mkdir(parents=True)
    shutil.copy(ROOT / "tiktok_scraper.cron", home)
    (home / ".venv").symlink_to(sys.prefix)
    for name in ("tiktok_scraper", "tools", "scrapy.cfg"):
        (home / name).symlink_to(ROOT / name)
    (machine / "crontab").touch()
    runs = data / "runs.jsonlines"

    def events() -> list[dict[str, object]]:
        return [json.loads(line) for line in runs.read_text().splitlines()] if runs.exists() else []

    with Replica(Options()) as replica, contextlib.ExitStack() as after:
        given = f"-a url={replica.url} -a limit=5000 -s TIKTOK_DATA_DIR={data} -s TIKTOK_PACE=0.5"
        crontab = machine / "spool" / "root"
        job = os.fsdecode(Checkout(home / "tiktok_scraper.cron").command())
        crontab.write_text(f"0 * * * * {job} {given}\n")
        crontab.chmod(0o600)
        command = ["unshare", "--mount", "--propagation", "private", "sh", "-c", ONLY_OURS, "sh", str(machine)]
        cron = subprocess.Popen(command, env={**BARE, "PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "TZ": "UTC"})
        after.callback(cron.wait, 30)
        after.callback(end_all, str(data))  # where this test fails: a run that goes on would burden the next ones
        try:
            eventually(lambda: [e["event"] for e in events()] == ["start", "end", "start"], 120, home / "cron.log")
        finally:
            # From here on no further hour strikes; what the second started goes on.
            end_daemon(cron)
        first, ended, second = events()
        assert ended["run"] == first["run"] != second["run"]
        # Cron alone has the other clock: by the runs' own one, the first is for the hour that it began in.
        assert str(first["scheduled"]) == f"{str(first['at'])[:13]}:00:00Z"
        if str(second["at"])[:13] == str(first["at"])[:13]:
            assert second["scheduled"] is None, "its hour was served"
        assert ended["reason"] == "stopped"
        assert int(str(ended["written"])) > 0
        lines = (data / "tiktoks.jsonlines").read_text().splitlines()
        assert sum(json.loads(line)["run"] == first["run"] for line in lines) == ended["written"]
        assert "still goes: asked to end" in (home / "cron.log").read_text()
        os.kill(int((home / "runs" / "cron.pid").read_text().split()[0]), signal.SIGTERM)
        eventually(lambda: len(events()) == 4, 60, home / "cron.log")
        eventually(lambda: not carriers(str(data)) and not carriers(str(home)))
        assert cron.wait(30) is not None

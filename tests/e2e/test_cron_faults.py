"""What keeps the hourly job from crawling is told on stderr, which cron mails, with what to do; exit code 1."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from tests.e2e.job_copy import copy_job
from tests.e2e.setup_faults import NOT_OURS, ORDINARY, file, not_ours
from tests.project import ROOT

pytestmark = pytest.mark.system

# A crawl that stands in: tells what it was given, says what it is told to say, and exits as it is told to.
STAND_IN = """#!/bin/sh
echo "PATH=$PATH"
shift 4
printf '%s\\n' "$1"
exit "$2"
"""
# Two ways to spell a quote for a shell.
QUOTED, SLASHED = "'\"'\"'", "'\\''"
OURS = "is not writable" if NOT_OURS != "belongs to" else "belongs to nobody"


class Job:
    """A checkout with the job, and a crawl that stands in."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "it's 100% ours"
        self.folder.mkdir()
        copy_job(self.folder)
        self.python = self.folder / ".venv" / "bin" / "python"
        self.python.parent.mkdir(parents=True)
        self.python.write_text(STAND_IN)
        self.python.chmod(0o755)

    def run(self, said: str = "all well", code: int = 0, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*ORDINARY, str(self.folder / "tiktok_scraper.cron"), said, str(code)],
            env={"PATH": "/usr/bin:/bin", "HOME": "/home/me", **environment},
            cwd="/",
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )

    def log(self) -> str:
        return (self.folder / "cron.log").read_text()


@pytest.fixture
def job(tmp_path: Path) -> Job:
    return Job(tmp_path)


def runs(job: Job) -> Path:
    (job.folder / "runs").mkdir()
    return job.folder / "runs"


FAULTS: dict[str, tuple[Callable[[Job], object], tuple[str, ...]]] = {
    "cron.log not ours": (lambda job: not_ours(job.folder / "cron.log"), ("can't write", "cron.log", OURS)),
    "cron.log a folder": (lambda job: (job.folder / "cron.log").mkdir(), ("cron.log", "folder where a file should be")),
    "cron.log full": (
        lambda job: (job.folder / "cron.log").symlink_to("/dev/full"),
        ("cron.log", "disk is full", "df"),
    ),
    "runs a file": (
        lambda job: file(job.folder / "runs"),
        ("can't make the folder", "runs", "is a file where a folder should be"),
    ),
    "runs not ours": (lambda job: not_ours(job.folder / "runs", folder=True), ("can't lock", OURS)),
    "cron.lock not ours": (lambda job: not_ours(runs(job) / "cron.lock"), ("can't lock", OURS)),
    "cron.lock a folder": (
        lambda job: (runs(job) / "cron.lock").mkdir(),
        ("can't lock", "folder where a file should be"),
    ),
    "cron.pid a folder": (lambda job: (runs(job) / "cron.pid").mkdir(), ("cron.pid", "move it away")),
    "cron.pid full": (
        lambda job: (runs(job) / "cron.pid.new").symlink_to("/dev/full"),
        ("cron.pid.new", "disk is full"),
    ),
    "no .venv": (lambda job: shutil.rmtree(job.folder / ".venv"), ("run make setup in",)),
    "Python gone": (
        lambda job: (job.python.unlink(), job.python.symlink_to("/none/python3")),
        ("what it leads to is gone", "run make setup in"),
    ),
    "a Python that can't start": (lambda job: job.python.write_text("#!/none/python3\n"), ("run make setup in",)),
}


@pytest.mark.parametrize("name", FAULTS)
def test_it_is_mailed_with_its_remedy(job: Job, name: str) -> None:
    arrange, says = FAULTS[name]
    arrange(job)
    done = job.run()
    assert done.returncode in ({1} if name != "a Python that can't start" else {126, 127}), done.stderr
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1, done.stderr
    assert done.stderr.startswith("tiktok_scraper.cron: ")
    assert [words for words in says if words not in done.stderr] == [], done.stderr


def test_a_crawl_that_could_not_begin_is_mailed_in_its_own_words(job: Job) -> None:
    done = job.run("scrapy crawl: there is no browser", 1)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "tiktok_scraper.cron: nothing was crawled (exit code 1): scrapy crawl: there is no browser\n"
    done = job.run("/x/python: No module named scrapy", 1)
    assert "No module named scrapy: run make setup in" in done.stderr
    assert "there is no browser" not in done.stderr, "that was said by the run before"


def test_a_run_that_is_fit_is_not_mailed(job: Job) -> None:
    done = job.run("all well", 0)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert "ended with exit code 0" in job.log()


UNFIT = "scrapy crawl: ended by captcha with 3 of 100 TikToks"


@pytest.mark.parametrize(
    ("said", "code", "words"),
    [
        (UNFIT, 2, ("not fit for use (exit code 2): ended by captcha with 3 of 100 TikToks; log: ", "/cron.log")),
        ("Segmentation fault", 139, ("broke off (exit code 139) before it", "Segmentation fault; log: ")),
    ],
)
def test_a_run_that_is_no_use_is_mailed_in_one_paragraph(
    job: Job, said: str, code: int, words: tuple[str, ...]
) -> None:
    may_keep_notes(job)
    done = job.run(said, code)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (code, "", 1)
    assert done.stderr.startswith("tiktok_scraper.cron: ")
    assert [part for part in words if part not in done.stderr] == [], done.stderr


def test_the_same_failure_is_mailed_once_a_day_until_a_run_is_fit(job: Job) -> None:
    may_keep_notes(job)
    mails = [bool(job.run(said, code).stderr) for said, code in ((UNFIT, 2), ("scrapy crawl: ended by waf", 2))]
    mails.append(bool(job.run("Not crawled, backed-off: 3 runs in a row met a wall", 0).stderr))
    mails.append(bool(job.run(UNFIT, 2).stderr))
    assert mails == [True, False, False, False]
    aged(job, 86_300)
    assert not job.run(UNFIT, 2).stderr
    aged(job, 86_401)
    assert job.run(UNFIT, 2).stderr, "a day later"
    aged(job, -3_600)
    assert job.run(UNFIT, 2).stderr, "a clock that was set back"
    assert job.run("scrapy crawl: no browser", 1).stderr, "another failure"
    assert not job.run("scrapy crawl: no browser", 1).stderr
    assert job.run("all well", 0).stderr == ""
    assert job.run("scrapy crawl: no browser", 1).stderr, "it had ended"
    assert job.log().count("not fit for use") == 6, "the log has each of them"


def may_keep_notes(job: Job) -> None:
    runs(job).chmod(0o777)


def aged(job: Job, seconds: int) -> None:
    """Have the last mail been sent so long ago."""
    mailed = job.folder / "runs" / "mailed"
    mailed.write_text(f"{int(time.time()) - seconds}\nended 2\n")


def test_a_driver_is_found_where_a_users_shell_finds_it(job: Job) -> None:
    job.run()
    (path,) = [line for line in job.log().splitlines() if line.startswith("PATH=")]
    folders = path.removeprefix("PATH=").split(":")
    assert folders[:2] == ["/usr/bin", "/bin"], "what cron was told comes first"
    assert {"/usr/local/bin", "/snap/bin", "/home/me/.local/bin"} <= set(folders)


def test_a_checkout_that_was_moved_crawls_by_the_environment_it_took_along(job: Job, tmp_path: Path) -> None:
    # As python -m venv and uv make them: scripts that name the place, and a Python that finds its own.
    shutil.rmtree(job.folder / ".venv")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", job.folder / ".venv"], check=True)
    packages = next((job.folder / ".venv" / "lib").iterdir()) / "site-packages"
    (packages / "scrapy").mkdir()
    (packages / "scrapy" / "__init__.py").touch()
    (packages / "scrapy" / "__main__.py").write_text("import sys; print('crawled by', sys.prefix)")
    moved = tmp_path / "moved"
    job.folder.rename(moved)
    job.folder = moved
    assert job.run().returncode == 0
    assert f"crawled by {moved}/.venv" in job.log()


@pytest.mark.parametrize(("kept", "anew"), [("there", ""), ("moved", "anew\n"), ("python gone", "anew\n")])
def test_make_setup_sees_an_environment_that_is_no_use_any_more(tmp_path: Path, kept: str, anew: str) -> None:
    here = tmp_path / "it's here"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", here / ".venv"], check=True)
    packages = next((here / ".venv" / "lib").iterdir()) / "site-packages"
    (packages / "scrapy.py").touch()
    # As pip writes it where the path holds a space.
    (here / ".venv" / "bin" / "scrapy").write_text(
        f"#!/bin/sh\n'''exec' \"{here}/.venv/bin/python\" \"$0\" \"$@\"\n' '''\n"
    )
    if kept == "moved":
        here = here.rename(tmp_path / "elsewhere")
    if kept == "python gone":
        for python in (here / ".venv" / "bin").glob("python*"):
            python.unlink()
        (here / ".venv" / "bin" / "python").symlink_to("/none/python3")
    script = ROOT / "tools" / "environment.sh"
    assert subprocess.run(["sh", script], cwd=here, capture_output=True, text=True, check=True).stdout == anew


def test_without_an_environment_there_is_none_to_make_anew(tmp_path: Path) -> None:
    done = subprocess.run(
        ["sh", ROOT / "tools" / "environment.sh"], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert done.stdout == ""


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file to another user")
def test_the_remedy_names_the_owner_and_the_command(job: Job) -> None:
    not_ours(runs(job) / "cron.lock")
    lock = job.folder / "runs" / "cron.lock"
    assert "it belongs to nobody and this job runs as root" in (said := job.run().stderr)
    assert f"sudo chown -R root {shlex.quote(str(lock)).replace(QUOTED, SLASHED)}\n" in said


def notes(job: Job) -> list[list[str]]:
    return [line.split("\t")[1:] for line in (job.folder / "runs" / "attempts").read_text().splitlines()]


def test_each_start_of_the_job_is_noted_for_the_next_run_to_tell(job: Job) -> None:
    runs(job).chmod(0o777)
    job.run("all well", 0)
    job.run("scrapy crawl: TIKTOK_PACE must be\ta number", 1)
    shutil.rmtree(job.folder / ".venv")
    job.run()
    begins, again, wrong, gave_up = notes(job)
    assert (begins, again) == (["begins", ""], ["begins", ""])
    assert wrong == ["could-not-start", "scrapy crawl: TIKTOK_PACE must be a number"]
    assert gave_up[0] == "could-not-start" and gave_up[1].startswith("there is no ") and "run make setup" in gave_up[1]


def test_a_lock_that_another_start_holds_for_long_is_noted_as_such(job: Job) -> None:
    folder = runs(job)
    folder.chmod(0o777)
    copy_job(job.folder, LOCK_S=1)
    (folder / "cron.lock").touch(0o666)
    (folder / "cron.lock").chmod(0o666)
    with subprocess.Popen(["flock", str(folder / "cron.lock"), "sleep", "600"]) as holder:
        try:
            eventually_locked(folder / "cron.lock")
            done = job.run()
        finally:
            for child in psutil.Process(holder.pid).children():
                child.kill()
    assert done.returncode == 1 and "another start of this job has held" in done.stderr
    assert [note[0] for note in notes(job)] == ["lock-held"]


def eventually_locked(path: Path) -> None:
    ends = time.monotonic() + 30
    while subprocess.run(["flock", "-n", str(path), "true"], check=False).returncode == 0:
        assert time.monotonic() < ends
        time.sleep(0.05)

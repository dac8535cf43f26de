"""Whatever dies or hangs beneath a run, it goes on or ends under a true name, with what it has, and leaves nothing."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil
import pytest

from replica.options import Options
from replica.serving.server import Replica
from tests.e2e import geckodriver
from tests.e2e.against_truth import differences
from tests.e2e.beside import GONE_WITHIN_S, alive, crawling, family, wait_until
from tests.e2e.conftest import ROOT, read_lines

# Slow enough that a death falls into the walk; no creator is asked, so a TikTok is written at once.
STEADY = {"TIKTOK_PACE": 0.3, "TIKTOK_JITTER": 0, "TIKTOK_CREATOR_COUNTS": "needed"}
QUICK = {"latency_ms": 20, "card_delay_ms": 20, "author_stats": "full"}
# A turn that hangs is given up after this and fifteen seconds more.
SHORT = {"TIKTOK_STEP_TIMEOUT": 6}
UNREPEATED = 5  # cards of a visit: a later one may repeat another, and has no place of its own in a crawl's order
BETWEEN = 3  # lines between two deaths
LONGEST_S = 300.0


def is_driver(process: psutil.Process) -> bool:
    return process.name() in {"chromedriver", "geckodriver"} or "geckodriver" in process.name()


def is_renderer(process: psutil.Process) -> bool:
    return "--type=renderer" in process.cmdline()


def is_main(process: psutil.Process) -> bool:
    """The browser's own process: the driver's child, or what the script that starts it has become."""
    parent = process.parent()
    return parent is not None and is_driver(parent)


Chosen = Callable[[psutil.Process], bool]


class Run:
    """A crawl beside the test, with all processes that were ever seen below it."""

    def __init__(self, process: subprocess.Popen[str], folder: Path) -> None:
        self.process, self.folder = process, folder
        self.seen: dict[int, psutil.Process] = {}

    @property
    def lines(self) -> list[dict[str, Any]]:
        return read_lines(self.folder / "tiktoks.jsonlines")

    def after(self, more: int, chosen: Chosen, do: Callable[[psutil.Process], None]) -> None:
        """When so many more lines are there, *do* something to the *chosen* of its processes."""
        wanted = len(self.lines) + more
        wait_until(lambda: len(self.lines) >= wanted or self.process.poll() is not None, LONGEST_S)
        if self.process.poll() is not None:
            pytest.fail(f"the run has ended before: {self.process.communicate()[0]}")
        below = family(self.process)
        self.seen |= {process.pid: process for process in below}
        found = [process for process in below if chosen(process)]
        assert found, [process.name() for process in below]
        for process in found:
            do(process)

    def ended(self) -> dict[str, Any]:
        """Wait for the end; nothing is left of the run but its files. Returns the end line."""
        printed, _ = self.process.communicate(timeout=LONGEST_S)
        assert alive(list(self.seen.values())) == [], printed
        assert [str(left) for left in (self.folder / "runs").glob("browser-*/**/*")] == []
        assert list((self.folder / "tmp").iterdir()) == []
        end = read_lines(self.folder / "runs.jsonlines")[-1]
        assert end["event"] == "end", printed
        ids = [line["id"] for line in self.lines]
        assert len(set(ids)) == len(ids) == end["written"] == end["unique"], printed
        return {**end, "printed": printed, "exit code": self.process.returncode}


@contextmanager
def run(url: str, folder: Path, monkeypatch: pytest.MonkeyPatch, limit: int = 100, **settings: Any) -> Iterator[Run]:
    (folder / "tmp").mkdir()
    monkeypatch.setenv("TMPDIR", str(folder / "tmp"))
    with crawling(url, folder, limit=limit, **{**STEADY, **settings}) as process:
        yield Run(process, folder)


def check_lines(lines: list[dict[str, Any]], site: Replica) -> None:
    """Each session's lines are what its own visitor was sent, in order."""
    truth = {(told["session"], told["id"]): told for told in site.truth()}
    for line in lines:
        told = truth[line["session"], line["id"]]
        assert differences(line, told) == []
        assert line["position"] == told["position"] or line["position"] < told["position"] > UNREPEATED
    for session in {line["session"] for line in lines}:
        positions = [line["position"] for line in lines if line["session"] == session]
        assert positions == sorted(set(positions))


@pytest.mark.browser
def test_whatever_dies_the_run_goes_on_with_another_browser(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    deaths = (is_driver, is_main, is_renderer)
    with (
        Replica(Options(**QUICK)) as site,
        run(site.url, folder, monkeypatch, 13, TIKTOK_BROWSER_RESTARTS=len(deaths)) as crawl,
    ):
        for chosen in deaths:
            crawl.after(BETWEEN, chosen, psutil.Process.kill)
        end = crawl.ended()
        check_lines(crawl.lines, site)
    assert (end["reason"], end["exit code"], len(crawl.lines)) == ("limit", 0, 13), end["printed"]
    assert end["note"] == {"browser-restarted": 3}
    assert {line["session"] for line in crawl.lines} == {1, 2, 3, 4}


@pytest.mark.browser
@pytest.mark.parametrize("hang", [(is_driver, is_renderer), pytest.param((is_main,), marks=pytest.mark.thorough)])
def test_what_hangs_is_killed_and_the_run_goes_on(
    folder: Path, monkeypatch: pytest.MonkeyPatch, hang: tuple[Chosen, ...]
) -> None:
    with Replica(Options(**QUICK)) as site, run(site.url, folder, monkeypatch, 11, **SHORT) as crawl:
        for chosen in hang:
            crawl.after(BETWEEN, chosen, psutil.Process.suspend)
        end = crawl.ended()
        check_lines(crawl.lines, site)
    assert (end["reason"], end["exit code"], len(crawl.lines)) == ("limit", 0, 11), end["printed"]
    assert end["note"] == {"browser-restarted": len(hang)}


@pytest.mark.browser
def test_a_browser_that_keeps_dying_ends_the_run_with_what_it_has(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Replica(Options(**QUICK)) as site, run(site.url, folder, monkeypatch, TIKTOK_BROWSER_RESTARTS=1) as crawl:
        for _ in range(2):
            crawl.after(BETWEEN, is_driver, psutil.Process.kill)
        end = crawl.ended()
    assert (end["reason"], end["note"]) == ("browser-died", {"browser-restarted": 1}), end["printed"]
    assert len(crawl.lines) >= 2 * BETWEEN
    assert end["exit code"] == 0, "enough for TIKTOK_MIN_TIKTOKS is fit for use"


@pytest.mark.browser
def test_a_driver_that_hangs_holds_up_no_deadline(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its turn alone would be waited for much longer than the test may take."""
    late = {"TIKTOK_DEADLINE": 30, "TIKTOK_STEP_TIMEOUT": 150}
    with Replica(Options(**QUICK)) as site, run(site.url, folder, monkeypatch, **late) as crawl:
        crawl.after(1, is_driver, psutil.Process.suspend)
        end = crawl.ended()
    assert (end["reason"], end["exit code"], end["note"]) == ("deadline", 0, {}), end["printed"]
    assert len(crawl.lines) >= 1


@pytest.mark.browser
@pytest.mark.parametrize("hangs", [is_driver, lambda process: not is_driver(process)], ids=["driver", "browser"])
def test_what_hangs_holds_up_no_sigterm(folder: Path, monkeypatch: pytest.MonkeyPatch, hangs: Chosen) -> None:
    with Replica(Options(**QUICK)) as site, run(site.url, folder, monkeypatch) as crawl:
        crawl.after(BETWEEN, hangs, psutil.Process.suspend)
        crawl.process.send_signal(signal.SIGTERM)
        crawl.process.wait(timeout=4 * GONE_WITHIN_S)
        end = crawl.ended()
    assert (end["reason"], end["exit code"]) == ("stopped", 0), end["printed"]
    assert len(crawl.lines) >= BETWEEN


@pytest.mark.firefox
def test_firefox_that_dies_or_hangs_is_started_anew(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    of_firefox = {"SELENIUM_DRIVER_NAME": "firefox", "SELENIUM_DRIVER_EXECUTABLE_PATH": geckodriver.path()}
    with Replica(Options(**QUICK)) as site, run(site.url, folder, monkeypatch, 8, **SHORT, **of_firefox) as crawl:
        crawl.after(2, is_driver, psutil.Process.kill)
        crawl.after(2, is_main, psutil.Process.suspend)
        end = crawl.ended()
        check_lines(crawl.lines, site)
    assert (end["reason"], end["exit code"], len(crawl.lines)) == ("limit", 0, 8), end["printed"]
    assert end["note"] == {"browser-restarted": 2}


@pytest.mark.browser
@pytest.mark.parametrize(("do", "reason"), [("kill", "dropped"), ("suspend", "slow")])
def test_a_site_that_is_gone_or_hangs_mid_run_is_named(
    folder: Path, monkeypatch: pytest.MonkeyPatch, do: str, reason: str
) -> None:
    served = [sys.executable, "-m", "replica", "serve", "--author-stats", "full", "--latency-ms", "20", "--first", "3"]
    with subprocess.Popen(served, cwd=ROOT, stdout=subprocess.PIPE, text=True) as site:
        try:
            assert site.stdout is not None
            with run(site.stdout.readline().strip(), folder, monkeypatch, **SHORT) as crawl:
                crawl.after(BETWEEN, is_driver, lambda _: getattr(psutil.Process(site.pid), do)())
                end = crawl.ended()
        finally:
            site.kill()
    assert (end["reason"], end["exit code"]) == (reason, 0), end["printed"]
    assert len(crawl.lines) >= BETWEEN
    assert end["note"].keys() == ({"feed-dropped"} if do == "kill" else set())
    assert end["contact"]["page"]["kind"] == "viewer"
    (kept,) = (folder / "contact").iterdir()
    assert {file.name for file in kept.iterdir()} == {"page.html", "page.png"}

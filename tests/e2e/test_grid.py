"""Several browsers on a Selenium Grid: a hub and two nodes that are the real ones."""

from __future__ import annotations

import re
import signal
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from replica.options import Options
from replica.serving.server import Replica
from tests.e2e.beside import GONE_WITHIN_S, crawling, shown, wait_until
from tests.e2e.conftest import command, read_lines, run_to_end
from tests.e2e.selenium_grid import Watched as Grid

pytestmark = [pytest.mark.browser, pytest.mark.system]
TWO = {"more": ("-a", "browsers=2")}
LINES = "tiktoks.jsonlines"
GONE = re.compile(r"the browser (or its driver is gone|does not answer)")
PATIENT_S = 90  # for the others to start


@pytest.fixture(scope="module")
def grid() -> Iterator[Grid]:
    with (
        tempfile.TemporaryDirectory(prefix="t-", ignore_cleanup_errors=True) as folder,
        Grid(Path(folder)) as grid,
    ):
        grid.await_nodes(2)
        yield grid


@pytest.fixture(autouse=True)
def nothing_is_left(grid: Grid) -> Iterator[None]:
    """Each test here leaves the grid without a session; what the grid told meanwhile is shown where one fails."""
    yield
    sys.stdout.write(grid.told())
    wait_until(lambda: not grid.sessions())


@contextmanager
def site(**options: Any) -> Iterator[Replica]:
    with Replica(Options(**{"latency_ms": 20, "card_delay_ms": 20, **options})) as serving:
        yield serving


def there(grid: Grid, **settings: Any) -> dict[str, Any]:
    return {"SELENIUM_COMMAND_EXECUTOR": grid.address, **settings}


@pytest.mark.firefox
@pytest.mark.parametrize(("browser", "browsers", "limit"), [("chrome", 3, 30), ("firefox", 1, 4)])
def test_a_runs_browsers_share_its_limit_and_no_tiktok_comes_twice(
    grid: Grid, crawl: Any, browser: str, browsers: int, limit: int
) -> None:
    settings = there(grid, SELENIUM_DRIVER_NAME=browser, TIKTOK_STEP_TIMEOUT=PATIENT_S)
    crawled = crawl(limit=limit, settings=settings, more=("-a", f"browsers={browsers}"), together=browsers)
    assert (crawled.exit_code, crawled.end["reason"]) == (0, "limit"), crawled.printed
    assert len({line["id"] for line in crawled.lines}) == len(crawled.lines) == limit
    assert {line["session"] for line in crawled.lines} == set(range(1, browsers + 1))
    assert {line["source"] for line in crawled.lines} == {"json"}, "each browser's replies were read"
    assert crawled.end["browser"] == browser
    assert "WARNING" not in crawled.printed and "ERROR" not in crawled.printed, "each ended when it was told to"
    start = read_lines(crawled.folder / "runs.jsonlines")[0]
    assert (start["browsers"], start["browsers_why"]) == (browsers, None)


def test_what_a_browser_there_meets_ends_the_run_under_its_name(grid: Grid, crawl: Any) -> None:
    crawled = crawl(limit=40, settings=there(grid), obstacle="captcha", obstacle_at=4, **TWO)
    assert (crawled.exit_code, crawled.end["reason"]) == (2, "captcha"), crawled.printed
    assert 3 <= len(crawled.lines) < 40


def test_sessions_of_a_killed_run_are_ended_by_the_next_and_nobody_elses(grid: Grid, folder: Path) -> None:
    somebodys = grid.somebody_elses()
    told = {"limit": 100_000, "more": ("-a", "browsers=2"), **there(grid)}
    try:
        with site() as serving:
            with crawling(serving.url, folder, **told) as run:
                wait_until(lambda: len(grid.ours()) == 2 and shown(serving) >= 4)
                run.kill()
                run.wait()
            left = grid.ours()
            assert len(left) == 2, "a grid does not see that a run was killed"
            before = shown(serving)
            with crawling(serving.url, folder, **told) as after:
                wait_until(lambda: len(grid.ours()) == 2 and shown(serving) >= before + 4)
                assert not left & grid.ours()
                after.send_signal(signal.SIGTERM)
                printed, _ = after.communicate(timeout=GONE_WITHIN_S)
        assert read_lines(folder / "runs.jsonlines")[-1]["reason"] == "stopped", printed
        assert after.returncode == 0, printed
        assert set(grid.sessions()) == {somebodys.session_id}
        assert not list((folder / "runs").glob("browser-*"))
        assert somebodys.current_url, "it answers"
    finally:
        somebodys.quit()


def test_its_deadline_ends_a_run_and_its_browsers_there(grid: Grid, crawl: Any) -> None:
    settings = there(grid, TIKTOK_DEADLINE=12, TIKTOK_MIN_TIKTOKS=1)
    crawled = crawl(limit=100_000, settings=settings, author_stats="full", **TWO)
    assert crawled.end["reason"] == "deadline", crawled.printed
    assert not grid.ours()
    assert crawled.exit_code == (0 if crawled.lines else 2)


def test_more_browsers_than_the_grid_has_slots_are_refused_before_one_starts(grid: Grid, folder: Path) -> None:
    done = run_to_end(command("http://127.0.0.1:9/", folder, 5, there(grid), "-a", "browsers=4"))
    assert done.returncode == 1
    (told,) = done.stderr.splitlines()
    assert "has 3 slots for chrome, on 2 nodes that are up, and -a browsers=4 needs 4" in told
    assert not grid.sessions() and not (folder / LINES).exists()
    assert not list((folder / "runs").glob("browser-*"))


def test_a_run_goes_on_with_the_browsers_that_came_and_waits_for_no_slot_without_end(grid: Grid, folder: Path) -> None:
    others = [grid.somebody_elses() for _ in range(2)]
    try:
        with site() as serving:
            words = command(serving.url, folder / "one", 6, there(grid), "-a", "browsers=2")
            done = run_to_end(words)
            end = read_lines(folder / "one" / "runs.jsonlines")[-1]
            assert (done.returncode, end["reason"]) == (0, "limit"), done.stderr
            assert len({line["session"] for line in read_lines(folder / "one" / LINES)}) == 1
            others.append(grid.somebody_elses())
            done = run_to_end(command(serving.url, folder / "late", 6, there(grid, TIKTOK_SLOT_TIMEOUT=1)))
            assert done.returncode == 1 and "no session came within 1 s (TIKTOK_SLOT_TIMEOUT)" in done.stderr
            with crawling(serving.url, folder / "cut", **there(grid)) as waiting:
                assert waiting.stdout is not None
                assert "All 3 slots for chrome" in waiting.stdout.readline()
                waiting.send_signal(signal.SIGTERM)
                printed, _ = waiting.communicate(timeout=GONE_WITHIN_S)
            assert read_lines(folder / "cut" / "runs.jsonlines")[-1]["reason"] == "stopped", printed
    finally:
        for other in others:
            other.quit()


def test_a_node_that_dies_takes_its_browser_alone(grid: Grid, folder: Path) -> None:
    """The last of this grid: it lists the dead node for minutes."""
    grid.mend()  # where this test is tried again
    told = {"limit": 100_000, "more": ("-a", "browsers=3"), **there(grid)}
    with site() as serving, crawling(serving.url, folder, **told) as run:
        wait_until(lambda: len(grid.ours()) == 3 and shown(serving) >= 9)
        grid.kill("second")
        assert run.stdout is not None
        # By its next command, or, where that was one to the grid's socket, which stays open, by its patience.
        assert any(GONE.search(line) for line in run.stdout)
        before = shown(serving)
        wait_until(lambda: shown(serving) >= before + 20)
        run.send_signal(signal.SIGTERM)
        printed, _ = run.communicate(timeout=GONE_WITHIN_S)
    end = read_lines(folder / "runs.jsonlines")[-1]
    assert (run.returncode, end["reason"], end["note"]["browser-restarted"]) == (0, "stopped", 1), printed
    lines = read_lines(folder / LINES)
    assert len({line["id"] for line in lines}) == len(lines) >= 20


def test_a_hub_that_dies_ends_the_run_with_what_it_has(folder: Path) -> None:
    """A grid of its own: that one is gone with its hub."""
    logs = folder / "logs"
    logs.mkdir()
    with Grid(logs) as brief, site() as serving:
        brief.await_nodes(2)
        told = {"limit": 100_000, "more": ("-a", "browsers=2"), **there(brief)}
        with crawling(serving.url, folder, **told) as run:
            wait_until(lambda: shown(serving) >= 6)
            brief.kill("hub")
            printed, _ = run.communicate(timeout=GONE_WITHIN_S)
    end = read_lines(folder / "runs.jsonlines")[-1]
    assert (end["reason"], end["note"]["browser-restarted"]) == ("could-not-start", 2), printed
    assert "Connection refused" in printed and "Traceback" not in printed
    lines = read_lines(folder / LINES)
    assert len({line["id"] for line in lines}) == len(lines) == end["written"] > 0

"""However a run ends, what was gathered is written and nothing is left running."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path
from typing import Any

import pytest

from replica.options import Options
from replica.serving.server import Replica
from tests.e2e.beside import GONE_WITHIN_S, alive, crawling, family, shown, wait_until
from tests.e2e.conftest import command, read_lines, run_to_end


@pytest.mark.browser
@pytest.mark.parametrize(
    ("where", "options", "settings", "count"),
    [
        ("in a pace", {}, {"TIKTOK_PACE": 60, "TIKTOK_JITTER": 0}, 1),
        ("in a step", {"obstacle": "feed-stuck", "obstacle_at": 3}, {}, 3),
        ("between requests", {}, {}, 6),
        ("with replies on their way", {"latency_ms": 400}, {}, 6),
    ],
)
def test_sigterm_writes_every_gathered_tiktok(
    folder: Path, where: str, options: dict[str, Any], settings: dict[str, Any], count: int
) -> None:
    with (
        Replica(Options(**{"latency_ms": 20, "card_delay_ms": 20, "author_stats": "none", **options})) as site,
        crawling(site.url, folder, **settings) as process,
    ):
        wait_until(lambda: shown(site) >= count)
        if where in {"in a pace", "in a step"}:
            time.sleep(1.0)  # the wait has begun by now
        children = family(process)
        process.send_signal(signal.SIGTERM)
        printed, _ = process.communicate(timeout=GONE_WITHIN_S)
    lines, runs = read_lines(folder / "tiktoks.jsonlines"), read_lines(folder / "runs.jsonlines")
    end = runs[-1]
    assert (end["event"], end["reason"]) == ("end", "stopped"), printed
    assert len(lines) == end["unique"] == end["written"] >= count - 1, printed
    assert process.returncode == 0, "enough for TIKTOK_MIN_TIKTOKS is fit for use"
    assert alive(children) == []
    assert not list((folder / "runs").glob("browser-*")), "the profile is gone too"


@pytest.mark.browser
@pytest.mark.parametrize("again_after", [None, 0.1, 0.4])
def test_ctrl_c_in_a_terminal_ends_a_run_in_good_order(folder: Path, again_after: float | None) -> None:
    with (
        Replica(Options(latency_ms=20, card_delay_ms=20, author_stats="none")) as site,
        crawling(site.url, folder, start_new_session=True) as process,
    ):
        wait_until(lambda: shown(site) >= 5)
        os.killpg(process.pid, signal.SIGINT)  # a terminal tells all processes of its group
        if again_after is not None:
            time.sleep(again_after)
            process.send_signal(signal.SIGTERM)
        printed, _ = process.communicate(timeout=GONE_WITHIN_S)
    lines, end = read_lines(folder / "tiktoks.jsonlines"), read_lines(folder / "runs.jsonlines")[-1]
    assert (end["event"], end["reason"]) == ("end", "stopped"), printed
    assert end["creators_answered"] == end["creators_asked"] and "gone" not in printed
    assert len(lines) == end["written"] >= 4
    assert not list((folder / "runs").glob("browser-*"))


@pytest.mark.browser
def test_after_kill_9_nothing_is_left_running_and_the_file_is_whole(folder: Path) -> None:
    with Replica(Options(latency_ms=20, card_delay_ms=20)) as site, crawling(site.url, folder) as process:
        wait_until(lambda: shown(site) >= 5)
        children = family(process)
        assert children
        process.kill()
        process.wait()
        wait_until(lambda: not alive(children), GONE_WITHIN_S)
        lines = read_lines(folder / "tiktoks.jsonlines")  # raises on a torn line
        assert all(line["url"] for line in lines)
        assert [run["event"] for run in read_lines(folder / "runs.jsonlines")] == ["start"]
        assert list((folder / "runs").glob("browser-*")), "a killed run leaves its folder ..."
        with crawling(site.url, folder) as after:
            wait_until(lambda: shown(site) >= 8)
            assert len(list((folder / "runs").glob("browser-*"))) == 1, "... which the next one removes"
            after.send_signal(signal.SIGTERM)
            after.communicate(timeout=GONE_WITHIN_S)


@pytest.mark.browser
@pytest.mark.parametrize(
    ("robots", "decision"),
    [
        ("disallow", "disallowed"),
        ("failing", "disallowed: robots.txt failed (503)"),
        ("page", "disallowed: a page came in place of robots.txt"),
    ],
)
def test_where_robots_txt_does_not_allow_it_the_feed_is_not_opened(crawl: Any, robots: str, decision: str) -> None:
    crawled = crawl(limit=5, robots=robots)
    assert (crawled.exit_code, crawled.end["reason"]) == (2, "robots"), crawled.printed
    assert crawled.end["robots_decision"] == decision
    assert "/foryou" not in {path for _, path, _ in crawled.requests}
    assert crawled.lines == []


@pytest.mark.browser
def test_a_site_that_closes_the_connection_is_dropped(crawl: Any) -> None:
    crawled = crawl(limit=5, robots="silent")
    assert (crawled.exit_code, crawled.end["reason"]) == (2, "dropped"), crawled.printed
    assert "/foryou" not in {path for _, path, _ in crawled.requests}
    assert crawled.end["robots_decision"] is None


@pytest.mark.browser
@pytest.mark.parametrize("port", [1, 9])  # one that Chromium never asks, and one where nobody listens
def test_where_nobody_answers_the_run_is_dropped(folder: Path, port: int) -> None:
    done = run_to_end(command(f"http://127.0.0.1:{port}/foryou", folder, 5, {}))
    end = read_lines(folder / "runs.jsonlines")[-1]
    assert (done.returncode, end["reason"], end["robots_decision"]) == (2, "dropped", None), done.stderr


@pytest.mark.browser
def test_creators_whose_replies_fail_stay_null_and_are_counted_and_without_a_robots_txt_all_is_allowed(
    crawl: Any,
) -> None:
    crawled = crawl(limit=12, creator_failures=0.5, author_stats="none", robots="missing")
    assert (crawled.exit_code, len(crawled.lines)) == (0, 12), crawled.printed
    assert crawled.end["robots_decision"] == "allowed: no robots.txt (404)"
    refused = {t["username"] for t in crawled.truth.values() if t["creator"] and t["creator_told"] == "none"}
    untold = {line["username"] for line in crawled.lines if line["user_followers"] is None}
    assert untold == refused & {line["username"] for line in crawled.lines} != set()
    assert sum(crawled.end["note"].get(f"creator-{why}", 0) for why in ("empty", "refused", "unreadable")) >= len(
        untold
    )

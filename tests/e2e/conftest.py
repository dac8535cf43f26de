"""A whole crawl, as its user runs it: `scrapy crawl tiktok` in a process of its own against the replica."""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from replica.options import Options
from replica.serving.server import Replica
from tests import forks
from tests.e2e.presses import not_meant
from tests.project import ROOT

SECONDS = 900  # a crawl that takes longer hangs, on a machine with much else to do as well


@dataclass(frozen=True)
class Crawled:
    """What a crawl left behind: its files as parsed lines, what it printed, and the replica's truth."""

    exit_code: int
    lines: list[dict[str, Any]]
    end: dict[str, Any]
    truth: dict[str, dict[str, Any]]
    printed: str
    requests: list[tuple[str, str, str]]
    folder: Path


def command(url: str | None, folder: Path, limit: int, settings: dict[str, Any], *more: str) -> list[str]:
    """The command line of a crawl at pace 0 into *folder*."""
    told = {"TIKTOK_DATA_DIR": folder, "TIKTOK_PACE": 0, "TIKTOK_BLOCK_MEDIA": True, **settings}
    given = [part for name, value in told.items() for part in ("-s", f"{name}={value}")]
    address = ["-a", f"url={url}"] if url else []
    return [*forks.PYTHON, "crawl", "tiktok", *address, "-a", f"limit={limit}", *given, *more]


def environment() -> dict[str, str]:
    return {**os.environ, "SCRAPY_SETTINGS_MODULE": "tiktok_scraper.settings", "PYTHONPATH": str(ROOT)}


def run_to_end(words: list[str], *, lends: bool = False) -> subprocess.CompletedProcess[str]:
    """Run a crawl's command line until it ends; what it printed is text. lends: in a browser that is there already."""
    return forks.run(words, environment(), SECONDS, lends=lends)


def read_lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []


@pytest.fixture(autouse=True)
def no_blind_press(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Iterator[None]:
    """Whatever a test here crawls: each press that one of its replicas took is of what it was meant for."""
    pressed: list[dict[str, Any]] = []
    sites: list[Replica] = []
    leave = Replica.__exit__

    def leave_and_tell(site: Replica, *error: Any) -> None:
        sites.append(site)
        pressed.extend(site.presses())
        leave(site, *error)

    monkeypatch.setattr(Replica, "__exit__", leave_and_tell)
    yield
    kinds = Counter(press["kind"] for press in pressed)
    request.node.user_properties.append(("presses", {"replicas": len(sites), **kinds}))
    assert not_meant(pressed) == []


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how many crawls the check of presses has seen, and how many presses."""
    reports = (report for reports in terminalreporter.stats.values() for report in reports)
    told = [value for report in reports for name, value in getattr(report, "user_properties", ()) if name == "presses"]
    counts = sum((Counter(each) for each in told), Counter[str]())
    if counts:
        said = ", ".join(f"{counts[kind]} of {kind}" for kind in ("pointer", "key", "wheel"))
        terminalreporter.write_line(f"presses looked at, on {counts['replicas']} replicas: {said}")


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder for data whose path is short, so that the browser's files lie in it too."""
    with tempfile.TemporaryDirectory(prefix="t-", ignore_cleanup_errors=True) as path:
        yield Path(path)


@pytest.fixture
def crawl(folder: Path) -> Any:
    """Return a function that crawls a replica of the given options and returns a `Crawled`.

    Crawls in a plain headless Chromium without media share one, as new for each; what starts and ends a browser, with
    media as by default too, is in tests of their own.
    """

    def run(
        *, limit: int = 12, settings: dict[str, Any] | None = None, more: tuple[str, ...] = (), **options: Any
    ) -> Crawled:
        data = folder / str(len(list(folder.iterdir())))
        with Replica(Options(**{"latency_ms": 20, "card_delay_ms": 20, **options})) as site:
            done = run_to_end(command(site.url, data, limit, settings or {}, *more), lends=True)
            truth = {told["id"]: told for told in site.truth()}
            requests = list(site.requests)
        runs = read_lines(data / "runs.jsonlines")
        end = next((line for line in reversed(runs) if line["event"] == "end"), {})
        lines = read_lines(data / "tiktoks.jsonlines")
        return Crawled(done.returncode, lines, end, truth, done.stdout + done.stderr, requests, data)

    return run

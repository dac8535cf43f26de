"""scrapy doctor, as its user runs it: the machine in a line each, and the site in one visit that keeps nothing."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil
import pytest

import replica.serving.app
from replica.options import Options
from replica.serving.server import Replica
from tests import forks
from tests.e2e.conftest import environment
from tests.project import ROOT
from tiktok_scraper.doctor.block import BEGIN, END

pytestmark = pytest.mark.browser
QUICK = {"TIKTOK_PACE": 0.2, "TIKTOK_REFRESH_WAITS": "0.1", "TIKTOK_STEP_TIMEOUT": 5}
VIEWS = {"a": "browse-like-count", "b": "browse-like-count", "c": "like-count"}


def doctor(folder: Path, *words: str, **settings: Any) -> subprocess.CompletedProcess[str]:
    given = {"TIKTOK_DATA_DIR": folder / "data", **QUICK, **settings}
    told = [part for name, value in given.items() for part in ("-s", f"{name}={value}")]
    return forks.run([*forks.PYTHON, "doctor", *words, *told], environment(), 900)


def visited(
    folder: Path, view: str = "auto", **options: Any
) -> tuple[subprocess.CompletedProcess[str], dict[str, str], Replica]:
    """A visit of a replica; its rows by their names."""
    with Replica(Options(**{"latency_ms": 20, "card_delay_ms": 20, **options})) as site:
        done = doctor(folder, "--site", site.url, TIKTOK_VIEW=view)
    rows = dict(row.split(":", 1) for row in done.stdout.splitlines() if row[:1].isalpha() and ":" in row)
    return done, {name: row.strip() for name, row in rows.items()}, site


@pytest.mark.parametrize("era", ["a", "b", "c"])
def test_a_visit_tells_how_the_site_is_read_and_keeps_nothing(era: str, folder: Path) -> None:
    done, rows, site = visited(folder, era=era)
    assert done.returncode == 0, done.stdout + done.stderr
    assert rows["ended by"] == "three steps made, after 3 of 3 steps"
    assert rows["page"].startswith(f"viewer, era {era} ")
    assert rows["pages met"] == "feed, viewer"
    assert rows["robots.txt"] == "allowed"
    assert rows["view"].startswith("viewer, opened by ")
    assert rows["view"].endswith("stepped by key")
    assert rows["names missed"] == "none"
    opened, _, rests = rows["preview card"].removeprefix("opened ").partition(" of ")
    assert int(opened) >= 1
    assert rests.startswith(opened)
    served = site.truth()
    assert rows["items"].startswith(f"all {len(served)}, ")

    people = {told["username"] for told in served} | {told["id"] for told in served}
    assert [who for who in people if who in done.stdout] == []
    assert not (folder / "data").exists()
    # One visit: robots.txt, the feed, and no page beside.
    pages = [path for _, path, _ in site.requests if "/api/" not in path and "/_site/" not in path]
    assert pages.count("/robots.txt") == 1
    assert pages.count("/foryou") == 1


def test_a_feed_walked_in_place_is_told_by_its_own_names(folder: Path) -> None:
    done, rows, _ = visited(folder, "feed", era="b")
    assert done.returncode == 0, done.stdout + done.stderr
    assert rows["view"].startswith("feed, opened by in place")
    assert rows["page"].startswith("feed, era b")
    assert "names of the feed in place:" in done.stdout
    assert "names of the viewer: not judged, it was not entered" in done.stdout


def renamed(folder: Path, names: set[str]) -> Path:
    """The replica's site with its data-e2e *names* called otherwise."""
    site = folder / "site"
    shutil.copytree(replica.serving.app.SITE, site)
    dom = site / "js" / "dom.js"
    before = 'setAttribute("data-e2e", value)'
    text = dom.read_text()
    assert text.count(before) == 1
    either = " || ".join(f'value === "{name}"' for name in sorted(names))
    dom.write_text(text.replace(before, f'setAttribute("data-e2e", {either} ? "qq" + value : value)'))
    return site


@pytest.mark.parametrize("era", ["a", "b", "c"])
def test_a_name_that_the_site_has_changed_is_named(era: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(replica.serving.app, "SITE", renamed(folder, {VIEWS[era]}))
    done, rows, _ = visited(folder, era=era)
    assert done.returncode == 1
    assert rows["ended by"].startswith("three steps made"), done.stdout + done.stderr
    shared = "likes of the feed in place; " if era == "c" else ""  # cinema mode calls them as the feed does
    assert rows["names missed"] == f"{shared}likes of the viewer, era {era}"
    missed = [line.split(maxsplit=5) for line in done.stdout.splitlines() if line.startswith("  MISSED")]
    assert {(line[1], line[2]) for line in missed} == {("likes", "0")}
    assert any(VIEWS[era] in line[5] and line[5].endswith("(every post has it)") for line in missed)


def test_a_feed_whose_cards_are_called_otherwise_is_no_feed_and_the_name_is_told(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    card = "recommend-list-item-container"
    monkeypatch.setattr(replica.serving.app, "SITE", renamed(folder, {card}))
    done, rows, _ = visited(folder, era="b")
    assert done.returncode == 1
    assert rows["ended by"].startswith("unknown-layout"), done.stdout + done.stderr
    assert rows["names missed"] == "feed_card of a feed, on a page that is not known"
    assert f'MISSED     feed_card    0 of 1  [data-e2e="{card}"] (posts are drawn: ' in done.stdout


def test_what_stands_in_the_way_is_told_with_what_may_help(folder: Path) -> None:
    done, rows, _ = visited(folder, era="c", obstacle="captcha")
    assert done.returncode == 1
    assert rows["ended by"] == "captcha, after 0 of 3 steps"
    assert rows["page"].startswith("captcha, era not known (slide")
    assert rows["what may help"].startswith("a window")


@contextmanager
def going(folder: Path, url: str, **environ: str) -> Iterator[subprocess.Popen[str]]:
    """A visit that has just begun, in a process of its own."""
    told = {"TIKTOK_DATA_DIR": folder / "data", **QUICK, "TIKTOK_PACE": 3}
    words = [part for name, value in told.items() for part in ("-s", f"{name}={value}")]
    command = [*forks.PYTHON, "doctor", "--site", url, *words]
    with subprocess.Popen(
        command, cwd=ROOT, env={**environment(), **environ}, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def wait_for(what: Callable[[], Any], seconds: float = 300) -> Any:
    end = time.monotonic() + seconds
    while not (found := what()):
        assert time.monotonic() < end
        time.sleep(0.05)
    return found


def viewed(site: Replica) -> bool:
    """Whether the viewer is open: the page has asked for the creator on whose name the pointer rests."""
    return any("/api/user/detail" in path for _, path, _ in site.requests)


@pytest.mark.system
def test_a_browser_that_dies_ends_the_visit_and_what_it_told_is_printed(folder: Path) -> None:
    with Replica(Options(latency_ms=20, card_delay_ms=20)) as site, going(folder, site.url) as process:
        wait_for(lambda: viewed(site))
        (driver,) = psutil.Process(process.pid).children()
        for browser in driver.children():
            browser.kill()
        printed, errors = process.communicate(timeout=300)
    lines = printed.splitlines()
    assert (process.returncode, errors) == (1, "")
    assert (lines[0], lines[-1]) == (BEGIN, END)
    rows = dict(line.split(":", 1) for line in lines if line[:1].isalpha())
    assert rows["ended by"].strip().startswith("browser-died (the browser or its driver is gone: ")
    assert rows["ended by"].endswith(" of 3 steps")
    assert rows["pages met"].strip().startswith("feed")
    assert rows["robots.txt"].strip() == "allowed"
    assert rows["names missed"].strip() == "none"
    assert any(line.startswith("  hit        feed_card") for line in lines)
    assert [told["username"] for told in site.truth() if told["username"] in printed] == []


@pytest.mark.system
def test_what_a_killed_visit_leaves_is_gone_after_the_next(folder: Path) -> None:
    (temporary := folder / "tmp").mkdir()
    ours = temporary / f"tiktok_scraper-{os.getuid()}"
    with Replica(Options(latency_ms=20, card_delay_ms=20)) as site:
        with going(folder, site.url, TMPDIR=str(temporary)) as process:
            wait_for(lambda: viewed(site))
            below = psutil.Process(process.pid).children(recursive=True)
            process.send_signal(signal.SIGKILL)
            process.wait(10)
        psutil.wait_procs(below, timeout=100)
        (left,) = ours.iterdir()
        assert (left / "lock").exists()
        with going(folder, site.url, TMPDIR=str(temporary)) as process:
            wait_for(lambda: not left.exists())
            process.communicate(timeout=300)
    assert process.returncode == 0
    assert list(ours.iterdir()) == []
    assert [path for path in temporary.iterdir() if path != ours] == []
    assert not (folder / "data").exists()


def test_a_site_whose_robots_txt_says_no_is_not_opened(folder: Path) -> None:
    done, rows, site = visited(folder, robots="disallow")
    assert (done.returncode, rows["ended by"]) == (1, "robots, after 0 of 3 steps")
    assert "/foryou" not in {path for _, path, _ in site.requests}


@pytest.mark.skipif(os.geteuid() != 0, reason="is about root")
def test_root_without_a_sandbox_visits_this_machine_alone(folder: Path) -> None:
    done = doctor(folder, "--site")
    assert done.returncode == 1
    assert done.stderr.startswith("scrapy doctor: as root Chromium runs without its sandbox")
    assert done.stderr.count("\n") == 1
    assert done.stdout == ""


def test_this_machine_is_told_in_a_line_each(folder: Path) -> None:
    done = doctor(folder, TIKTOK_ALLOW_NO_SANDBOX=True)
    told = {line[9:].partition(":")[0]: line for line in done.stdout.splitlines()}
    for about in ("settings", "browser", "driver", "versions", "start", "disk", "writing", "clock", "last runs"):
        assert told[about].startswith("ok"), done.stdout
    assert told["sandbox"].startswith("warning")
    assert " s" in told["start"]
    assert done.returncode == (1 if "\nfailure " in done.stdout else 0)
    assert not (folder / "data").exists()


def test_what_is_bad_hides_nothing_else(folder: Path) -> None:
    (folder / "data").write_text("a file where the folder should be")
    bad = {"SELENIUM_BROWSER_EXECUTABLE_PATH": shutil.which("true"), "TIKTOK_ALLOW_NO_SANDBOX": True}
    done = doctor(folder, **bad, TIKTOK_MIN_TIKTOKS="many")
    levels = [(line.split()[0], line[9:].partition(":")[0]) for line in done.stdout.splitlines()[:-1]]
    assert done.returncode == 1
    assert {about for level, about in levels if level == "failure"} >= {"settings", "start", "writing"}
    assert {about for level, about in levels if level == "ok"} >= {"driver", "disk", "clock"}
    failures = sum(level == "failure" for level, _ in levels)
    assert done.stdout.splitlines()[-1].startswith(f"failures: {failures}, ")


@pytest.mark.parametrize("words", [("--sight",), ("feed",), ("--site", "foryou")])
def test_a_wrong_use_is_told_in_one_line(words: tuple[str, ...], folder: Path) -> None:
    done = doctor(folder, *words)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("scrapy doctor: ")
    assert done.stderr.count("\n") == 1

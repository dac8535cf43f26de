"""scrapy doctor, as its user runs it: the machine in a line each, and the site in one visit that keeps nothing."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import replica.serving.app
from replica.options import Options
from replica.serving.server import Replica
from tests.e2e.conftest import environment
from tests.project import ROOT

pytestmark = pytest.mark.browser
QUICK = {"TIKTOK_PACE": 0.2, "TIKTOK_REFRESH_WAITS": "0.1", "TIKTOK_STEP_TIMEOUT": 5}
VIEWS = {"a": "browse-like-count", "b": "browse-like-count", "c": "like-count"}


def doctor(folder: Path, *words: str, **settings: Any) -> subprocess.CompletedProcess[str]:
    given = {"TIKTOK_DATA_DIR": folder / "data", **QUICK, **settings}
    told = [part for name, value in given.items() for part in ("-s", f"{name}={value}")]
    return subprocess.run(
        [sys.executable, "-m", "scrapy.cmdline", "doctor", *words, *told],
        cwd=ROOT,
        env=environment(),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


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
    assert "names of the feed walked in place:" in done.stdout
    assert "names of the viewer" not in done.stdout


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
    assert rows["names missed"] == f"likes of the viewer, era {era}"
    (missed, *_) = [line.split() for line in done.stdout.splitlines() if line.startswith("  MISSED")]
    assert (missed[1], missed[2]) == ("likes", "0")
    assert VIEWS[era] in missed[5]


def test_a_feed_whose_cards_are_called_otherwise_is_no_feed_and_the_name_is_told(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    card = "recommend-list-item-container"
    monkeypatch.setattr(replica.serving.app, "SITE", renamed(folder, {card}))
    done, rows, _ = visited(folder, era="b")
    assert done.returncode == 1
    assert rows["ended by"].startswith("unknown-layout"), done.stdout + done.stderr
    assert rows["names missed"].startswith("feed_card of a feed, on a page that is not known")
    assert f'MISSED feed_card    0 of 1  [data-e2e="{card}"]' in done.stdout


@pytest.mark.parametrize(
    ("obstacle", "ended", "told"),
    [
        ("captcha", "captcha, after 0", "captcha, era not known (slide"),
        ("login-prompt", "three steps made", "viewer"),
        ("empty-reply", "empty-reply, after 0", "error-page"),
    ],
)
def test_what_stands_in_the_way_is_told(obstacle: str, ended: str, told: str, folder: Path) -> None:
    done, rows, _ = visited(folder, era="c", obstacle=obstacle)
    assert rows["ended by"].startswith(ended), done.stdout + done.stderr
    assert rows["page"].startswith(told)
    assert obstacle in rows["pages met"] + rows["ended by"]
    assert rows["names missed"] == "none"  # a page that is no feed misses none of a feed's
    assert done.returncode == (0 if ended.startswith("three") else 1)
    assert ("what may help" in rows) == (obstacle != "login-prompt")


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

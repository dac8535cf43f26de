"""Twelve hours of the job as they were drawn, and a whole week of them, each told in the calendar as it was."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.drawn_hours import Hours, draw, expected, lived
from tests.e2e.test_cron import carriers, end_all

pytestmark = [
    pytest.mark.system,
    pytest.mark.browser,
    pytest.mark.skipif(os.geteuid() != 0, reason="only root may put a file over /proc/uptime"),
    pytest.mark.skipif(not shutil.which("unshare"), reason="needs unshare, of util-linux"),
]
TWELVE = 6608  # its twelve hours hold eight of the nine marks, three walls in a row and the wait after them
WEEK = 168


@pytest.fixture
def short() -> Iterator[Path]:
    """A folder whose name is short enough for a browser's socket inside it."""
    with tempfile.TemporaryDirectory(prefix="h-") as name:
        yield Path(name)
        end_all(name)


def left_clean(hours: Hours, kind: str) -> None:
    """Nothing of an hour goes on after it, and nothing is left in the temporary folder."""
    assert carriers(str(hours.folder)) == [], kind
    assert list((hours.folder / "tmp").iterdir()) == [], kind


def test_twelve_hours_are_told_as_they_were(short: Path) -> None:
    plan = draw(TWELVE, 12)
    assert expected(plan) == "#nn+oolkxxxb"
    assert lived(plan, short, left_clean) == expected(plan)
    assert list((short / "data" / "runs").glob("browser-*")) == [], "the profile of the killed run"


@pytest.mark.thorough
@pytest.mark.parametrize("seed", [1])
def test_every_hour_of_a_week_is_told_as_it_was(short: Path, seed: int) -> None:
    plan = draw(seed, WEEK)
    assert set("#x+ksonlb") <= set(expected(plan)), "no kind of hour is missing"
    assert lived(plan, short, left_clean) == expected(plan)


def test_what_is_expected_is_by_the_rules_as_they_are_documented() -> None:
    walls = ["fit", *["wall"] * 8, "killed", *["fit"] * 20]
    # After the third wall the job waits 2 hours, after the next 4: then it meets the wall no more.
    assert expected(walls).startswith("#xxxbx" + "bbbk" + "#")

"""Era, view, stepper and obstacle in every pair: the same lines as the truth has, or the reason's true name."""

from __future__ import annotations

import itertools
from typing import Any

import pytest

from tests.e2e import geckodriver
from tests.e2e.against_truth import differences

pytestmark = pytest.mark.browser

ERAS, VIEWS, STEPPERS = ("b", "c"), ("viewer", "feed"), ("key", "button", "wheel")
# Obstacle, at which TikTok, and the reason that the run ends for.
MET = [
    (None, None, "limit"),
    ("interests", 0, "limit"),
    ("interests", 3, "limit"),
    ("got-it", 3, "limit"),
    ("shortcuts", 0, "limit"),
    ("floating-banner", 3, "limit"),
    ("login-prompt", 3, "limit"),
    ("error-page", 0, "limit"),
    ("captcha", 3, "captcha"),
    ("login-wall", 3, "login-wall"),
    ("cover", 0, "covered"),
    ("cover", 3, "covered"),
]
ROWS = [
    (ERAS[(row + way) % 2], VIEWS[(row // 2 + way) % 2], stepper, *met)
    for row, met in enumerate(MET)
    for way, stepper in enumerate(STEPPERS)
]
# Era a is a page of cards: its viewer, and its cards in place, of which the wheel alone leads to the next.
ROWS += [("a", "viewer", "button", "interests", 3, "limit"), ("a", "viewer", "wheel", "captcha", 3, "captcha")]
ROWS += [("a", "feed", "wheel", None, None, "limit"), ("a", "viewer", "key", "cover", 3, "covered")]
FIREFOX = [
    ("b", "viewer", "key", None, None, "limit"),
    ("c", "viewer", "button", "interests", 3, "limit"),
    ("b", "feed", "wheel", None, None, "limit"),
    ("c", "feed", "key", "captcha", 3, "captcha"),
    ("c", "viewer", "wheel", "cover", 0, "covered"),
]
FAST = {"TIKTOK_STEP_TIMEOUT": 8, "TIKTOK_REFRESH_WAITS": "0.1,0.1", "TIKTOK_CREATOR_COUNTS": "needed"}


def test_every_pair_of_two_is_in_the_table() -> None:
    factors = (ERAS, VIEWS, STEPPERS, [met[:2] for met in MET])
    there = {(era, view, stepper, (obstacle, at)) for era, view, stepper, obstacle, at, _ in ROWS}
    for one, other in itertools.combinations(range(4), 2):
        pairs = {(row[one], row[other]) for row in there}
        assert set(itertools.product(factors[one], factors[other])) <= pairs


def check(crawled: Any, row: tuple[Any, ...]) -> None:
    _, view, stepper, obstacle, at, reason = row
    assert (crawled.end["reason"], crawled.exit_code) == (reason, 0 if reason == "limit" else 2), crawled.printed
    for line in crawled.lines:
        assert differences(line, crawled.truth[line["id"]], asks=False) == []
    if reason == "limit":
        assert len(crawled.lines) == 5
        assert (crawled.end["view"], crawled.end["contact"]["stepper"]) == (view, stepper)
        assert crawled.end["note"].get(obstacle, 0) == (obstacle is not None)
    else:
        assert len(crawled.lines) == max(0, at - 1), "what was gathered before is kept"
        assert crawled.end["contact"]["page"]["kind"] == reason
        (kept,) = (crawled.folder / "contact").iterdir()
        assert {file.name for file in kept.iterdir()} == {"page.html", "page.png"}


def crawl_of(crawl: Any, row: tuple[Any, ...], **settings: Any) -> Any:
    era, view, stepper, obstacle, at, _ = row
    return crawl(
        limit=5,
        era=era,
        steps_by=stepper,
        obstacle=obstacle,
        obstacle_at=at,
        author_stats="full",
        settings={**FAST, "TIKTOK_VIEW": view, **settings},
    )


# Every other obstacle and place once, the steppers in turn; and what test_obstacles.py leaves to this table.
OFTEN = {*(ROWS[len(STEPPERS) * n + n % len(STEPPERS)] for n in range(0, len(MET), 2)), *ROWS[-4:], FIREFOX[1]}
OFTEN |= {row for row in ROWS if (row[0], row[3]) == ("c", "captcha")}


def rows(table: list[tuple[Any, ...]]) -> list[Any]:
    """*table* as parameters; what is not run often is thorough."""
    return [pytest.param(row, marks=() if row in OFTEN else pytest.mark.thorough, id=str(row)) for row in table]


@pytest.mark.parametrize("row", rows(ROWS))
def test_pairs(crawl: Any, row: tuple[Any, ...]) -> None:
    check(crawl_of(crawl, row), row)


@pytest.mark.firefox
@pytest.mark.parametrize("row", rows(FIREFOX))
def test_the_main_ones_in_firefox(crawl: Any, row: tuple[Any, ...]) -> None:
    driver = geckodriver.path()
    check(
        crawl_of(crawl, row, SELENIUM_DRIVER_NAME="firefox", SELENIUM_DRIVER_EXECUTABLE_PATH=driver),
        row,
    )

"""What was waited for is told as it was written."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.support import expected_conditions as expected

from tiktok_scraper.browser.condition import LONGEST, in_words


class Comments:
    """A condition of a user's own."""

    def __init__(self, least: int) -> None:
        self.least = least

    def __call__(self, _: Any) -> bool:
        return False

    def enough(self, _: Any) -> bool:
        return False


def ready(driver: Any) -> bool:
    return False


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        (expected.presence_of_element_located((By.ID, "never")), "presence_of_element_located(('id', 'never'))"),
        (expected.title_is("x"), "title_is('x')"),
        (
            expected.any_of(expected.title_is("x"), expected.url_contains("y")),
            "any_of(title_is('x'), url_contains('y'))",
        ),
        (ready, "ready"),
        (Comments(3), "Comments(least=3)"),
        (Comments(3).enough, "Comments.enough"),
        (partial(ready), "partial of ready"),
    ],
)
def test_a_condition_in_words(condition: Any, words: str) -> None:
    assert in_words(condition) == words


def test_a_lambda_is_told_by_where_it_stands() -> None:
    line = (waiting := lambda _: False).__code__.co_firstlineno
    assert in_words(waiting) == f"the lambda of {__file__}, line {line}"


def test_a_long_one_is_cut() -> None:
    assert len(in_words(expected.title_is("x" * 1000))) == LONGEST + len("...")

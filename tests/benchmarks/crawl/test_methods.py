"""The list of what is measured hangs together, and each of it runs: others' ways and the floors in real browsers."""

from __future__ import annotations

import pytest

from benchmarks.crawl.methods import ALIKE, BY_NAME, METHODS, Method
from benchmarks.crawl.rounds import once, settings_of
from tiktok_scraper.config.known import check_names

WITH_A_BROWSER = [
    pytest.param(
        method, id=method.name, marks=[getattr(pytest.mark, method.needs)] if method.needs == "firefox" else []
    )
    for method in METHODS
]


def test_every_name_is_one_methods_own_and_those_that_are_compared_are_there() -> None:
    assert len(BY_NAME) == len(METHODS)
    assert {*ALIKE, *ALIKE.values(), *(m.floor for m in METHODS if m.floor)} <= BY_NAME.keys()


def test_every_way_of_ours_has_a_floor_that_walks_as_many() -> None:
    ours = [method for method in METHODS if not method.module]
    assert ours
    assert all(BY_NAME[method.floor].tiktoks(100) == method.tiktoks(100) for method in ours)


def test_our_crawls_are_told_settings_that_there_are() -> None:
    for method in METHODS:
        if not method.module:
            check_names(settings_of(method).keys())


def test_the_slow_walk_a_share_of_the_tiktoks_and_never_less_than_two() -> None:
    assert [BY_NAME["2022"].tiktoks(of) for of in (1, 100)] == [2, 10]
    assert BY_NAME["needed"].tiktoks(100) == 100


@pytest.mark.browser
@pytest.mark.thorough
@pytest.mark.parametrize("method", WITH_A_BROWSER)
def test_each_method_collects_all_that_it_is_asked_for(method: Method) -> None:
    if lacks := method.lacks():
        pytest.skip(lacks)
    timed = once(method, 5, lambda _: None)
    assert timed.complete
    assert timed.cost.trips
    assert timed.cost.requests > 5
    assert timed.cost.sent > 10_000
    assert timed.cost.cpu > 0
    assert 0 < timed.walk < timed.whole

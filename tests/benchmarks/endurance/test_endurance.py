"""Crawls one after another leave nothing open, and the judge of both parts sees what it is there for."""

from __future__ import annotations

import os
import time

import pytest

from benchmarks.endurance.hour import run
from benchmarks.endurance.long import Held, growth
from benchmarks.endurance.many import Left, crawled, growing
from benchmarks.endurance.parts import PARTS, cpu_seconds


@pytest.mark.browser
def test_crawls_of_one_process_leave_nothing_open_and_nothing_lying_about() -> None:
    left = crawled(runs=3, tiktoks=2)
    assert list(growing(left)) == []
    assert [(each.processes, each.temporary) for each in left] == [(0, 0)] * 3


@pytest.mark.browser
def test_what_a_run_costs_is_told_by_its_parts() -> None:
    found = run(3, TIKTOK_PACE=0)
    assert found.tiktoks == 3
    assert found.cpu.keys() == found.most.keys() == set(PARTS)
    assert all(seconds > 0 for seconds in found.cpu.values())
    assert found.most["browser"] > found.most["Python"] > found.most["driver"] > 5
    assert 0 < sum(found.cpu.values()) < found.seconds * os.cpu_count()


def test_the_processor_time_of_a_process_is_its_own() -> None:
    begun, ends = cpu_seconds(os.getpid()), time.process_time() + 0.2
    while time.process_time() < ends:
        pass
    assert cpu_seconds(os.getpid()) - begun == pytest.approx(0.2, abs=0.05)


def test_what_grows_from_the_second_crawl_on_is_named() -> None:
    first, last = Left(2, 9, 1, 0, 0, 1), Left(6, 12, 1, 0, 1, 1)
    assert list(growing([first, Left(4, 11, 1, 0, 0, 1), last])) == [
        "descriptors: 11 after the second crawl, 12 after the last",
        "temporary: 0 after the second crawl, 1 after the last",
    ]


def test_growth_is_of_the_second_half_and_of_python_alone() -> None:
    late = [Held(100 * n, 150 + 3 * n, 20, 400 + 50 * n) for n in range(6, 11)]
    early = [Held(100 * n, 100 + 20 * n, 20, 400) for n in range(1, 6)]
    assert growth(early + late) == pytest.approx(3)
    assert growth([Held(100 * n, 150, 20, 400 * n) for n in range(1, 11)]) == 0


def test_too_few_looks_tell_no_growth() -> None:
    with pytest.raises(ValueError, match="ask for more TikToks"):
        growth([Held(5, 100, 20, 400)])

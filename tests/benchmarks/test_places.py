"""The benchmarks look for the project and for saved pages where the tests do."""

from __future__ import annotations

from benchmarks import places
from tests import captures, project


def test_the_benchmarks_find_the_project_and_the_saved_pages_where_the_tests_do() -> None:
    assert project.ROOT == places.ROOT
    assert captures.CAPTURES == places.CAPTURES

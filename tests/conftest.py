"""A test of real browsers or processes that fails is run once more, because machines may be busy; both are told."""

from __future__ import annotations

import pytest

REAL = ("browser", "firefox", "system")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if any(item.get_closest_marker(name) for name in REAL):
            item.add_marker(pytest.mark.flaky(reruns=1))

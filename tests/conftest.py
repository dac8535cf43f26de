"""How tests are run: those of real browsers and processes one after the other, and a failed one of them once more.

Machines may be busy, so a browser is not to be disturbed by another one of ours; all other tests go by files, which
share what their modules make. Without pytest-xdist's -n the groups mean nothing.
"""

from __future__ import annotations

import os

import pytest

REAL = ("browser", "firefox", "system")


def is_real(item: pytest.Item) -> bool:
    """Whether a test leans on a real browser or on processes of the system."""
    return any(item.get_closest_marker(name) for name in REAL)


def pytest_configure() -> None:
    os.environ.pop("TIKTOK_DATA_DIR", None)  # whoever runs the tests may have data of their own


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=is_real)  # a stable sort: the quick ones first, and the browsers when the machine is free for them
    for item in items:
        if is_real(item):
            item.add_marker(pytest.mark.flaky(reruns=1))
        item.add_marker(pytest.mark.xdist_group("real" if is_real(item) else item.nodeid.partition("::")[0]))

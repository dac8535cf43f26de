"""How tests are run: whole crawls one after the other, single pages beside them, and a failed one of them once more.

Machines may be busy, so a crawl is not to be disturbed by another one of ours; a page in a browser of its own takes
little. All other tests go by files, which share what their modules make. Without pytest-xdist's -n the groups mean
nothing.
"""

from __future__ import annotations

import os

import pytest

REAL = ("browser", "firefox", "system")
CRAWLS = "tests/e2e/"


def is_real(item: pytest.Item) -> bool:
    """Whether a test leans on a real browser or on processes of the system."""
    return any(item.get_closest_marker(name) for name in REAL)


def pytest_configure() -> None:
    os.environ.pop("TIKTOK_DATA_DIR", None)  # whoever runs the tests may have data of their own


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    # A stable sort: the quick ones first, and the browsers when the machine is free for them, crawls before pages.
    items.sort(key=lambda item: (is_real(item), not item.nodeid.startswith(CRAWLS)))
    for item in items:
        if is_real(item):
            item.add_marker(pytest.mark.flaky(reruns=1))
        item.add_marker(pytest.mark.xdist_group(group(item)))


def group(item: pytest.Item) -> str:
    """Name the tests that one process runs one after the other, *item* among them."""
    if is_real(item):
        return "crawls" if item.nodeid.startswith(CRAWLS) else "pages"
    return item.nodeid.partition("::")[0]

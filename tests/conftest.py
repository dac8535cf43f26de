"""How tests are run: by files, each in one process, those of real browsers and processes last, a failed one once more.

What a module makes, a browser above all, is made once so (tools/checks.sh: --dist loadfile).
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
    # A stable sort: quick ones first, then whole crawls, then single pages, which fill what time is left at the end.
    items.sort(key=lambda item: (is_real(item), not item.nodeid.startswith(CRAWLS)))
    for item in items:
        if is_real(item):
            item.add_marker(pytest.mark.flaky(reruns=1))

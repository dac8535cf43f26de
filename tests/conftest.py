"""How tests are run: quick ones by files, then whole crawls one by one; what leans on a browser twice if it fails.

What a module makes, a browser above all, is made once, so a file stays in one process of pytest-xdist; a crawl starts
all that it needs by itself, so crawls go to whichever process is free. Tests marked `thorough` repeat with other
values what another one of their file shows; `make thorough` runs them, and `make test` leaves them out.
"""

from __future__ import annotations

import gc
import os
from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling

REAL = ("browser", "firefox", "system")
CRAWLS = "tests/e2e/"
# Files of it that stay whole: one browser or one grid serves them all, or one process without root's rights.
WHOLE = ("tests/e2e/doctor/", "tests/e2e/test_setup_faults.py", "tests/e2e/test_grid.py")


class ByFileOrCrawl(LoadScopeScheduling):
    """Hands out whole files, and crawls one by one."""

    def _split_scope(self, nodeid: str) -> str:
        if nodeid.startswith(CRAWLS) and not nodeid.startswith(WHOLE):
            return nodeid
        return nodeid.partition("::")[0]


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> ByFileOrCrawl:
    return ByFileOrCrawl(config, log)


def is_real(item: pytest.Item) -> bool:
    """Whether a test leans on a real browser or on processes of the system."""
    return any(item.get_closest_marker(name) for name in REAL)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--thorough", action="store_true", help="only the tests that are left out otherwise")


def pytest_configure() -> None:
    os.environ.pop("TIKTOK_DATA_DIR", None)  # whoever runs the tests may have data of their own
    gc.disable()  # until all modules are there: nothing of them is garbage


def pytest_collection_finish() -> None:
    """What was imported stays: garbage is looked for among what tests make alone, which saves a fifth of the time."""
    import hypothesis  # noqa: F401  it asks, when it is imported, who refers to whom, and what is frozen is not told

    gc.freeze()
    gc.enable()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    wanted = bool(config.getoption("--thorough"))
    left_out = [item for item in items if bool(item.get_closest_marker("thorough")) != wanted]
    config.hook.pytest_deselected(items=left_out)
    kept = [item for item in items if item not in set(left_out)]
    # A stable sort: quick ones first, then whole crawls, then single pages, which fill what time is left at the end.
    kept.sort(key=lambda item: (is_real(item), not item.nodeid.startswith(CRAWLS)))
    for item in kept:
        if is_real(item):
            item.add_marker(pytest.mark.flaky(reruns=1))
    items[:] = kept

"""The crawl says what it needs of the system."""

from __future__ import annotations

import pytest

from tiktok_scraper.needs.system import need_linux


@pytest.mark.parametrize("system", ["win32", "darwin", "freebsd14"])
def test_elsewhere_than_on_linux_it_ends_with_its_reason(system: str) -> None:
    with pytest.raises(SystemExit) as ended:
        need_linux(system)
    assert ended.value.code == (
        f"the crawl needs Linux (on Windows: WSL), and this is {system}; "
        "the analysis of what was crawled runs here: python -m analysis --help"
    )


def test_on_linux_it_goes_on() -> None:
    need_linux("linux")

"""Only asyncio's reactor will do."""

from __future__ import annotations

import pytest
from scrapy.settings import Settings

from tiktok_scraper.errors import BadSetting
from tiktok_scraper.needs.reactor import check_loop


def test_scrapys_own_is_asyncios() -> None:
    check_loop(Settings())


def test_without_a_reactor_scrapy_runs_on_asyncio() -> None:
    check_loop(Settings({"TWISTED_REACTOR_ENABLED": False, "TWISTED_REACTOR": None}))


@pytest.mark.parametrize(
    "told", ["twisted.internet.selectreactor.SelectReactor", "nonsense", "no.such.Thing", "json.dumps", "", None]
)
def test_any_other_is_refused_by_name(told: str | None) -> None:
    with pytest.raises(BadSetting, match=r"TWISTED_REACTOR must be .*AsyncioSelectorReactor"):
        check_loop(Settings({"TWISTED_REACTOR": told}))

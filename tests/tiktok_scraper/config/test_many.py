"""How many browsers a run may have: fewer here than on a grid, and one at the live site unless it is said why."""

from __future__ import annotations

import pytest

from tiktok_scraper.config import BrowserConfig, check_many
from tiktok_scraper.errors import BadSetting

REPLICA = "http://127.0.0.1:8000/foryou"
GRID = "http://127.0.0.1:4444"


@pytest.mark.parametrize(("executor", "most"), [(None, 8), (GRID, 64)])
def test_there_is_a_most(executor: str | None, most: int) -> None:
    check_many(BrowserConfig(browsers=most, command_executor=executor), REPLICA)
    with pytest.raises(BadSetting, match=f"-a browsers may be {most} at most .*, not {most + 1}"):
        check_many(BrowserConfig(browsers=most + 1, command_executor=executor), REPLICA)


@pytest.mark.parametrize("url", ["https://www.tiktok.com/foryou", "https://TikTok.com/", "https://m.tiktok.com./"])
@pytest.mark.parametrize("why", ["", "   "])
def test_several_at_the_live_site_need_a_reason(url: str, why: str) -> None:
    with pytest.raises(BadSetting, match="TIKTOK_BROWSERS_WHY"):
        check_many(BrowserConfig.from_settings({"TIKTOK_BROWSERS_WHY": why}).of_run(2), url)
    check_many(BrowserConfig.from_settings({"TIKTOK_BROWSERS_WHY": why}).of_run(1), url)
    check_many(BrowserConfig.from_settings({"TIKTOK_BROWSERS_WHY": "agreed with them"}).of_run(2), url)


@pytest.mark.parametrize("url", [REPLICA, "http://nottiktok.com/", "http://tiktok.com.example/"])
def test_elsewhere_nobody_is_asked(url: str) -> None:
    check_many(BrowserConfig(browsers=2), url)

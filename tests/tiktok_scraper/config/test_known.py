"""A misspelt setting of ours is refused by its name."""

from __future__ import annotations

import pytest

from tiktok_scraper.config.known import check_names
from tiktok_scraper.errors import BadSetting


@pytest.mark.parametrize(
    ("misspelt", "meant"),
    [
        ("TIKTOK_DATADIR", "TIKTOK_DATA_DIR"),
        ("TIKTOK_HEALTH_NULL_LIKE", "TIKTOK_HEALTH_NULL_LIKES"),
        ("SELENIUM_DRIVER_EXECUTABEL_PATH", "SELENIUM_DRIVER_EXECUTABLE_PATH"),
        ("SELENIUM_DRIVER_ARGS", "SELENIUM_DRIVER_ARGUMENTS"),
        ("SELENIUM_BROWSER_PATH", "SELENIUM_BROWSER_EXECUTABLE_PATH"),
        ("SELENIUM_COMMAND_EXECUTER", "SELENIUM_COMMAND_EXECUTOR"),
    ],
)
def test_the_name_that_was_meant_is_told(misspelt: str, meant: str) -> None:
    with pytest.raises(BadSetting, match=f"there is no setting {misspelt}; did you mean {meant}"):
        check_names(["BOT_NAME", meant, misspelt])


def test_a_name_like_no_other_gets_the_names_of_its_kind() -> None:
    with pytest.raises(BadSetting, match=r"docs/crawl.md lists them: SELENIUM_BROWSER_EXECUTABLE_PATH") as told:
        check_names(["SELENIUM_XYZZY"])
    assert "TIKTOK_" not in str(told.value)


def test_the_right_names_pass_and_other_peoples_are_not_ours_to_judge() -> None:
    names = ["DRIVER_NAME", "DRIVER_EXECUTABLE_PATH", "BROWSER_EXECUTABLE_PATH", "COMMAND_EXECUTOR", "DRIVER_ARGUMENTS"]
    check_names([*(f"SELENIUM_{name}" for name in names), "TIKTOK_MIN_TIKTOKS", "DEPTH_LIMIT", "SPLASH_URL"])

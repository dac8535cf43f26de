"""Settings are read once into values that check themselves."""

from __future__ import annotations

from pathlib import Path

import pytest

from tiktok_scraper import settings as defaults
from tiktok_scraper.config import BrowserConfig, CrawlConfig
from tiktok_scraper.config.values import driver_arguments
from tiktok_scraper.errors import BadSetting


def test_the_defaults_are_those_of_the_table_in_the_design() -> None:
    ours = {name: getattr(defaults, name) for name in dir(defaults) if name.startswith(("TIKTOK_", "SELENIUM_"))}
    crawl, browser = CrawlConfig.from_settings(ours), BrowserConfig.from_settings(ours)
    assert (crawl.source, crawl.creator_counts, crawl.pace, crawl.jitter) == ("auto", "always", 3, 0.3)
    assert (crawl.card_timeout, crawl.step_timeout, crawl.deadline, crawl.browser_restarts) == (5, 20, 3000, 2)
    assert (browser.headless, browser.locale, browser.zone, browser.viewport) == (True, "en-US", "UTC", (1280, 800))
    assert not (browser.block_media or browser.allow_no_sandbox or crawl.evidence or crawl.keep_raw)
    assert crawl.data_dir == Path(defaults.__file__).parent.parent


def test_text_from_the_command_line_reads_as_the_value_it_means() -> None:
    told = {"TIKTOK_PACE": "0.5", "TIKTOK_HEADLESS": "False", "TIKTOK_EVIDENCE": "1", "TIKTOK_VIEWPORT": "1024x768"}
    assert CrawlConfig.from_settings(told).pace == 0.5
    assert CrawlConfig.from_settings(told).evidence is True
    assert BrowserConfig.from_settings(told).headless is False
    assert BrowserConfig.from_settings(told).viewport == (1024, 768)


@pytest.mark.parametrize(
    ("told", "headless", "has_window"),
    [
        (True, True, False),
        ("1", True, False),
        ("", True, False),
        (False, False, True),
        ("false", False, True),
        ("Virtual", "virtual", True),
    ],
)
def test_a_browser_may_have_a_window_here_or_on_a_display_of_its_own(
    told: object, headless: object, has_window: bool
) -> None:
    config = BrowserConfig.from_settings({"TIKTOK_HEADLESS": told})
    assert (config.headless, config.has_window) == (headless, has_window)


def test_a_headless_that_is_none_names_all_three() -> None:
    with pytest.raises(BadSetting, match="TIKTOK_HEADLESS must be True, False or virtual, not 'xvfb'"):
        BrowserConfig.from_settings({"TIKTOK_HEADLESS": "xvfb"})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TIKTOK_PACE", "-1"),
        ("TIKTOK_PACE", "fast"),
        ("TIKTOK_PACE", "nan"),
        ("TIKTOK_JITTER", 1.5),
        ("TIKTOK_STEP_TIMEOUT", 0),
        ("TIKTOK_SOURCE", "network"),
        ("TIKTOK_CREATOR_COUNTS", "sometimes"),
        ("TIKTOK_EVIDENCE", "maybe"),
        ("TIKTOK_REFRESH_WAITS", "5;20"),
        ("TIKTOK_REFRESH_WAITS", "5,-1"),
        ("TIKTOK_REFRESH_WAITS", 5),
        ("TIKTOK_EXTRA_FIELDS", "caption,bio"),
        ("TIKTOK_ZONE", "Mars/Olympus"),
        ("TIKTOK_VIEWPORT", "wide"),
        ("TIKTOK_VIEWPORT", "10x10"),
        ("SELENIUM_DRIVER_NAME", "netscape"),
        ("SELENIUM_DRIVER_EXECUTABLE_PATH", "/no/such/driver"),
        ("SELENIUM_COMMAND_EXECUTOR", "127.0.0.1:4444"),
        ("SELENIUM_DRIVER_ARGUMENTS", "[--lang=en"),
        ("SELENIUM_DRIVER_ARGUMENTS", "--a=1,b"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named_with_what_was_found(name: str, value: object) -> None:
    with pytest.raises(BadSetting, match=name) as refused:
        CrawlConfig.from_settings({name: value})
        BrowserConfig.from_settings({name: value})
    assert isinstance(refused.value, ValueError), "Scrapy ends a run with exit code 1 for a ValueError"


@pytest.mark.parametrize("told", [[5, 20, 60], "5,20,60", "5, 20, 60", "[5, 20, 60]", "[5,20,60]"], ids=repr)
def test_times_come_as_a_list_as_it_is_printed_or_comma_separated(told: object) -> None:
    assert CrawlConfig.from_settings({"TIKTOK_REFRESH_WAITS": told}).refresh_waits == (5.0, 20.0, 60.0)
    assert CrawlConfig.from_settings({"TIKTOK_REFRESH_WAITS": ""}).refresh_waits == ()


@pytest.mark.parametrize(
    ("told", "arguments"),
    [
        (None, ()),
        ("", ()),
        ([], ()),
        (["--a", "--b=1,2"], ("--a", "--b=1,2")),
        ("--a,--b=1", ("--a", "--b=1")),
        ('["--rules=MAP * 1.2.3.4, EXCLUDE localhost"]', ("--rules=MAP * 1.2.3.4, EXCLUDE localhost",)),
        ("-pref=a.b=1", ("-pref=a.b=1",)),
    ],
)
def test_browser_arguments_come_as_a_list_as_json_or_comma_separated(told: object, arguments: tuple[str, ...]) -> None:
    assert driver_arguments(told) == arguments

"""One reading of TIKTOK_DATA_DIR and of every path that no shell has seen."""

from __future__ import annotations

from pathlib import Path

import pytest
from scrapy.settings import Settings

from tests.project import ROOT
from tiktok_scraper.config import BrowserConfig, CrawlConfig, data_dir, typed_path
from tiktok_scraper.config.place import executable
from tiktok_scraper.errors import BadSetting

NAME = "TIKTOK_DATA_DIR"


def told(**by: str) -> Settings:
    """Settings as Scrapy makes them: what the *project*, a *spider* and the *cmdline* say."""
    settings = Settings()
    for priority, value in by.items():
        settings.set(NAME, value, priority=priority)
    return settings


@pytest.mark.parametrize(
    ("by", "around", "folder"),
    [
        ({"project": "/p"}, None, "/p"),
        ({"project": "/p"}, "/e", "/e"),
        ({"project": "/p", "cmdline": "/c"}, "/e", "/c"),
        ({"project": "/p", "spider": "/s"}, "/e", "/s"),
        ({"project": "/p"}, "", "/p"),
        ({"project": "/p", "cmdline": ""}, "/e", "/e"),
        ({"project": "/p", "cmdline": ""}, "", str(ROOT)),
        ({}, None, str(ROOT)),
        ({}, "/e", "/e"),
    ],
)
def test_the_command_line_counts_before_the_environment_and_that_before_settings_py(
    by: dict[str, str], around: str | None, folder: str
) -> None:
    assert data_dir(told(**by), {} if around is None else {NAME: around}) == Path(folder)


@pytest.mark.parametrize("by", ["project", "cmdline", "environment"])
def test_a_tilde_is_the_home_folder_wherever_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, by: str
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    if by == "environment":
        monkeypatch.setenv(NAME, "~/data")
    settings = told(project="/p") if by == "environment" else told(**{by: "~/data"})
    assert CrawlConfig.from_settings(settings).data_dir == tmp_path / "data"
    assert BrowserConfig.from_settings(settings).runs_dir == tmp_path / "data" / "runs"


def test_the_home_of_nobody_is_a_bad_setting() -> None:
    with pytest.raises(BadSetting, match=r"TIKTOK_DATA_DIR begins with .* not there: ~no-such-user/x"):
        data_dir({NAME: "~no-such-user/x"})


def test_a_path_in_full_or_relative_stays_as_it_is() -> None:
    assert [str(typed_path("FILE", path)) for path in ("a/~b", "/x/~", "..")] == ["a/~b", "/x/~", ".."]


@pytest.mark.parametrize("name", ["SELENIUM_DRIVER_EXECUTABLE_PATH", "SELENIUM_BROWSER_EXECUTABLE_PATH"])
def test_a_program_is_a_path_with_or_without_a_tilde_or_a_name_on_the_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    (tmp_path / "driver").write_text("#!/bin/sh\n")
    (tmp_path / "driver").chmod(0o755)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("PATH", str(tmp_path))
    for given in ("~/driver", str(tmp_path / "driver"), "driver"):
        assert executable({name: given}, name) == str(tmp_path / "driver")
    assert executable({name: ""}, name) is None
    assert executable({}, name) is None


@pytest.mark.parametrize(
    ("made", "said"),
    [("nothing", "there is no file at"), ("folder", "a folder is at"), ("text", r"may not be run: chmod \+x")],
)
def test_a_program_that_cannot_be_run_says_why(tmp_path: Path, made: str, said: str) -> None:
    driver = tmp_path / "driver"
    if made == "folder":
        driver.mkdir()
    if made == "text":
        driver.write_text("")
    with pytest.raises(BadSetting, match=f"SELENIUM_DRIVER_EXECUTABLE_PATH must be .*{said}"):
        executable({"SELENIUM_DRIVER_EXECUTABLE_PATH": str(driver)}, "SELENIUM_DRIVER_EXECUTABLE_PATH")

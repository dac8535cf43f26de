"""The browser and the driver: found or not, and fitting each other or not."""

from __future__ import annotations

from pathlib import Path

import pytest

from tiktok_scraper.config import BrowserConfig
from tiktok_scraper.doctor.programs import fitting, programs


def program(path: Path, says: str) -> str:
    path.write_text(f"#!/bin/sh\necho '{says}'\n")
    path.chmod(0o755)
    return str(path)


@pytest.mark.parametrize(
    ("browser", "driver", "level"),
    [
        ("156.0.8078.108", "156.0.1.2", "ok"),
        ("156.0.8078.108", "155.0.8078.108", "failure"),
        ("?", "156.0.1.2", "warning"),
    ],
)
def test_chromium_and_its_driver_must_be_of_one_major(browser: str, driver: str, level: str) -> None:
    assert fitting("chrome", browser, driver).level == level


def test_geckodriver_has_versions_of_its_own() -> None:
    assert fitting("firefox", "153.0", "0.36.0").level == "ok"


def test_each_is_told_with_its_version_and_a_mismatch_with_its_remedy(tmp_path: Path) -> None:
    config = BrowserConfig(
        browser_path=program(tmp_path / "browser", "Chromium 150.0.1.2 built on Debian"),
        driver_path=program(tmp_path / "driver", "ChromeDriver 149.0.3.4 (abc)"),
    )
    found = list(programs(config))
    assert [(finding.about, finding.level) for finding in found] == [
        ("browser", "ok"),
        ("driver", "ok"),
        ("versions", "failure"),
    ]
    assert "150.0.1.2" in found[0].told
    assert "149.0.3.4" in found[1].told
    assert "apt-get install chromium chromium-driver" in found[2].fix


def test_what_is_missing_hides_not_what_is_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    program(tmp_path / "chromedriver", "ChromeDriver 149.0.3.4")
    found = list(programs(BrowserConfig()))
    assert [(finding.about, finding.level) for finding in found] == [("browser", "failure"), ("driver", "ok")]
    assert "SELENIUM_BROWSER_EXECUTABLE_PATH" in found[0].told

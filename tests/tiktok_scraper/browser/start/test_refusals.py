"""A browser's own reason is found in its output, and leads to what helps."""

from __future__ import annotations

from pathlib import Path

import pytest

from tiktok_scraper.browser.start.refusals import missing, own_words, remedy

# As Chromium 156 prints it on a machine without a desktop.
IDLE = """/usr/bin/chromium: 9: [: 25276502016: unexpected operator
[13320:13363:1129/081943.061:ERROR:dbus/bus.cc:405] Failed to connect to the bus: No such file or directory
"""
SANDBOX = (
    "[617:617:1129/084250.904690:ERROR:content/browser/zygote_host/zygote_host_impl_linux.cc:130] No usable sandbox! "
    "If this is a Debian system, please install the chromium-sandbox package to solve this problem. If you are running "
    "on Ubuntu 23.10+ or another Linux distro that has disabled unprivileged user namespaces with AppArmor, see more.\n"
)


def said(tmp_path: Path, text: str) -> str:
    log = tmp_path / "browser.log"
    log.write_text(text)
    return own_words(log)


def test_the_reason_stands_without_its_prefix_and_shortened(tmp_path: Path) -> None:
    told = said(tmp_path, IDLE + SANDBOX + IDLE)
    assert told.startswith("No usable sandbox! If this is a Debian system, please install")
    assert told.endswith(" ...")
    assert len(told) <= 160


def test_a_fatal_line_counts_before_what_follows_it(tmp_path: Path) -> None:
    fatal = "[1:1:0101/000000.0:FATAL:a.cc(1)] Check failed: x.\n#0 0x55d0 base::debug\n/usr/bin/chromium: aborted\n"
    assert said(tmp_path, IDLE + fatal) == "Check failed: x."


def test_what_is_said_at_every_start_is_no_reason(tmp_path: Path) -> None:
    assert said(tmp_path, IDLE) == ""
    assert own_words(tmp_path / "none") == ""


@pytest.mark.parametrize(
    ("words", "browser", "helps"),
    [
        ("No usable sandbox! If you are", "chrome", "apt-get install chromium-sandbox"),
        ("Missing X server or $DISPLAY", "chrome", "xvfb-run"),
        ("Error: no DISPLAY environment variable specified", "firefox", "xvfb-run"),
        ("Error: cannot open display: :77", "firefox", "xvfb-run"),
        ("x: error while loading shared libraries: libnss3.so: cannot open", "chrome", "--reinstall chromium"),
        ("sh: 3: exec: /opt/x: Exec format error", "firefox", "--reinstall firefox-esr"),
        ("write: No space left on device", "chrome", "TIKTOK_DATA_DIR"),
        (
            "session not created: This version of ChromeDriver only supports Chrome version 155",
            "chrome",
            "apt-get install chromium chromium-driver",
        ),
        ("unknown command: network.addDataCollector", "firefox", "apt-get install firefox-esr"),
    ],
)
def test_a_known_reason_has_its_remedy(words: str, browser: str, helps: str) -> None:
    assert helps in remedy(words, browser)


def test_an_unknown_reason_has_none_rather_than_a_wrong_one() -> None:
    assert remedy("Trace/breakpoint trap", "chrome") == ""


def test_what_is_missing_is_told_with_where_it_was_looked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/usr/bin:/bin")
    told = missing("chromedriver", "chrome", "SELENIUM_DRIVER_EXECUTABLE_PATH")
    assert "on the PATH (/usr/bin:/bin; under cron" in told
    assert "-s SELENIUM_DRIVER_EXECUTABLE_PATH=/path/to/chromedriver" in told
    assert "on Debian: sudo apt-get install chromium chromium-driver" in told


def test_no_package_is_named_for_what_none_holds() -> None:
    told = missing("geckodriver", "firefox", "SELENIUM_DRIVER_EXECUTABLE_PATH")
    assert "apt-get" not in told
    assert "mozilla/geckodriver/releases" in told
    assert "apt-get install firefox-esr" in missing("firefox", "firefox", "SELENIUM_BROWSER_EXECUTABLE_PATH")

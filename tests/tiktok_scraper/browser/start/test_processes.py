"""What a driver starts ends with it."""

from __future__ import annotations

import subprocess

from tiktok_scraper.browser.start.processes import DRIVER_PROCESS, end_session, in_session


def test_what_a_driver_has_left_running_ends_with_its_session() -> None:
    """A browser whose driver was killed is no descendant of anybody's any more."""
    orphan = "trap '' TERM; sleep 60 & echo $!; kill -KILL $$"
    with subprocess.Popen(["sh", "-c", orphan], stdout=subprocess.PIPE, text=True, **DRIVER_PROCESS) as driver:
        assert driver.stdout is not None
        left = int(driver.stdout.readline())
        driver.wait(10)
        assert in_session(driver.pid) == [left]
        end_session(driver.pid)
        assert in_session(driver.pid) == []
    end_session(driver.pid)  # of one that is gone: no error

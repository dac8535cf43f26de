"""A process is told by pid, start and boot together: a pid alone is soon another's."""

from __future__ import annotations

import subprocess
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psutil

from tiktok_scraper.runs.process import booted, still_goes, this_process


def test_this_process_goes_on() -> None:
    assert still_goes(this_process())


def test_a_stranger_with_the_pid_is_not_the_run() -> None:
    told = this_process()
    assert not still_goes({**told, "started": told["started"] - 1})
    assert not still_goes({**told, "boot": "another"})
    assert not still_goes({**told, "pid": 2**22 + 1})
    assert not still_goes(None)


def test_a_zombie_has_ended() -> None:
    with subprocess.Popen(["sleep", "0"]) as child:
        stat = Path(f"/proc/{child.pid}/stat").read_text()
        told = {**this_process(), "pid": child.pid, "started": int(stat.rpartition(")")[2].split()[19])}
        ends = time.monotonic() + 10
        while psutil.Process(child.pid).status() != psutil.STATUS_ZOMBIE:
            assert time.monotonic() < ends
            time.sleep(0.01)
        assert not still_goes(told)


def test_the_boot_is_when_the_machine_says() -> None:
    found = booted()
    assert found is not None
    assert abs(found - datetime.fromtimestamp(psutil.boot_time(), UTC)) < timedelta(seconds=2)
    assert Path("/proc/uptime").exists()

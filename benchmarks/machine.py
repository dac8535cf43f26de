"""What the figures were measured on: a ratio travels from machine to machine, a second does not."""

from __future__ import annotations

import os
import platform
from importlib.metadata import version
from pathlib import Path
from typing import Any


def machine() -> str:
    """System, processor and how many of them this process may use."""
    return f"{platform.system()} {platform.release()}, {len(os.sched_getaffinity(0))} x {_processor()}"


def load() -> str:
    """The load averages of 1, 5 and 15 minutes."""
    return ", ".join(f"{average:.2f}" for average in os.getloadavg())


def caveat(load_before: float) -> str:
    """What a machine that was busy before the bench began does to the figures; *load_before*: of one minute."""
    processors = len(os.sched_getaffinity(0))
    if load_before <= processors / 2:
        return "the machine was idle when the bench began"
    return (
        f"{processors} processors had a load of {load_before:.1f} when the bench began. Ours waits for the processor "
        "and loses more by that than the 2022 method, which mostly sleeps: run it again on an idle machine"
    )


def versions(end: dict[str, Any]) -> str:
    """Of Python and the packages that matter, and the browser's as a crawl's own record *end* has them."""
    packages = ", ".join(f"{name} {version(name)}" for name in ("scrapy", "selenium", "aiohttp"))
    browser = f"{end.get('browser')} {end.get('browser_version')}, driver {end.get('driver_version')}"
    return f"Python {platform.python_version()}, {packages}, {browser}"


def _processor() -> str:
    told = Path("/proc/cpuinfo")
    lines = told.read_text(encoding="utf-8").splitlines() if told.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine() or "processor"

"""How much memory there is, and how much measuring takes."""

from __future__ import annotations

import os
from pathlib import Path

# Measured on sightings of a simulated history: the sorted copy, 16 columns of bounds and what an entity function holds
# beside them, as a multiple of the sightings' own size in memory.
TIMES_ITS_SIZE = 4
# Where the system does not tell (Windows): half of what a small machine has. More sightings go through buckets.
UNTOLD_BYTES = 4 << 30
SIGHTING_BYTES = 700  # in memory, all columns of the contract, strings included


def available() -> int:
    """Bytes that could be had without swapping: the least of the machine's and the container's."""
    return min(_machine(), _container())


def _machine() -> int:
    told = Path("/proc/meminfo")
    lines = told.read_text(encoding="ascii").splitlines() if told.exists() else []
    for line in lines:
        if line.startswith("MemAvailable:"):
            return int(line.split()[1]) * 1024
    if not hasattr(os, "sysconf"):
        return UNTOLD_BYTES
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2


def _container() -> int:
    """What a control group leaves (cgroup 2); as good as endless where there is none."""
    limit, used = (Path("/sys/fs/cgroup", name) for name in ("memory.max", "memory.current"))
    if not limit.exists() or not used.exists():
        return 2**62
    told = limit.read_text(encoding="ascii").strip()
    return max(0, int(told) - int(used.read_text(encoding="ascii"))) if told.isdecimal() else 2**62

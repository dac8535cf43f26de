"""python -m benchmarks.endurance.hour: what an hour's run costs a small server, at the default pace and with media.

A hundred TikToks take some six minutes. What a process used in its last half second before it ended is not counted.
"""

from __future__ import annotations

import argparse
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from benchmarks.costs import MB
from benchmarks.endurance.parts import PARTS, Part, cpu_seconds, crawling, held, parts
from benchmarks.printed import aligned, positive, say
from benchmarks.processes import Process
from benchmarks.started import TIKTOKS, lines


@dataclass(slots=True)
class Cost:
    """Of one run: its TikToks, how long it took, what its files hold (MB); by part processor seconds and most MB."""

    tiktoks: int = 0
    seconds: float = 0.0
    files: float = 0.0
    cpu: dict[Part, float] = field(default_factory=lambda: dict.fromkeys(PARTS, 0.0))
    most: dict[Part, float] = field(default_factory=lambda: dict.fromkeys(PARTS, 0.0))


def run(tiktoks: int, **settings: Any) -> Cost:
    """Crawl *tiktoks* of the replica with the settings told, else the defaults, and look at it twice a second.

    Raises:
        RuntimeError: it ended with another number, or with an exit code.
    """
    found, by_process = Cost(), dict[Process, tuple[Part, float]]()
    with crawling(tiktoks, **settings) as (folder, looks):
        began = time.monotonic()
        for pid in looks:
            processes = list(parts(pid))
            now = held(processes)
            found.most = {part: max(now[part], found.most[part]) for part in PARTS}
            for part, process in processes:
                with suppress(OSError):  # gone since
                    by_process[process] = (part, cpu_seconds(process.pid))
        found.seconds = time.monotonic() - began
        found.tiktoks = lines(folder / TIKTOKS)
        found.files = sum(path.stat().st_size for path in folder.glob("*.jsonlines")) / MB
    for part, seconds in by_process.values():
        found.cpu[part] += seconds
    return found


def main(arguments: list[str] | None = None) -> int:
    """Crawl, print, and return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.endurance.hour", description=__doc__)
    parser.add_argument("--tiktoks", type=positive, default=100, help="of the run (default 100)")
    told = parser.parse_args(arguments)
    say(f"one run of {told.tiktoks} TikToks at the default pace")
    found = run(told.tiktoks)
    rows = [[part, f"{found.cpu[part]:.1f}", f"{found.most[part]:,.0f}"] for part in PARTS]
    rows.append(["together", f"{sum(found.cpu.values()):.1f}", f"at most {sum(found.most.values()):,.0f}"])
    print(aligned([["part", "processor, s", "memory, MB"], *rows]), end="")
    print(f"{found.tiktoks} TikToks in {found.seconds:.0f} s; its lines are {found.files:.2f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())

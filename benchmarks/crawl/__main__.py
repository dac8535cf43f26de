"""python -m benchmarks.crawl: other ways to collect the same, ours, and the floors, against one replica, in tables.

Exit code 0: every target met; 1: one was missed. Nothing else should run on the machine meanwhile. Each try runs every
method once, in turns; the slow ones walk a tenth or three tenths of the TikToks. `--only` runs some of it.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from benchmarks import machine
from benchmarks.crawl.inside import EVERY_S
from benchmarks.crawl.measures import Measured, Paced, Stalls, Stopped
from benchmarks.crawl.methods import BY_NAME, METHODS
from benchmarks.crawl.ours import Crawled, crawl
from benchmarks.crawl.rounds import rounds
from benchmarks.crawl.site import CARD_DELAY_MS, LATENCY_MS, served
from benchmarks.crawl.stopping import stops
from benchmarks.crawl.table import page
from benchmarks.crawl.targets import verdicts
from benchmarks.crawl.traffic import CountingProxy
from benchmarks.printed import positive, say

PACE_S = 1
ERA = "b"
# Besides the methods.
PARTS = ("pace", "stops")


@dataclass(slots=True)
class Bench:
    """Measures one part after another, and remembers what all of our crawls have in common."""

    stalls: list[Stalls] = field(default_factory=list)
    end: dict[str, Any] = field(default_factory=dict)

    def paced(self, tiktoks: int, *, block: bool) -> Paced:
        """One crawl with a pace and no jitter, its bytes counted."""
        say(f"ours, pace {PACE_S} s, media {'blocked' if block else 'loaded'}, {tiktoks} TikToks")
        with served("--era", ERA) as url, CountingProxy() as proxy:
            told = {"TIKTOK_BLOCK_MEDIA": block, "SELENIUM_DRIVER_ARGUMENTS": json.dumps(proxy.arguments)}
            crawled = crawl(url, tiktoks, {"TIKTOK_PACE": PACE_S, "TIKTOK_JITTER": 0, **told})
        self.saw(crawled)
        gaps = tuple(later - first for first, later in pairwise(crawled.steps()))
        return Paced(PACE_S, len(crawled.lines), gaps, proxy.received)

    def stopped(self, tries: int) -> list[Stopped]:
        """Crawls that are sent SIGTERM."""
        found = []
        for stop, stalls in stops(ERA, tries):
            say(f"SIGTERM {stop.where}: {stop.seconds:.2f} s, {stop.lost} of {stop.gathered} lost")
            found.append(stop)
            self.stalls.append(stalls)
        return found

    def saw(self, crawled: Crawled) -> None:
        """Note what a crawl of ours had in common with all."""
        self.stalls.append(crawled.stalls())
        self.end = crawled.end or self.end

    def all_stalls(self) -> Stalls:
        """Of all crawls together; of no time at all where there was none."""
        every = EVERY_S if self.stalls else 0.0
        return Stalls(every, sum(s.ticks for s in self.stalls), max((s.longest for s in self.stalls), default=0.0))


def main(arguments: list[str] | None = None) -> int:
    """Measure, print, and return the exit code."""
    told = _parser().parse_args(arguments)
    wanted = told.only or [*BY_NAME, *PARTS]
    bench, load, caveat = Bench(), machine.load(), machine.caveat(os.getloadavg()[0])
    left_out = {name: why for name in wanted if name in BY_NAME and (why := BY_NAME[name].lacks())}
    methods = [method for method in METHODS if method.name in wanted and method.name not in left_out]
    measured = Measured(
        speeds=rounds(methods, told.tries, told.tiktoks, bench.saw),
        left_out=left_out,
        paced={media: bench.paced(told.paced_tiktoks, block=media == "blocked") for media in ("blocked", "loaded")}
        if "pace" in wanted
        else {},
        stops=tuple(bench.stopped(told.stop_tries)) if "stops" in wanted else (),
        stalls=bench.all_stalls(),
    )
    about = {
        "machine": machine.machine(),
        "load": f"{load} before, {machine.load()} after (1, 5, 15 minutes)",
        "caveat": caveat,
        "versions": machine.versions(bench.end),
        "replica": f"in a process of its own; latency {LATENCY_MS} ms, card delay {CARD_DELAY_MS} ms; "
        f"era {ERA}, but era a with the names of 2022 for the 2022 method",
        "media": "blocked for ours, the floors and scrapy-playwright; loaded for the others, and where it says so",
    }
    print(page(measured, about), end="")
    return int(any(not verdict.met for verdict in verdicts(measured)))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.crawl", description=__doc__)
    parser.add_argument(
        "--only", nargs="+", choices=(*BY_NAME, *PARTS), metavar="NAME", help=f"of {', '.join((*BY_NAME, *PARTS))}"
    )
    parser.add_argument("--tries", type=positive, default=5, help="of each method; the median counts (default 5)")
    parser.add_argument("--tiktoks", type=positive, default=100, help="of the quick methods (default 100)")
    parser.add_argument("--paced-tiktoks", type=positive, default=20, help="of the walks with a pace (default 20)")
    parser.add_argument("--stop-tries", type=positive, default=3, help="SIGTERMs at each moment (default 3)")
    return parser


if __name__ == "__main__":
    sys.exit(main())

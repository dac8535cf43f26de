"""python -m benchmarks.crawl: the 2022 method and ours against the same replica, one table.

Exit code 0: every target met; 1: one was missed. The peer takes about two seconds a TikTok, so a full run takes
some minutes; nothing else should run on the machine meanwhile.
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
from benchmarks.crawl import peer
from benchmarks.crawl.inside import EVERY_S
from benchmarks.crawl.measures import Measured, Paced, Stalls, Stopped, Timed
from benchmarks.crawl.ours import Crawled, crawl
from benchmarks.crawl.site import CARD_DELAY_MS, LATENCY_MS, served
from benchmarks.crawl.stopping import stops
from benchmarks.crawl.table import page
from benchmarks.crawl.targets import verdicts
from benchmarks.crawl.traffic import CountingProxy
from benchmarks.printed import positive, say

PACE_S = 1


@dataclass(slots=True)
class Bench:
    """Measures one part after another, and remembers what all of our crawls have in common."""

    era: str
    tiktoks: int
    stalls: list[Stalls] = field(default_factory=list)
    end: dict[str, Any] = field(default_factory=dict)

    def speed(self, author_stats: str, creator_counts: str) -> Timed:
        """One crawl at pace 0."""
        say(f"ours, {creator_counts}, {self.tiktoks} TikToks")
        with served("--era", self.era, "--author-stats", author_stats) as url:
            return self._crawl(url, self.tiktoks, 0, TIKTOK_CREATOR_COUNTS=creator_counts).timed(self.tiktoks)

    def paced(self, tiktoks: int, *, block: bool) -> Paced:
        """One crawl with a pace and no jitter, its bytes counted."""
        say(f"ours, pace {PACE_S} s, media {'blocked' if block else 'loaded'}, {tiktoks} TikToks")
        with served("--era", self.era) as url, CountingProxy() as proxy:
            told = {"TIKTOK_BLOCK_MEDIA": block, "SELENIUM_DRIVER_ARGUMENTS": json.dumps(proxy.arguments)}
            crawled = self._crawl(url, tiktoks, PACE_S, TIKTOK_JITTER=0, **told)
        gaps = tuple(later - first for first, later in pairwise(crawled.steps()))
        return Paced(PACE_S, len(crawled.lines), gaps, proxy.received)

    def stopped(self, tries: int) -> list[Stopped]:
        """Crawls that are sent SIGTERM."""
        found = []
        for stop, stalls in stops(self.era, tries):
            say(f"SIGTERM {stop.where}: {stop.seconds:.2f} s, {stop.lost} of {stop.gathered} lost")
            found.append(stop)
            self.stalls.append(stalls)
        return found

    def all_stalls(self) -> Stalls:
        """Of all crawls together."""
        return Stalls(EVERY_S, sum(s.ticks for s in self.stalls), max((s.longest for s in self.stalls), default=0.0))

    def _crawl(self, url: str, limit: int, pace: float, **told: Any) -> Crawled:
        crawled = crawl(url, limit, {"TIKTOK_PACE": pace, **told})
        self.stalls.append(crawled.stalls())
        self.end = crawled.end or self.end
        return crawled


def main(arguments: list[str] | None = None) -> int:
    """Measure, print, and return the exit code."""
    told = _parser().parse_args(arguments)
    bench, load, caveat = Bench(told.era, told.tiktoks), machine.load(), machine.caveat(os.getloadavg()[0])
    needed = tuple(bench.speed("full", "needed") for _ in range(told.tries))
    always = tuple(bench.speed("mixed", "always") for _ in range(told.tries))
    measured = Measured(
        peer=study(told.peer_tiktoks),
        peer_stays=study(told.stays_tiktoks, "--stays") if told.stays_tiktoks else None,
        needed=needed,
        always=always,
        blocked=bench.paced(told.paced_tiktoks, block=True),
        loaded=bench.paced(told.paced_tiktoks, block=False),
        stops=tuple(bench.stopped(told.stop_tries)),
        stalls=bench.all_stalls(),
    )
    about = {
        "machine": machine.machine(),
        "load": f"{load} before, {machine.load()} after (1, 5, 15 minutes)",
        "caveat": caveat,
        "versions": machine.versions(bench.end),
        "replica": f"in a process of its own; latency {LATENCY_MS} ms, card delay {CARD_DELAY_MS} ms; "
        f"era {told.era} for ours, era a with the names of 2022 for the 2022 method",
        "media": "loaded for the 2022 method, blocked for ours but where it says loaded",
    }
    print(page(measured, about), end="")
    return int(any(not verdict.met for verdict in verdicts(measured)))


def study(tiktoks: int, *options: str) -> Timed:
    """The 2022 method, on the pages it was written for."""
    say(f"the 2022 method, {tiktoks} TikToks {' '.join(options)}")
    with served("--era", "a", "--classes", "2022", "--profile", "2022") as url:
        return peer.timed(url, tiktoks, *options)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.crawl", description=__doc__)
    parser.add_argument("--tiktoks", type=positive, default=100, help="of ours, for the two speeds (default 100)")
    parser.add_argument("--peer-tiktoks", type=positive, default=100, help="of the 2022 method (default 100)")
    parser.add_argument(
        "--stays-tiktoks", type=int, default=30, help="of the same, its pointer left on the name; 0: none"
    )
    parser.add_argument("--paced-tiktoks", type=positive, default=20, help="of the walks with a pace (default 20)")
    parser.add_argument(
        "--tries", type=positive, default=3, help="of each speed of ours; the median counts (default 3)"
    )
    parser.add_argument("--stop-tries", type=positive, default=3, help="SIGTERMs at each moment (default 3)")
    parser.add_argument("--era", choices=("a", "b", "c"), default="b", help="the layout that ours walks (default b)")
    return parser


if __name__ == "__main__":
    sys.exit(main())

"""How long a crawl takes to end after SIGTERM, and whether it loses anything, wherever the signal falls."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from benchmarks.crawl.measures import Stalls, Stopped
from benchmarks.crawl.ours import crawl
from benchmarks.crawl.site import served
from tiktok_scraper import settings as project

AT_STEP = 6
BEFORE_THE_BROWSER = 859
# Name of the row: where the signal falls, the crawl's pace in seconds, options of the replica.
MOMENTS: dict[str, tuple[str, float, tuple[str, ...]]] = {
    "in a pace": ("pace", 3, ()),
    "in a step": ("step", 0, ()),
    "in a step that never ends": ("step", 0, ("--obstacle", f"feed-stuck@{AT_STEP + 1}")),
    "between requests": ("between", 0, ()),
}


def stops(era: str, tries: int) -> Iterator[tuple[Stopped, Stalls]]:
    """Stop a crawl at every moment, *tries* times each."""
    for name, (where, pace, options) in MOMENTS.items():
        for _ in range(tries):
            with served("--era", era, *options) as url:
                yield stopped(url, name, where, pace)


def stopped(url: str, name: str, where: str, pace: float) -> tuple[Stopped, Stalls]:
    """Crawl *url* and stop where *where* says (see `benchmarks.crawl.inside.Stopper`)."""
    middlewares = {**project.DOWNLOADER_MIDDLEWARES, "benchmarks.crawl.inside.Stopper": BEFORE_THE_BROWSER}
    told: dict[str, Any] = {
        "TIKTOK_PACE": pace,
        "BENCH_STOP": where,
        "BENCH_STEP": AT_STEP,
        "DOWNLOADER_MIDDLEWARES": json.dumps(middlewares),
        "TIKTOK_MIN_TIKTOKS": 1,
    }
    crawled = crawl(url, 100, told)
    sent = next((told for told in crawled.seen if "signal" in told), None)
    gathered = {told["shown"] for told in crawled.seen if "shown" in told}
    lost = gathered - {line["id"] for line in crawled.lines}
    found = Stopped(
        where=name,
        seconds=crawled.ended - sent["signal"] if sent else 0.0,
        gathered=len(gathered),
        lost=len(lost),
        as_meant=bool(sent and sent["as_meant"]),
    )
    return found, crawled.stalls()

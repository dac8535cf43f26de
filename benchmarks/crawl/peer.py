"""The 2022 method in a process of its own, timed from outside as ours is."""

from __future__ import annotations

import json
import sys
import time

from benchmarks.crawl.measures import Timed
from benchmarks.crawl.ours import run


def timed(url: str, tiktoks: int, *options: str) -> Timed:
    """Let the 2022 method collect *tiktoks* TikToks of the replica at *url*; *options*: of study2022.py."""
    started = time.monotonic()
    done = run([sys.executable, "-m", "benchmarks.crawl.study2022", url, str(tiktoks), *options])
    whole = time.monotonic() - started
    sys.stderr.write(done.stderr)
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    creators = {row["username"] for row in rows}
    return Timed(
        asked=tiktoks,
        tiktoks=len(rows),
        creators=len(creators),
        told=len({row["username"] for row in rows if row["user_followers"] and row["user_likes"]}),
        cards=len(rows),
        whole=whole,
        walk=rows[-1]["ended"] - rows[0]["began"] if rows else 0.0,
    )

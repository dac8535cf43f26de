"""A peer or a floor in a process of its own, timed from outside as ours is."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence

from benchmarks.costs import run
from benchmarks.crawl.measures import Cost, Timed


def timed(module: str, url: str, tiktoks: int, options: Sequence[str] = (), *, collects: bool = True) -> Timed:
    """Let *module* collect *tiktoks* TikToks of the replica at *url*; it prints what peers/told.py says."""
    done = run([sys.executable, "-m", module, url, str(tiktoks), *options])
    if done.exit_code:
        sys.stderr.write(done.stderr)
    told = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    rows = [line for line in told if "began" in line]
    creators = {row["username"] for row in rows}
    return Timed(
        asked=tiktoks,
        tiktoks=len({row["url"] for row in rows}),
        creators=len(creators),
        told=len({row["username"] for row in rows if row["user_followers"] and row["user_likes"]}),
        cards=len(rows) if collects else 0,
        whole=done.seconds,
        walk=rows[-1]["ended"] - rows[0]["began"] if rows else 0.0,
        collects=collects,
        cost=Cost(next((line["trips"] for line in told if "trips" in line), None), done.cpu, done.memory),
    )

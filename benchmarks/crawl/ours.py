"""Our crawl as its user runs it: `scrapy crawl tiktok` in a process of its own, timed from outside."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.costs import run
from benchmarks.crawl.inside import EVERY_S
from benchmarks.crawl.measures import Cost, Stalls, Timed
from tiktok_scraper import settings as project

INSIDE = tuple(f"benchmarks.crawl.inside.{name}" for name in ("Ticker", "Steps", "Trips"))


@dataclass(frozen=True, slots=True)
class Crawled:
    """What a crawl left behind. started, ended: time.monotonic(); seen: the lines of inside.py; cost: of all of it."""

    started: float
    ended: float
    exit_code: int
    lines: tuple[dict[str, Any], ...]
    end: dict[str, Any]
    seen: tuple[dict[str, Any], ...]
    cost: Cost = field(default_factory=Cost)

    def timed(self, asked: int, *, collects: bool = True) -> Timed:
        """The walk of a crawl that was asked for *asked* TikToks."""
        first = min((instant(line["shown_at"]) for line in self.lines), default=0.0)
        last = next((told["last_item"] for told in self.seen if told.get("last_item")), first)
        complete = ("user_followers", "user_likes")
        told = {line["username"] for line in self.lines if all(line[name] is not None for name in complete)}
        return Timed(
            asked=asked,
            tiktoks=len({line["id"] for line in self.lines}),  # a few are shown without a number of likes
            creators=len({line["username"] for line in self.lines}),
            told=len(told),
            cards=self.end.get("creators_asked") or 0,
            whole=self.ended - self.started,
            walk=last - first,
            collects=collects,
            cost=self.cost,
        )

    def stalls(self) -> Stalls:
        """How late the ticker was."""
        told: dict[str, Any] = next((told for told in self.seen if "ticks" in told), {"ticks": 0, "longest": 0.0})
        return Stalls(EVERY_S, told["ticks"], told["longest"])

    def steps(self) -> list[float]:
        """When each step forward began, in seconds of time.monotonic()."""
        return [told["step"] for told in self.seen if "step" in told]


def crawl(url: str, limit: int, told: dict[str, Any]) -> Crawled:
    """Crawl *limit* TikToks with the settings *told*, the ticker in it; print what it printed if it failed."""
    with TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        settings = {
            "TIKTOK_BLOCK_MEDIA": True,
            "LOG_LEVEL": "WARNING",
            **told,
            "TIKTOK_DATA_DIR": folder / "data",
            "BENCH_FILE": folder / "seen",
            "EXTENSIONS": json.dumps({**project.EXTENSIONS, **dict.fromkeys(INSIDE, 0)}),
        }
        given = [part for name, value in settings.items() for part in ("-s", f"{name}={value}")]
        scrapy = [sys.executable, "-m", "scrapy.cmdline"]
        command = [*scrapy, "crawl", "tiktok", "-a", f"url={url}", "-a", f"limit={limit}", *given]
        done = run(command)
        if done.exit_code not in {0, 2}:
            sys.stderr.write(done.stderr)
        seen = read(folder / "seen")
        runs = read(folder / "data" / "runs.jsonlines")
        return Crawled(
            started=done.began,
            ended=done.ended,
            exit_code=done.exit_code,
            lines=read(folder / "data" / "tiktoks.jsonlines"),
            end=next((line for line in runs if line["event"] == "end"), {}),
            seen=seen,
            cost=Cost(next((told["trips"] for told in seen if "trips" in told), None), done.cpu, done.memory),
        )


def read(path: Path) -> tuple[dict[str, Any], ...]:
    """The JSON lines of a file; none where there is no file."""
    if not path.exists():
        return ()
    return tuple(json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())


def instant(stamp: str) -> float:
    """Unix seconds of an ISO stamp."""
    return datetime.fromisoformat(stamp).timestamp()

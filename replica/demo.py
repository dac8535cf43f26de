"""`make demo`: serves the replica and crawls it, so that a newcomer sees the instrument work in a minute.

The first time it writes a history of hourly runs first, of the same world: what the crawl then sees has grown since,
and the report at the end has growth to tell of. It is long enough for the question
that needs the longest (whether viral videos bring followers: `docs/measures.md`), and of fewer TikToks a run than a
crawl brings: written and reported it takes 50 s of a processor, where 15 days of 100 took 34 s and left that question
open. Later times crawl on top.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from replica.history import write as history
from replica.history.pieces import processors
from replica.history.plan import Plan
from replica.options import Options, typed_path
from replica.serving.server import Replica
from replica.unruly import TAME, Unruly

DAYS, A_RUN = 60, 30
FOLLOWERS_FROM = "likes"  # which the report is to find; by default bursts alone bring any, to few creators

ROOT = Path(__file__).resolve().parent.parent
TIKTOKS, _, TRUTH = history.FILES


def command(url: str, folder: Path, limit: int) -> list[str]:
    """The crawl as a user would type it, at pace 0 and without media: nobody is there to be polite to."""
    told = {"TIKTOK_DATA_DIR": folder, "TIKTOK_PACE": 0, "TIKTOK_BLOCK_MEDIA": True, "LOG_LEVEL": "WARNING"}
    given = [part for name, value in told.items() for part in ("-s", f"{name}={value}")]
    scrapy = str(Path(sys.executable).with_name("scrapy"))
    return [scrapy, "crawl", "tiktok", "-a", f"url={url}", "-a", f"limit={limit}", *given]


def world_of(folder: Path, era: str) -> Options:
    """The world to serve: that of the folder's history, which is written if the folder holds nothing yet."""
    options = Options(era=era)
    if not (folder / TRUTH).exists():
        if (folder / TIKTOKS).exists():
            _say(f"{folder} holds lines and no history of them; for a demo with one, give another folder with --into")
            return options
        plan = Plan(now=float(int(time.time())), days=DAYS, limit=A_RUN, followers_from=FOLLOWERS_FROM)
        _say(f"{plan.days:g} days of hourly runs of a simulated world go into {folder} first")
        history.write(plan, folder, processes=processors())
    with (folder / TRUTH).open(encoding="utf-8") as lines:
        world = json.loads(lines.readline())
    origin = datetime.fromisoformat(world["now"])
    alike = {name: world[name] for name in ("seed", "profile", "followers_from") if name in world}
    unruly = Unruly(**world["unruly"]) if "unruly" in world else TAME
    return replace(options, **alike, unruly=unruly, depth=world["days"], origin=origin)


def report(folder: Path) -> int:
    """Write the report on *folder* and say where it is; the exit code."""
    if not (ROOT / "analysis" / "__main__.py").exists():
        _say("No report: this checkout has no analysis/__main__.py yet")
        return 0
    path = folder / "report.html"
    _say("The report on all of it comes next, section by section: it takes longest")
    told = subprocess.run(
        [sys.executable, "-m", "analysis", "report", str(folder), "-o", str(path)], cwd=ROOT, check=False
    )
    _say(f"The report is {path.as_uri()}" if told.returncode == 0 else "The report could not be written, see above")
    return told.returncode


def main() -> int:
    """Serve, crawl, report; returns the crawl's exit code, or the report's where the crawl's is 0."""
    parser = argparse.ArgumentParser(prog="python -m replica.demo", description=__doc__)
    parser.add_argument("--into", type=typed_path, default=Path("demo"), help="where the data go")
    parser.add_argument("--limit", type=int, default=100, help="TikToks to collect")
    parser.add_argument("--era", default="b", help="which layout of the site: a, b or c")
    told = parser.parse_args()
    folder = told.into.resolve()
    with Replica(world_of(folder, told.era)) as site:
        _say(f"A replica of the site, with a simulated world behind it, is at {site.url}")
        _say(f"A crawl of {told.limit} TikToks of it adds to {folder / TIKTOKS}")
        crawled = subprocess.run(command(site.url, folder, told.limit), cwd=ROOT, check=False).returncode
    return crawled or report(folder)


def _say(text: str) -> None:
    print(text, flush=True)  # noqa: T201


if __name__ == "__main__":
    sys.exit(main())

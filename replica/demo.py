"""`make demo`: serves the replica and crawls it, so that a newcomer sees the instrument work in half a minute."""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

from replica.options import Options
from replica.server import Replica

ROOT = Path(__file__).resolve().parent.parent


def command(url: str, folder: Path, limit: int) -> list[str]:
    """The crawl as a user would type it, at pace 0 and without media: nobody is there to be polite to."""
    told = {"TIKTOK_DATA_DIR": folder, "TIKTOK_PACE": 0, "TIKTOK_BLOCK_MEDIA": True, "LOG_LEVEL": "WARNING"}
    given = [part for name, value in told.items() for part in ("-s", f"{name}={value}")]
    scrapy = str(Path(sys.executable).with_name("scrapy"))
    return [scrapy, "crawl", "tiktok", "-a", f"url={url}", "-a", f"limit={limit}", *given]


def main() -> int:
    """Serve, crawl, and return the crawl's exit code."""
    parser = argparse.ArgumentParser(prog="python -m replica.demo", description=__doc__)
    parser.add_argument("--into", type=Path, default=Path("demo"), help="where the data go")
    parser.add_argument("--limit", type=int, default=100, help="TikToks to collect")
    parser.add_argument("--era", default="b", help="which layout of the site: a, b or c")
    told = parser.parse_args()
    folder = told.into.resolve()
    with Replica(Options(era=told.era)) as site:
        print(f"A replica of the site, with a simulated world behind it, is at {site.url}")  # noqa: T201
        return subprocess.run(command(site.url, folder, told.limit), cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())

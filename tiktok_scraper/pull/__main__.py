"""python -m tiktok_scraper.pull user@host:folder [-o DIR]"""

from __future__ import annotations

import argparse
import os
import signal
import sys
from datetime import UTC, datetime
from types import FrameType
from typing import NoReturn

from scrapy.utils.project import get_project_settings

from ..config import data_dir, typed_path
from ..errors import CouldNotPull, TikTokScraperError
from .place import EXPECTED, place_of
from .pull import pull
from .summary import summary

AGAIN = "What came is kept: run this again, and it goes on from there."


def main(arguments: list[str] | None = None) -> int:
    """Pull. Exit code 0: all that is there is here, also where nothing is new; 1: it is not, and what helps is told."""
    told = _parser().parse_args(arguments)
    try:
        into = typed_path("-o", told.out) if told.out else data_dir(get_project_settings())
        place = place_of(told.place)
        pulled = pull(place, into, ssh=told.ssh, by=told.by, verified=not told.unverified, everything=told.all)
    except (TikTokScraperError, OSError) as error:
        print(error, file=sys.stderr)
        if isinstance(error, CouldNotPull) and error.lost:
            print(AGAIN, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print(f"stopped. {AGAIN}", file=sys.stderr)
        return 130
    for sentence in pulled.wrong:
        print(f"{sentence}.", file=sys.stderr)
    print("\n".join(summary(pulled, str(into), datetime.now(UTC))))
    return 1 if pulled.wrong else 0


def _stop(_number: int, _frame: FrameType | None) -> NoReturn:
    raise KeyboardInterrupt


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m tiktok_scraper.pull",
        description="Copy home what is new where a crawl writes, over ssh; give it again as often as you like.",
        epilog="docs/pull.md says more.",
    )
    parser.add_argument("place", metavar="FROM", help=EXPECTED)
    parser.add_argument("-o", dest="out", metavar="DIR", help="the folder of the copies; without it TIKTOK_DATA_DIR")
    parser.add_argument(
        "--ssh", default=os.environ.get("SSH") or "ssh", metavar="COMMAND", help="such as 'ssh -p 2222 -i key'"
    )
    parser.add_argument("--by", choices=("rsync", "ssh", "scp"), help="default: the first of these that is there")
    parser.add_argument("--all", action="store_true", help="raw/, contact/, evidence/, spool/, logs, torn pieces too")
    parser.add_argument("--unverified", action="store_true", help="take lines that are not as their run recorded them")
    return parser


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, _stop)
    sys.exit(main())

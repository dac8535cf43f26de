"""python -m tiktok_scraper.lines check|repair FILE"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from ..config import typed_path
from ..errors import TikTokScraperError
from .mixing import kinds_in
from .read import Line, read_lines
from .repair import repair


def main(arguments: list[str] | None = None) -> int:
    """Check a file or repair it. Exit code 0: done, every line is whole; 1: some are not, or it failed."""
    parser = argparse.ArgumentParser(prog="python -m tiktok_scraper.lines")
    parser.add_argument("what", choices=("check", "repair"), help="report bad lines, or move them to FILE.torn")
    parser.add_argument("file", type=Path)
    told = parser.parse_args(arguments)
    try:
        path = typed_path("FILE", told.file)
        return check(path) if told.what == "check" else mend(path)
    except (OSError, TikTokScraperError) as error:
        print(error, file=sys.stderr)
        return 1


def check(path: Path) -> int:
    """Print each bad line and the totals."""
    good = bad = 0
    for line in read_lines(path):
        if isinstance(line, Line):
            good += 1
        else:
            bad += 1
            print(f"byte {line.offset}, {line.length} bytes: {line.reason}")
    mixed = len(kinds_in(path)) > 1
    print(f"{path}: {good} whole lines, {bad} bad" + (", simulated and real ones mixed" if mixed else ""))
    return 1 if bad or mixed else 0


def mend(path: Path) -> int:
    """Repair the file and print what was done."""
    done = repair(path)
    print(
        f"{path}: {done.kept} lines kept, {done.moved} bad moved to {path.name}.torn, "
        f"{done.salvaged} records salvaged from them"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())

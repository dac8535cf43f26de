"""python -m tiktok_scraper.lines check|repair FILE"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from ..config import typed_path
from ..errors import TikTokScraperError
from .aside import aside_of
from .mixing import kind_of
from .read import Line, read_lines
from .repair import check_lines, repair


def main(arguments: list[str] | None = None) -> int:
    """Check a file or repair it. Exit code 0: done, every line is whole; 1: some are not, or it failed."""
    parser = argparse.ArgumentParser(prog="python -m tiktok_scraper.lines")
    parser.add_argument("what", choices=("check", "repair"), help="report bad lines, or move them to FILE.torn")
    parser.add_argument("file", type=Path)
    told = parser.parse_args(arguments)
    try:
        path = typed_path("FILE", told.file)
        if path.is_dir():
            print(f"{path} is a folder: name a file of it, such as {path / 'tiktoks.jsonlines'}", file=sys.stderr)
            return 1
        return check(path) if told.what == "check" else mend(path)
    except (OSError, TikTokScraperError) as error:
        print(error, file=sys.stderr)
        return 1


def check(path: Path) -> int:
    """Print each bad line and the totals.

    Raises:
        NotLines: the file is of another kind.
    """
    check_lines(path)
    good = bad = 0
    kinds = set()
    for line in read_lines(path):
        if isinstance(line, Line):
            good += 1
            kinds.add(kind_of(line.record))
            if line.marked:
                print(f"byte {line.offset}: a byte order mark before a whole line, which is passed over")
        else:
            bad += 1
            found = f"; {len(line.records)} whole on it, for which repair makes lines" if line.records else ""
            print(f"byte {line.offset}, {line.length} bytes: {line.reason}{found}")
    mixed = kinds >= {True, False}
    print(f"{path}: {good} whole lines, {bad} bad" + (", simulated and real ones mixed" if mixed else ""))
    return 1 if bad or mixed else 0


def mend(path: Path) -> int:
    """Repair the file and print what was done."""
    done = repair(path)
    where = f" to {aside_of(path)}" if done.moved else ""
    print(
        f"{path}: {done.kept} lines kept, {done.salvaged} records salvaged from bad ones, {done.moved} bad moved{where}"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())

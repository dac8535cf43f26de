"""python -m tiktok_scraper.lines check|repair FILE, or merge INPUT... -o OUT"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from tqdm import tqdm

from ..config import typed_path
from ..errors import BadSetting, TikTokScraperError
from .aside import aside_of
from .merge import merge, planned
from .mixing import kind_of
from .pseudonymised import names_of
from .read import Line, read_lines
from .recorded import recorded
from .repair import check_lines, repair
from .spool import FILES, absorb, sentence

LARGE = 64 << 20  # bytes, from which on one wants to know how far it is


def main(arguments: list[str] | None = None) -> int:
    """Check a file, repair it, or merge several. Exit code 0: done, all lines are whole; 1: not all, or it failed."""
    told = _parser().parse_args(arguments)
    try:
        if told.what == "merge":
            inputs = [typed_path("INPUT", path) for path in told.inputs]
            return join(inputs, typed_path("OUT", told.out), told.zone)
        path = typed_path("FILE", told.file)
        if path.is_dir():
            print(f"{path} is a folder: name a file of it, such as {path / 'tiktoks.jsonlines'}", file=sys.stderr)
            return 1
        return check(path) if told.what == "check" else mend(path)
    except (OSError, TikTokScraperError) as error:
        print(error, file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tiktok_scraper.lines")
    commands = parser.add_subparsers(dest="what", required=True)
    for name, says in (("check", "report bad lines"), ("repair", "move bad lines to FILE.torn, append waiting ones")):
        commands.add_parser(name, help=says).add_argument("file", type=Path, metavar="FILE")
    merging = commands.add_parser(
        "merge", help="make one of several folders, or of several files, in the order of time"
    )
    merging.add_argument("inputs", type=Path, nargs="+", metavar="INPUT", help="folders, or files of one sort")
    merging.add_argument("-o", dest="out", type=Path, required=True, metavar="OUT", help="what is made: it must be new")
    merging.add_argument("--zone", default="UTC", help="of times without an offset, as in lines of 2022 (default: UTC)")
    return parser


def join(inputs: list[Path], out: Path, zone: str) -> int:
    """Merge, and print what came of it; exit code 1 where some lines were bad.

    Raises:
        TikTokScraperError: it can't be done; nothing is written.
    """
    try:
        told = ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise BadSetting(f"--zone must be an IANA time zone, such as Europe/Amsterdam; not {zone!r}") from None
    size = sum(path.stat().st_size for paths in planned(inputs).values() for path in paths)
    with tqdm(total=size, unit="B", unit_scale=True, desc="read", disable=None if size >= LARGE else True) as bar:
        merged = merge(inputs, out, zone=told, read=bar.update)
    for one in merged:
        path = out / one.file if out.is_dir() else out
        bad = f"{one.bad} bad in {path.name}.torn" if one.bad else "0 bad"
        files = f"{len(one.inputs)} {'file' if len(one.inputs) == 1 else 'files'}"
        print(f"{path}: {one.lines} lines of {files}, {one.repeats} repeats left out, {bad}, sha256 {one.sha256}")
    return 1 if any(one.bad for one in merged) else 0


def check(path: Path) -> int:
    """Print each bad line and the totals.

    Raises:
        NotLines: the file is of another kind.
    """
    check_lines(path)
    good = bad = 0
    kinds, names = set(), set()
    for line in read_lines(path):
        if isinstance(line, Line):
            good += 1
            kinds.add(kind_of(line.record))
            names.add(names_of(line.record))
            if line.marked:
                print(f"byte {line.offset}: a byte order mark before a whole line, which is passed over")
        else:
            bad += 1
            found = f"; {len(line.records)} whole on it, for which repair makes lines" if line.records else ""
            print(f"byte {line.offset}, {line.length} bytes: {line.reason}{found}")
    mixed = kinds >= {True, False}
    told = names - {None}
    print(
        f"{path}: {good} whole lines, {bad} bad"
        + (", simulated and real ones mixed" if mixed else "")
        + (f", names and pseudonyms mixed ({', '.join(sorted(map(str, told)))})" if len(told) > 1 else "")
    )
    for told_of in recorded(path):
        print(told_of)
    return 1 if bad or mixed or len(told) > 1 else 0


def mend(path: Path) -> int:
    """Append what the spools beside the file hold of it, then repair it, and print what was done."""
    try:
        stayed = append_spooled(path)
        done = repair(path)
    except (OSError, TikTokScraperError):
        if path.name in FILES and (waits := sentence(path.parent)):
            print(waits, file=sys.stderr)
        raise
    where = f" to {aside_of(path)}" if done.moved else ""
    print(
        f"{path}: {done.kept} lines kept, {done.salvaged} records salvaged from bad ones, {done.moved} bad moved{where}"
    )
    return 1 if stayed else 0


def append_spooled(path: Path) -> bool:
    """Append what runs kept aside of a data folder's files, if this is one; whether any of it stays where it is."""
    stayed = False
    for one in absorb(path.parent) if path.name in FILES else ():
        stayed |= one.stays is not None
        torn = f", {one.bad} bad moved to {aside_of(path.with_name(one.file))}" if one.bad else ""
        print(
            f"{one.path} stays as it is: {one.stays}"
            if one.stays
            else f"{path.with_name(one.file)}: {one.lines} lines of run {one.run} appended, from {one.path}{torn}"
        )
    return stayed


if __name__ == "__main__":
    sys.exit(main())

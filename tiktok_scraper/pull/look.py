"""What is there: which files, how long, and how they begin, all asked for in one script of sh."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ..errors import CouldNotPull
from .connection import Connection
from .names import STEMS, is_copied

MARK = "tiktok_scraper.pull begins"  # what a shell there prints by itself, as a greeting, comes before it
# %i: another file under the name has another number. -L: a data file may be a link.
_SCRIPT = f"""
LC_ALL=C; export LC_ALL
cd -- {{folder}} >/dev/null 2>&1 && [ -r . ] || {{{{
    echo; echo '{MARK}'; [ -d {{folder}} ] && echo locked || echo nowhere; [ -f {{folder}} ] && echo file; exit 0
}}}}
echo; echo '{MARK}'
command -v rsync >/dev/null 2>&1 && echo rsync
for name in {" ".join(f"{stem}*" for stem in STEMS)}; do
    [ -f "./$name" ] || continue
    [ -r "./$name" ] || {{{{ printf 'unreadable %s\\n' "$name"; continue; }}}}
    printf 'file %s %s\\n' "$(stat -L -c '%i %s %Y' "./$name")" "$name"
done
begins() {{{{
    [ -r "./$2" ] && printf 'sum %s %s %s\\n' "$1" "$(head -c "$1" "./$2" | sha256sum | cut -d ' ' -f 1)" "$2"
}}}}
{{sums}}
echo end
"""


@dataclass(slots=True)
class There:
    """One file there. number: of its inode. mtime: seconds. sums: SHA-256 of its first bytes, by how many."""

    number: int
    size: int
    mtime: int
    sums: dict[int, str] = field(default_factory=dict)


@dataclass(slots=True)
class Listing:
    """The files of lines there. rsync: whether it is installed there. unreadable: names of files that can't be read."""

    files: dict[str, There]
    rsync: bool = False
    unreadable: tuple[str, ...] = ()


class NoShell(CouldNotPull):
    """The host lets in and runs no command, as one that only takes files does."""


def look(way: Connection, wanted: Mapping[str, Iterable[int]]) -> Listing:
    """Ask for all files there, and how those of *wanted* begin: for each name after how many bytes to sum.

    Raises:
        CouldNotPull: the connection failed, or there is no such folder, or it can't be read.
        NoShell: the host runs no command.
    """
    sums = [f"begins {size} {shlex.quote(name)}" for name, sizes in wanted.items() for size in sorted(set(sizes))]
    script = _SCRIPT.format(folder=shlex.quote(way.place.path), sums="\n".join(sums))
    process = way.start(script)
    out, _ = process.communicate()
    before, mark, told = out.decode(errors="surrogateescape").rpartition(f"{MARK}\n")
    if not mark and process.returncode != 255:
        raise NoShell(
            f"{way.place.told}: the host runs no command: {way.said() or before.strip() or 'it said nothing'}"
        )
    if process.returncode or not told.endswith("end\n"):
        _explain(way, process.returncode, told.splitlines())
    return _read(told.splitlines())


def _explain(way: Connection, code: int, told: list[str]) -> None:
    place = way.place.told
    if "file" in told:
        raise CouldNotPull(f"{place} is a file: name the folder that it lies in")
    if "nowhere" in told:
        start = (
            ""
            if way.place.path.startswith("/") or way.place.host is None
            else "; a path without / begins in the home folder"
        )
        raise CouldNotPull(f"there is no folder {place}{start}: name the one where the crawl writes")
    if "locked" in told:
        raise CouldNotPull(f"{place} can't be read by that user: ask its owner for the right to (chmod o+rx)")
    raise way.failed(code or 255, "the files can't be listed")


def _read(told: list[str]) -> Listing:
    files: dict[str, There] = {}
    for line in told:
        kind, *rest = line.split(" ", 4)
        if kind == "file" and len(rest) == 4 and is_copied(rest[3]):
            files[rest[3]] = There(int(rest[0]), int(rest[1]), int(rest[2]))
        elif kind == "sum" and (found := line.split(" ", 3)) and len(found) == 4 and found[3] in files:
            if len(found[2]) != 64:
                raise CouldNotPull(
                    "the host has no sha256sum, without which a copy can't be checked: install coreutils"
                )
            files[found[3]].sums[int(found[1])] = found[2]
    unreadable = tuple(line.partition(" ")[2] for line in told if line.startswith("unreadable "))
    return Listing(files, "rsync" in told, tuple(name for name in unreadable if is_copied(name)))

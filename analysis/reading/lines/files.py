"""The files that one history lies in: of two computers, of rotated months, compressed or not.

A folder's lines are those of `tiktoks*.jsonlines`, its runs those of `runs*.jsonlines`, and what was rejected
`rejected*.jsonlines`, each as it is or compressed. Files are taken in the order of their names.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from analysis.reading.lines.unpacking import PACKED
from analysis.terms.errors import NoFile

TIKTOKS, RUNS, REJECTED = "tiktoks", "runs", "rejected"
LINES: Final = f"{TIKTOKS}.jsonlines"
# What a sighting's line_from is made of: the file's number among those of the history, and the byte of its lines.
SPAN = 1 << 44
_ENDING = rf"\.jsonlines(?:{'|'.join(re.escape(suffix) for suffix in PACKED)})?"


def files_of(where: Path) -> tuple[Path, ...]:
    """The files of lines that *where*, a data folder or one such file, means. Raises NoFile where there is none."""
    found = named(where, TIKTOKS) if where.is_dir() else (where,) if where.is_file() else ()
    if found:
        return found
    lacking = "a folder without it" if where.is_dir() else "no such file" if not where.exists() else "something else"
    raise NoFile(
        expected=f"a folder with {LINES}, or a .jsonlines file",
        found=lacking,
        where=where,
        next_step="name the folder that TIKTOK_DATA_DIR names, as make report DATA=folder does; make demo writes one",
    )


def has_lines(folder: Path) -> bool:
    """Whether *folder* is one that holds lines."""
    return folder.is_dir() and bool(named(folder, TIKTOKS))


def named(folder: Path, stem: str) -> tuple[Path, ...]:
    """What of *folder* is named as the files that hold what *stem* names; something else of that name cannot be read,
    and whoever reads it says so.
    """
    found = (path for path in folder.iterdir() if mark_of(path, stem) is not None)
    return tuple(sorted(found, key=lambda path: path.name))


def beside(lines: Sequence[Path], stem: str) -> tuple[Path, ...]:
    """What *stem* names beside files of lines: of a whole folder all, of one named file those named like it.

    tiktoks-2025.jsonlines.gz has its runs in runs-2025.jsonlines, which may be compressed in its own way.
    """
    marks = {mark_of(path, TIKTOKS) for path in lines} - {None}
    if not marks:
        return ()
    found = named(lines[0].parent, stem)
    whole = lines == named(lines[0].parent, TIKTOKS)
    return found if whole else tuple(path for path in found if mark_of(path, stem) in marks)


def mark_of(path: Path, stem: str) -> str | None:
    """What tells *path* from others of its *stem*: "-2025" of "tiktoks-2025.jsonlines.gz"; None: it is none of them."""
    ours = re.fullmatch(re.escape(stem) + r"(.*)" + _ENDING, path.name)
    return ours[1] if ours else None


def place(line_from: int, files: Sequence[Path]) -> tuple[Path, int]:
    """The file, and the byte of its unpacked lines, that a sighting's `line_from` means."""
    number, at = divmod(int(line_from), SPAN)
    return files[number], at

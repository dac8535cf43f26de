"""What a command takes out of a data directory, or would: counts a file, and how the files are gone through."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tqdm import tqdm

from ..lines import LineFile
from .folder import Folder
from .generations import next_generation
from .rewrite import Judge, Watch, rewrite


@dataclass(slots=True)
class Removal:
    """files: what was taken out of each, by its name in the directory: lines, pieces or replies of a file, 1 of what
    went whole. notes: sentences on what was left, and why. lines: sightings that stay.
    """

    files: dict[str, int] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    lines: int = 0

    @property
    def total(self) -> int:
        """How much was taken out, of whatever kind."""
        return sum(self.files.values())


# Makes a judge for a file: it may count, and remember what came before.
JudgeOf = Callable[[Path], Judge]


@contextmanager
def progress(files: list[Path], does: str) -> Iterator[Watch]:
    """Show on a terminal how far a command is in *files*."""
    total = sum(file.stat().st_size for file in files)
    with tqdm(total=total, desc=does, unit="B", unit_scale=True, disable=None, leave=False, delay=1) as bar:
        yield bar.update


def mend(files: list[Path]) -> None:
    """Set aside what a killed writer tore, as the next writer would, so that every line ends."""
    for path in files:
        LineFile(path).close()


def take_out(folder: Folder, removal: Removal, judge_of: JudgeOf, *, reason: str, watch: Watch) -> None:
    """Write the files of sightings, of what was rejected and what is torn anew without what their judges take out.

    A file of sightings is written anew even where nothing goes, because a writer that waits asks again then who is to
    be left out; tiktoks.jsonlines is the last.
    """
    for path in (*folder.torn, *folder.rejected):
        made = rewrite(path, judge_of(path), watch=watch)
        removal.files[path.name] = made.removed
    for path in folder.lines:
        made = next_generation(
            folder,
            path,
            judge_of(path),
            reason=reason,
            removed=lambda of_main: of_main.removed + sum(removal.files.get(p.name, 0) for p in folder.lines[:-1]),
            watch=watch,
        )
        removal.files[path.name] = made.removed
        removal.lines += made.lines


def would_take_out(folder: Folder, removal: Removal, judge_of: JudgeOf, *, watch: Watch) -> None:
    """Count what `take_out` would take out."""
    for path in (*folder.torn, *folder.rejected, *folder.lines):
        judge, removed, kept = judge_of(path), 0, 0
        with path.open("rb") as file:
            for raw in file:
                watch(len(raw))
                gone = judge(raw) is None
                removed, kept = removed + gone, kept + (not gone)
        removal.files[path.name] = removed
        removal.lines += kept if path in folder.lines else 0


def drop(folder: Folder, removal: Removal, places: list[Path], *, dry_run: bool) -> None:
    """Remove whole files and folders."""
    for place in places:
        removal.files[str(place.relative_to(folder.path))] = 1
        if dry_run:
            continue
        if place.is_dir() and not place.is_symlink():
            shutil.rmtree(place)
        else:
            place.unlink(missing_ok=True)

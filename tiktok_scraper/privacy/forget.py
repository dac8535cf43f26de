"""Forgetting: all lines of a creator go, wherever they stand, and a mark keeps later ones out."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from ..lines.record import NotARecord, record_of
from .folder import Folder
from .forgotten import Forgotten
from .person import Person, any_in
from .pseudonyms import Pseudonyms
from .removal import Removal, drop, mend, progress, take_out, would_take_out
from .replies import without
from .rewrite import Judge


@dataclass(slots=True)
class _Seen:
    """What was met on the way: runs that saw them, lines of others that name them, those known by a shared handle."""

    runs: set[str] = field(default_factory=set)
    others: Counter[str] = field(default_factory=Counter)
    by_shared: int = 0


def forget(folder: Folder, person: Person, pseudonyms: Pseudonyms, *, dry_run: bool = False) -> Removal:
    """Take a creator out of all files of *folder*, and keep later sightings of them out.

    First comes the mark, which running crawls heed at once; then the files, each written anew.

    Raises:
        BadSetting: forgotten.jsonlines was made with another key.
        CouldNotWrite: a file can't be written anew; those before it are done, and the command can be given again.
    """
    marks = Forgotten(folder.path, pseudonyms)
    removal, seen = Removal(), _Seen()
    if not dry_run:
        marks.add(person.ids, person.handles - person.shared, time.time())
        mend([*folder.rejected, *folder.lines])
        folder = Folder.at(folder.path)
    mentioned = person.mentioned()
    everything = [*folder.torn, *folder.rejected, *folder.lines]
    with progress([*everything, *folder.raw], "forgetting") as watch:
        for path in folder.raw:
            replies = without(path, mentioned, dry_run=dry_run, watch=watch)
            removal.files[str(path.relative_to(folder.path))] = replies

        def judge_of(path: Path) -> Judge:
            return _judge(person, seen, sightings=path in folder.lines)

        if dry_run:
            would_take_out(folder, removal, judge_of, watch=watch)
        else:
            take_out(folder, removal, judge_of, reason="forget", watch=watch)
    drop(folder, removal, _pages(folder, person, seen), dry_run=dry_run)
    removal.notes = _notes(folder, person, seen)
    return removal


def _judge(person: Person, seen: _Seen, *, sightings: bool) -> Judge:
    mentioned = person.mentioned()
    # JSON may spell what is not ASCII in several ways, so that a look at the bytes would not find it.
    by_bytes = all(handle.isascii() for handle in person.handles)
    words = person.words((*person.handles, *person.ids))

    def judge(raw: bytes) -> bytes | None:
        named = any_in(raw, words) and mentioned.search(raw) is not None
        if by_bytes and not named:
            return raw
        try:
            record = record_of(raw)
        except NotARecord:
            return None if named else raw
        if not sightings:
            return None if named else raw
        if not person.is_of(record):
            seen.others["lines"] += named
            return raw
        seen.runs.add(str(record.get("run")))
        seen.by_shared += bool(person.shared and not record.get("creator_id"))
        return None

    return judge


def _pages(folder: Folder, person: Person, seen: _Seen) -> list[Path]:
    """The pages of runs that saw them, and pictures of their preview cards, which have the handle as name."""
    pictures = {"".join(c if c.isalnum() or c in "._-" else "_" for c in handle) for handle in person.handles}
    found = []
    for place in folder.pages:
        if place.parent.name == "contact":
            found += [place] if place.name in seen.runs else []
        elif place.is_dir():
            found += [picture for picture in sorted(place.iterdir()) if picture.stem.lower() in pictures]
    return found


def _notes(folder: Folder, person: Person, seen: _Seen) -> list[str]:
    notes = []
    if others := seen.others["lines"]:
        notes.append(
            f"{others:,} lines of other creators name them, in a caption, a hashtag or a sound's name, and stay as "
            "they are: they are others' lines."
        )
    if seen.by_shared:
        notes.append(
            f"{seen.by_shared:,} lines that told a handle alone, which several creators had "
            f"({_listed(person.shared)}), went too: nobody knows whose they were."
        )
    if person.shared:
        notes.append(f"Later lines that tell {_listed(person.shared)} and no id stay: others have or had that handle.")
    mentioned = person.mentioned()
    for path in (folder.runs, *sorted(folder.path.glob("*.log*"))):
        if path.is_file() and (lines := _naming(path, mentioned)):
            notes.append(f"{path.name} names them in {lines:,} lines, and no command writes it anew: edit it by hand.")
    return notes


def _naming(path: Path, mentioned: object) -> int:
    with path.open("rb") as file:
        return sum(mentioned.search(raw) is not None for raw in file)  # type: ignore[attr-defined]


def _listed(handles: set[str]) -> str:
    return ", ".join(f"@{handle}" for handle in sorted(handles))

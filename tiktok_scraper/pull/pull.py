"""One pull: gather what is new, hold it against the record of the runs, put it in place."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..errors import BadSetting, CouldNotPull, NotItsCopy, NotLines
from ..lines import Generation
from ..lines.foreign import HEAD, foreign
from . import fetch, put
from .connection import connection
from .copy import Copy
from .gather import By, Gathered, Replaced, gather
from .names import LINES, RUNS, in_order, is_packed
from .place import Place
from .stage import Stage, staged
from .verify import is_generation, mismatch, records

_TRIES = 3  # a file there may be replaced during a pull, and once more; oftener something is wrong
ASIDE = f"{LINES}.mismatch.torn"  # an ending under which commands of privacy find it
_UNVERIFIED = "Look at it there with python -m tiktok_scraper.lines check; --unverified takes it as it is"


@dataclass(slots=True)
class Pulled:
    """What came of a pull.

    by: which program fetched. lines, runs: how many are new. generation: the one that was put in place, None where
    files only grew; anew: files put in the place of old ones, with the lines of both, None of compressed ones. wrong:
    sentences on what was not taken. notes: other sentences. last: the last that the record tells of a run.
    """

    by: By
    lines: int = 0
    runs: int = 0
    generation: Generation | None = None
    anew: dict[str, tuple[int, int] | None] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    last: dict[str, Any] | None = None


def pull(
    place: Place, into: Path, *, ssh: str = "ssh", by: By | None = None, verified: bool = True, everything: bool = False
) -> Pulled:
    """Copy what is new at *place* into a folder.

    ssh: the command, with its options. by: with which program, None: rsync where it is here and there, else ssh alone,
    else scp. verified: keep out lines that are not those that their run recorded. everything: also what is no file of
    lines: raw replies, pictures, logs.

    Raises:
        BadSetting: the folder is the place itself.
        CouldNotPull: the connection failed, or there is nothing to copy; what came is kept for the next pull.
        NotItsCopy: what is here is no copy of what is there; it stays as it is.
        CouldNotWrite: a file here can't be written.
    """
    _check(place, into, by)
    with staged(into) as stage, connection(place, ssh) as way:
        for _ in range(_TRIES):
            try:
                gathered = gather(way, stage, by)
                break
            except (Replaced, NotItsCopy) as error:
                stage.clear()
                if isinstance(error, NotItsCopy):
                    raise
        else:
            raise CouldNotPull(
                f"{place.told}: files are replaced there again and again; run this again when that has ended"
            )
        pulled = _put_in_place(gathered, stage, place.told, verified=verified)
        if everything:
            fetch.others(way, into)
        return pulled


def _check(place: Place, into: Path, by: By | None) -> None:
    if place.host is not None:
        return
    source = Path(place.path)
    if source.is_dir() and into.is_dir() and source.samefile(into):
        raise BadSetting(f"{into} can't be copied into itself: name another folder with INTO= or -o")
    if by == "scp":
        raise BadSetting("scp copies from another machine; leave --by out for a folder of this one")


def _put_in_place(gathered: Gathered, stage: Stage, place: str, *, verified: bool) -> Pulled:
    pulled = Pulled(gathered.by, wrong=gathered.notes)
    copies = gathered.copies
    told = list(records(copies[RUNS])) if RUNS in copies else []
    known = len(list(records(Copy(copies[RUNS].here, copies[RUNS].kept)))) if RUNS in copies else 0
    for copy in copies.values():
        _check_kind(copy, place)
    end = _checked(gathered, told, known, pulled, place) if verified and LINES in copies else None
    for name in reversed(in_order(list(copies))):
        copy, way = copies[name], gathered.ways[name]
        if way == "append":
            _append(name, copy, end if name == LINES and end is not None else copy.whole, pulled)
        elif way == "anew":
            _replace(name, copy, gathered.there[name].mtime, pulled)
    if gathered.newer:
        pulled.generation = gathered.generation
        pulled.notes += [
            f"{name} is no longer there: remove it here too if whom was forgotten is in it" for name in gathered.gone
        ]
    stage.clear()
    pulled.runs = sum(record.get("event") == "start" for record in told[known:])
    pulled.last = next((one for one in reversed(told) if one.get("event") in {"start", "end", "killed"}), None)
    return pulled


def _append(name: str, copy: Copy, end: int, pulled: Pulled) -> None:
    if end > copy.kept:
        put.append(copy, end)
        pulled.lines += copy.count(copy.kept, end) if name.startswith("tiktoks") else 0


def _replace(name: str, copy: Copy, mtime: int, pulled: Pulled) -> None:
    if is_packed(name):
        put.replace(copy, mtime)
        pulled.anew[name] = None
        return
    before = Copy(copy.here, copy.here.stat().st_size).count()
    put.replace(copy)
    pulled.anew[name] = (before, copy.count())


def _check_kind(copy: Copy, place: str) -> None:
    head = next(copy.pieces(0, min(HEAD, copy.whole)), b"")
    if not copy.packed and not copy.kept and (known := foreign(head)) is not None:
        raise NotLines(f"{place}: {known.told(Path(copy.here.name))} Nothing is copied")


def _checked(gathered: Gathered, told: list[dict[str, Any]], known: int, pulled: Pulled, place: str) -> int | None:
    """Hold the lines against the record; returns the byte from which on they are not taken, None: all are."""
    lines, anew = gathered.copies[LINES], gathered.ways[LINES] == "anew"
    if (anew or gathered.newer or not lines.kept) and not is_generation(lines, gathered.generation):
        raise CouldNotPull(
            f"{place}: {LINES} does not begin with the bytes that generation {gathered.generation.number} was made "
            f"with, so nothing is taken. {_UNVERIFIED}"
        )
    found = mismatch(lines, told, lines.kept, known=0 if anew else known)
    if found is None:
        return None
    start = max(found.start, lines.kept)
    kept = ""
    if start < lines.whole:
        aside = lines.here.with_name(ASIDE)
        put.aside(lines, start, aside)
        kept = f" What stands there from byte {start:,} on is in {aside}."
    if anew:
        raise CouldNotPull(
            f"{place}: {LINES}: {found.why}, so generation {gathered.generation.number} is not put in place.{kept} "
            f"{_UNVERIFIED}"
        )
    pulled.wrong.append(f"{LINES}: {found.why}, so nothing is taken from byte {start:,} on.{kept} {_UNVERIFIED}")
    return start

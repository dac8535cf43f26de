"""Pseudonymising: the same lines with pseudonyms for names, as a new generation in place or as a copy."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from ..errors import BadSetting
from ..lines import Line, LineFile, encode, read_lines
from ..lines.record import NotARecord, record_of
from ..runs.process import still_goes
from .folder import Folder
from .forgotten import FILE as FORGOTTEN
from .generations import current, generation, next_generation
from .new_folder import check_new, whole_folder
from .pseudonyms import Pseudonyms, without_values
from .removal import Removal, drop, mend, progress
from .rewrite import Judge, copied, rewrite

REASON = "pseudonymise"


def pseudonymise(folder: Folder, pseudonyms: Pseudonyms, *, ids: bool = False, drop_raw: bool = False) -> Removal:
    """Put a new generation in place of all lines of *folder*, with pseudonyms for names.

    ids: of TikToks and audios, too. drop_raw: what names people and can't be pseudonymised (replies, pages, pictures,
    torn pieces) goes; without it, it is in the way. Nothing is changed where all is pseudonymised already.

    Raises:
        BadSetting: a run that writes names goes on, a line is none, or something is in the way; all is as it was.
        MixedLines: there are pseudonyms of another key.
        CouldNotWrite: a file can't be written anew; those before it are done, and the command can be given again.
    """
    _no_plain_run(folder)
    mend([*folder.rejected, *folder.lines])
    folder = Folder.at(folder.path)
    leftovers = [*folder.torn, *folder.raw, *folder.pages]
    if leftovers and not drop_raw:
        listed = ", ".join(str(place.relative_to(folder.path)) for place in leftovers[:3])
        more = f" and {len(leftovers) - 3} more" if len(leftovers) > 3 else ""
        raise BadSetting(
            f"{folder.path} holds what can name people and can't be pseudonymised: {listed}{more}. Add --drop-raw to "
            "remove it, or write a pseudonymised copy elsewhere with -o DIRECTORY; nothing is changed"
        )
    removal = Removal()
    files = [*folder.rejected, *folder.lines]
    with progress(files, "looking") as watch:
        changing = [path for path in files if _would_change(path, _judge(folder, path, pseudonyms, ids=ids), watch)]
    with progress(changing, "pseudonymising") as watch:
        for path in changing:
            judge = _judge(folder, path, pseudonyms, ids=ids)
            if path in folder.lines:
                made = next_generation(
                    folder, path, judge, reason=REASON, removed=lambda _: 0, watch=watch, key=pseudonyms.name, ids=ids
                )
            else:
                made = rewrite(path, judge, watch=watch)
            removal.files[path.name] = made.lines
            removal.lines += made.lines if path in folder.lines else 0
    drop(folder, removal, leftovers, dry_run=False)
    return removal


def pseudonymised_copy(folder: Folder, pseudonyms: Pseudonyms, out: Path, *, ids: bool = False) -> Removal:
    """Write a copy of all lines of *folder* into a new folder, with pseudonyms for names; whole or not at all.

    What can't be pseudonymised is not copied.

    Raises:
        BadSetting: *out* is there already, lies in the data, or a line is none.
        MixedLines: there are pseudonyms of another key.
        CouldNotWrite: the copy can't be written.
    """
    check_new(out, folder.path)
    removal = Removal()
    with whole_folder(out) as fresh, progress([*folder.rejected, *folder.lines], "pseudonymising") as watch:
        for path in (*folder.rejected, *folder.lines):
            judge = _judge(folder, path, pseudonyms, ids=ids)
            into = fresh / path.relative_to(folder.path)
            into.parent.mkdir(exist_ok=True)
            made = copied(path, into, judge, watch=watch)
            removal.files[path.name] = made.lines
            removal.lines += made.lines if path in folder.lines else 0
            if path == folder.main:
                last = generation(
                    current(folder).number + 1, made, reason=REASON, removed=0, key=pseudonyms.name, ids=ids
                )
        for path in (folder.runs, folder.path / FORGOTTEN):
            if path.exists():
                shutil.copyfile(path, fresh / path.name)
        if folder.main.exists():
            with LineFile(fresh / folder.runs.name) as runs:
                runs.append(last)
    return removal


def _judge(folder: Folder, path: Path, pseudonyms: Pseudonyms, *, ids: bool) -> Judge:
    number = 0

    def judge(raw: bytes) -> bytes | None:
        nonlocal number
        number += 1
        if not raw.strip():
            return raw
        record = _record(path, number, raw)
        return encode(pseudonyms.sighting(record, ids=ids) if path in folder.lines else _rejected(record))

    return judge


def _record(path: Path, number: int, raw: bytes) -> dict[str, Any]:
    try:
        return record_of(raw)
    except NotARecord as wrong:
        raise BadSetting(
            f"line {number:,} of {path} is none ({wrong}), so that nobody knows whom it names, and all is as it "
            f"was: set such lines aside first with python -m tiktok_scraper.lines repair {path}"
        ) from None


def _rejected(record: dict[str, Any]) -> dict[str, Any]:
    """What was rejected, without the item: nobody knows what stands in what could not be a line."""
    return {**record, "reason": without_values(str(record.get("reason"))), "item": None}


def _would_change(path: Path, judge: Judge, watch: Any) -> bool:
    changes = False
    with path.open("rb") as file:
        for number, raw in enumerate(file, start=1):
            watch(len(raw))
            # To the end, since a line that is none should be told before anything is changed.
            if not changes:
                changes = judge(raw) != raw
            elif raw.strip():
                _record(path, number, raw)
    return changes


def _no_plain_run(folder: Folder) -> None:
    if not folder.runs.exists():
        return
    going: dict[str, Any] = {}
    for line in read_lines(folder.runs):
        record = line.record if isinstance(line, Line) else {}
        if record.get("event") == "start" and not record.get("pseudonymised"):
            going[str(record.get("run"))] = record.get("process")
        elif record.get("event") in {"end", "killed"}:
            going.pop(str(record.get("run")), None)
    for run, process in going.items():
        if still_goes(process):
            raise BadSetting(
                f"run {run} goes on (process {process['pid']}) and writes creators' names: wait for its end, and give "
                "later runs TIKTOK_PSEUDONYMISE=True"
            )

"""Kept replies (raw/) without somebody: entries of lists that name them go, and replies that are about them alone."""

from __future__ import annotations

import fcntl
import gzip
import os
import re
import shutil
from pathlib import Path
from typing import Any

import orjson

from ..errors import CouldNotWrite
from ..lines.on_disk import sync_folder
from .rewrite import Watch, fresh


def without(path: Path, mentioned: re.Pattern[bytes], *, dry_run: bool, watch: Watch = lambda _: None) -> int:
    """Write the replies of *path* anew without what names somebody; returns how many replies named them.

    The replies of a killed run are kept to its last whole one.

    Raises:
        CouldNotWrite: the file can't be written; it is as it was.
    """
    watch(path.stat().st_size)
    if dry_run:
        return sum(mentioned.search(line) is not None for line in _replies(path))
    named = 0
    with path.open("rb") as old, fresh(path) as (new, name):
        fcntl.flock(old, fcntl.LOCK_EX)  # as who appends does; it opens the file anew each time
        for line in _replies(path):
            kept: bytes | None = line
            if mentioned.search(line):
                named += 1
                kept = _without(line, mentioned)
            if kept is not None:
                new.write(gzip.compress(kept))
        if not named:
            return 0
        new.flush()
        os.fsync(new.fileno())
        shutil.copystat(path, name)
        like = path.stat()
        try:
            os.chown(name, like.st_uid, like.st_gid)
        except PermissionError as error:
            raise CouldNotWrite(f"{path} belongs to another user, so it is as it was: run this as its owner") from error
        name.replace(path)
        sync_folder(path.parent)
    return named


def _replies(path: Path) -> Any:
    with gzip.open(path, "rb") as file:
        try:
            yield from file
        except (EOFError, gzip.BadGzipFile):  # torn at its end
            return


def _without(line: bytes, mentioned: re.Pattern[bytes]) -> bytes | None:
    try:
        told = orjson.loads(line)
    except orjson.JSONDecodeError:
        return None
    return None if _is_theirs(told, mentioned) else orjson.dumps(_pruned(told, mentioned)) + b"\n"


def _pruned(told: Any, mentioned: re.Pattern[bytes]) -> Any:
    if isinstance(told, dict):
        return {key: _pruned(value, mentioned) for key, value in told.items()}
    if isinstance(told, list):
        return [_pruned(value, mentioned) for value in told if not _is_theirs(value, mentioned)]
    return told


def _is_theirs(told: Any, mentioned: re.Pattern[bytes]) -> bool:
    """Whether an entry names somebody otherwise than by an entry of a list in it, which can go alone."""
    return mentioned.search(orjson.dumps(_without_lists(told))) is not None


def _without_lists(told: Any) -> Any:
    if isinstance(told, dict):
        return {key: _without_lists(value) for key, value in told.items() if not _is_list_of_entries(value)}
    return told


def _is_list_of_entries(value: Any) -> bool:
    return isinstance(value, list) and any(isinstance(entry, dict) for entry in value)

"""Whether tiktoks.jsonlines is as runs.jsonlines beside it says: its generation, and the bytes of each run since."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from .generation import EVENT, generation_of
from .read import Line, read_lines

LINES, RUNS = "tiktoks.jsonlines", "runs.jsonlines"
_BLOCK = 1 << 20


def recorded(path: Path) -> list[str]:
    """Return a sentence each on the generation and on the runs' bytes; none where no record stands beside *path*.

    A run whose end stands before the latest generation told the bytes of a file that is gone, so it is not held
    against this one. Bytes that differ are no fault by themselves: a repair moves them, too.
    """
    runs = path.with_name(RUNS)
    if path.name != LINES or not runs.exists():
        return []
    records = [line.record for line in read_lines(runs) if isinstance(line, Line)]
    latest = generation_of(records)
    at = max((n for n, record in enumerate(records) if record.get("event") == EVENT), default=-1)
    told = []
    if latest.bytes is not None:
        same = _sha256(path, 0, latest.bytes) == latest.sha256
        found = "as recorded" if same else "not as recorded: the file was changed since"
        told.append(f"generation {latest.number} ({latest.reason}): its first {latest.bytes:,} bytes are {found}")
    before, since = list(_ranges(records[: at + 1])), list(_ranges(records[at + 1 :]))
    differ = [run for run, start, end, sha256 in since if _sha256(path, start, end) != sha256]
    if since:
        other = f", {len(differ):,} are not (the first: {differ[0]}): repaired or edited since" if differ else ""
        told.append(f"{len(since) - len(differ):,} runs' bytes are as recorded{other}")
    if before:
        told.append(f"{len(before):,} runs are of earlier generations, and their bytes no longer hold")
    return told


def _ranges(records: list[dict[str, Any]]) -> Iterator[tuple[str, int, int, str]]:
    for record in records:
        start, end, sha256 = (record.get(name) for name in ("bytes_from", "bytes_to", "sha256"))
        if record.get("event") == "end" and isinstance(start, int) and isinstance(end, int) and isinstance(sha256, str):
            yield str(record.get("run")), start, end, sha256


def _sha256(path: Path, start: int, end: int) -> str | None:
    """The hash of a stretch of the file; None where it ends before."""
    digest, left = hashlib.sha256(), end - start
    with path.open("rb") as file:
        file.seek(start)
        while left > 0 and (block := file.read(min(_BLOCK, left))):
            digest.update(block)
            left -= len(block)
    return None if left else digest.hexdigest()

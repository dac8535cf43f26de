"""Whether the bytes that were fetched are those that the runs say they wrote."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from ..lines import Generation
from ..lines.generation import EVENT
from ..lines.record import NotARecord, record_of
from .copy import Copy


@dataclass(frozen=True, slots=True)
class Mismatch:
    """Lines of a run that are not those that it recorded. start: the first byte that is not to be taken. why: a
    sentence.
    """

    start: int
    why: str


def records(runs: Copy, start: int = 0) -> Iterator[dict[str, Any]]:
    """The objects of runs.jsonlines from byte *start* on; what is none is passed over, as by all readers of it."""
    for line in runs.lines(start):
        try:
            yield record_of(line)
        except NotARecord:
            continue


def mismatch(lines: Copy, told: Sequence[dict[str, Any]], since: int, *, known: int = 0) -> Mismatch | None:
    """Hold tiktoks.jsonlines against the record of the runs; returns the first run whose bytes differ.

    told: all objects of the record. Runs of earlier generations tell of bytes that stand no longer. since: what was
    held against it before: only runs that ended behind this byte are looked at, or that are told of from the
    *known*th object on.
    """
    by_run: dict[str, str] | None = None
    for number, run in _of_this_generation(told):
        start, end, sha256 = _whole(run, "bytes_from"), _whole(run, "bytes_to"), run.get("sha256")
        if start is None or end is None or not isinstance(sha256, str) or not start <= end <= lines.whole:
            continue
        if end <= since and number < known:
            continue
        if (found := lines.sha256(start, end)) == sha256:
            continue
        by_run = _by_run(lines) if by_run is None else by_run
        if by_run.get(str(run.get("run"))) != sha256:
            return Mismatch(
                start,
                f"run {run.get('run')} recorded bytes {start:,} to {end:,} as SHA-256 {sha256[:16]}..., and they are "
                f"{found[:16]}...",
            )
    return None


def is_generation(lines: Copy, wanted: Generation) -> bool:
    """Whether the file begins with the bytes that its generation was made with."""
    if wanted.bytes is None or wanted.sha256 is None:
        return True
    return lines.whole >= wanted.bytes and lines.sha256(0, wanted.bytes) == wanted.sha256


def _of_this_generation(told: Sequence[dict[str, Any]]) -> Iterator[tuple[int, dict[str, Any]]]:
    """Ends of runs that began after the file was last written anew, each with its place among all objects.

    One that went on meanwhile may have told its bytes of the file before.
    """
    latest = max((number for number, record in enumerate(told) if record.get("event") == EVENT), default=-1)
    began: set[Any] = set()
    for number, record in enumerate(told[latest + 1 :], latest + 1):
        if record.get("event") == "start":
            began.add(record.get("run"))
        elif record.get("event") == "end" and record.get("run") in began:
            yield number, record


def _whole(record: dict[str, Any], name: str) -> int | None:
    value = record.get(name)
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None


def _by_run(lines: Copy) -> dict[str, str]:
    """SHA-256 of each run's own lines, wherever they stand: a repair there moves lines, and changes none."""
    digests: dict[str, Any] = {}
    for line in lines.lines():
        try:
            run = str(record_of(line).get("run"))
        except NotARecord:
            continue
        digests.setdefault(run, hashlib.sha256()).update(line)
    return {run: digest.hexdigest() for run, digest in digests.items()}

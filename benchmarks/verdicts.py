"""What a bench promises, what it found, and whether that was met: judged alike, and printed alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.printed import aligned


@dataclass(frozen=True, slots=True)
class Verdict:
    """One target: what was promised, what was found, and whether it was met."""

    promise: str
    found: str
    met: bool


def judged(found: Sequence[Verdict]) -> str:
    """A line for each target."""
    return aligned([("met" if verdict.met else "MISSED", verdict.promise, verdict.found) for verdict in found])

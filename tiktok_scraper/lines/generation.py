"""Which generation of tiktoks.jsonlines this is, by the record of the runs. Pure.

Lines are only ever appended, so whoever has a copy needs but what came since. Forgetting, expiry and pseudonymising
are the exception: they put a new file in the old one's place, its generation, and tell so in runs.jsonlines.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

EVENT = "generation"
FIRST = 1


@dataclass(frozen=True, slots=True)
class Generation:
    """The latest generation.

    number: from 1; 1 is the file that was only ever appended to. bytes, sha256: how the file began as it was made: what
    is appended since stands behind; None of the first. reason: "pseudonymise", "forget" or "expire"; None of the first.
    """

    number: int = FIRST
    bytes: int | None = None
    sha256: str | None = None
    reason: str | None = None


def generation_of(records: Iterable[Mapping[str, Any]]) -> Generation:
    """Return the latest generation that *records*, the objects of runs.jsonlines in their order, tell of.

    A line that tells no whole number of at least 1 is passed over.
    """
    latest = Generation()
    for record in records:
        number = record.get("generation")
        if record.get("event") != EVENT or isinstance(number, bool) or not isinstance(number, int) or number < FIRST:
            continue
        if number >= latest.number:
            latest = Generation(number, _whole(record.get("bytes")), _text(record, "sha256"), _text(record, "reason"))
    return latest


def _whole(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _text(record: Mapping[str, Any], name: str) -> str | None:
    value = record.get(name)
    return value if isinstance(value, str) else None

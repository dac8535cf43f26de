"""What becomes of a file here, by how it and the one there begin. Pure."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from .here import Here
from .look import There
from .names import LINES, RUNS, is_packed

Way = Literal["nothing", "append", "anew"]
_PACE_OF_CLOCKS = 2  # seconds: some file systems keep times no finer


@dataclass(frozen=True, slots=True)
class Refused:
    """Why a file is left as it is: a sentence."""

    why: str


def decide(name: str, here: Here | None, there: There, *, newer: bool) -> Way | Refused:
    """Say whether a file is appended to, fetched anew, or left, and why it is refused.

    newer: the record of the runs, which is known to be the same as far as it goes here, tells that the files there
    were written anew since: then what differs here is the old generation, and gives way to the new.
    """
    if here is None:
        return "anew" if is_packed(name) else "append"
    if is_packed(name):
        return _packed(here, there, newer=newer)
    if there.size >= here.size and here.sha256 == there.sums.get(here.size):
        return "append" if there.size > here.size else "nothing"
    if newer and name != RUNS:
        return "anew"
    if there.size < here.size:
        return Refused(
            f"it is longer here ({here.size:,} bytes) than there ({there.size:,}): something was added here, or taken "
            "away there"
        )
    return Refused(
        f"it does not begin as the one there: of the {here.size:,} bytes here some differ. It was changed here or "
        "there, as lines repair does, or is that of another computer"
    )


def _packed(here: Here, there: There, *, newer: bool) -> Way | Refused:
    if there.size == here.size and abs(there.mtime - here.mtime) <= _PACE_OF_CLOCKS:
        return "nothing"
    if there.size < here.size and not newer:
        return Refused(f"it is longer here ({here.size:,} bytes) than there ({there.size:,})")
    return "anew"


def next_step(name: str, folder: Path, told: str) -> str:
    """What to do about a refused file; commands to paste."""
    aside = name.replace(".jsonlines", "-before.jsonlines", 1)
    moved = f"mv {shlex.quote(str(folder / name))} {shlex.quote(str(folder / aside))}"
    other = f"make pull FROM={shlex.quote(told)} INTO=another-folder"
    if name in {LINES, RUNS}:
        both = f"{moved} (and the same for {RUNS if name == LINES else LINES})"
        return (
            f"pull into another folder, {other} (python -m tiktok_scraper.lines merge makes one of both), or keep what "
            f"is here beside it: {both}, and pull again"
        )
    return f"keep what is here beside it: {moved}, and pull again"

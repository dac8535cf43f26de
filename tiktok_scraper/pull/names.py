"""Which files are copied: those that the analysis reads, by their names alone. Pure."""

from __future__ import annotations

import re

LINES = "tiktoks.jsonlines"
RUNS = "runs.jsonlines"
STEMS = ("tiktoks", "runs", "rejected")
_PACKED = ("gz", "xz", "zst", "bz2")
# A name from elsewhere becomes that of a file here: it holds no separator, and begins with neither a dot nor a hyphen.
_NAME = re.compile(rf"(?:{'|'.join(STEMS)})[^/\x00-\x1f\x7f]*?\.jsonlines(\.(?:{'|'.join(_PACKED)}))?")
# What else a data directory may hold, and --all brings: never data files, profiles of running browsers or a checkout.
OTHERS = ("raw/***", "contact/***", "evidence/***", "spool/***", "cron.log*", "*.torn")


def is_copied(name: str) -> bool:
    """Whether a file of this name is one of lines, as it is or compressed."""
    return _NAME.fullmatch(name) is not None


def is_packed(name: str) -> bool:
    """Whether it is a compressed one: written once, so copied whole."""
    found = _NAME.fullmatch(name)
    return found is not None and found[1] is not None


def in_order(names: list[str]) -> list[str]:
    """The names in the order in which they are copied.

    The record of the runs comes first: whatever it tells of was in the files before, and is there to be checked. It is
    put in place last, as it is written.
    """
    return sorted(names, key=lambda name: (not name.startswith("runs"), name))

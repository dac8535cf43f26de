"""What both benches print and are told: progress on stderr, a table on stdout, numbers as options."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence


def say(what: str) -> None:
    """Tell on stderr what is being measured, so that stdout is the table alone."""
    print(f"{what} (load {os.getloadavg()[0]:.1f})", file=sys.stderr, flush=True)


def positive(told: str) -> int:
    """The number of 1 or more that an option holds."""
    if not told.isdecimal() or int(told) < 1:
        raise argparse.ArgumentTypeError(f"must be 1 or more, not {told!r}")
    return int(told)


def aligned(rows: Sequence[Sequence[str]]) -> str:
    """Rows of text as lines, each column as wide as its widest cell."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return "".join("  ".join(map(str.ljust, row, widths)).rstrip() + "\n" for row in rows)

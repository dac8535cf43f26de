"""Which runs there were, which hours they cover, and which conditions changed among them."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

HOURS: dict[str, str] = {
    "hour": "datetime64[us, UTC]",
    "healthy": "bool",
    "run": "str",
    "sightings": "Int64",
}
CHANGES: dict[str, str] = {
    "run": "str",
    "at": "datetime64[us, UTC]",
    "condition": "str",
    "before": "str",
    "after": "str",
}


@dataclass(frozen=True, slots=True)
class Coverage:
    """hours: every hour from the first to the last run, sorted: hour (start, datetime64[us, UTC]), healthy (bool: a
    run that ended well, or one known only from its lines, began in it), run (str: that run; NA in a gap), sightings
    (Int64: rows from the runs begun in that hour). Hours that are not healthy are gaps: nothing is known of them.

    changes: one row a condition that changed: run (str: the first under the new one), at (datetime64[us, UTC]),
    condition (str: pace, media, locale, viewport, region, browser...), before, after (str). warnings: the same as
    sentences.
    """

    hours: pd.DataFrame
    changes: pd.DataFrame
    warnings: tuple[str, ...] = ()

"""What the end of a run tells of its feed: who, how old, in which languages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import numpy as np

NAMED = 10  # languages that are told by name


def feed(records: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The feed of a run's lines. Ages are quartiles in hours; how it compares with earlier lines is not told."""
    creators = Counter(record["username"] for record in records if record["username"])
    languages = Counter(record["language"] or "none" for record in records)
    named = dict(languages.most_common(NAMED))
    if len(languages) > NAMED:
        named["other"] = len(records) - sum(named.values())
    return {
        "lines": len(records),
        "creators": len(creators),
        "top_creator_share": round(max(creators.values(), default=0) / len(records), 4),
        "age_h": _quartiles(records),
        "languages": dict(sorted(named.items())),
        "seen_before": None,
        "fell": None,
    }


def _quartiles(records: Sequence[dict[str, Any]]) -> list[float] | None:
    seconds = [
        (datetime.fromisoformat(record["scraped_at"]) - datetime.fromisoformat(record["created_at"])).total_seconds()
        for record in records
        if record["created_at"]
    ]
    ages = [second / 3600 for second in seconds if second > 0]
    if len(ages) < 4:
        return None
    return [round(float(age), 1) for age in np.quantile(ages, (0.25, 0.5, 0.75), method="weibull")]

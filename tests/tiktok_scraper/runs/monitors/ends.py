"""Ends of runs as runs.jsonlines tells them: alike but for chance, or with something changed."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import numpy as np

QUIET: dict[str, Any] = {
    "event": "end",
    "verdict": "fit",
    "simulated": False,
    "wanted_source": "auto",
    "wanted_view": "auto",
    "creator_counts": "always",
    "pace": 3.0,
    "media": "loaded",
    "headless": True,
    "locale": "en-US",
    "zone": "UTC",
    "viewport": "1280x800",
    "asked": 100,
    "written": 100,
    "unique": 100,
    "zeroed": 0,
    "wrapped_positive": 0,
}


def end(number: int, rng: np.random.Generator) -> dict[str, Any]:
    """A run of a hundred lines, in which nothing is wrong."""
    answered = int(rng.binomial(80, 0.98))
    english, none = int(rng.binomial(95, 0.7)), int(rng.binomial(5, 0.5))
    ages = np.quantile(np.exp(rng.normal(5, 1.5, 100)), (0.25, 0.5, 0.75))
    return {
        **deepcopy(QUIET),
        "run": f"20261101T{number:06d}Z-0000",
        "repeated": int(rng.binomial(100, 0.05)),
        "creators_asked": 80,
        "creators_answered": answered,
        "null": {"audio": int(rng.binomial(100, 0.02)), "user_followers": 80 - answered},
        "name": {"likes": 0.98},
        "name_read": {"likes": 100},
        "feed": {
            "lines": 100,
            "creators": 90,
            "top_creator_share": float(rng.integers(2, 5)) / 100,
            "age_h": [round(float(age), 1) for age in ages],
            "seen_before": 30,
            "fell": 0,
            "languages": {"en": english, "es": 100 - english - none, "none": none},
        },
    }


def ends(count: int, seed: int = 1) -> list[dict[str, Any]]:
    """So many runs in a row."""
    rng = np.random.default_rng(seed)
    return [end(number, rng) for number in range(count)]


def changed(record: dict[str, Any], **fields: Any) -> dict[str, Any]:
    """The run with other *fields*; of those that are mappings only the keys given."""
    new = deepcopy(record)
    for name, value in fields.items():
        new[name] = {**new[name], **value} if isinstance(value, dict) else value
    return new

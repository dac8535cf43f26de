"""Histories that several tests read: written once."""

from __future__ import annotations

import json
import tempfile
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from replica.history.plan import Plan
from replica.history.write import write

NOW = datetime(2026, 9, 1, 12, 20, tzinfo=UTC).timestamp()
Records = list[dict[str, Any]]


def read(path: Path) -> Records:
    """The objects of a JSON-lines file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def plan(profile: str = "2022", **told: Any) -> Plan:
    """A plan that ends at NOW: two days, 40 TikToks a run, unless told."""
    return Plan(**{"now": NOW, "days": 2, "limit": 40, "profile": profile, **told})


@cache
def history(profile: str = "2022", schema: int = 2) -> tuple[Records, Records, Records]:
    """TikToks, runs and truth of the plan."""
    with tempfile.TemporaryDirectory() as folder:
        write(plan(profile, schema=schema), Path(folder))
        paths = (Path(folder) / f"{name}.jsonlines" for name in ("tiktoks", "runs", "truth"))
        tiktoks, runs, truth = (read(path) if path.exists() else [] for path in paths)
    return tiktoks, runs, truth

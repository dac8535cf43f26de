"""The runs as rows of the table that is shared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from .fields import RUNS


def runs_of(records: Iterable[Mapping[str, Any]]) -> Iterator[tuple[Any, ...]]:
    """Yield a row a run, in the order of their first lines; hours without a run are none."""
    runs: dict[str, dict[str, Any]] = {}
    for record in records:
        event, run = record.get("event"), record.get("run")
        if event not in {"start", "end", "killed"} or not isinstance(run, str):
            continue
        told = {name: value for name, value in record.items() if value is not None}
        times = {"start": "started", "end": "ended"}
        if event in times and (at := _moment(record.get("at"))):
            told[times[event]] = at
        runs.setdefault(run, {}).update(told)
    for told in runs.values():
        yield tuple(_cell(told.get(field.name), field.type) for field in RUNS.fields)


def _cell(value: Any, kind: str) -> Any:
    """The value where it is of its column's type; a truth in a text is spelled as JSON does."""
    if kind == "string":
        return str(value).lower() if isinstance(value, bool) else value if isinstance(value, str) else None
    if kind == "boolean":
        return value if isinstance(value, bool) else None
    if kind == "datetime":
        return value
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


def _moment(told: Any) -> str | None:
    try:
        moment = datetime.fromisoformat(told)
    except (TypeError, ValueError):
        return None
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}" if moment.tzinfo else None

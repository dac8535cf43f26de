"""The runs of runs.jsonlines as a table, a row a run. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any


def table(records: Iterable[Mapping[str, Any]], last: int | None = None) -> str:
    """Return a row per run, in the order of their starts; a run without an end was killed, or goes on.

    last: only so many rows, the latest; how many stand before them is told. Skipped hours are no runs.
    """
    runs: dict[str, dict[str, Any]] = {}
    for told in records:
        if told.get("event") == "skipped":
            continue
        run = runs.setdefault(str(told.get("run")), {"reason": "no end: killed, or still going"})
        run.update({f"{told.get('event')}_at": told.get("at"), **told})
    kept = list(runs.values())[-last if last else 0 :]
    before = len(runs) - len(kept)
    rows = [
        ("run", "verdict", "TikToks", "repeats", "creators", "minutes", "era", "ended by"),
        *map(_row, kept),
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    shown = "".join("  ".join(map(str.ljust, row, widths)).rstrip() + "\n" for row in rows)
    return shown + (f"{before} runs before these; --all shows them\n" if before else "")


def _row(run: Mapping[str, Any]) -> tuple[str, ...]:
    def told(name: str) -> str:
        return "-" if run.get(name) is None else str(run[name])

    minutes = "-"
    if run.get("start_at") and run.get("end_at"):
        took = datetime.fromisoformat(run["end_at"]) - datetime.fromisoformat(run["start_at"])
        minutes = f"{took.total_seconds() / 60:.1f}"
    asked_for = f"{told('written')} of {told('asked')}"
    creators = f"{told('creators_answered')} of {told('creators_asked')}"
    marks = " (simulated)" if run.get("simulated") else ""
    return (
        told("run"),
        told("verdict"),
        asked_for,
        told("repeated"),
        creators,
        minutes,
        told("era"),
        f"{told('reason')}{marks}",
    )

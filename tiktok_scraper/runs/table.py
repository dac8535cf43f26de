"""The runs of runs.jsonlines as a table, a row a run. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from .plain import plain

OF_A_RUN = {"start", "end", "killed"}  # a skipped hour is no run, neither is a merge nor a new generation
WHYS = 20  # so many sentences are shown


def table(records: Iterable[Mapping[str, Any]], last: int | None = None) -> str:
    """Return a row per run, in the order of their starts; a run without an end was killed, or goes on.

    last: only so many rows, the latest; how many stand before them is told. Other events are no runs.
    """
    runs: dict[str, dict[str, Any]] = {}
    for told in records:
        if told.get("event") not in OF_A_RUN:
            continue
        run = runs.setdefault(str(told.get("run")), {"reason": "no end: killed, or still going"})
        run.update({f"{told.get('event')}_at": told.get("at"), **told})
    kept = list(runs.values())[-last if last else 0 :]
    before = len(runs) - len(kept)
    rows = [
        ("run", "verdict", "TikToks", "repeats", "creators", "minutes", "era", "ended by"),
        *(tuple(map(plain, _row(run))) for run in kept),
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    shown = "".join("  ".join(map(str.ljust, row, widths)).rstrip() + "\n" for row in rows)
    shown += f"{before} runs before these; --all shows them\n" if before else ""
    why = [line for run in kept for line in _why(run)][-WHYS:]
    return shown + ("".join(["\nWhy unfit, and what is odd in fit ones, the latest last:\n", *why]) if why else "")


def _why(run: Mapping[str, Any]) -> list[str]:
    """A line a sentence; records of before there were warnings have none."""
    because, warnings = run.get("because") or [], run.get("warnings") or []
    marked = [("x", says) for says in because] + [("!", says) for says in warnings]
    return [plain(f"{run.get('run')}  {mark} {says}") + "\n" for mark, says in marked]


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
        f"{told('verdict')}{f', {odd} odd' if (odd := len(run.get('warnings') or [])) else ''}",
        asked_for,
        told("repeated"),
        creators,
        minutes,
        told("era"),
        f"{told('reason')}{marks}",
    )

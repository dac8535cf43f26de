"""How the last runs ended, by runs.jsonlines."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ..lines import Line, check_lines, read_lines
from ..runs.choices import choices
from .findings import OK, WARNING, Finding

LAST = 5
KILLED = "no end: killed, or still going"


def history(path: Path) -> Iterator[Finding]:
    """Tell of the last runs in *path*, the oldest first; one that was not fit is a warning.

    Raises:
        NotLines: it is a file of another kind.
    """
    if not path.exists():
        yield Finding(OK, "last runs", "none yet")
        return
    check_lines(path)
    runs: dict[str, dict[str, Any]] = {}
    bad = 0
    for line in read_lines(path):
        if not isinstance(line, Line):
            bad += 1
        elif line.record.get("event") in {"start", "end"}:
            runs.setdefault(str(line.record.get("run")), {}).update(line.record)
    if bad:
        yield Finding(WARNING, "last runs", f"{path}: {bad} bad lines", f"python -m tiktok_scraper.lines check {path}")
    for run in list(runs.values())[-LAST:]:
        yield _one(run)
    if not runs:
        yield Finding(OK, "last runs", "none yet")


def _one(run: dict[str, Any]) -> Finding:
    if run.get("event") != "end":
        return Finding(WARNING, "last runs", f"{run.get('run')}: {KILLED}", "cron.log or the terminal may tell why")
    marks = " (simulated)" if run.get("simulated") else ""
    gathered = f"{run.get('verdict')}, {run.get('written')} of {run.get('asked')}"
    told = f"{run.get('run')}: {gathered}, ended by {run.get('reason')}{marks}"
    if run.get("verdict") == "fit":
        return Finding(OK, "last runs", told)
    because = "; ".join(map(str, run.get("because") or []))
    helps = choices({f"tiktok/{name}": run.get(name) for name in ("reason", "contact", "simulated")})
    fix = f"what may help: {helps}" if helps else "docs/crawl.md says what that reason means"
    return Finding(WARNING, "last runs", f"{told}{f': {because}' if because else ''}", fix)

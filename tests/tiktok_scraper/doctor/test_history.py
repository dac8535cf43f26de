"""The last runs: how each ended, and what may help."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tiktok_scraper.doctor.history import history


def written(tmp_path: Path, *records: dict[str, Any], tail: str = "") -> Path:
    path = tmp_path / "runs.jsonlines"
    path.write_text("".join(json.dumps(record) + "\n" for record in records) + tail)
    return path


def run(name: str, reason: str = "limit", verdict: str = "fit", **told: Any) -> list[dict[str, Any]]:
    counted = {"asked": 100, "written": 100 if verdict == "fit" else 3}
    return [
        {"event": "start", "run": name, "asked": 100},
        {"event": "end", "run": name, "reason": reason, "verdict": verdict, **counted, **told},
    ]


def test_no_runs_yet_is_no_fault(tmp_path: Path) -> None:
    assert [finding.level for finding in history(tmp_path / "runs.jsonlines")] == ["ok"]
    assert [finding.level for finding in history(written(tmp_path))] == ["ok"]


def test_the_last_five_are_told_in_their_order(tmp_path: Path) -> None:
    path = written(tmp_path, *[record for n in range(7) for record in run(f"r{n}")])
    found = list(history(path))
    assert [finding.told.partition(":")[0] for finding in found] == ["r2", "r3", "r4", "r5", "r6"]
    assert {finding.level for finding in found} == {"ok"}
    assert found[0].told == "r2: fit, 100 of 100, ended by limit"


def test_a_run_that_ended_badly_is_told_with_what_may_help(tmp_path: Path) -> None:
    bad = run("r1", "captcha", "unfit", because=["3 TikToks, fewer than 90"])
    killed = run("r2")[:1]
    strange = run("r3", "unknown-layout", "unfit")
    first, second, third = history(written(tmp_path, *bad, *killed, *strange))
    assert (first.level, second.level, third.level) == ("warning",) * 3
    assert "3 TikToks, fewer than 90" in first.told
    assert "TIKTOK_HEADLESS=virtual" in first.fix
    assert "killed" in second.told
    assert "scrapy doctor --site" in third.fix


def test_bad_lines_hide_no_run(tmp_path: Path) -> None:
    path = written(tmp_path, *run("r1"), tail="nonsense\n")
    assert [(finding.level, finding.told.split(":")[0]) for finding in history(path)] == [
        ("warning", str(path)),
        ("ok", "r1"),
    ]

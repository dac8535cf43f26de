"""A folder as crawls leave it, made without one: lines, runs that recorded their bytes, new generations."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass
class Crawled:
    """The folder of a server, which grows run by run."""

    path: Path
    number: int = 0

    @property
    def lines(self) -> Path:
        return self.path / "tiktoks.jsonlines"

    @property
    def runs(self) -> Path:
        return self.path / "runs.jsonlines"

    def run(self, lines: int = 20, *, width: int = 900, sha256: str | None = None) -> bytes:
        """Append a run's lines and its record; returns the lines."""
        self.number += 1
        run = f"20261129T{self.number:06}Z-beef"
        start = self.lines.stat().st_size if self.lines.exists() else 0
        made = b"".join(sighting(run, number, width) for number in range(lines))
        self.record(event="start", run=run, at="2026-11-29T10:00:00.000+00:00")
        with self.lines.open("ab") as file:
            file.write(made)
        told = {
            "bytes_from": start,
            "bytes_to": start + len(made),
            "sha256": sha256 or hashlib.sha256(made).hexdigest(),
        }
        self.record(event="end", run=run, at="2026-11-29T10:05:00.000+00:00", verdict="fit", **told)
        return made

    def record(self, **told: Any) -> None:
        with self.runs.open("a") as file:
            file.write(json.dumps(told) + "\n")

    def forget(self, part: bytes) -> None:
        """Put a new generation in place, of the lines that do not hold *part*, as tiktok_scraper.privacy does."""
        kept = b"".join(line for line in self.lines.read_bytes().splitlines(True) if part not in line)
        fresh = self.path / ".fresh"
        fresh.write_bytes(kept)
        fresh.replace(self.lines)
        told = {"generation": 2, "reason": "forget", "bytes": len(kept), "sha256": hashlib.sha256(kept).hexdigest()}
        self.record(event="generation", run=None, **told)


def sighting(run: str, number: int, width: int = 900) -> bytes:
    """A line, which no compression makes much shorter."""
    noise = hashlib.shake_256(f"{run} {number}".encode()).hexdigest(width // 2)
    url = f"https://www.tiktok.com/@u{number}/video/{number}"
    return (
        json.dumps({"scraped_at": "2026-11-29T10:00:00.000+00:00", "url": url, "run": run, "x": noise}).encode() + b"\n"
    )

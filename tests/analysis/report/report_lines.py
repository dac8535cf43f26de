"""A small made-up file for the report's tests: a few runs over a few days, with names that mean harm in it."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np

START = datetime(2026, 3, 2, 6, tzinfo=UTC)
# Each would do something somewhere if it were not escaped: markup, a formula, mathematics, direction, nothing at all.
HOSTILE = (
    "<script>document.title='owned'</script>",
    '"><img src=x onerror=alert(1)>',
    '=HYPERLINK("http://example.org")',
    "</style></title><h1>",
    "$\\frac{1}{0}$ $",
    "\u202eevil\u0007 {braces} %s",
    "音楽 🎵 عربى",
    "' onmouseover='alert(1)",
)


def step_of(value: int) -> int:
    """The display's grid (docs/data.md, "How sure a number is")."""
    return 1 if value < 10_000 else 100 if value < 1_000_000 else 100_000


def told(value: int) -> tuple[int, int]:
    """A value as the site tells it, and its step."""
    step = step_of(value)
    return (value + step // 2) // step * step, step


def lines(
    tiktoks: int = 130, runs: int = 14, hours: int = 5, seed: int = 1, simulated: bool = True
) -> list[dict[str, Any]]:
    """Sightings of *tiktoks* TikToks over *runs* runs, *hours* apart: each seen in about half of them."""
    rng = np.random.default_rng(seed)
    born = rng.uniform(2, 400, tiktoks)
    rate = np.exp(rng.normal(4, 1.6, tiktoks))
    rate[0] *= 400
    followers = np.exp(rng.normal(9, 2, tiktoks))
    told_lines = []
    for run in range(runs):
        at = START + timedelta(hours=hours * run)
        name = f"{at:%Y%m%dT%H%M%SZ}-{run:04x}"
        for position, which in enumerate(np.flatnonzero(rng.random(tiktoks) < 0.5), start=1):
            age = born[which] + hours * run
            likes = int(rate[which] * age**0.8 + (rate[which] * 30 * max(0, run - 5) if which % 25 == 0 else 0))
            told_lines.append(
                _line(int(which), likes, int(followers[which] * (1 + 0.002 * run)), at, position, name, simulated)
            )
    return told_lines


def _line(
    which: int, likes: int, followers: int, at: datetime, position: int, run: str, simulated: bool
) -> dict[str, Any]:
    creator = which * 3 // 4
    handle = HOSTILE[creator] if creator < len(HOSTILE) else f"creator{creator}"
    audio = which // 2
    number = 7_612_000_000_000_000_000 + which * 4_294_967_296
    scraped = at + timedelta(seconds=3 * position)
    quoted = (
        handle
        if handle.isalnum()
        else "".join(c if c.isalnum() and c.isascii() else f"%{b:02X}" if (b := ord(c)) < 128 else "" for c in handle)
    )
    counts = {
        "likes": likes,
        "comments": likes // 40 + which % 7,
        "shares": likes // 60,
        "views": likes * 11,
        "saves": likes // 25,
    }
    counts |= {
        "user_followers": followers,
        "user_likes": followers * 9,
        "user_videos": 20 + which + (position + at.hour) % 2,
    }
    line: dict[str, Any] = {
        "scraped_at": scraped.isoformat(timespec="milliseconds"),
        "url": f"https://www.tiktok.com/@{quoted}/video/{number}",
        "audio": HOSTILE[audio] if audio < len(HOSTILE) else f"sound {audio}",
        "audio_url": f"https://www.tiktok.com/music/sound-{6_900_000_000_000_000_000 + audio}",
        "username": f"https://www.tiktok.com/@{quoted}",
        "id": str(number),
        "creator_id": str(6_800_000_000_000_000_000 + creator),
        "audio_id": str(6_900_000_000_000_000_000 + audio),
        "created_at": datetime.fromtimestamp(number >> 32, UTC).isoformat(),
        "created_from": "page",
        "shown_at": scraped.isoformat(timespec="milliseconds"),
        "user_scraped_at": scraped.isoformat(timespec="milliseconds"),
        "run": run,
        "position": position,
        "session": 1,
        "era": "b",
        "source": "json",
        "user_source": "detail",
        "ad": which % 31 == 7,
        "kind": "video",
        "audio_original": audio % 3 == 0,
        "duration": 20 + which % 30,
        "language": "en",
        "simulated": simulated,
        "schema": 2,
        "user_likes_repair": None,
        "user_likes_wraps": None,
    }
    for name, value in counts.items():
        line[name], line[f"{name}_step"] = told(value)
        line[f"{name}_shown"] = None
    return line


def write(folder: Path, sightings: list[dict[str, Any]]) -> Path:
    """tiktoks.jsonlines and runs.jsonlines of *sightings* in *folder*."""
    folder.mkdir(parents=True, exist_ok=True)
    text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in sightings)
    (folder / "tiktoks.jsonlines").write_text(text, encoding="utf-8")
    runs = dict.fromkeys(line["run"] for line in sightings)
    events = []
    for run in runs:
        n = sum(line["run"] == run for line in sightings)
        at = datetime.strptime(run[:15], "%Y%m%dT%H%M%S").replace(tzinfo=UTC).isoformat()
        conditions = {"pace": 3.0, "media": "loaded", "headless": True, "locale": "en-US", "simulated": True}
        events.append({"event": "start", "run": run, "schema": 2, "at": at, **conditions})
        events.append(
            {
                "event": "end",
                "run": run,
                "schema": 2,
                "at": at,
                "reason": "limit",
                "verdict": "fit",
                "asked": n,
                "written": n,
                **conditions,
            }
        )
    (folder / "runs.jsonlines").write_text("".join(json.dumps(event) + "\n" for event in events), encoding="utf-8")
    return folder

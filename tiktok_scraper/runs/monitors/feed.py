"""What a run's feed was like, in a few numbers of its lines, by which later runs are compared with it. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from statistics import quantiles
from typing import Any

HOUR_S = 3600
LANGUAGES = 10  # so many are told by name
OTHER, UNTOLD = "other", "none"
FELL_BELOW = 0.9  # of what the likes were: people take some back, and replies from a cache are some hours old
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")


@dataclass(slots=True)
class Feed:
    """Gathers over the lines of a run. earlier: the fewest likes a TikTok had when it was last seen, by its id."""

    earlier: Mapping[str, int] = field(default_factory=dict)
    creators: Counter[str] = field(default_factory=Counter)
    languages: Counter[str] = field(default_factory=Counter)
    ages_h: list[float] = field(default_factory=list)
    lines: int = 0
    seen_before: int = 0
    fell: int = 0

    def add(self, line: Mapping[str, Any]) -> None:
        """Take one line, by its fields."""
        self.lines += 1
        if line.get("username"):
            self.creators[line["username"]] += 1
        self.languages[_language(line.get("language"))] += 1
        if (age := _age_h(line)) is not None:
            self.ages_h.append(age)
        self._compare(line)

    def _compare(self, line: Mapping[str, Any]) -> None:
        before, now = self.earlier.get(str(line.get("id"))), line.get("likes")
        if not before or not isinstance(now, int):
            return
        self.seen_before += 1
        self.fell += now + (line.get("likes_step") or 1) / 2 < FELL_BELOW * before

    def told(self) -> dict[str, Any]:
        """Return the aggregates, as runs.jsonlines holds them; ages are quartiles in hours, null below four lines."""
        named = dict(self.languages.most_common(LANGUAGES))
        if rest := self.languages.total() - sum(named.values()):
            named[OTHER] = named.get(OTHER, 0) + rest
        most = max(self.creators.values(), default=0)
        ages = [round(age, 1) for age in quantiles(self.ages_h)] if len(self.ages_h) >= 4 else None
        return {
            "lines": self.lines,
            "creators": len(self.creators),
            "top_creator_share": round(most / self.lines, 4) if self.lines else None,
            "age_h": ages,
            "languages": dict(sorted(named.items())),
            "seen_before": self.seen_before,
            "fell": self.fell,
        }


def _language(told: Any) -> str:
    """The code; what the page sends in its place may be anything, and is not repeated."""
    if not told:
        return UNTOLD
    return told if isinstance(told, str) and _LANGUAGE.fullmatch(told) else OTHER


def _age_h(line: Mapping[str, Any]) -> float | None:
    try:
        aged = datetime.fromisoformat(line["scraped_at"]) - datetime.fromisoformat(line["created_at"])
    except (KeyError, TypeError, ValueError):
        return None
    hours = aged.total_seconds() / HOUR_S
    return hours if hours > 0 else None

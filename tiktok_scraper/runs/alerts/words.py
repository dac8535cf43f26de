"""A verdict as text, for whoever reads of it elsewhere. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

TOLD = ("run", "reason", "verdict", "because", "warnings", "asked", "written", "simulated")


def verdict_of(stats: Mapping[str, Any]) -> dict[str, Any]:
    """Return the verdict for machines: what TOLD names, by the run's stats; null where nothing is known."""
    return {name: stats.get(f"tiktok/{name}") for name in TOLD}


def verdict_text(stats: Mapping[str, Any]) -> str:
    """Return the verdict for people: a line of what came of the run, then a sentence a line."""
    told = verdict_of(stats)
    first = f"{told['verdict'] or 'no verdict'}: {told['written'] or 0} of {told['asked']} TikToks, ended by "
    first += f"{told['reason']}{' (simulated)' if told['simulated'] else ''}, run {told['run']}"
    why = [] if told["written"] else [stats.get("tiktok/usage_error")]
    sentences = [*filter(None, why), *(told["because"] or []), *(f"odd: {one}" for one in told["warnings"] or [])]
    return "\n".join([first, *sentences])


def subject(stats: Mapping[str, Any]) -> str:
    """Return the verdict in a few words."""
    verdict = stats.get("tiktok/verdict") or "no verdict"
    odd = len(stats.get("tiktok/warnings") or [])
    return f"tiktok_scraper: {verdict}{f', {odd} odd' if odd else ''}, ended by {stats.get('tiktok/reason')}"

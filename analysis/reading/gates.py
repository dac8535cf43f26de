"""Gates: a sighting that can't be right is set aside and counted, never dropped in silence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from analysis.counts.bounds import bounds
from analysis.counts.series import falls
from analysis.reading.lines.json_line import EMPTY
from analysis.reading.lines.line_by_line import BadLine
from analysis.terms.definitions import ASIDE_AT_MOST, FALLS_AT_MOST, UNREADABLE_AT_MOST
from analysis.terms.errors import GateFailed
from analysis.terms.schema import KNOWN_SCHEMAS

_ID = r"[1-9]\d{17,18}"
NAMES = {
    "upload after sighting": "created_at is after scraped_at",
    "id": "the id has not 18 or 19 digits",
    "schema": f"the schema is none of {', '.join(map(str, KNOWN_SCHEMAS))}",
}


@dataclass(frozen=True, slots=True)
class Gated:
    """passed: the sightings that pass. aside: the others, with the column gate (str): the first one each fails.

    passes: which of the sightings judged pass (bool, indexed as they were).
    """

    passed: pd.DataFrame
    aside: pd.DataFrame
    passes: pd.Series

    @property
    def counted(self) -> dict[str, int]:
        """Gate -> how many sightings it set aside; every gate is there, 0 too."""
        found = self.aside["gate"].value_counts()
        return {gate: int(found.get(gate, 0)) for gate in NAMES}


def gated(sightings: pd.DataFrame) -> Gated:
    """Split *sightings* into those that pass every gate and those that don't, in the order they had."""
    gate = pd.Series(pd.NA, index=sightings.index, dtype="str")
    failing = {
        "schema": ~sightings["schema"].isin(KNOWN_SCHEMAS),
        "id": ~sightings["id"].str.fullmatch(_ID).astype(bool),
        "upload after sighting": sightings["created_at"] > sightings["scraped_at"],
    }
    for name, fails in failing.items():
        gate[fails & gate.isna()] = name
    passes = gate.isna()
    aside = sightings[~passes].assign(gate=gate[~passes])
    return Gated(sightings[passes].reset_index(drop=True), aside.reset_index(drop=True), passes)


def falling(sightings: pd.DataFrame) -> tuple[int, int]:
    """Return how often likes of a TikTok fell, and in how many pairs of consecutive sightings they could have.

    sightings: sorted by time; those without likes don't count. A fall is a cut of the series (`series.falls`): what
    was shown later cannot have been as much as was shown before, however both were rounded.
    """
    told = sightings.loc[sightings["likes"].notna(), ["id", "scraped_at", "likes", "likes_step", "likes_shown"]]
    low, high = bounds(told["likes"], told["likes_step"], told["likes_shown"])
    fallen = falls(told[["id", "scraped_at"]].assign(likes_lo=low, likes_hi=high), "likes")
    return len(fallen), len(told) - told["id"].nunique()


def check_readable(bad: Sequence[BadLine], lines: int, where: str) -> None:
    """Make sure that most of the file could be read. bad: of *lines* lines in all.

    Blank lines hold nothing, and of a line on which whole records were found the most is read: neither counts. A
    single line stops nothing, however small the file.

    Raises:
        GateFailed: more than 2 % of the lines, and more than one, gave no sighting.
    """
    unread = [line for line in bad if not line.salvaged and line.reason != EMPTY]
    told = lines - sum(line.reason == EMPTY for line in bad)
    if len(unread) <= max(1, UNREADABLE_AT_MOST * told):
        return
    raise GateFailed(
        expected=f"at most {UNREADABLE_AT_MOST:.0%} of {told:,} lines that can't be read",
        found=f"{len(unread):,} ({len(unread) / told:.1%}), the first at byte {unread[0].offset:,}: {unread[0].reason}",
        where=where,
        next_step="list them with python -m tiktok_scraper.lines check FILE and find out what wrote them, or go on "
        "without them with --force (force=True)",
    )


def check_gates(counted: dict[str, int], lines: int, falls: int, pairs: int, where: str) -> list[str]:
    """Return what the gates found as sentences, if it is little enough.

    counted: gate -> sightings set aside, of *lines* sightings; falls, pairs: from `falling`. A single fall stops
    nothing, however few the pairs.

    Raises:
        GateFailed: more than 1 % of lines were set aside, or likes fell in more than 2 % of pairs (more than one).
    """
    aside = sum(counted.values())
    told = "; ".join(f"{NAMES[gate]}: {number:,}" for gate, number in counted.items() if number)
    if aside > ASIDE_AT_MOST * lines:
        hint = ""
        if counted["upload after sighting"] * 2 > aside:
            hint = "if lines of 2022 are among them, name the right zone with --naive-zone; otherwise "
        raise GateFailed(
            expected=f"at most {ASIDE_AT_MOST:.0%} of {lines:,} sightings to fail a gate",
            found=f"{aside:,} ({aside / lines:.1%}): {told}",
            where=where,
            next_step=f"{hint}find out what wrote these lines, or go on without them with --force (force=True)",
        )
    if falls > max(1, FALLS_AT_MOST * pairs):
        raise GateFailed(
            expected=f"likes to fall in at most {FALLS_AT_MOST:.0%} of pairs of consecutive sightings of a TikTok",
            found=f"{falls:,} of {pairs:,} ({falls / pairs:.1%})",
            where=where,
            next_step="check that the lines are of one site and in one zone, or go on all the same with --force "
            "(force=True)",
        )
    return [f"{aside:,} of {lines:,} sightings set aside: {told}."] if aside else []

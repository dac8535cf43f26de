"""python -m benchmarks.analysis.followers: do viral videos bring followers? Against worlds that know.

Each seed of a profile has two worlds that differ in one thing: in one all likes bring their creator followers, in the
other none do. Writing a world of 60 days takes two to five minutes, reading it half a minute; `--keep` a folder, and
those that stand there already are not written anew.
A row holds the event study's estimate and interval against two truths, both by plain loops over truth.jsonlines, for
the creators, controls and moments that the study used: the *exact* difference, from followers before any rounding, and
what likes *brought*, the exact difference less the same in the world where likes bring nobody. Exit code 1: an exact
difference lies outside its interval, or intervals miss what likes brought more often than 5 % and 3 Monte Carlo
standard errors.
"""

from __future__ import annotations

import argparse
import itertools
import json
import math
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import unquote

from analysis.counts.bounds import with_bounds
from analysis.load import load
from analysis.measures import ads, virality
from analysis.measures.together import events
from analysis.statistics.intervals import Estimate
from analysis.terms.definitions import EVENT_DAYS, INTERVAL
from benchmarks import machine
from benchmarks.analysis.found import NOW
from benchmarks.printed import aligned, positive, say
from replica.options import PROFILES

DAY_S = 86_400.0
Followers = Mapping[str, Sequence[tuple[float, int]]]
"""Creator -> (Unix seconds, exact followers) each time they were told, rising."""


@dataclass(frozen=True, slots=True)
class Studied:
    """One world: onsets, the study's estimate in log points, the two truths over the same sets (nan without any)."""

    profile: str
    seed: int
    followers_from: str
    onsets: int
    gain: Estimate
    exact: float
    brought: float

    def holds(self, truth: float) -> bool:
        return self.gain.low <= truth <= self.gain.high


def study(profile: str, seed: int, days: float, folder: Path) -> list[Studied]:
    """Both worlds of *seed*, written into *folder* where they are not there, each study held against their truth."""
    worlds = {name: folder / f"{profile}-{seed}-{days:g}-{name}" for name in ("likes", "nothing")}
    for name, into in worlds.items():
        if not (into / "truth.jsonlines").exists():
            write(profile, seed, days, name, into)
    truths = {name: exact_followers(into) for name, into in worlds.items()}
    return [studied((profile, seed, name), into, truths[name], truths["nothing"]) for name, into in worlds.items()]


def write(profile: str, seed: int, days: float, followers_from: str, into: Path) -> None:
    """A history, in a process of its own."""
    command = [sys.executable, "-m", "replica", "history", "--days", str(days), "--seed", str(seed), "--now", NOW]
    command += ["--tame", "--profile", profile, "--followers-from", followers_from, "-o", str(into)]
    subprocess.run(command, check=True, capture_output=True)


def studied(world: tuple[str, int, str], into: Path, truth: Followers, without: Followers) -> Studied:
    """The event study of a history as the report makes it, and its truths. world: profile, seed, followers from."""
    bounded = ads.left_out(with_bounds(load(into, force=True).sightings))
    onsets = events.first_onsets(virality.ranked(virality.tiktok_rows(bounded)).rows)
    found = events.event_study(bounded, onsets)
    sets = matched_sets(found)
    exact, base = mean_difference(sets, truth), mean_difference(sets, without)
    return Studied(*world, len(onsets), found.gain, exact, exact - base)


def matched_sets(found: events.EventStudy) -> list[tuple[str, float, list[str]]]:
    """Each creator with an onset that the study used, when that was (Unix seconds), and its matched creators."""
    matched = found.controls.groupby("creator")["control"].agg(list).to_dict()
    onsets = zip(found.pairs["creator"], found.pairs["onset"], strict=True)
    return [(creator, onset.timestamp(), matched[creator]) for creator, onset in onsets]


def exact_followers(folder: Path) -> Followers:
    """From the truth beside a history."""
    told: dict[str, list[tuple[float, int]]] = {}
    with (folder / "truth.jsonlines").open(encoding="utf-8") as lines:
        for record in map(json.loads, lines):
            if record["of"] == "creator":
                at = [datetime.fromisoformat(moment).timestamp() for moment in record["at"]]
                name = unquote(record["username"].rpartition("@")[2])
                told[name] = sorted(zip(at, record["user_followers"], strict=True))
    return told


def mean_difference(sets: Sequence[tuple[str, float, Sequence[str]]], truth: Followers) -> float:
    """Mean over sets (creator, onset, controls) of its own exact change less the mean of its controls'."""
    differences = []
    for creator, onset, controls in sets:
        others = [change(truth[name], onset) for name in controls]
        differences.append(change(truth[creator], onset) - sum(others) / len(others))
    return sum(differences) / len(differences) if differences else math.nan


def change(told: Sequence[tuple[float, int]], onset: float) -> float:
    """Log points gained in the 7 days after *onset* less those of the 7 before, from the counts told nearest."""
    ends = (onset + days * DAY_S for days in (-EVENT_DAYS, 0, EVENT_DAYS))
    (first, had), (middle, got), (last, has) = (nearest(told, end) for end in ends)
    per_day = math.log(has / got) / (last - middle) - math.log(got / had) / (middle - first)
    return per_day * DAY_S * EVENT_DAYS


def nearest(told: Sequence[tuple[float, int]], moment: float) -> tuple[float, int]:
    """The count told nearest to *moment*, and when; the later of two as near."""
    return min(reversed(told), key=lambda one: abs(one[0] - moment))


def page(rows: Sequence[Studied]) -> str:
    """The table: a row a world; "held" tells which truths lie within the interval."""
    table: list[tuple[str, ...]] = [
        ("profile", "seed", "followers from", "onsets", "sets", "estimate", "95 % interval", "exact", "brought", "held")
    ]
    for one in rows:
        gain = one.gain
        held = " ".join(name for name in ("exact", "brought") if one.holds(getattr(one, name)))
        numbers = (f"{gain.estimate:+.4f}", f"[{gain.low:+.4f}, {gain.high:+.4f}]")
        truths = (f"{one.exact:+.4f}", f"{one.brought:+.4f}")
        world = (one.profile, str(one.seed), one.followers_from)
        table.append((*world, str(one.onsets), str(gain.n), *numbers, *truths, held or "-"))
    return aligned(table)


def misses(rows: Sequence[Studied]) -> list[str]:
    """The targets that were missed, by the worlds that gave an interval."""
    told = [one for one in rows if math.isfinite(one.gain.low)]
    found = [
        f"profile {one.profile}, seed {one.seed}, {one.followers_from}: exact"
        for one in told
        if not one.holds(one.exact)
    ]
    most = len(told) * (1 - INTERVAL) + 3 * math.sqrt(len(told) * INTERVAL * (1 - INTERVAL))
    missed = sum(not one.holds(one.brought) for one in told)
    return found + [f"{missed} of {len(told)} intervals miss what likes brought"] * (missed > most)


def main(arguments: list[str] | None = None) -> int:
    """Measure, print, and return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.analysis.followers", description=__doc__)
    parser.add_argument("--seeds", type=positive, default=2, help="of each profile, two worlds each (default 2)")
    parser.add_argument("--days", type=float, default=60, help="of each history (default 60)")
    parser.add_argument("--keep", type=Path, help="folder of the histories; without one they are written and removed")
    told = parser.parse_args(arguments)
    print(aligned([("machine:", machine.machine()), ("load:", machine.load())]))
    rows = []
    for profile, seed in itertools.product(PROFILES, range(1, told.seeds + 1)):
        say(f"profile {profile}, seed {seed}")
        with tempfile.TemporaryDirectory(prefix="history-") as folder:
            rows += study(profile, seed, told.days, told.keep or Path(folder))
    print(page(rows))
    missed = misses(rows)
    print("\n".join(f"MISSED  {target}" for target in missed) or "every target met")
    return int(bool(missed))


if __name__ == "__main__":
    sys.exit(main())

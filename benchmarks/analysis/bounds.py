"""How often bounds hold the truth: where what they assume is so, with each assumption broken, and on real counts.

    python -m benchmarks.analysis.bounds [DIR ...] [--seeds N]

DIR: output of `python -m replica history` (tiktoks.jsonlines and truth.jsonlines); without one, worlds of both profiles
are made. Exit code 1 where a bound that must hold does not.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
import tempfile
from collections.abc import Iterator, Sequence
from itertools import product
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import numpy as np
import pandas as pd

from analysis.counts.bounds import with_bounds
from analysis.load import load
from analysis.terms.definitions import NEVER_FALL
from benchmarks.analysis.bounds_broken import BREAKS
from benchmarks.analysis.bounds_judged import Judged, judged
from benchmarks.analysis.bounds_real import real
from benchmarks.analysis.bounds_unwrapped import Unwrapping, unwrapping
from benchmarks.analysis.found import WORLDS
from benchmarks.places import CAPTURES
from replica.history.plan import VISITS, Plan
from replica.history.write import write
from replica.unruly import TAME, Unruly

NOW = 1_795_000_000.0
PROFILES = ("2022", "2025")
HEAD = ("sightings", "series", "pairs", "raw %", "tight %", "gains %", "cuts", "fell", "width", "string", "naive")


def main(arguments: list[str] | None = None) -> int:
    """Print the tables; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.analysis.bounds")
    parser.add_argument("directories", nargs="*", type=Path)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--days", type=float, default=15)
    parser.add_argument("--worlds", nargs="+", choices=WORLDS, default=WORLDS, help="default: both, side by side")
    asked = parser.parse_args(arguments)
    failed, worst = 0, Worst()
    print(f"{'':52}" + "".join(f"{name:>11}" for name in HEAD))
    for name, directory in _worlds(asked.directories, asked.seeds, asked.days, asked.worlds):
        failed += _world(name, directory, worst)
    found = list(real())
    for what, count, told in found:
        failed += _print(f"real: {what}: {count}", judged(told, count), count)
    if not found:
        print(f"real: no saved counts in {CAPTURES}; TIKTOK_CAPTURES names their folder")
    print(worst.told())
    print("width: tightened over raw, of rounded sightings. string, naive: mean error of a pair's gain.")
    print(f"{failed} bounds that must hold did not" if failed else "every bound that must hold did")
    return 1 if failed else 0


def _worlds(directories: list[Path], seeds: int, days: float, worlds: Sequence[str]) -> Iterator[tuple[str, Path]]:
    """Yield (name, directory): those given, else worlds made for this."""
    yield from ((path.name, path) for path in directories)
    if directories:
        return
    for profile, seed, world in product(PROFILES, range(1, seeds + 1), worlds):
        unruly, visits = (TAME, "hourly") if world == "tame" else (Unruly(), VISITS[0])
        plan = Plan(now=NOW, days=days, seed=seed, profile=profile, unruly=unruly, visits=visits)
        with tempfile.TemporaryDirectory() as made:
            write(plan, Path(made))
            yield f"{profile} seed {seed} {world}", Path(made)


class Worst:
    """Of each thing judged, the world whose bounds held least: by gains, then tightened, then raw ones."""

    def __init__(self) -> None:
        self._least: dict[str, tuple[tuple[float, ...], str]] = {}

    def note(self, what: str, world: str, found: Judged) -> None:
        """Take *found* in. A share of nothing (nan) is no failure."""
        shares = (found.grown, found.tight, found.raw)
        held = tuple(1.0 if math.isnan(share) else share for share in shares)
        if what not in self._least or held < self._least[what][0]:
            self._least[what] = held, world

    def told(self) -> str:
        """A line for each thing judged, in the order they first came."""
        lines = [
            f"worst of {what}: {world}: gains {grown:.4%}, tight {tight:.4%}, raw {raw:.4%}"
            for what, ((grown, tight, raw), world) in self._least.items()
        ]
        return "\n".join(lines)


def _world(name: str, directory: Path, worst: Worst) -> int:
    """Print all of one world, note it; return how many bounds that must hold did not."""
    bounded = with_bounds(load(directory).sightings)
    truth = [json.loads(line) for line in (directory / "truth.jsonlines").read_text(encoding="utf-8").splitlines()]
    failed = 0
    for count in (*NEVER_FALL, "comments"):
        told = _told(bounded, truth, count)
        if count in NEVER_FALL:
            losing = _losing(truth, count)
            kept = judged(told[~told["key"].isin(losing)], count)
            failed += _print(f"{name}: {count}, none taken away", kept, count)
            worst.note(f"{count}, none taken away", name, kept)
        found = judged(told, count)
        failed += _print(f"{name}: {count}", found, count)
        worst.note(count, name, found)
    told = _told(bounded, truth, "likes")
    losing = _losing(truth, "likes")
    told = told[~told["key"].isin(losing)]
    for what, broken in BREAKS.items():
        result = judged(broken(told.reset_index(drop=True), np.random.default_rng(1)), "likes")
        failed += _print(f"{name}: likes, {what}", result, "likes", clocks=what == "clocks wrong")
        worst.note(f"likes, {what}", name, result)
    _print_unwrapping(name, unwrapping(bounded, _likes_of_creators(truth)))
    return failed


def _losing(truth: list[dict[str, Any]], count: str) -> set[str]:
    """TikToks of which *count* was taken away, or of which the site told other counts than the true ones at times."""
    marks = ("zeroed", "flipped")
    tiktoks = [line for line in truth if line["of"] == "tiktok"]
    return {line["id"] for line in tiktoks if count in line["losses"] or any(mark in line for mark in marks)}


def _told(bounded: pd.DataFrame, truth: list[dict[str, Any]], count: str) -> pd.DataFrame:
    """The sightings beside their truth: key, scraped_at, truth, value, step.

    Without those that the site told otherwise than they were: no bound around what was told is meant to hold them.
    """
    known = _exploded([line for line in truth if line["of"] == "tiktok"], "id", count)
    otherwise = {
        (line["id"], line["at"][n]) for line in truth for mark in ("zeroed", "flipped") for n in line.get(mark, ())
    }
    kept = [pair not in otherwise for pair in zip(known["id"], known["told_at"], strict=True)]
    known = known[kept].rename(columns={"id": "key", count: "truth"}).drop(columns="told_at")
    seen = bounded.loc[bounded[count].notna(), ["id", "scraped_at", count, f"{count}_step"]]
    seen = seen.rename(columns={"id": "key", count: "value", f"{count}_step": "step"})
    both = known.merge(seen, on=["key", "scraped_at"], how="inner", validate="one_to_one")
    return both.astype({"truth": "int64", "value": "int64", "step": "int64"})


def _likes_of_creators(truth: list[dict[str, Any]]) -> pd.DataFrame:
    creators = [line for line in truth if line["of"] == "creator"]
    lines = [line | {"creator": unquote(line["username"].rpartition("@")[2])} for line in creators]
    known = _exploded(lines, "creator", "user_likes").rename(columns={"user_likes": "likes"})
    return known.drop(columns="told_at").drop_duplicates(["creator", "scraped_at"]).astype({"likes": "int64"})


def _exploded(lines: list[dict[str, Any]], key: str, count: str) -> pd.DataFrame:
    rows = [(line[key], at, value) for line in lines for at, value in zip(line["at"], line[count], strict=True)]
    frame = pd.DataFrame(rows, columns=[key, "scraped_at", count])
    times = pd.to_datetime(frame["scraped_at"], utc=True, format="ISO8601").astype("datetime64[us, UTC]")
    return frame.assign(scraped_at=times, told_at=frame["scraped_at"]).astype({key: "str"})


def _print(name: str, found: Judged, count: str, *, clocks: bool = False) -> int:
    """Print a row; return 1 where a bound that must hold did not: raw ones always, all of them where nothing fell."""
    sound = not clocks and (found.fell == 0 or count not in NEVER_FALL)
    fine = found.raw == 1 and (
        not sound or (found.tight == 1 and (found.grown == 1 or not found.pairs) and not found.cuts)
    )
    shares = "".join(f"{100 * share:>11.4f}" for share in (found.raw, found.tight, found.grown))
    counts = f"{found.sightings:>11,}{found.series:>11,}{found.pairs:>11,}"
    rest = f"{found.cuts:>11,}{found.fell:>11,}{found.narrowed:>11.3f}{found.string:>11.1f}{found.naive:>11.1f}"
    print(f"{name:52}{counts}{shares}{rest}{'' if fine else '  MISSED'}")
    return 0 if fine else 1


def _print_unwrapping(name: str, found: Unwrapping) -> None:
    print(
        f"{name}: user_likes: {found.creators} creators past 2^31, {found.found} found, {found.false} wrongly; "
        f"of {found.sightings:,} sightings {found.low:.2%} at or above the lower bound, {found.held:.2%} within both, "
        f"{found.known:.2%} with known wraps; of {found.pairs:,} gains {found.exact:.2%} exact, "
        f"{found.as_recorded:.2%} as the file has them"
    )


if __name__ == "__main__":
    sys.exit(main())

"""python -m replica history: what hourly runs of the crawler would have recorded of the world that `serve` shows.

Deterministic: the same plan gives the same bytes. The lines are what the items and creators' replies of those hours
would have been written down as; the exact truth stands beside them in truth.jsonlines (history_truth.py).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import orjson
from tqdm import tqdm

from replica import history_runs
from replica.addresses import Media
from replica.history_hours import Hour, hours
from replica.history_lines import Lines
from replica.history_runs import Appended
from replica.history_truth import Truth
from replica.history_visit import DEADLINE_S, visit
from replica.options import ERAS, FOLLOWERS_FROM, PROFILES, Options
from replica.world import World
from replica.world_feed import WorldSource

FILES = ("tiktoks.jsonlines", "runs.jsonlines", "truth.jsonlines")
PACE_S = {1: 30.0, 2: 3.0}  # by schema: the study of 2022 took 50 minutes for 100
LONGEST_DAYS = 120  # the world is made as deep; a longer one only takes longer
REPAIRED_FROM = 0.5  # in schema 1: from this part on, negative totals were repaired before they were written


@dataclass(frozen=True, slots=True)
class Plan:
    """What to write. `now`: Unix seconds, the end, and the moment that the world is laid out around.

    `era`: the layout of every visit; None: mostly one, sometimes another, as the site experiments. `zone`: in
    schema 1, whose naive times are local. `followers_from`: which likes bring followers, those of bursts, all, or
    none. Raises ValueError where it can't be done.
    """

    now: float
    days: float = 15
    seed: int = 1
    profile: str = "2022"
    schema: int = 2
    limit: int = 100
    era: str | None = None
    zone: str = "Europe/Berlin"
    followers_from: str = FOLLOWERS_FROM[0]

    def __post_init__(self) -> None:
        choices = (
            ("profile", PROFILES),
            ("schema", (1, 2)),
            ("era", (None, *ERAS)),
            ("followers_from", FOLLOWERS_FROM),
        )
        for name, allowed in choices:
            if getattr(self, name) not in allowed:
                told = ", ".join(str(a) for a in allowed if a is not None)
                raise ValueError(f"--{name.replace('_', '-')} must be one of {told}; not {getattr(self, name)!r}")
        if not 0 < self.days <= LONGEST_DAYS:
            raise ValueError(
                f"--days must be above 0 and at most {LONGEST_DAYS}, as deep as a world is made; not {self.days}"
            )
        if self.limit < 1:
            raise ValueError(f"--limit must be 1 or more; not {self.limit}")
        try:
            ZoneInfo(self.zone)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise ValueError(f"--zone must be a zone such as Europe/Berlin; not {self.zone!r}") from error

    @property
    def pace(self) -> float:
        """Seconds per TikTok."""
        return PACE_S[self.schema]

    def world(self) -> World:
        """What its runs see: as deep as it is long."""
        return World(self.seed, self.now, self.profile, depth=self.days, followers_from=self.followers_from)

    def options(self, era: str) -> Options:
        """How the site behaves to visits in *era*."""
        return Options(era=era, seed=self.seed, profile=self.profile)

    def hours(self) -> list[Hour]:
        """Its runs, those that were over by now."""
        era = "a" if self.schema == 1 else self.era
        runs = hours(self.seed, self.now, self.days, profile=self.profile, limit=self.limit, era=era)
        longest = 20 + min(DEADLINE_S + self.pace, self.limit * (self.pace + 0.1)) * 1.1
        return [hour for hour in runs if hour.at + longest < self.now]


def write(plan: Plan, directory: Path) -> dict[str, int]:
    """Write the files of *plan* into *directory*; returns how many lines each has.

    They appear together when all are whole. Raises ValueError where the plan holds no run, FileExistsError where a
    file is there already, OSError where they can't be written.
    """
    if not plan.hours():
        raise ValueError(f"--days {plan.days:g} before --now hold no full hour whose run is over; give more days")
    directory.mkdir(parents=True, exist_ok=True)
    for name in FILES:
        if (directory / name).exists():
            raise FileExistsError(f"{directory / name} is there already: lines are never written over")
    parts = {name: directory / f"{name}.part" for name in FILES}
    try:
        counted = _write(plan, parts)
        for name in reversed([name for name in FILES if counted[name]]):
            parts[name].rename(directory / name)
    finally:
        for part in parts.values():
            part.unlink(missing_ok=True)
    return counted


def _write(plan: Plan, parts: Mapping[str, Path]) -> dict[str, int]:
    world = plan.world()
    sources = {era: WorldSource(world, plan.options(era), Media("")) for era in ERAS}
    planned, lines, truth, zone = plan.hours(), Lines(world), Truth(world, plan), ZoneInfo(plan.zone)
    counted = dict.fromkeys(FILES, 0)
    with ExitStack() as opened:
        tiktoks, runs, truths = (opened.enter_context(parts[name].open("wb")) for name in FILES)
        for number, hour in enumerate(tqdm(planned, desc="history", unit="run", disable=None)):
            seen = visit(sources[hour.era], hour, pace=plan.pace)
            run = history_runs.run_id(hour, seen.started_at, plan.seed)
            if plan.schema == 1:
                sightings = list(lines.of_2022(seen, zone, repaired=number >= REPAIRED_FROM * len(planned)))
            else:
                sightings = list(lines.of(seen, run))
            appended = _append(tiktoks, [sighting.line for sighting in sightings])
            truth.saw(run, sightings)
            counted[FILES[0]] += len(sightings)
            if plan.schema > 1:  # the study of 2022 kept no record of its runs
                counted[FILES[1]] += _append_all(runs, history_runs.records(seen, run, appended, plan.limit, plan.pace))
        counted[FILES[2]] = _append_all(truths, truth.lines())
    return counted


def _append(file: BinaryIO, records: list[dict[str, Any]]) -> Appended:
    told = b"".join(orjson.dumps(record, option=orjson.OPT_APPEND_NEWLINE) for record in records)
    start = file.tell()
    file.write(told)
    return Appended(records, start, start + len(told), hashlib.sha256(told).hexdigest())


def _append_all(file: BinaryIO, records: Iterable[Mapping[str, Any]]) -> int:
    count = 0
    for record in records:
        file.write(orjson.dumps(record, option=orjson.OPT_APPEND_NEWLINE))
        count += 1
    return count

"""What a history is to be: how long, of which world, in which of the two shapes of lines."""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from replica.history.bursts import bursts
from replica.history.hours import Hour, Wanted, hours
from replica.history.visit import DEADLINE_S
from replica.options import ERAS, FOLLOWERS_FROM, PROFILES, Options
from replica.unruly import REAL, Unruly
from replica.world.world import World

PACE_S = {1: 30.0, 2: 3.0}  # by schema: the study of 2022 took 50 minutes for 100
VISITS = ("both", "hourly", "bursts")
ZEROS = ("untold", "numbers")
LONGEST_DAYS = 120  # the world is made as deep; a longer one only takes longer


@dataclass(frozen=True, slots=True)
class Plan:
    """What to write. `now`: Unix seconds, the end, and the moment that the world is laid out around.

    `era`: the layout of every visit; None: mostly one, sometimes another, as the site experiments. `zone`: in
    schema 1, whose naive times are local. `followers_from`: which likes bring followers, those of bursts, all, or none.
    `visits`: every hour, in bursts (bursts.py), or both; in schema 1 every hour, as the study's were. `zeros`: how a
    count that the site told as 0 in a failed reply is written: as not told, or as the number, as crawls did at first.
    `unruly`: what is unruly in the world. Raises ValueError where it can't be done.
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
    visits: str = VISITS[0]
    zeros: str = ZEROS[0]
    unruly: Unruly = REAL

    def __post_init__(self) -> None:
        choices = (
            ("profile", PROFILES),
            ("schema", (1, 2)),
            ("era", (None, *ERAS)),
            ("followers_from", FOLLOWERS_FROM),
            ("visits", VISITS),
            ("zeros", ZEROS),
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
        return World(
            self.seed,
            self.now,
            self.profile,
            depth=self.days,
            followers_from=self.followers_from,
            unruly=self.unruly,
        )

    def options(self, era: str) -> Options:
        """How the site behaves to visits in *era*."""
        return Options(era=era, seed=self.seed, profile=self.profile, unruly=self.unruly)

    def hours(self) -> list[Hour]:
        """Its runs, those that were over by now."""
        era = "a" if self.schema == 1 else self.era
        visits = "hourly" if self.schema == 1 else self.visits
        told = Wanted(self.seed, self.now, self.days, profile=self.profile, limit=self.limit, era=era)
        longest = 20 + min(DEADLINE_S + self.pace, self.limit * (self.pace + 0.1)) * 1.1
        runs = hours(told) if visits != "bursts" else []
        if visits != "hourly":
            runs += bursts(told, busy=[hour.at for hour in runs], longest=longest)
            runs.sort(key=lambda hour: hour.at)
        return [hour for hour in runs if hour.at + longest < self.now]

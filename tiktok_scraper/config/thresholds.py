"""What a run may lack and still be fit for use, as told by TIKTOK_MIN_TIKTOKS and TIKTOK_HEALTH_*."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Self

from .values import Settings, number, whole

PREFIX = "TIKTOK_HEALTH_"
SHARES = (
    *("null_likes", "null_comments", "null_creators", "rejected", "unreadable"),
    *("one_creator", "lost", "fell", "false_alarms"),
)


@dataclass(frozen=True, slots=True)
class Thresholds:
    """What a run may lack and still be fit. Shares are the most that is let pass, 0 to 1.

    min_tiktoks: the fewest lines; None: 90 % of what was asked for, rounded up. creators: lines without the
    creator's followers; by default any number, because the site may not tell them to a visitor.

    Of a run that differs from the last_runs like it, by more than all tests of a run together do falsely in
    false_alarms of the runs: lost, lines without a field that these had; fell, TikToks with fewer likes than when they
    were last seen. one_creator: TikToks of one creator.
    """

    min_tiktoks: int | None = None
    null_likes: float = 0.25
    null_comments: float = 0.25
    null_creators: float = 1.0
    rejected: float = 0.1
    unreadable: float = 0.1
    one_creator: float = 0.5
    lost: float = 0.5
    fell: float = 0.25
    false_alarms: float = 0.001
    last_runs: int = 24

    @classmethod
    def from_settings(cls, settings: Settings) -> Self:
        """Read TIKTOK_MIN_TIKTOKS and TIKTOK_HEALTH_<NAME> for each share.

        Raises:
            BadSetting: one of them can't be used.
        """
        told = settings.get("TIKTOK_MIN_TIKTOKS")
        fewest = None if told in (None, "") else whole(settings, "TIKTOK_MIN_TIKTOKS", 0, at_least=0)
        shares = {
            name: number(settings, f"{PREFIX}{name.upper()}", getattr(cls(), name), at_least=0, at_most=1)
            for name in SHARES
        }
        return cls(fewest, **shares, last_runs=whole(settings, f"{PREFIX}LAST_RUNS", 24, at_least=0))

    def most_changed(self, limit: str | None) -> float | None:
        """The share from which on a growth is a fault, by the name of its threshold; None: it is none."""
        shares: dict[str | None, float] = {"lost": self.lost, "fell": self.fell}
        return shares.get(limit)

    def fewest(self, asked: int) -> int:
        """The fewest lines of a run that was asked for *asked*."""
        return math.ceil(asked * 9 / 10) if self.min_tiktoks is None else self.min_tiktoks

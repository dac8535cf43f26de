"""What is known of the feed, as numbers: two profiles, each with its source.

"2025": 43,757 items of logged-in sessions in early 2025 (site.md 5.1b): wide, median age 51 days, most seen once.
"2022": the study of 2022 and 50,083 trending videos of the same summer (site.md 7.5): small
and young. What neither tells is marked "invented".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

Knots = tuple[tuple[float, float], ...]  # (percent, value), rising
POINTS = (5, 25, 50, 75, 95, 99)
RETURNING = 0.25  # invented: of the creators, those whom the feed shows for longer than it was measured


def _knots(values: tuple[float, ...], *low: tuple[float, float]) -> Knots:
    """Quantiles at POINTS with *low* before them: where the zeros end."""
    return (*low, *zip(POINTS, values, strict=True))


@dataclass(frozen=True, slots=True)
class Profile:
    """The numbers of one profile. Times in days; `sizes` and `ratios` are quantiles of what is served."""

    tiktoks: int
    creators: int
    audios: int
    rows: int  # of the joint table of sizes; each stretch of that many cards holds each row once
    window: float  # days before now in which the pool is served
    ahead: float  # and after
    sizes: Mapping[str, Knots]
    ratios: Mapping[tuple[str, str], Knots]
    ages: Knots
    stay: tuple[float, float]  # how long a TikTok is served: median days, and sigma of its logarithm
    ripening: float  # the age at which a TikTok has half of what it will ever have
    ads: float
    live: float
    repeats: float
    originals: float
    falls: Mapping[str, float]  # losses per TikTok and day, by count
    # Two-minute spells in which some of a count were taken back, per pair of sightings within an hour that shows it:
    # measured on a world's lines (tests/replica/history/test_rates.py).
    spells: Mapping[str, float]
    photos: float = 0.03  # invented

    def reaching(self, days: float) -> Profile:
        """The same feed, served for *days* before now: as many TikToks and sounds at any time.

        Itself where it reaches that far. What was measured is told for 15 days. That a feed goes on showing the same
        creators after that, RETURNING of those that 15 days show, is invented.
        """
        if days <= self.window:
            return self
        longer = (days + self.ahead) / (self.window + self.ahead)
        return replace(
            self,
            window=days,
            tiktoks=round(self.tiktoks * longer),
            audios=round(self.audios * longer),
            creators=round(self.creators * RETURNING),
        )


P2025 = Profile(
    tiktoks=36_000,
    creators=22_000,
    audios=27_000,
    rows=1_200,
    window=15,
    ahead=15,
    sizes={
        # p5 aimed 4 % high: growth between pivot and now spreads the small ones a little.
        "likes": _knots((700, 18_500, 81_300, 340_000, 2.2e6, 5.4e6), (0.4, 0.5)),
        "views": _knots((18_700, 341_000, 1.1e6, 4.1e6, 21.8e6, 62e6), (0.4, 100)),
        "comments": _knots((11.7, 236, 961, 3_434, 20_000, 67_000), (2.1, 0.5)),
        "shares": _knots((16.8, 577, 3_689, 19_200, 163_000, 558_000), (1.6, 0.5)),
        "saves": _knots((74, 2_039, 9_418, 35_600, 199_000, 495_000), (0.8, 0.5)),
    },
    ratios={
        # Aimed a little outside the measured 0.0014 and 0.71: whole numbers and the other marginals pull both in.
        ("comments", "likes"): _knots((0.00155, 0.0045, 0.010, 0.026, 0.165, 0.80), (0.5, 0.0004)),
        ("shares", "likes"): _knots((0.005, 0.017, 0.042, 0.11, 0.37, 0.92), (0.5, 0.0012)),
        ("likes", "views"): _knots((0.013, 0.042, 0.079, 0.13, 0.21, 0.26), (0.5, 0.0003)),
    },
    ages=((0.5, 0.25), (5, 1.7), (25, 21), (50, 51), (75, 79), (95, 112), (99, 122), (99.9, 160)),
    stay=(14.0, 0.8),
    ripening=12.0,
    ads=(474 + 769) / 43_757,
    live=765 / (43_757 + 765),
    repeats=0.02,
    originals=0.67,
    falls={"comments": 0.23, "saves": 0.015, "shares": 0.005, "views": 0.006, "likes": 0.003},
    spells={"saves": 3.5, "likes": 3.0},
)

P2022 = Profile(
    tiktoks=2_000,
    creators=1_600,
    audios=1_500,
    rows=250,
    window=15,
    ahead=0.7,
    sizes={
        "likes": _knots((2_300, 14_300, 63_200, 310_000, 2.13e6, 5.49e6), (0.1, 10)),
        "views": _knots((51_000, 229_000, 975_000, 4.4e6, 23.7e6, 54e6), (0.1, 900)),
        "comments": _knots((16, 144, 553, 2_297, 16_700, 53_000), (1, 0.5)),
        "shares": _knots((12, 124, 663, 3_808, 38_800, 150_000), (1.5, 0.5)),
        "saves": _knots((71, 1_500, 7_000, 30_000, 199_000, 495_000), (0.8, 1)),  # invented: not told in 2022
    },
    ratios={},
    ages=((0.5, 0.1), (5, 0.4), (25, 1.2), (50, 2.6), (75, 5.0), (95, 10.0), (99, 14.0), (99.9, 30.0)),  # invented
    stay=(4.0, 0.5),
    ripening=1.5,
    ads=0.01,  # invented
    live=0.01,  # invented
    repeats=0.02,
    originals=0.67,
    photos=0,  # the web had none before 2023
    falls={"comments": 2.0, "saves": 0.05, "shares": 0.03, "views": 0.03, "likes": 0.03},
    spells={"saves": 12.8, "likes": 18.7},
)

PROFILES: Mapping[str, Profile] = {"2022": P2022, "2025": P2025}

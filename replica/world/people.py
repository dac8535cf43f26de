"""The creators: who they are, and how their followers, likes and videos grow."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from random import Random

from replica.world import lexicon
from replica.world.chance import dice, share
from replica.world.entities import Creator

DAY_S = 86_400.0
MOST_LIKES = 1_900_000_000  # of anybody who is no giant: below what a signed 32-bit number holds

# The giants: creators whose likes overflow `heartCount`, on both sides of 2^32, as (likes at now, likes per day).
# The comments say what `stats` carry (site.md 7.4).
GIANTS = (
    (2_360_953_711, 310_000),  # -1,934,013,585, as printed in the 2022 study: one wrap
    (11_907_467_940, 1_450_000),  # -977,433,948: three wraps
    (5_612_345_678, 800_000),  # 1,317,378,382: positive, plausible and wrong
    (2_163_239_522, 95_000),  # -2,131,727,774: one wrap
    (2_147_483_648 + 4_200_000, 560_000),  # grew past 2^31 a week before now
    (4_294_967_296 + 2_600_000, 650_000),  # grew past 2^32 four days before now: a small positive
    (3_899_120_004, 400_000),  # -395,847,292: one wrap, just below 2^32
)
NON_HANDLES = 0.5  # of advertisers (site.md 5.1b)


def creator(index: int, seed: int, *, first_post: float, advertiser: int | None) -> Creator:
    """Make creator *index*, who was there before *first_post*; *advertiser*: their number among advertisers."""
    random = _dice(seed, index)
    spoken = lexicon.language(random)
    joined = int(first_post - random.uniform(20, 2000) * DAY_S)
    name = lexicon.handle(index, random)
    display = lexicon.nickname(name, random)
    named = True
    if advertiser is not None and share(seed, "advertiser", index) < NON_HANDLES:
        name = display = lexicon.advertiser(advertiser)
        named = False
    return Creator(
        index=index,
        id=str((joined << 32) | random.getrandbits(32)),
        handle=name,
        nickname=display,
        sec_uid=f"MS4wLjABAAAA{_text(random, 64)}",
        signature=lexicon.bio(random),
        language="en" if spoken == "un" else spoken,
        verified=index < len(GIANTS) or random.random() < 0.04,
        joined_at=joined,
        is_handle=named,
    )


@dataclass(frozen=True, slots=True)
class Career:
    """How one creator grows. Times in Unix seconds, rates per day; `now` is when the totals hold."""

    now: float
    followers: float
    trend: float  # of followers, per day; negative where people leave
    following: int
    likes: int
    likes_per_day: float  # for videos that the pool doesn't hold
    videos: int
    posts: tuple[float, ...]  # when videos beside the pool's were posted, rising
    friends: int
    liked: int

    def followers_at(self, at: float) -> float:
        """Followers without those that bursts bring."""
        days = (at - self.now) / DAY_S
        return self.followers * math.exp(self.trend * days) * (1 + _churn(self.liked, days))


def career(index: int, seed: int, *, now: float, since: float, until: float) -> Career:
    """Draw the career of creator *index*; posts fall between *since* and *until*."""
    random = _dice(seed, index, "career")
    followers = min(math.exp(random.gauss(11.6, 1.9)) + 40, 60e6)
    likes = min(followers * math.exp(random.gauss(3.0, 0.8)), MOST_LIKES)
    per_day = likes * math.exp(random.gauss(-7.5, 1.0))
    if index < len(GIANTS):
        likes, per_day = GIANTS[index]
        followers = min(likes / random.uniform(26, 36), 150e6 * random.uniform(0.9, 1.1))
    per_day_posts = math.exp(random.gauss(-0.4, 0.9))
    return Career(
        now=now,
        followers=followers,
        trend=random.gauss(0.0006, 0.0014),
        following=int(math.exp(random.gauss(5, 1.5))),
        likes=int(likes),
        likes_per_day=per_day,
        videos=int(math.exp(random.gauss(5.3, 1.1))) + 1,
        posts=tuple(_posts(per_day_posts, since, until, random)),
        friends=int(math.exp(random.gauss(2.5, 1.2))),
        liked=random.choice((0, int(math.exp(random.gauss(6, 2))))),
    )


def _posts(per_day: float, since: float, until: float, random: Random) -> list[float]:
    at, times = since, []
    while (at := at + random.expovariate(per_day / DAY_S)) < until:
        times.append(at)
    return times


def _churn(salt: int, days: float) -> float:
    """A share of a few ten-thousandths that wanders from day to day, so that followers also fall."""
    day = math.floor(days)
    start, end = _churn_at(salt, day), _churn_at(salt, day + 1)
    return start + (end - start) * (days - day)


@lru_cache(maxsize=1 << 16)
def _churn_at(salt: int, day: int) -> float:
    return (share(salt, "churn", day) - 0.5) * 6e-4


def _text(random: Random, length: int) -> str:
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    return "".join(random.choices(letters, k=length))


def _dice(seed: int, index: int, *names: str) -> Random:
    return dice(seed, "creator", index, *names)

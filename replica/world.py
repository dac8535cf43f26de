"""The simulated platform: creators, audios and TikToks whose truth is known at every time."""

from __future__ import annotations

import math
from functools import cached_property

from replica.chance import dice
from replica.entities import Audio, Counts, Creator, CreatorCounts, TikTok


class World:
    """Minimal world: a pool drawn once."""

    def __init__(self, seed: int, now: float, profile: str) -> None:
        self.seed, self.now, self.profile = seed, now, profile

    @cached_property
    def tiktoks(self) -> tuple[TikTok, ...]:
        random = dice(self.seed, "pool", self.profile)
        creators = [self._creator(random, n) for n in range(700)]
        made = []
        for n in range(1000):
            creator = random.choice(creators)
            created = int(self.now - random.uniform(2, 110) * 86400)
            id_ = str(((created - random.randrange(3, 16)) << 32) | random.getrandbits(31))
            original = random.random() < 0.67
            audio = Audio(
                index=n,
                id=str(int(id_) + 17),
                title="original sound" if original else f"Song {n}",
                author=creator.nickname if original else "The Band",
                original=original,
                duration=30,
            )
            likes = math.exp(random.gauss(11.3, 2))
            scale = Counts(
                likes=int(likes), comments=int(likes * 0.01), shares=int(likes * 0.04), views=int(likes * 13), saves=int(likes / 9)
            )
            made.append(
                TikTok(n, id_, creator, audio, created, self.now - 86400, self.now + 86400, f"look at this #fyp {n}", ("fyp",),
                       random.randrange(6, 120), "en", n % 40 == 17, n % 33 == 12, scale)
            )
        return tuple(made)

    def _creator(self, random, n):  # type: ignore[no-untyped-def]
        return Creator(n, str(random.randrange(6 * 10**18, 7 * 10**18)), f"mossy.lantern{n}", f"Mossy {n}", f"MS4wLjABAAAA{random.getrandbits(256):x}",
                       "hello", "en", "US", False, int(self.now) - 10**8)

    @cached_property
    def creators(self) -> dict[str, Creator]:
        return {t.creator.handle: t.creator for t in self.tiktoks}

    def counts(self, tiktok: TikTok, at: float) -> Counts:
        return tiktok.scale

    def creator_counts(self, creator: Creator, at: float) -> CreatorCounts:
        random = dice(self.seed, creator.id)
        followers = int(math.exp(random.gauss(11, 2)))
        likes = 2_360_953_711 if creator.index % 20 == 3 else followers * 23
        return CreatorCounts(followers, 120, likes, 300, 12, 0)

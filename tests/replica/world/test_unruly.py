"""What is unruly in the world: saves taken back, and whose TikToks are commented on."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest

from replica.unruly import REAL, TAME, Unruly
from replica.world.pool import Pool
from replica.world.profiles import PROFILES
from replica.world.world import World
from tests.replica.history.histories import NOW


def between(values: list[float], owners: list[int]) -> float:
    """The share of variance between owners: one-way ANOVA's estimate for groups of unequal size, by plain loops."""
    groups: dict[int, list[float]] = {}
    for value, owner in zip(values, owners, strict=True):
        groups.setdefault(owner, []).append(value)
    n, k, mean = len(values), len(groups), sum(values) / len(values)
    means = {owner: sum(own) / len(own) for owner, own in groups.items()}
    within = sum((v - means[owner]) ** 2 for owner, own in groups.items() for v in own) / (n - k)
    among = sum(len(own) * (means[owner] - mean) ** 2 for owner, own in groups.items()) / (k - 1)
    size = (n - sum(len(own) ** 2 for own in groups.values()) / n) / (k - 1)
    return (among - within) / (among - within + size * within)


def likes_per_comment(share: float, profile: str) -> float:
    pool = Pool(PROFILES[profile], 1, NOW, share)
    logs = pool.sizes[:, 0] - pool.sizes[:, 2]
    free = np.flatnonzero(~pool.ad)
    return between(logs[free].tolist(), pool.creator[free].tolist())


@pytest.mark.parametrize("profile", ["2022", "2025"])
def test_likes_per_comment_lie_between_creators_as_measured_and_not_at_all_in_a_tame_world(profile: str) -> None:
    assert likes_per_comment(REAL.between_creators, profile) == pytest.approx(0.85, abs=0.03)
    assert abs(likes_per_comment(0, profile)) < 0.1


def test_tiktoks_keep_all_but_their_creator_and_creators_how_many_they_have() -> None:
    tame, unruly = Pool(PROFILES["2025"], 1, NOW), Pool(PROFILES["2025"], 1, NOW, 0.85)
    assert (tame.sizes == unruly.sizes).all()
    assert (tame.created == unruly.created).all()
    assert (tame.ad == unruly.ad).all()
    assert (np.bincount(tame.creator) == np.bincount(unruly.creator)).all()
    assert (tame.creator != unruly.creator).mean() > 0.9


def test_saves_are_a_few_lower_in_some_spells_and_nothing_else_moves_but_likes() -> None:
    rough, smooth = World(1, NOW, "2025", unruly=replace(TAME, taken_back=0.03)), World(1, NOW, "2025")
    lower, moments = Counter[str](), 0
    for index in range(60):
        tiktok = smooth.tiktok(index)
        for spell in range(50):
            at = tiktok.pivot + 130 * spell
            before, after = smooth.counts(tiktok, at), rough.counts(rough.tiktok(index), at)
            moments += 1
            for name in ("likes", "comments", "shares", "views", "saves"):
                missing = getattr(before, name) - getattr(after, name)
                assert 0 <= missing <= max(1, getattr(before, name) / 3_000)
                lower[name] += missing > 0
    assert lower["saves"] / moments == pytest.approx(0.03 * 3.5, abs=0.02)
    assert 0 < lower["likes"] / moments < 0.02
    assert set(lower) - {name for name, count in lower.items() if not count} == {"saves", "likes"}


def test_a_rate_that_is_no_share_is_named() -> None:
    with pytest.raises(ValueError, match=r"--between-creators must be a share from 0 to 1; not -0\.5"):
        Unruly(between_creators=-0.5)

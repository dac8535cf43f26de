"""A long visit to the 2025 feed, once for all tests that look at it."""

from __future__ import annotations

from functools import cache

from replica.feed.feed import Card
from replica.feed.world_feed import WorldSource
from replica.items.addresses import Media
from replica.options import Options
from replica.world.world import World

NOW = 1_790_000_000.0
TIKTOKS = 5_000


@cache
def world(seed: int = 1, profile: str = "2025") -> World:
    """A world at NOW."""
    return World(seed, NOW, profile)


@cache
def source(seed: int = 1, profile: str = "2025", era: str = "b") -> WorldSource:
    """Its feed, with default options."""
    options = Options(era=era, seed=seed, profile=profile)
    return WorldSource(world(seed, profile), options, Media("http://127.0.0.1:1"))


@cache
def long_visit(seed: int = 1) -> tuple[Card, ...]:
    """Cards of one visit until TIKTOKS TikToks have been served, repeats among them."""
    visit = source(seed).visit(1, NOW)
    cards: list[Card] = []
    served = 0
    while served < TIKTOKS:
        batch = visit.take(12, NOW)
        cards += batch
        served += sum(card.truth is not None for card in batch)
    return tuple(cards)

"""Counts made many at once against those made one by one, block after block (replica/history/counts.py)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from replica.feed.world_feed import WorldSource
from replica.history import plain
from replica.history.counts import OF_CREATOR, OF_TIKTOK, of_creator, of_tiktok
from replica.history.hours import Hour
from replica.history.plain import Told
from replica.history.sent import Sending
from replica.history.visit import visit
from replica.items import flavours
from replica.items.addresses import Media
from replica.items.display import heart, rounded
from replica.options import Options
from replica.unruly import TAME, Unruly
from replica.world.entities import Counts, CreatorCounts
from replica.world.world import World
from tests.replica.history.histories import NOW

# On and beside every border of the display grid, and of what a signed 32-bit number holds.
BORDERS = [at + by for at in (9_995, 10_000, 999_500, 10**6, 999_500_000, 10**9, 2**31, 2**32) for by in (-1, 0, 1, 50)]
SIZES = st.one_of(st.integers(0, 20_000), st.integers(0, 6 * 10**9), st.sampled_from(BORDERS))


def same(one: Told, other: Told) -> bool:
    return [list(one[n]) for n in range(3)] == [list(other[n]) for n in range(3)] and one[3:] == other[3:]  # type: ignore[call-overload]


@given(st.lists(st.builds(Counts, SIZES, SIZES, SIZES, SIZES, SIZES), min_size=1, max_size=4), st.data())
def test_tiktoks_counts_are_those_of_their_blocks(counts: list[Counts], data: st.DataObject) -> None:
    exact = data.draw(st.lists(st.booleans(), min_size=len(counts), max_size=len(counts)))
    for era in ("a", "b", "c"):
        for one, is_exact, told in zip(counts, exact, plain.of_tiktoks(counts, exact, era=era), strict=True):
            block = flavours.stats(one)
            del block["collectCount"]
            blocks = {"stats": block} if era == "a" else {"statsV2": flavours.stats_v2(one, exact=is_exact)}
            read = of_tiktok(blocks)
            assert same(told, plain.told([read[name] for name in OF_TIKTOK], "json"))


@given(st.integers(1, 6 * 10**9), SIZES, SIZES, st.booleans())
def test_creators_counts_are_those_of_their_reply(followers: int, likes: int, videos: int, in_v2: bool) -> None:
    counts = CreatorCounts(followers=followers, following=1, likes=likes, videos=videos)
    (told,) = plain.of_creators([counts], [in_v2])
    exact = {"followerCount": str(followers), "heartCount": str(likes), "videoCount": str(videos)}
    old = {"followerCount": rounded(followers), "heartCount": heart(likes), "videoCount": videos}
    read = of_creator({}, {"statsV2": exact} if in_v2 else {"stats": old}, ad=False)
    assert same(told, plain.told([read.counts[name] for name in OF_CREATOR], read.source, read.wraps))


@pytest.mark.parametrize("era", ["a", "b", "c"])
@pytest.mark.parametrize("author_stats", ["mixed", "full"])
@pytest.mark.parametrize("zeros", ["untold", "numbers"])
def test_a_visits_counts_are_those_of_its_replies_one_by_one(era: str, author_stats: str, zeros: str) -> None:
    rates = Unruly(**{**TAME.told(), "zeroed": 0.3, "flips": 0.3, "handleless": 0.05})
    world = World(3, NOW, "2025", unruly=rates)
    source, sending = WorldSource(world, Options(era=era, unruly=rates), Media("")), Sending(world, rates, zeros=zeros)
    plain_ones = others = 0
    for number in range(1, 5):
        hour = Hour(int(NOW) - 7_200 * number, number, 80, "limit", False, era, author_stats, True)
        for sent, own, creator in sending.of(visit(source, hour, pace=3.0)):
            own_alone, creator_alone = sending.one_by_one(hour, sent)
            assert same(own, own_alone), sent
            assert same(creator, creator_alone), sent
            plain_ones += sent.plain and sent.answered
            others += not (sent.plain and sent.answered)
    assert plain_ones > 3 * others > 0

"""Creators whose account is private: some are named and told of beside the status that says so."""

from __future__ import annotations

import json

from replica.feed.world_feed import WorldSource
from replica.items.addresses import Media
from replica.options import Options
from replica.world.world import World

NOW = 1_790_000_000.0


def test_of_private_creators_some_are_told_of_beside_their_status_and_the_others_not() -> None:
    world = World(3, NOW, "2025")
    source = WorldSource(world, Options(seed=3, creator_failures=1.0), Media("http://127.0.0.1"))
    private = [n for n in range(400) if source.refusal(n) == "private"]
    told, untold = 0, 0
    for number in private:
        creator = world.creator(number)
        answer = source.creator(creator.handle, NOW)
        reply = json.loads(answer.body)
        assert reply["statusCode"] == 10222
        if reply["userInfo"]:
            told += 1
            assert (reply["userInfo"]["user"]["uniqueId"], reply["userInfo"]["user"]["privateAccount"]) == (
                creator.handle,
                True,
            )
            assert reply["userInfo"]["stats"]["followerCount"] > 0
            assert answer.reply in {"stats", "statsV2"}
        else:
            untold += 1
            assert answer.reply == "private"
    assert 0.3 < told / (told + untold) < 0.7

"""List replies whose counts have failed, over HTTP."""

from __future__ import annotations

import json
from dataclasses import replace

from replica.options import Options
from replica.serving.server import Replica
from replica.unruly import TAME
from tests.replica.asking import Client
from tests.replica.serving.test_refusals import LIST


def test_a_reply_that_failed_tells_zeros_and_the_right_comments_over_http() -> None:
    with Replica(Options(latency_ms=0, unruly=replace(TAME, zeroed=0.5))) as site:
        client = Client(site)
        client.page()
        lists = [json.loads(client.get(LIST)[2])["itemList"] for _ in range(16)]
        truth = {line["id"]: line for line in site.truth()}
    shares = []
    for items in lists:
        posts = [item for item in items if item["id"] in truth]
        zeroed = [item for item in posts if item["stats"].get("diggCount") == 0 == item["stats"].get("playCount", 0)]
        shares.append(len(zeroed) / len(posts))
        for item in zeroed:
            assert truth[item["id"]]["views"] > 0
            assert {item["statsV2"].get(key, "0") for key in ("diggCount", "playCount", "shareCount")} == {"0"}
            comments = item["statsV2"].get("commentCount")
            assert comments is None or (int(comments) == 0) == (truth[item["id"]]["comments"] == 0)
    assert any(share > 0.8 for share in shares)
    assert any(share == 0 for share in shares)

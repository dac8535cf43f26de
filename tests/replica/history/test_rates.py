"""What is unruly, counted on the lines of a default history of 40 days, against what was measured (site.md 5.1c)."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import orjson

from replica.history.write import write
from tests.replica.history.histories import Records, plan

WITHIN_S = 3_600


@cache
def told() -> tuple[Records, Records]:
    """TikToks and truth."""
    with TemporaryDirectory() as folder:
        write(plan(days=40, limit=100), Path(folder))
        tiktoks, truth = (Path(folder, f"{name}.jsonlines").read_bytes() for name in ("tiktoks", "truth"))
        return [orjson.loads(line) for line in tiktoks.splitlines()], [
            orjson.loads(line) for line in truth.splitlines()
        ]


def close_pairs(name: str) -> Iterator[tuple[int, int]]:
    """The exact counts of neighbouring sightings of a TikTok at most an hour apart."""
    seen = defaultdict(list)
    for line in told()[0]:
        if line[f"{name}_step"] == 1:
            seen[line["id"]].append((datetime.fromisoformat(line["scraped_at"]).timestamp(), line[name]))
    for sightings in seen.values():
        for (at, before), (then, after) in pairwise(sorted(sightings)):
            if then - at <= WITHIN_S:
                yield before, after


def assert_share(found: int, among: int, low: float, high: float) -> None:
    """That *found* among *among* is a share from *low* to *high*, but for three standard errors of a binomial."""
    share = found / among
    slack = 3 * math.sqrt(high * (1 - high) / among)
    assert low - slack <= share <= high + slack, (found, among, share)


def test_exact_saves_fall_in_2_to_3_of_100_close_pairs_mostly_by_one() -> None:
    pairs = list(close_pairs("saves"))
    falls = [before - after for before, after in pairs if after < before]
    assert len(pairs) > 10_000
    assert_share(len(falls), len(pairs), 0.02, 0.03)
    assert sum(fall == 1 for fall in falls) > len(falls) / 2  # 11 of the 17 that were measured


def test_exact_likes_fall_in_2_of_1000_close_pairs() -> None:
    pairs = list(close_pairs("likes"))
    falls = sum(after < before for before, after in pairs)
    assert falls > 0
    assert_share(falls, len(pairs), 0.002, 0.002)


def test_18_of_10000_items_are_told_with_zeros_which_come_by_the_reply() -> None:
    lines, _ = told()
    zeroed = [line for line in lines if line["views"] is None and line["views_shown"] == "0"]
    replies = {(line["run"], line["scraped_at"]) for line in lines}
    failed = {(line["run"], line["scraped_at"]) for line in zeroed}
    # replies fail, not items: so the error is that of as few
    assert_share(len(failed), len(replies), 74 / 41_977, 74 / 41_977)
    slack = 3 / math.sqrt(len(failed))
    assert abs(len(zeroed) / len(lines) / (74 / 41_977) - 1) < slack < 1


def test_8_of_10000_tiktoks_seen_repeatedly_flip() -> None:
    often = [line for line in told()[1] if line["of"] == "tiktok" and len(line["at"]) > 1]
    flipped = sum("flipped" in line for line in often)
    assert flipped > 0
    assert_share(flipped, len(often), 4 / 5_137, 4 / 5_137)

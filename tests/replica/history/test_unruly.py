"""A history of an unruly world: its rates, what the truth says of them, visits in bursts, and how zeros are written."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from functools import cache
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from replica.__main__ import main
from replica.history.write import write
from replica.unruly import REAL, TAME, Unruly
from tests.replica.history.histories import NOW, Records, history, plan, read

OFTEN = replace(TAME, zeroed=0.2, flips=0.5, handleless=0.05)
FAILED = ("likes", "shares", "views", "saves")


@cache
def told(**options: Any) -> tuple[Records, Records]:
    """TikToks and truth of one day of 2025."""
    with TemporaryDirectory() as folder:
        write(plan("2025", **{"days": 1, "visits": "hourly", **options}), Path(folder))
        return read(Path(folder) / "tiktoks.jsonlines"), read(Path(folder) / "truth.jsonlines")


def marked(truth: Records, mark: str) -> set[tuple[str, str]]:
    """(id, run) of the sightings that the truth marks."""
    return {(line["id"], line["run"][n]) for line in truth if line["of"] == "tiktok" for n in line.get(mark, ())}


def test_failed_counts_are_written_as_not_told_or_as_numbers_and_comments_are_kept() -> None:
    untold, truth = told(unruly=OFTEN)
    numbers, _ = told(unruly=OFTEN, zeros="numbers")
    zeroed = marked(truth, "zeroed")
    assert 0.1 < len(zeroed) / len(untold) < 0.3
    for line, old in zip(untold, numbers, strict=True):
        if (line["id"], line["run"]) not in zeroed:
            assert line == old
            continue
        for name in FAILED:
            if old[name] is None:  # one of the few that lack a count
                continue
            assert (line[name], line[f"{name}_step"], line[f"{name}_shown"]) == (None, None, "0")
            assert (old[name], old[f"{name}_shown"]) == (0, None)
        assert line["comments"] == old["comments"]
        assert line["source"] == "json"


def test_replies_are_zeroed_whole_and_the_truth_stays_exact() -> None:
    lines, truth = told(unruly=OFTEN, zeros="numbers")
    zeroed, replies = marked(truth, "zeroed"), defaultdict(list)
    for line in lines:
        replies[line["run"], line["scraped_at"]].append((line["id"], line["run"]) in zeroed)
    failed = [marks for marks in replies.values() if any(marks)]
    assert len(failed) > 10
    assert sum(map(sum, failed)) / sum(map(len, failed)) > 0.9
    exact = {
        (t["id"], run): views
        for t in truth
        if t["of"] == "tiktok"
        for run, views in zip(t["run"], t["views"], strict=True)
    }
    assert min(exact[pair] for pair in zeroed) > 0


def test_a_flipped_sighting_tells_a_hundredth_less_but_of_comments() -> None:
    lines, truth = told(unruly=OFTEN)
    flipped, zeroed = marked(truth, "flipped"), marked(truth, "zeroed")
    exact = {t["id"]: dict(zip(t["run"], t["saves"], strict=True)) for t in truth if t["of"] == "tiktok"}
    checked = 0
    for line in lines:
        pair = line["id"], line["run"]
        if pair in flipped - zeroed and line["saves"] is not None and line["saves"] > 1_000:
            assert line["saves"] / exact[line["id"]][line["run"]] == pytest.approx(0.9915, abs=0.001)
            checked += 1
    assert checked > 50


def test_a_tiktok_without_a_handle_has_no_username_and_nobody_was_asked_for() -> None:
    lines, _ = told(unruly=OFTEN)
    nameless = [line for line in lines if line["username"] is None]
    assert 0.02 < len(nameless) / len(lines) < 0.1
    for line in nameless:
        assert line["url"] == f"https://www.tiktok.com/@/{line['kind']}/{line['id']}"
        assert line["user_source"] in (None, "item")
        assert line["creator_id"]


def test_bursts_are_visits_minutes_apart_that_never_overlap() -> None:
    both, hourly, bursts = (plan(days=40, limit=30, visits=visits).hours() for visits in ("both", "hourly", "bursts"))
    assert {hour.at % 3_600 for hour in hourly} == {0}
    assert hourly == [hour for hour in both if hour.number < 10**9], "bursts move no hourly visit"
    extra = [hour for hour in both if hour.number >= 10**9]
    assert len(bursts) == len(extra) > 10
    assert len({hour.number for hour in both}) == len(both)
    gaps = [b.at - a.at for a, b in pairwise(both)]
    assert min(gaps) >= 20 + 30 * 3.1
    assert sum(gap < 900 for gap in gaps) > len(extra) / 4
    days = {(NOW - hour.at) // 86_400 for hour in extra}
    assert 10 < len(days) < 30


def test_the_study_of_2022_came_every_hour() -> None:
    assert all(hour.at % 3_600 == 0 for hour in plan(schema=1, visits="both").hours())


def test_the_truth_tells_the_rates_of_a_world_that_is_not_tame() -> None:
    assert Unruly(**history("2025")[2][0]["unruly"]) == REAL
    assert "unruly" not in told(unruly=TAME)[1][0]


def test_tame_on_the_command_line_is_none_of_it_unless_told(tmp_path: Path) -> None:
    now = ["--now", "2026-09-01T12:20:00+00:00", "--days", "0.5", "--limit", "10"]
    for name, given in (("tame", ["--tame"]), ("some", ["--tame", "--flips", "0.5"])):
        assert main(["history", *now, *given, "-o", str(tmp_path / name)]) == 0
    heads = {name: read(tmp_path / name / "truth.jsonlines")[0] for name in ("tame", "some")}
    assert "unruly" not in heads["tame"]
    assert heads["some"]["unruly"] == replace(TAME, flips=0.5).told()

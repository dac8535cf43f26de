"""Findings of a real history, held against plain loops over its raw lines: none rests on a count that failed to 0."""

from __future__ import annotations

import itertools
import json
import math
from collections import Counter, defaultdict
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from analysis.load import load
from analysis.report.answers import contradicted, growing, viral
from analysis.report.answers import seen as seen_answers
from analysis.report.context import Context
from analysis.report.study import Study
from analysis.report.wording import short
from benchmarks.analysis import contradictions
from tests.analysis.report.test_answers import text
from tests.captures import CAPTURES

pytestmark = pytest.mark.captures

Course = list[tuple[float, int, int]]  # of one TikTok: hours since 1970, and the least and most of its likes
MINUTE = 1 / 60
FAILED = 60  # lines of this half with 0 views and comments above 0 (site.md 5.1c has 74 of the whole)
FLIPPING = {"7446860946332789943", "7465398943910887315", "7466095952016431947", "7466622265055798845"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real history as a data folder."""
    into = tmp_path_factory.mktemp("real-history")
    if contradictions.unpacked(into, CAPTURES) is None:
        pytest.skip("no real captures beside the checkout: real-history/ is not there")
    return into


@pytest.fixture(scope="module")
def lines(folder: Path) -> list[dict[str, Any]]:
    """Its raw lines."""
    return [json.loads(line) for line in (folder / "tiktoks.jsonlines").read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def context(folder: Path) -> Context:
    return Context(Study(load(folder), folder))


@pytest.fixture(scope="module")
def courses(lines: list[dict[str, Any]]) -> dict[str, Course]:
    """The likes of each TikTok never seen as an ad, as told, in time; rising parts tightened, a fall's lines kept."""
    ads = {line["id"] for line in lines if line["ad"]}
    told: dict[str, Course] = defaultdict(list)
    for line in lines:
        if line["id"] not in ads and not failed(line):
            at = datetime.fromisoformat(line["scraped_at"]).timestamp() / 3600
            told[line["id"]].append((at, *contradictions.ends(line["likes"], line["likes_step"])))
    return {id_: sorted(set(course)) for id_, course in told.items()}


def failed(line: dict[str, Any]) -> bool:
    return line["views"] == 0 and line["comments"] > 0


def rising(course: Course) -> list[Course]:
    """The parts of a course that can have risen all the way, tightened by each other."""
    parts: list[Course] = []
    for at, low, high in course:
        if not parts or high < max(one[1] for one in parts[-1]):
            parts.append([])
        parts[-1].append((at, low, high))
    return [
        [
            (at, max(one[1] for one in part[: place + 1]), min(one[2] for one in part[place:]))
            for place, (at, _, _) in enumerate(part)
        ]
        for part in parts
    ]


def test_failed_counts_are_counted_and_none_is_left(context: Context, lines: list[dict[str, Any]]) -> None:
    report = context.study.loaded.report
    assert report.zeroed == sum(map(failed, lines)) == FAILED
    assert any(sentence.startswith(f"Counts failed to 0 in {FAILED} sightings") for sentence in report.warnings)
    sightings = context.study.sightings
    wrong = {(line["id"], line["run"]) for line in lines if failed(line)}
    left = sightings[sightings["likes"].eq(0).fillna(False)]
    assert not wrong & set(zip(left["id"], left["run"], strict=True))
    assert sightings["comments"].notna().all()


def test_the_fastest_growth_is_what_plain_loops_find(context: Context, courses: dict[str, Course]) -> None:
    rates = {
        (id_, begin[0], end[0]): (end[1] - begin[2]) / (end[0] - begin[0] + MINUTE)
        for id_, course in courses.items()
        for part in rising(course)
        for begin, end in itertools.pairwise(part)
    }
    found = growing.per_hour(context)
    likes = found[found["count"] == "likes"].sort_values(["per_hour_lo", "id"], ascending=[False, True]).head(50)
    expected = sorted(rates, key=lambda pair: (-rates[pair], pair[0]))[:50]
    assert likes["id"].tolist() == [pair[0] for pair in expected]
    assert likes["per_hour_lo"].tolist() == pytest.approx([rates[pair] for pair in expected])
    fastest = max(rates.values())
    told = text(growing.growth(context))
    assert f"{short(fastest)} likes an hour, over 5 hours" in told
    assert fastest < 1e6  # the finding that rested on a failed reply was 12.3 million


def test_the_hours_looked_in_are_those_of_the_lines(context: Context, lines: list[dict[str, Any]]) -> None:
    """Its runs last for hours, all ended fit, and each saw something in the hour in which it began."""
    seen = Counter(line["scraped_at"][:13] for line in lines)
    hours = context.study.loaded.coverage.hours
    looked = hours[hours["healthy"]]
    assert dict(zip(looked["hour"].dt.strftime("%Y-%m-%dT%H"), looked["sightings"], strict=True)) == seen
    first, last = (datetime.fromisoformat(f"{hour}:00:00+00:00").timestamp() / 3600 for hour in (min(seen), max(seen)))
    assert f"looked in {len(seen)} of {last - first + 1:.0f} hours" in text(seen_answers.coverage(context))


@pytest.mark.parametrize(("column", "window"), [("outbreak_lo", 24), ("week_lo", 168)])
def test_outbreaks_are_what_plain_loops_find(
    context: Context, courses: dict[str, Course], column: str, window: int
) -> None:
    best: dict[str, float] = {}
    for id_, course in courses.items():
        gains = [
            max(0, end[1] - begin[2]) / math.ceil((end[0] - begin[0]) / window - 1e-9)
            for part in rising(course)
            for place, begin in enumerate(part)
            for end in part[place + 1 :]
        ]
        if gains:
            best[id_] = max(gains)
    rows = context.study.verdicts.rows.set_index("id")
    rows = rows[~rows["ad"].fillna(False).astype(bool)]
    top = sorted(best, key=lambda id_: (-best[id_], id_))[:100]
    assert rows.loc[top, column].tolist() == pytest.approx([best[id_] for id_ in top])
    if window == 168:
        assert set(rows.index[rows["viral_week"].fillna(False)]) == {id_ for id_ in best if best[id_] >= 1_000_000}
    else:
        viral_ids = set(rows.index[rows["viral_outbreak"].fillna(False)])
        assert viral_ids == set(top[: len(viral_ids)])
        assert short(max(best.values())) in text(viral.outbreaks(context))


def test_the_headline_rests_on_the_first_likes_that_were_told(
    context: Context, lines: list[dict[str, Any]], courses: dict[str, Course]
) -> None:
    rows = context.study.verdicts.rows.set_index("id")
    born = {line["id"]: datetime.fromisoformat(line["created_at"]).timestamp() / 3600 for line in lines}
    ranked = rows[rows["excess_rank"].notna()]
    assert set(ranked.index) == {
        id_ for id_, course in courses.items() if course[0][2] > 0 and course[0][0] > born[id_]
    }
    for row in ranked.head(2000).itertuples():
        at, low, high = courses[str(row.Index)][0]
        assert (row.likes_first_lo, row.likes_first_hi) == (low, high)
        assert row.age_h == pytest.approx(at - born[str(row.Index)], abs=1e-6)


def test_the_posts_that_flip_are_named_and_no_growth_rests_on_them(context: Context) -> None:
    strange = context.study.strange
    assert set(strange.loc[strange["count"] != "comments", "id"]) == FLIPPING
    told = text(contradicted.strange(context))
    assert all(id_[-6:] in told for id_ in FLIPPING)
    wrong = set(zip(strange["id"], strange["count"], strange["at"], strange["kind"], strict=True))
    gained = growing.per_hour(context)
    used = {
        (row.id, row.count, at, kind)
        for row in gained.itertuples()
        for at in (row.began, row.ended)
        for kind in strange["kind"].unique()
    }
    assert not wrong & used


def test_hardly_any_guaranteed_gain_is_contradicted_later(folder: Path) -> None:
    found = {(row.count, row.how): row for row in contradictions.contradictions(folder)}
    assert found["likes", "guaranteed"].gains > 7_000
    assert found["likes", "guaranteed"].share < contradictions.AT_MOST
    assert found["likes", "as shown"].contradicted > found["likes", "guaranteed"].contradicted
    assert found["saves", "guaranteed"].share < found["saves", "as shown"].share

"""A run against the last ones like it: what each monitor finds, what is a fault, and that chance alone is none."""

from __future__ import annotations

from typing import Any

import pytest

from tests.tiktok_scraper.runs.monitors.ends import changed, ends
from tiktok_scraper.config import Thresholds
from tiktok_scraper.errors import BadSetting
from tiktok_scraper.runs.monitors import compared, last_runs

LAST = ends(24)
RUN = ends(25)[-1]


def found(last: list[dict[str, Any]] = LAST, **fields: Any) -> dict[str, bool]:
    """Which monitors speak of a run with such fields, and whether it is a fault."""
    return {one.monitor: one.fault for one in compared(changed(RUN, **fields), last, Thresholds())}


@pytest.mark.parametrize(
    ("fields", "monitors"),
    [
        ({"null": {"audio": 30}}, {"null/audio": False}),
        ({"null": {"audio": 51}}, {"null/audio": True}),
        ({"null": {"views": 100}}, {"null/views": True}),
        ({"null": {"views": 12}, "zeroed": 12}, {"zeroed": False}),
        ({"null": {"user_followers": 100}}, {"null/user_followers": False}),
        ({"repeated": 60}, {"repeats": False}),
        ({"feed": {"top_creator_share": 0.4}}, {"one-creator": False}),
        ({"creators_answered": 40}, {"creators-unanswered": False}),
        ({"name": {"likes": 0.5}}, {"name/likes": False}),
        ({"feed": {"fell": 7}}, {"fell": False}),
        ({"feed": {"fell": 20}}, {"fell": True}),
        ({"wrapped_positive": 9}, {"positive-wraps": False}),
        ({"feed": {"age_h": [20_000.0, 30_000.0, 50_000.0]}}, {"age": False}),
        ({"feed": {"age_h": [0.1, 0.2, 0.5]}}, {"age": False}),
        ({"feed": {"languages": {"en": 5, "es": 93, "none": 2}}}, {"language": False}),
        ({"feed": {"languages": {"en": 0, "es": 0, "id": 98, "none": 2}}}, {"language": False}),
        ({"feed": {"languages": {"en": 0, "es": 0, "none": 100}}}, {"language-untold": False}),
    ],
    ids=str,
)
def test_what_changed_is_found_and_nothing_else(fields: dict[str, Any], monitors: dict[str, bool]) -> None:
    assert found(**fields) == monitors


def test_a_sentence_says_what_was_expected_what_was_found_and_where_to_look() -> None:
    (finding,) = compared(changed(RUN, creators_answered=40), LAST, Thresholds())
    usual = sum(80 - run["creators_answered"] for run in LAST) / (80 * 24)
    assert finding.says == (
        f"creators who were asked for and not told: 40 of 80 (50.0%), but {usual:.1%} in the last 24 runs like it; "
        "see note in runs.jsonlines (creator-unanswered, card-absent), and TIKTOK_CARD_TIMEOUT"
    )


def test_runs_of_one_kind_are_not_told_from_each_other() -> None:
    runs = ends(240, seed=7)
    alarms = [
        compared(run, runs[number - 24 : number], Thresholds()) for number, run in enumerate(runs) if number >= 24
    ]
    assert [found for alarm in alarms for found in alarm] == []


@pytest.mark.parametrize("count", [0, 1, 4])
def test_with_fewer_than_five_runs_nobody_speaks(count: int) -> None:
    assert found(LAST[:count], null={"views": 100}) == {}
    assert found(LAST[:5], null={"views": 100}) == {"null/views": True}


def test_no_false_alarms_allowed_is_no_alarm_at_all() -> None:
    assert compared(changed(RUN, null={"views": 100}), LAST, Thresholds(false_alarms=0)) == []
    (finding,) = compared(changed(RUN, null={"views": 100}), LAST, Thresholds(lost=1))
    assert not finding.fault


@pytest.mark.parametrize(
    "odd",
    [
        {"feed": {"age_h": None, "languages": {"en": "many"}, "top_creator_share": "x"}},
        {"feed": {"age_h": [0, 0, 0], "lines": 0}},
        {"null": None, "name": {"likes": None}},
        {"creators_asked": None, "repeated": "2", "zeroed": -1},
    ],
    ids=str,
)
def test_a_record_of_another_making_is_passed_over(odd: dict[str, Any]) -> None:
    assert found([*LAST[:12], *(changed(record, **odd) for record in LAST[12:])], null={"views": 100}).get("null/views")
    compared(changed(RUN, **odd), LAST, Thresholds())


def test_the_last_runs_like_it_are_fit_alike_and_of_its_size() -> None:
    assert last_runs(LAST, RUN, 10) == LAST[-10:]
    assert last_runs([*LAST, RUN], RUN, 24) == LAST
    others = [
        *({"verdict": "unfit"}, {"event": "start"}, {"simulated": True}, {"locale": "de-DE"}, {"pace": 0}),
        *({"written": 201}, {"written": 49}, {"written": None}, {"feed": None}, {"creator_counts": "never"}),
    ]
    for other in others:
        assert last_runs([{**LAST[0], **other}], RUN, 24) == [], other
    assert last_runs([{**LAST[0], "written": 50}, {**LAST[1], "written": 200}], RUN, 24) != []
    few = {**RUN, "written": 19}
    assert last_runs([{**LAST[0], "written": 20}], few, 24) == []
    assert last_runs(LAST, RUN, 0) == []


@pytest.mark.parametrize(
    ("name", "told"), [("TIKTOK_HEALTH_LAST_RUNS", "1.5"), ("TIKTOK_HEALTH_LOST", "2"), ("TIKTOK_HEALTH_FELL", "-1")]
)
def test_a_threshold_that_cannot_be_used_is_named(name: str, told: str) -> None:
    with pytest.raises(BadSetting, match=name):
        Thresholds.from_settings({name: told})


def test_thresholds_are_settings() -> None:
    told = {"LAST_RUNS": "12", "LOST": "0.2", "FELL": "0.1", "FALSE_ALARMS": "0.01", "ONE_CREATOR": "0.9"}
    read = Thresholds.from_settings({f"TIKTOK_HEALTH_{name}": value for name, value in told.items()})
    assert (read.last_runs, read.lost, read.fell, read.false_alarms, read.one_creator) == (12, 0.2, 0.1, 0.01, 0.9)

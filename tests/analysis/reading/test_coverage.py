"""Coverage: which runs there were, which hours they cover, which conditions changed."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from analysis.load import load
from analysis.reading.coverage import CHANGES, HOURS, coverage
from analysis.reading.runs import read_runs
from analysis.terms.schema import empty_runs, empty_sightings
from tests.analysis.lines_of import OLD, line, run_events, written


def test_starts_ends_killed_skipped_and_unrecorded_runs_are_one_row_each(tmp_path: Path) -> None:
    runs = [
        *run_events("r1", 0, written=100),
        *run_events("r2", 1, verdict=None),
        {"event": "skipped", "run": "r3", "at": "2026-08-01T16:00:00.000+00:00", "reason": "still running"},
        {"event": "skipped", "at": "2026-08-01T16:30:00.000+00:00", "reason": "backing off"},
    ]
    lines = [line(0), line(1), line(0, run="r2", hours=1), line(0, run="r9", hours=4)]
    found = load(written(tmp_path, *lines, runs=runs)).runs.set_index("run")
    assert found.index.tolist() == ["r1", "r2", "r3", "skipped 2026-08-01T16:30:00.000+00:00", "r9"]
    assert found["event_last"].tolist()[:4] == ["end", "start", "skipped", "skipped"]
    assert found["sightings"].tolist() == [2, 1, 0, 0, 1]
    assert found["killed"].tolist()[:4] == [False, True, False, False]
    assert found.loc["r9", ["killed", "event_last", "verdict", "pace"]].isna().all()
    assert found.loc["r9", "started"] == pd.Timestamp("2026-08-01T18:00:00Z")
    assert found.loc["r1", "ended"] - found.loc["r1", "started"] == pd.Timedelta(minutes=6)
    assert (found.loc["r1", "verdict"], found.loc["r1", "written"], found.loc["r1", "headless"]) == ("fit", 100, "true")
    assert pd.isna(found.loc["r2", "ended"])
    assert pd.isna(found.loc["r3", "started"]) and found.loc["r3", "reason"] == "still running"


def test_hours_without_a_run_that_ended_fit_are_gaps(tmp_path: Path) -> None:
    runs = [
        *run_events("good", 0),
        *run_events("bad", 1, verdict="unfit"),
        *run_events("killed", 2, verdict=None),
        *run_events("early", 4.2, verdict="unfit"),
        *run_events("late", 4.8),
    ]
    lines = [line(0, run="good"), line(0, run="killed", hours=2), line(0, run="late", hours=4.9)]
    hours = load(written(tmp_path, *lines, runs=runs)).coverage.hours
    assert hours["hour"].dt.hour.tolist() == [14, 15, 16, 17, 18]
    assert hours["healthy"].tolist() == [True, False, False, False, True]
    assert hours["run"].fillna("").tolist() == ["good", "bad", "killed", "", "late"]
    # What a killed run saw was seen; where nothing was, nobody looked as they should: not zero.
    assert hours["sightings"].astype(object).where(hours["sightings"].notna(), None).tolist() == [1, None, 1, None, 1]
    assert hours.dtypes.astype(str).to_dict() == HOURS


def test_a_healthy_run_that_saw_nothing_is_a_zero(tmp_path: Path) -> None:
    runs = [*run_events("good", 0), *run_events("idle", 1), *run_events("bad", 2, verdict="unfit")]
    hours = load(written(tmp_path, line(0, run="good"), runs=runs)).coverage.hours
    assert hours["sightings"].iloc[:2].tolist() == [1, 0]
    assert pd.isna(hours["sightings"].iloc[2])


def test_a_run_of_many_hours_covers_those_in_which_it_saw_something(tmp_path: Path) -> None:
    """It lasts from 14:00 to 18:30 and sees TikToks in three hours; a line after its end is of another clock."""
    runs = [
        {"event": "start", "run": "long", "at": "2026-08-01T14:00:00.000+00:00"},
        {"event": "end", "run": "long", "at": "2026-08-01T18:30:00.000+00:00", "verdict": "fit", "simulated": False},
        *run_events("next", 5),
    ]
    told = {0: 0, 1: 1.5, 2: 1.6, 3: 4.4, 4: 9}  # TikTok -> hours since 14:00
    lines = [line(number, run="long", hours=hours) for number, hours in told.items()]
    hours = load(written(tmp_path, *lines, line(5, run="next", hours=5), runs=runs)).coverage.hours
    assert hours["hour"].dt.hour.tolist() == [14, 15, 16, 17, 18, 19]
    assert hours["healthy"].tolist() == [True, True, False, False, True, True]
    assert hours["sightings"].fillna(-1).tolist() == [1, 2, -1, -1, 1, 1]


def test_a_run_known_from_its_lines_only_covers_its_hour(tmp_path: Path) -> None:
    loaded = load(written(tmp_path, OLD, {**OLD, "scraped_at": "2022-08-01T16:59:59"}))
    assert loaded.runs["run"].tolist() == ["2022-08-01T14", "2022-08-01T16"]
    assert loaded.coverage.hours["healthy"].tolist() == [True, False, True]


def test_a_condition_that_changes_is_told_once_with_its_run(tmp_path: Path) -> None:
    runs = [
        *run_events("r1", 0, region="NL", locale="en-US"),
        *run_events("r2", 1, verdict=None, pace=1.5, locale="en-US"),
        *run_events("r3", 2, pace=1.5, region="DE", locale="en-US", media="blocked"),
        *run_events("r4", 3, pace=1.5, region="DE", locale="en-US", media="blocked"),
    ]
    loaded = load(written(tmp_path, line(0), runs=runs))
    changes = loaded.coverage.changes
    assert changes.dtypes.astype(str).to_dict() == CHANGES
    assert list(changes[["run", "condition", "before", "after"]].itertuples(index=False, name=None)) == [
        ("r2", "pace", "3", "1.5"),
        ("r3", "media", "loaded", "blocked"),
        ("r3", "region", "NL", "DE"),  # the killed run never knew its region
    ]
    assert [warning.split(",")[0] for warning in loaded.coverage.warnings] == [
        "The pace changed once",
        "The media changed once",
        "The region changed once",
    ]
    assert set(loaded.coverage.warnings) <= set(loaded.report.warnings)


def test_a_condition_that_goes_to_and_fro_is_one_sentence(tmp_path: Path) -> None:
    runs = [event for hour in range(6) for event in run_events(f"r{hour}", hour, era="ab"[hour % 2])]
    (warning,) = load(written(tmp_path, line(0), runs=runs)).coverage.warnings
    assert warning.startswith("The era changed 5 times, among a, b, first with run r1 (2026-08-01 15:00 UTC)")


def test_bad_lines_of_the_record_are_counted_and_hide_no_run(tmp_path: Path) -> None:
    runs = run_events("r1", 0)
    folder = written(tmp_path, line(0), runs=runs)
    with (folder / "runs.jsonlines").open("ab") as file:
        file.write(b'{"event": "start", "run"{"event": "start", "run": "r2", "at": "2026-08-01T15:00:00.000+00:00"}\n')
        file.write(b'{"event": "start", "run": 7}\n{"event": "st')
    loaded = load(folder)
    assert loaded.runs["run"].tolist() == ["r1", "r2"]
    assert [bad.salvaged for bad in loaded.report.runs_bad] == [1, 0]


def test_no_run_at_all_covers_nothing() -> None:
    found = coverage(empty_runs(), empty_sightings())
    assert found.hours.empty and found.hours.dtypes.astype(str).to_dict() == HOURS
    assert found.changes.empty and found.changes.dtypes.astype(str).to_dict() == CHANGES
    assert found.warnings == ()


def test_a_wrong_clock_covers_no_hour_and_is_told(tmp_path: Path) -> None:
    """One start at 1970, as of a machine whose clock was never set, and one far ahead: the hours stay as they were."""
    lines = [line(0, run="r1"), line(0, run="r2", hours=1)]
    runs = [*run_events("r1", 0), *run_events("r2", 1)]
    expected = load(written(tmp_path / "right", *lines, runs=runs)).coverage.hours
    wrong = [
        {"event": "start", "run": run, "at": f"{year}-01-01T00:00:00Z"} for run, year in (("a", 1970), ("b", 2060))
    ]
    loaded = load(written(tmp_path / "wrong", *lines, runs=[wrong[0], *runs, wrong[1]]))
    assert_frame_equal(loaded.coverage.hours, expected)
    assert sorted(loaded.runs["run"]) == ["a", "b", "r1", "r2"]
    assert [told for told in loaded.report.warnings if "2 runs lie more than a year from the others, with 0" in told]


def test_a_wrong_clock_that_stamped_its_lines_too_covers_no_hour(tmp_path: Path) -> None:
    """One run nine years ahead, with one of 200 sightings."""
    lines = [line(number % 20, run=f"r{number // 20}", hours=number // 20) for number in range(200)]
    runs = [event for number in range(10) for event in run_events(f"r{number}", number)]
    ahead = 24 * 365 * 9
    loaded = load(written(tmp_path, *lines, line(0, run="far", hours=ahead), runs=[*runs, *run_events("far", ahead)]))
    assert len(loaded.coverage.hours) == 10
    assert len(loaded.sightings) == 201
    assert [told for told in loaded.report.warnings if "1 run lies more than a year from the others, with 1 " in told]


def test_a_pause_of_years_between_sightings_is_a_gap_and_no_wrong_clock(tmp_path: Path) -> None:
    later = 24 * 800
    lines = [line(0, run="r1"), line(0, run="r2", hours=later)]
    loaded = load(written(tmp_path, *lines, runs=[*run_events("r1", 0), *run_events("r2", later)]))
    assert len(loaded.coverage.hours) == later + 1
    assert not any("clock" in told for told in loaded.report.warnings)


def test_a_run_whose_lines_are_gone_is_a_gap_and_no_empty_feed(tmp_path: Path) -> None:
    runs = [*run_events("here", 0, written=1), *run_events("gone", 1, written=7), *run_events("none", 2, written=0)]
    loaded = load(written(tmp_path, line(0, run="here"), runs=runs))
    hours = loaded.coverage.hours
    assert hours["healthy"].tolist() == [True, False, True]
    assert hours["sightings"].astype(object).where(hours["sightings"].notna(), None).tolist() == [1, None, 0]
    assert [told for told in loaded.report.warnings if "7 lines that 1 run wrote are not here" in told]
    assert [told for told in loaded.report.warnings if "Of 1 of them no line is here" in told]


@pytest.mark.parametrize(
    ("removed", "told"), [(7, "10 lines were taken out of the file on purpose"), (4, "are not here")]
)
def test_lines_that_were_taken_out_on_purpose_are_no_fault_of_the_file(tmp_path: Path, removed: int, told: str) -> None:
    runs = [*run_events("here", 0, written=4), *run_events("gone", 1, written=7)]
    for number, count in ((2, 3), (3, removed)):
        at = "2026-11-01T00:00:00+00:00"
        runs.append({"event": "generation", "run": None, "at": at, "generation": number, "removed": count})
    loaded = load(written(tmp_path, line(0, run="here"), runs=runs))
    (warning,) = [words for words in loaded.report.warnings if "taken out" in words or "are not here" in words]
    assert told in warning
    assert loaded.runs["run"].tolist() == ["here", "gone"]


def test_lines_that_are_bad_set_aside_or_twice_are_not_told_of_as_missing_again(tmp_path: Path) -> None:
    lines = [line(0), line(0), line(1, id="12"), "garbage", *(line(number) for number in range(2, 400))]
    loaded = load(written(tmp_path, *lines, runs=run_events("r1", 0, written=402)), force=True)
    assert not any("is not whole" in told for told in loaded.report.warnings)


def test_a_run_that_saw_nothing_is_as_the_others_are(tmp_path: Path) -> None:
    events = [
        {"event": "start", "run": "a", "at": "2026-08-01T14:00:00.000+00:00"},
        {"event": "end", "run": "b", "at": "2026-08-01T15:06:00.000+00:00", "seen": 0, "simulated": False},
        {"event": "end", "run": "c", "at": "2026-08-01T16:06:00.000+00:00", "seen": 0, "simulated": None},
    ]
    for kind in (True, False):
        told = {"event": "end", "run": "d", "at": "2026-08-01T17:06:00.000+00:00", "seen": 5, "simulated": kind}
        path = written(tmp_path / str(kind), line(0), runs=[*events, told]) / "runs.jsonlines"
        assert read_runs(path).runs["simulated"].tolist() == [kind] * 4
    alone = written(tmp_path / "alone", line(0), runs=events) / "runs.jsonlines"
    assert read_runs(alone).runs["simulated"].tolist() == [False] * 3

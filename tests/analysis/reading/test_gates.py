"""Gates set aside what can't be right, count it, and stop where there is too much of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.load import load
from analysis.reading.gates import check_gates, check_readable, falling, gated
from analysis.reading.lines.line_by_line import BadLine
from analysis.terms.errors import GateFailed
from tests.analysis.lines_of import IDS, encoded, line, written

NONE = {"upload after sighting": 0, "id": 0, "schema": 0}


@pytest.mark.parametrize(
    ("fields", "gate"),
    [
        ({"created_at": "2026-08-01T14:00:01.001+00:00"}, "upload after sighting"),
        ({"id": "75300000000000001"}, "id"),
        ({"id": "75300000000000000000"}, "id"),
        ({"id": "0530000000000000000"}, "id"),
        ({"id": "753000000000000000x"}, "id"),
        ({"schema": 3}, "schema"),
        ({"schema": 0, "run": "r1"}, "schema"),
    ],
)
def test_a_failing_line_is_set_aside_with_the_gate_it_failed(tmp_path: Path, fields: dict, gate: str) -> None:
    loaded = load(written(tmp_path, line(0), line(1, **fields)), force=True)
    assert loaded.sightings["id"].tolist() == [str(IDS)]
    assert loaded.report.set_aside == {**NONE, gate: 1}
    assert loaded.aside["gate"].tolist() == [gate]
    assert loaded.aside["line_from"].tolist()[0] > 0


@pytest.mark.parametrize(
    "fields",
    [
        {"created_at": "2026-08-01T14:00:01.000+00:00"},
        {"created_at": None},
        {"id": "753000000000000001"},
        {"schema": 1},
    ],
)
def test_what_may_be_right_passes(tmp_path: Path, fields: dict) -> None:
    assert len(load(written(tmp_path, line(0), line(1, **fields))).sightings) == 2


def test_up_to_one_percent_set_aside_is_told_and_more_is_refused() -> None:
    assert check_gates({**NONE, "id": 1}, 100, 0, 0, "here") == [
        "1 of 100 sightings set aside: the id has not 18 or 19 digits: 1."
    ]
    with pytest.raises(GateFailed, match=r"2 \(2.0%\).*--force"):
        check_gates({**NONE, "id": 2}, 100, 0, 0, "here")
    with pytest.raises(GateFailed, match="--naive-zone"):
        check_gates({**NONE, "upload after sighting": 2}, 100, 0, 0, "here")
    assert check_gates(NONE, 100, 0, 0, "here") == []


def test_likes_may_fall_in_one_pair_of_fifty_and_once_in_any_file() -> None:
    assert check_gates(NONE, 100, 1, 3, "here") == []
    assert check_gates(NONE, 1000, 2, 100, "here") == []
    with pytest.raises(GateFailed, match=r"3 of 100 \(3.0%\)"):
        check_gates(NONE, 1000, 3, 100, "here")


def test_a_fall_is_one_beyond_rounding_within_one_tiktok(tmp_path: Path) -> None:
    series = [(12_345, 1), (12_300, 100), (12_249, 1), (12_400, 100), (None, None), (12_200, 100), (12_300, 100)]
    lines = [
        line(0, run=f"r{hour}", hours=hour, likes=likes, likes_step=step) for hour, (likes, step) in enumerate(series)
    ]
    others = [line(1, run=f"r{hour}", hours=hour, likes=5 - hour) for hour in range(2)]
    sightings = load(written(tmp_path, *lines, *others), force=True).sightings
    # Falls: 12,300 (12,250 at least) to 12,249; 12,400 to 12,200 across the null; 5 to 4 of the other one.
    assert falling(sightings) == (3, 6)


def test_gates_keep_the_order_and_every_row(tmp_path: Path) -> None:
    sightings = load(written(tmp_path, *map(line, range(5)))).sightings
    wrong = sightings.assign(id=["1", *sightings["id"][1:]])
    found = gated(wrong)
    assert (found.passed["position"].tolist(), found.aside["position"].tolist()) == ([2, 3, 4, 5], [1])
    assert found.counted == {**NONE, "id": 1}


def torn(number: int, reason: str = "no JSON", salvaged: int = 0) -> list[BadLine]:
    return [BadLine(10 * at, 10, reason, salvaged) for at in range(number)]


def test_up_to_two_percent_that_cannot_be_read_stop_nothing_nor_does_a_single_line() -> None:
    check_readable([], 0, "here")
    check_readable(torn(1), 2, "here")
    check_readable(torn(2), 100, "here")
    with pytest.raises(
        GateFailed, match=r"here: expected at most 2% of 100 lines .*3 \(3\.0%\), the first at byte 0: no"
    ):
        check_readable(torn(3), 100, "here")


def test_blank_lines_and_those_whose_records_were_found_are_read() -> None:
    check_readable(torn(100, "empty") + torn(50, salvaged=2), 200, "here")
    with pytest.raises(GateFailed, match=r"at most 2% of 100 lines .*found 3 "):
        check_readable(torn(100, "empty") + torn(3), 200, "here")


def test_a_file_of_which_most_is_unreadable_stops_unless_forced_and_both_gates_are_told_then(tmp_path: Path) -> None:
    broken = [encoded(line(number))[:200] + b"\n" for number in range(90)]
    folder = written(tmp_path, *broken, *(line(number) for number in range(8)), line(8, schema=9), line(9, schema=9))
    with pytest.raises(GateFailed, match=r"90 \(90\.0%\), the first at byte 0: no JSON.*--force"):
        load(folder)
    loaded = load(folder, force=True)
    assert len(loaded.sightings) == 8
    forced = [warning for warning in loaded.report.warnings if "gone on by force" in warning]
    assert ["90 (90.0%)" in forced[0], "2 (20.0%)" in forced[1]] == [True, True]


def test_a_file_with_blank_lines_between_all_others_is_read(tmp_path: Path) -> None:
    lines = [piece for number in range(20) for piece in (line(number), b"\r\n")]
    assert len(load(written(tmp_path, *lines)).sightings) == 20

"""Every tool is asked the same, what it says is held against ours, and what is promised against what was measured."""

from __future__ import annotations

from collections import defaultdict

import orjson
import pytest

from benchmarks.answers import reports
from benchmarks.answers import written as files
from benchmarks.answers.__main__ import wanted
from benchmarks.answers.asked import TOP, Answers, first, of_json
from benchmarks.answers.judged import BUCKETS, DASK, MEMORY, verdicts
from benchmarks.answers.measured import Ran
from benchmarks.answers.reports import Report
from benchmarks.answers.run import TOOLS
from benchmarks.answers.tools import in_duckdb, in_pandas, ours
from benchmarks.answers.written import Written

FOUND = Answers(tiktoks=3, audios=1, gained=(("7", 5),), heard=(("8", 2),), bad=1)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Written:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(files, "DAYS", 2)
        patch.setattr(files, "EVERY", 200)
        return files.write(6_000, tmp_path_factory.mktemp("answers") / "data")


def test_a_file_has_copies_of_a_world_and_as_many_bad_lines_as_it_says(written: Written) -> None:
    clean = (written.clean / "tiktoks.jsonlines").read_bytes().splitlines()
    dirty = (written.dirty / "tiktoks.jsonlines").read_bytes().splitlines()
    assert (len(clean), len(dirty) - len(clean), written.true.bad) == (6_000, 60, 60)
    lines = [orjson.loads(line) for line in clean]
    runs = {line["run"] for line in lines}
    assert len({(line["run"], line["id"]) for line in lines}) > 5_900 and len(runs) > 100
    assert all(line["url"].endswith(line["id"]) for line in lines)
    assert all(line["audio_url"].endswith(line["audio_id"]) for line in lines if line["audio_url"])


def test_the_tools_say_what_a_plain_loop_says(written: Written) -> None:
    views, audios = defaultdict[str, list[int]](list), defaultdict[str, set[str]](set)
    for line in map(orjson.loads, (written.clean / "tiktoks.jsonlines").read_bytes().splitlines()):
        views[line["id"]] += [line["views"]] if line["views"] is not None else []
        if line["audio_id"]:
            audios[line["audio_id"]].add(line["id"])
    gains = sorted(((id, max(seen) - min(seen)) for id, seen in views.items() if seen), key=lambda it: (-it[1], it[0]))
    heard = sorted(((id, len(ids)) for id, ids in audios.items()), key=lambda it: (-it[1], it[0]))
    told = Answers(len(views), len(audios), tuple(gains[:TOP]), tuple(heard[:TOP]))
    assert told.gained[-1][1] > 0, "all of them grew"
    assert written.true.agrees(told)
    for found in (
        ours.in_memory(written.dirty),
        in_duckdb.answers(written.dirty),
        in_pandas.typed(written.clean),
        in_pandas.row_by_row(written.clean),
    ):
        assert found.agrees(told)
    assert ours.in_memory(written.dirty).bad == in_duckdb.answers(written.dirty).bad == written.true.bad


def test_answers_survive_their_spelling() -> None:
    assert of_json(orjson.loads(orjson.dumps(FOUND.as_json()))) == FOUND
    assert first([(7, 1.0), ("10", 1), ("9", 2)]) == (("9", 2), ("10", 1), ("7", 1))


def ran(tool: str, seconds: float, sightings: int = 2_000_000, **told: object) -> Ran:
    values = {"answers": FOUND, "true": FOUND, "peak": 5 << 30} | told
    return Ran(**values, tool=tool, sightings=sightings, seconds=(seconds,))  # type: ignore[arg-type]


OTHER = Answers(tiktoks=4, audios=1, gained=(), heard=(), bad=1)
PEERS = [ran("wrong", 1, answers=OTHER), ran("fails", 2, failed="a bad line"), ran("peer", 9)]


def met(*found: Ran) -> dict[str, bool]:
    return {verdict.promise.partition(": ")[2] or "memory": verdict.met for verdict in verdicts(found)}


TRUE = "ours says what is true, and tells each bad line"
FAST, AS_BUCKETS = "no slower than the fastest other that reads them", "Dask within 1.5 of buckets"


def test_ours_is_held_against_the_fastest_that_reads_the_lines_as_they_are_and_is_right() -> None:
    assert met(ran(MEMORY, 10), *PEERS) == {TRUE: True, FAST: False}
    slow_dask = met(ran(MEMORY, 10), ran(BUCKETS, 8), ran(DASK, 13), *PEERS)
    assert slow_dask == {TRUE: True, FAST: True, AS_BUCKETS: False, "memory": True}
    assert met(ran(BUCKETS, 8, peak=9 << 30), *PEERS)["memory"] is False


def test_who_says_what_is_not_true_or_misses_a_bad_line_is_told_so_ours_too() -> None:
    assert met(ran(MEMORY, 1, answers=OTHER), *PEERS) == {TRUE: False, FAST: False}
    silent = Answers(FOUND.tiktoks, FOUND.audios, FOUND.gained, FOUND.heard, bad=None)
    assert met(ran(MEMORY, 1, answers=silent), *PEERS) == {TRUE: False, FAST: True}
    assert met(ran(MEMORY, 1, answers=None), *PEERS) == {TRUE: False, FAST: False}
    assert met(ran(MEMORY, 1)) == {TRUE: True, FAST: False}, "with no other there is nothing to compare"


def test_a_report_is_held_to_the_seconds_of_its_size() -> None:
    found = [Report(26_000, (7.0, 8.0, 9.5), 1), Report(26_000, (7.0, 8.1, 9.5), 1), Report(100_000, (19.0,), 1)]
    assert [verdict.met for verdict in reports.verdicts([*found, Report(500_000, (99.0,), 1)])] == [True, False, True]


def test_tools_are_chosen_by_a_part_of_their_names() -> None:
    assert list(filter(wanted(""), TOOLS)) == list(filter(wanted(" , "), TOOLS)) == list(TOOLS)
    assert list(filter(wanted("buckets, duckdb,"), TOOLS)) == ["ours, over buckets", "DuckDB"]
    with pytest.raises(SystemExit, match="--tools excel: no such tool"):
        wanted("buckets,excel")

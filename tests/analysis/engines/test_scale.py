"""The same rows whatever the engine: in memory, over buckets, on a Dask cluster of two workers over sockets."""

from __future__ import annotations

import math
import statistics
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from analysis.engines import buckets, memory, scale
from analysis.engines.entities import EntityRows, split
from analysis.measures.audios import audio_rows
from analysis.measures.creators import creator_rows
from analysis.measures.posting import posting_rows
from analysis.measures.specification import specification_rows
from analysis.measures.virality import tiktok_rows
from analysis.terms.engines import ENGINES, Engine
from analysis.terms.errors import AnalysisError, BadArgument, MissingColumn, MissingTool, NoFile
from analysis.terms.schema import empty_sightings
from benchmarks.analysis.simulated import sightings
from tests.analysis import entity_functions as functions

KEYS = ("id", "creator", "audio_key")
BLOCKS = 7
MEASURES: list[tuple[EntityRows, str]] = [
    (tiktok_rows, "id"),
    (audio_rows, "audio_key"),
    (creator_rows, "creator"),
    (specification_rows, "id"),
    (posting_rows, "creator"),
]


@pytest.fixture(scope="module")
def small() -> pd.DataFrame:
    return sightings(8_000)


@pytest.fixture(scope="module")
def large() -> pd.DataFrame:
    return sightings(12_000, seed=2)


@pytest.fixture(scope="module")
def cluster() -> Iterator[str]:
    """The address of a scheduler with two workers, each a process that speaks over a socket."""
    from distributed import LocalCluster

    local: Any = LocalCluster
    with local(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=":0") as started:
        yield started.scheduler_address


def blocks(frame: pd.DataFrame) -> list[pd.DataFrame]:
    step = math.ceil(len(frame) / BLOCKS)
    return [frame.iloc[start : start + step] for start in range(0, len(frame), step)]


@pytest.mark.parametrize(("key", "processes"), [("id", 2), ("creator", 1), ("audio_key", 1)])
def test_buckets_give_the_rows_of_memory(small: pd.DataFrame, key: str, processes: int) -> None:
    rows = partial(functions.growth_rows, key=key)
    found = scale.rows(rows, small, key, engine="buckets", processes=processes)
    assert_frame_equal(found, scale.rows(rows, small, key))


def test_the_dask_cluster_gives_the_rows_of_memory(small: pd.DataFrame, cluster: str) -> None:
    for key in KEYS:
        rows = partial(functions.growth_rows, key=key)
        assert_frame_equal(scale.rows(rows, small, key, scheduler=cluster), scale.rows(rows, small, key))


def test_all_engines_agree_on_sightings_that_come_in_blocks(large: pd.DataFrame, cluster: str) -> None:
    measured = {
        "pandas": scale.run(functions.growth_rows, large, "id", engine="pandas"),
        "buckets": scale.run(functions.growth_rows, iter(blocks(large)), "id", engine="buckets", processes=2),
        "dask": scale.run(functions.growth_rows, iter(blocks(large)), "id", engine="dask", scheduler=cluster),
    }
    for engine, found in measured.items():
        assert_frame_equal(found.rows, measured["pandas"].rows, check_exact=True, check_freq=True)
        assert (found.engine, found.sightings, found.without_key) == (engine, 12_000, 0)
    assert measured["buckets"].parts > 1
    assert measured["dask"].parts > 1


@pytest.mark.parametrize(("entity_rows", "key"), MEASURES, ids=lambda told: getattr(told, "__name__", told))
def test_every_measure_of_ours_gives_the_same_rows_over_buckets(
    small: pd.DataFrame, entity_rows: EntityRows, key: str
) -> None:
    expected = scale.rows(entity_rows, small, key)
    assert len(expected) == small[key].nunique()
    assert_frame_equal(scale.rows(entity_rows, small, key, engine="buckets", processes=1), expected, check_exact=True)


def test_measures_of_ours_give_the_same_rows_on_a_cluster(small: pd.DataFrame, cluster: str) -> None:
    for entity_rows, key in MEASURES[:3]:
        expected = scale.rows(entity_rows, small, key)
        assert_frame_equal(scale.rows(entity_rows, small, key, scheduler=cluster), expected, check_exact=True)


def test_a_local_cluster_is_started_for_a_call_and_ended_with_it(small: pd.DataFrame) -> None:
    found = scale.rows(functions.growth_rows, small.head(2_000), "id", engine="dask", processes=1)
    assert_frame_equal(found, scale.rows(functions.growth_rows, small.head(2_000), "id"))


def test_one_local_cluster_serves_many_measures_and_ends_with_them(
    small: pd.DataFrame, monkeypatch: pytest.MonkeyPatch
) -> None:
    from analysis.engines import dask_engine

    started: list[str] = []
    cluster = dask_engine.local_cluster

    @contextmanager
    def counted(_: int | None) -> Iterator[str]:
        with cluster(1) as address:
            started.append(address)
            yield address

    monkeypatch.setattr(dask_engine, "local_cluster", counted)
    monkeypatch.setattr(dask_engine, "CONNECT_S", 0.5)
    some = small.head(2_000)
    expected = scale.rows(functions.growth_rows, some, "id")
    with scale.workers("dask", None) as address:
        for _ in range(2):
            assert_frame_equal(scale.rows(functions.growth_rows, some, "id", scheduler=address), expected)
    assert started == [address]
    with pytest.raises(AnalysisError, match="dask scheduler"):
        scale.rows(functions.growth_rows, some, "id", scheduler=address)


@pytest.mark.parametrize("engine", [None, "pandas", "buckets"])
def test_engines_without_a_cluster_start_none(engine: Engine | None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with scale.workers(engine, None) as address:
        assert address is None


def test_rows_are_those_of_a_plain_loop(small: pd.DataFrame) -> None:
    views: dict[str, list[int]] = defaultdict(list)
    for audio, seen in zip(small["audio_key"], small["views"], strict=True):
        if isinstance(audio, str):
            views[audio].append(int(seen))
    found = scale.rows(
        partial(functions.growth_rows, key="audio_key"), small, "audio_key", engine="buckets", processes=1
    )
    assert list(found["audio_key"]) == sorted(views)
    assert list(found["sightings"]) == [len(views[audio]) for audio in sorted(views)]
    spread = {audio: statistics.stdev(seen) for audio, seen in views.items() if len(seen) > 1}
    for audio, value in zip(found["audio_key"], found["spread"], strict=True):
        assert value is pd.NA if audio not in spread else value == pytest.approx(spread[audio])


def test_sightings_without_a_key_stay_out_and_are_counted_alike(small: pd.DataFrame, cluster: str) -> None:
    rows = partial(functions.growth_rows, key="audio_key")
    missing = int(small["audio_key"].isna().sum())
    assert missing > 0
    for engine in ENGINES:
        address = cluster if engine == "dask" else None
        found = scale.run(rows, blocks(small), "audio_key", engine=engine, scheduler=address, processes=1)
        assert (found.sightings, found.without_key) == (len(small) - missing, missing)


def test_the_order_of_blocks_within_the_file_decides_nothing_but_ties(small: pd.DataFrame) -> None:
    """Lines are appended as they come; frames are ordered in time. A file that is not in order gives the same."""
    shuffled = blocks(small)[::-1]
    expected = scale.rows(functions.growth_rows, small, "id")
    engines: tuple[Engine, ...] = ("pandas", "buckets")
    for engine in engines:
        found = scale.rows(functions.growth_rows, shuffled, "id", engine=engine, processes=1)
        assert_frame_equal(found, expected)


def test_several_rows_of_an_entity_keep_their_order(small: pd.DataFrame, cluster: str) -> None:
    expected = small.sort_values("id", kind="stable", ignore_index=True)[["id", "scraped_at", "likes"]]
    assert_frame_equal(scale.rows(functions.several_rows, small, "id"), expected)
    assert_frame_equal(scale.rows(functions.several_rows, small, "id", engine="buckets", processes=1), expected)
    assert_frame_equal(scale.rows(functions.several_rows, small, "id", scheduler=cluster), expected)


def test_whole_entities_fall_into_one_part_and_none_is_lost(small: pd.DataFrame) -> None:
    where: dict[str, set[int]] = defaultdict(set)
    lines: list[int] = []
    for block in blocks(small):
        for part, found in split(block, "id", 5):
            for tiktok in found["id"].unique():
                where[tiktok].add(part)
            lines += found["line_from"].tolist()
    assert {len(parts) for parts in where.values()} == {1}
    assert {part for parts in where.values() for part in parts} == set(range(5))
    assert sorted(lines) == sorted(small["line_from"])


def test_the_part_of_a_key_is_the_same_in_every_process() -> None:
    code = (
        "import pandas as pd; from analysis.engines.entities import split;"
        "frame = pd.DataFrame({'id': pd.Series([str(n) for n in range(50)], dtype='str')});"
        "print([(part, list(found['id'])) for part, found in split(frame, 'id', 3)])"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", code], env={"PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True
        ).stdout
        for seed in ("1", "2")
    }
    assert len(said) == 1
    assert "[(0, " in said.pop()


@pytest.mark.parametrize("engine", ENGINES)
def test_no_sightings_give_an_empty_frame_of_the_same_types(small: pd.DataFrame, engine: Engine, cluster: str) -> None:
    address = cluster if engine == "dask" else None
    found = scale.run(functions.growth_rows, empty_sightings(), "id", engine=engine, scheduler=address)
    full = scale.rows(functions.growth_rows, small.head(100), "id")
    assert found.rows.empty
    assert (found.rows.dtypes == full.dtypes).all()


def test_buckets_leave_nothing_behind(small: pd.DataFrame, tmp_path: Path) -> None:
    scale.rows(functions.growth_rows, small, "id", engine="buckets", processes=1, folder=tmp_path)
    with pytest.raises(ZeroDivisionError):
        scale.rows(functions.failing_rows, small, "id", engine="buckets", processes=1, folder=tmp_path)
    assert not list(tmp_path.iterdir())


def test_memory_decides_between_pandas_and_buckets(small: pd.DataFrame, monkeypatch: pytest.MonkeyPatch) -> None:
    assert scale.choose(small) == "pandas"
    assert scale.choose(iter([small])) == "buckets"
    monkeypatch.setattr(memory, "available", lambda: 10_000_000)
    assert scale.choose(small) == "buckets"
    assert buckets.number(2_000_000, 2) > buckets.number(20_000, 2) >= 4
    assert buckets.number(10**9, 8) == buckets.MOST_PARTS


def test_buckets_take_no_more_memory_than_they_need_however_much_there_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "available", lambda: 1 << 40)
    each = 20_000_000 * memory.SIGHTING_BYTES * memory.TIMES_ITS_SIZE / buckets.number(20_000_000, 2)
    assert 2 * each <= buckets.MOST_BYTES


def test_small_blocks_are_put_together_in_their_order_before_they_are_split(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(buckets, "GATHERED", 100)
    frame = pd.DataFrame({"at": range(275)})
    found = list(buckets.gathered(frame.iloc[start : start + 30] for start in range(0, 275, 30)))
    assert [len(block) for block in found] == [120, 120, 35]
    assert pd.concat(found)["at"].tolist() == list(range(275))
    assert list(buckets.gathered([])) == []


def test_what_memory_there_is_is_some_of_what_the_machine_has() -> None:
    assert 2**20 < memory.available() < 2**50


@pytest.mark.parametrize("engine", ["buckets", "dask"])
def test_a_function_that_no_other_process_can_find_is_named(small: pd.DataFrame, engine: Engine) -> None:
    with pytest.raises(BadArgument, match="top of a module"):
        scale.rows(lambda bounded: bounded, small, "id", engine=engine)


def test_a_type_that_depends_on_the_split_is_an_error(small: pd.DataFrame) -> None:
    with pytest.raises(BadArgument, match=r"sightings: (Float64|Int64), elsewhere (Float64|Int64)"):
        scale.rows(functions.moody_rows, small, "id", engine="buckets", processes=1)


def test_a_process_that_dies_is_told_of(small: pd.DataFrame) -> None:
    with pytest.raises(AnalysisError, match="processes=1"):
        scale.rows(functions.dying_rows, small.head(500), "id", engine="buckets", processes=2)


def test_bad_arguments_are_told_what_to_be(small: pd.DataFrame, tmp_path: Path) -> None:
    with pytest.raises(BadArgument, match="pandas, buckets, dask"):
        scale.rows(functions.growth_rows, small, "id", engine="spark")  # type: ignore[arg-type]
    with pytest.raises(BadArgument, match="one process or more"):
        scale.rows(functions.growth_rows, small, "id", engine="buckets", processes=0)
    with pytest.raises(BadArgument, match="'dask' where a scheduler"):
        scale.rows(functions.growth_rows, small, "id", engine="pandas", scheduler="tcp://127.0.0.1:9")
    with pytest.raises(MissingColumn, match="'creator'"):
        scale.rows(functions.growth_rows, small, "maker")
    with pytest.raises(MissingColumn, match="'id'"):
        scale.rows(functions.keyless_rows, small, "id")
    with pytest.raises(BadArgument, match="likes: Float64, elsewhere Int64"):
        scale.rows(functions.growth_rows, [small, small.astype({"likes": "Float64"})], "id")
    with pytest.raises(BadArgument, match="no frame"):
        scale.rows(functions.growth_rows, [], "id")
    with pytest.raises(NoFile, match="make demo"):
        scale.rows(functions.growth_rows, tmp_path, "id")
    with pytest.raises(AnalysisError, match="another folder"):
        scale.rows(functions.growth_rows, small, "id", engine="buckets", folder=tmp_path / "absent")


def test_a_scheduler_that_is_not_there_is_told_of(small: pd.DataFrame, monkeypatch: pytest.MonkeyPatch) -> None:
    from analysis.engines import dask_engine

    monkeypatch.setattr(dask_engine, "CONNECT_S", 0.5)
    with pytest.raises(AnalysisError, match="dask scheduler"):
        scale.rows(functions.growth_rows, small, "id", scheduler="tcp://127.0.0.1:9")


def test_without_dask_its_engine_says_what_to_install(small: pd.DataFrame, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(MissingTool, match="pip install"):
        scale.rows(functions.growth_rows, small, "id", engine="dask")

"""A file read block after block holds what reading it at once holds."""

from __future__ import annotations

import errno
import json
import os
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal
from pyarrow import feather

from analysis.engines import scale
from analysis.load import load
from analysis.reading import cache as cached
from analysis.reading import source
from analysis.reading.stream import stream
from analysis.terms.engines import Engine
from analysis.terms.errors import AnalysisError, BadArgument, MixedData, NoFile
from analysis.terms.schema import SIGHTINGS_ORDER
from tests.analysis import entity_functions as functions

ID = 7_000_000_000_000_000_000
SIZES = (1_500, 6_000, 10_000_000)


def line(number: int, **told: Any) -> str:
    values = {
        "scraped_at": f"2026-03-01T{number % 24:02d}:00:00.000+00:00",
        "url": f"https://www.tiktok.com/@u{number % 3}/video/{ID + number % 20}",
        "username": f"https://www.tiktok.com/@u{number % 3}",
        "id": str(ID + number % 20),
        "likes": 10 * number,
        "likes_step": 1,
        "run": f"r{number // 15}",
        "position": number + 1,
        "simulated": True,
        "schema": 2,
    }
    return json.dumps(values | told)


def written(folder: Path, lines: list[str]) -> Path:
    path = folder / "tiktoks.jsonlines"
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return folder


def joined(folder: Path, size: int, **told: Any) -> pd.DataFrame:
    found = pd.concat(stream(folder, size=size, **told), ignore_index=True)
    return found.sort_values(list(SIGHTINGS_ORDER), ignore_index=True)


@pytest.mark.parametrize("size", SIZES)
def test_blocks_hold_what_load_gives_whatever_is_wrong_with_the_lines(tmp_path: Path, size: int) -> None:
    lines = [line(number) for number in range(60)]
    lines[20:20] = ['{"torn": ', "garbage", line(5), line(3, created_at="2030-01-01T00:00:00Z"), line(4, id="12")]
    lines += lines[:7]  # a run's TikToks again, far behind
    folder = written(tmp_path, lines)
    with (folder / "tiktoks.jsonlines").open("a", encoding="utf-8") as file:
        file.write(line(61)[:-30])  # torn
    assert_frame_equal(joined(folder, size), load(folder, force=True).sightings)


def test_a_last_line_that_lacks_only_its_newline_counts(tmp_path: Path) -> None:
    folder = written(tmp_path, [line(number) for number in range(9)])
    expected = joined(folder, 700)
    file = folder / "tiktoks.jsonlines"
    file.write_text(file.read_text(encoding="utf-8")[:-1], encoding="utf-8")
    assert len(expected) == 9
    assert_frame_equal(joined(folder, 700), expected)


@pytest.mark.parametrize("size", SIZES)
def test_lines_of_2022_are_placed_in_the_zone_named(tmp_path: Path, size: int) -> None:
    old = [
        {
            "scraped_at": f"2022-08-01T{hour:02d}:00:05",
            "url": f"https://www.tiktok.com/@someone/video/{ID + hour}",
            "audio": "a",
            "audio_url": f"https://www.tiktok.com/music/a-{ID}",
            "likes": 12_300,
            "comments": 456,
            "username": "https://www.tiktok.com/@someone",
            "user_followers": 340_700,
            "user_likes": -1_934_013_585,
        }
        for hour in range(24)
    ]
    folder = written(tmp_path, [json.dumps(told) for told in old])
    found = joined(folder, size, naive_zone="Europe/Berlin")
    assert_frame_equal(found, load(folder, naive_zone="Europe/Berlin").sightings)
    with pytest.raises(BadArgument):
        list(stream(folder, naive_zone="Nowhere/At_All"))


def test_a_file_goes_through_an_engine_as_its_frame_does(tmp_path: Path) -> None:
    folder = written(tmp_path, [line(number) for number in range(60)])
    expected = scale.rows(functions.growth_rows, load(folder, force=True).sightings, "id")
    assert_frame_equal(scale.rows(functions.growth_rows, folder, "id"), expected)
    assert_frame_equal(scale.rows(functions.growth_rows, folder, "id", engine="buckets", processes=1), expected)


@pytest.mark.parametrize("size", SIZES)
def test_with_a_cache_the_blocks_hold_the_same_and_no_line_is_read_twice(
    tmp_path: Path, size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, cache = written(tmp_path, [line(number) for number in range(60)]), tmp_path / "cache"
    expected = load(folder, force=True).sightings
    assert_frame_equal(joined(folder, size, cache=cache), expected)
    parts = sorted(path.name for path in cache.iterdir())
    read: list[int] = []
    again = cached.read_part
    monkeypatch.setattr(cached, "read_part", lambda block: read.append(block.offset) or again(block))
    assert_frame_equal(joined(folder, size, cache=cache), expected)
    assert not read
    assert sorted(path.name for path in cache.iterdir()) == parts
    with (folder / "tiktoks.jsonlines").open("a", encoding="utf-8") as file:
        file.write(f"{line(61)}\n")
    grown = joined(folder, size, cache=cache)
    assert len(read) == 1
    assert_frame_equal(grown, load(folder, force=True).sightings)


def test_an_engine_reads_a_file_through_the_cache(tmp_path: Path) -> None:
    folder, cache = written(tmp_path, [line(number) for number in range(60)]), tmp_path / "cache"
    expected = scale.rows(functions.growth_rows, load(folder, force=True).sightings, "id")
    for _ in range(2):
        found = scale.rows(functions.growth_rows, folder, "id", engine="buckets", processes=1, cache=cache)
        assert_frame_equal(found, expected)
    assert list(cache.glob("part-0-*.parquet"))


def test_simulated_and_real_lines_do_not_mix_across_blocks(tmp_path: Path) -> None:
    folder = written(tmp_path, [line(number, simulated=number < 30) for number in range(60)])
    with pytest.raises(MixedData):
        list(stream(folder, size=700))


def test_no_file_is_told_of(tmp_path: Path) -> None:
    with pytest.raises(NoFile, match=r"tiktoks\.jsonlines"):
        next(stream(tmp_path))


def test_a_cut_within_the_hour_that_comes_twice_forgets_no_jump_of_the_clock(tmp_path: Path) -> None:
    """Both runs of the repeated hour, and the next end of summer time: cut behind each line, as load() has them."""
    minutes = [("2022-10-30T01", 58), *(("2022-10-30T02", m) for m in (0, 5, 55, 1, 6, 57)), ("2022-10-30T03", 0)]
    minutes += [("2023-10-29T02", m) for m in (3, 50, 2)]
    lines = [
        json.dumps({
            "scraped_at": f"{hour}:{minute:02d}:05",
            "url": f"https://www.tiktok.com/@someone/video/{ID + number % 3}",
            "audio": "a",
            "audio_url": f"https://www.tiktok.com/music/a-{ID}",
            "likes": 12_300 + 100 * number,
            "comments": 456,
            "username": "https://www.tiktok.com/@someone",
            "user_followers": 340_700,
            "user_likes": 99,
        })
        for number, (hour, minute) in enumerate(minutes)
    ]  # fmt: skip
    folder = written(tmp_path, lines)
    expected = load(folder, naive_zone="Europe/Berlin").sightings
    assert expected["run"].str.endswith("b").sum() == 4  # one of each run's TikToks again in it would be left out
    whole_file = (folder / "tiktoks.jsonlines").read_bytes()
    longest = max(map(len, lines)) + 1
    assert_frame_equal(joined(folder, longest, naive_zone="Europe/Berlin"), expected)  # each line a block
    for at in [number for number, byte in enumerate(whole_file) if byte == ord("\n")]:
        assert_frame_equal(joined(folder, at + 1, naive_zone="Europe/Berlin"), expected)


def test_the_lines_are_read_once_though_creators_and_replies_are_known_at_the_end_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = [line(number, creator_id=str(ID + number % 2)) for number in range(60)]  # a handle of two ids
    folder = written(tmp_path, told)
    read: list[int] = []
    again = cached.read_part
    monkeypatch.setattr(cached, "read_part", lambda block: read.append(block.offset) or again(block))
    assert_frame_equal(joined(folder, 1_500), load(folder, force=True).sightings)
    assert len(read) > 2 + 1  # blocks of the stream, and one of load
    assert len(set(read)) == len(read) - 1  # the first byte is the stream's first block's and load's


def test_what_lies_on_disk_goes_with_the_stream_and_want_of_room_is_told(tmp_path: Path) -> None:
    folder, room = written(tmp_path, [line(number) for number in range(60)]), tmp_path / "room"
    with pytest.raises(AnalysisError, match=r"room for a copy of the sightings"):
        next(stream(folder, size=700, folder=room))
    room.mkdir()
    blocks = stream(folder, size=700, folder=room)
    next(blocks)
    assert len(list(room.rglob("*.feather"))) > 1
    blocks.close()  # type: ignore[attr-defined]
    assert not list(room.iterdir())


@pytest.mark.parametrize("engine", ["pandas", "buckets"])
def test_a_disk_that_fills_and_a_file_that_can_not_be_read_are_told_apart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, engine: Engine
) -> None:
    folder = written(tmp_path, [line(number) for number in range(60)])
    file = folder / "tiktoks.jsonlines"

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def refused(*_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(file))

    with monkeypatch.context() as patched:
        patched.setattr(feather, "write_feather", full)
        with pytest.raises(AnalysisError, match=r"room for a copy of the sightings.*No space left"):
            scale.rows(functions.growth_rows, folder, "id", engine=engine, processes=1, folder=tmp_path)
    with monkeypatch.context() as patched:
        patched.setattr(source, "opened", refused)
        with pytest.raises(NoFile, match=rf"{file}.*Permission denied|Permission denied.*{file}"):
            scale.rows(functions.growth_rows, folder, "id", engine=engine, processes=1, folder=tmp_path)
    assert [path.name for path in folder.iterdir()] == ["tiktoks.jsonlines"]

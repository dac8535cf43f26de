"""The cache gives exactly what a full read gives, however the file grew, and forgets what no longer holds."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from analysis.load import Loaded, load
from analysis.reading import cache as cached
from analysis.reading.cache import read_parts
from analysis.reading.lines import digest
from analysis.reading.lines.blocks import blocks
from analysis.reading.part import Part
from analysis.terms.errors import BadArgument, NoGoodLines
from analysis.terms.schema import to_frame
from tests.analysis.lines_of import OLD, encoded, line, written

SMALL = 2000  # bytes a block, so that a small file has many
PIECES = [
    *(encoded(line(number)) for number in range(4)),
    encoded(OLD),
    b"rubbish\n",
    b"\n",
    encoded(line(9))[:100] + encoded(line(8)),
    encoded(line(5, likes="x")),
    encoded(line(6, audio="\u2603 \U0001f600")),
]


def parts_of(file: Path, directory: Path | None, *, size: int = SMALL, generation: int = 0) -> list[Part]:
    with file.open("rb") as opened:
        return read_parts(
            opened, os.fstat(opened.fileno()).st_size, directory=directory, generation=generation, size=size
        )


def told_by(parts: list[Part]) -> tuple[pd.DataFrame, list[object], int, int]:
    frames = [to_frame(part.table) for part in parts]
    bad = [line for part in parts for line in part.bad]
    frame = pd.concat(frames, ignore_index=True) if frames else pd.DataFrame()
    return frame, bad, sum(part.lines for part in parts), parts[-1].end if parts else 0


def check_same(one: list[Part], other: list[Part]) -> None:
    first, second = told_by(one), told_by(other)
    assert_frame_equal(first[0], second[0])
    assert first[1:] == second[1:]


@given(
    data=st.lists(st.sampled_from(PIECES), min_size=1, max_size=12).map(b"".join),
    cuts=st.lists(st.integers(0, 12_000), max_size=4),
)
@settings(max_examples=12, deadline=None)
def test_what_was_appended_in_any_pieces_reads_as_if_at_once(data: bytes, cuts: list[int]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file, directory = Path(folder) / "tiktoks.jsonlines", Path(folder) / "cache"
        for cut in [*sorted(cuts), len(data)]:
            file.write_bytes(data[:cut])
            check_same(parts_of(file, directory), parts_of(file, None, size=1 << 20))


@given(
    data=st.lists(st.sampled_from(PIECES), min_size=1, max_size=8).map(b"".join),
    cuts=st.lists(st.integers(0, 8_000), max_size=2),
)
@settings(max_examples=5, deadline=None)
def test_load_with_a_cache_equals_load_without(data: bytes, cuts: list[int]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file, directory = Path(folder) / "tiktoks.jsonlines", Path(folder) / "cache"
        for cut in [*sorted(cuts), len(data)]:
            file.write_bytes(data[:cut])
            with_cache, without = (tried(file, where) for where in (directory, None))
            if isinstance(without, str) or isinstance(with_cache, str):
                assert with_cache == without
                continue
            assert_frame_equal(with_cache.sightings, without.sightings)
            assert_frame_equal(with_cache.runs, without.runs)
            assert_frame_equal(with_cache.coverage.hours, without.coverage.hours)
            assert with_cache.report == without.report


def tried(file: Path, directory: Path | None) -> Loaded | str:
    try:
        return load(file, cache=directory, naive_zone="Europe/Paris", force=True)
    except NoGoodLines as error:
        return str(error)


@pytest.fixture
def grown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path]:
    """A file of several parts, and its filled cache, hashed a few bytes at a time."""
    monkeypatch.setattr(digest, "CHUNK", 200)
    file = written(tmp_path, *map(line, range(12))) / "tiktoks.jsonlines"
    parts_of(file, tmp_path / "cache")
    return file, tmp_path / "cache"


def reads(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, int]]:
    """Which stretches of the file are read from now on, not taken from the cache."""
    seen: list[tuple[int, int]] = []

    def watched(*arguments: object) -> object:
        for block in blocks(*arguments):  # type: ignore[arg-type]
            seen.append((block.offset, block.end))
            yield block

    monkeypatch.setattr(cached, "blocks", watched)
    return seen


def test_only_what_was_appended_is_read(grown: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    file, directory = grown
    seen = reads(monkeypatch)
    parts_of(file, directory)
    assert not seen
    before = file.stat().st_size
    with file.open("ab") as opened:
        opened.write(encoded(line(50)))
    parts_of(file, directory)
    assert seen == [(before, file.stat().st_size)]


def test_parts_are_named_by_their_bytes_follow_each_other_and_stay_few(grown: tuple[Path, Path]) -> None:
    file, directory = grown
    for number in range(50, 60):
        with file.open("ab") as opened:
            opened.write(encoded(line(number)))
        parts_of(file, directory)
    spans = sorted(tuple(map(int, path.stem.split("-")[1:])) for path in directory.iterdir())
    assert [start for start, _ in spans] == [0, *(end for _, end in spans[:-1])]
    assert spans[-1][1] == file.stat().st_size
    assert len(spans) <= 2 * file.stat().st_size / SMALL + 1
    assert {path.suffix for path in directory.iterdir()} == {".parquet"}


def shrink(file: Path) -> None:
    file.write_bytes(b"".join(file.read_bytes().splitlines(keepends=True)[:5]))


def change_head(file: Path) -> None:
    file.write_bytes(file.read_bytes().replace(b"a song", b"A song", 1))


def change_before_the_end(file: Path) -> None:
    head, _, tail = file.read_bytes().rpartition(b'"duration": 12')
    file.write_bytes(head + b'"duration": 13' + tail)


def change_anywhere(file: Path) -> None:
    """One byte of the middle, the size and both ends as before."""
    data = bytearray(file.read_bytes())
    at = data.index(b'"duration": 12', len(data) // 2) + len(b'"duration": 1')
    data[at] = ord("4")
    file.write_bytes(data)


@pytest.mark.parametrize("change", [shrink, change_head, change_anywhere, change_before_the_end])
def test_a_source_that_changed_is_read_anew(grown: tuple[Path, Path], change: object) -> None:
    file, directory = grown
    change(file)  # type: ignore[operator]
    check_same(parts_of(file, directory), parts_of(file, None))


def test_another_generation_is_read_anew(grown: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    file, directory = grown
    seen = reads(monkeypatch)
    parts_of(file, directory, generation=1)
    assert seen[0][0] == 0
    seen.clear()
    parts_of(file, directory, generation=1)
    assert not seen


def test_files_of_others_stay_and_what_a_killed_process_left_goes(grown: tuple[Path, Path]) -> None:
    file, directory = grown
    others = directory / "part-00000-abc.snappy.parquet"
    left, recent = directory / ".part-0-9.parquet.77.part", directory / ".part-0-8.parquet.78.part"
    for path in (others, left, recent):
        path.write_bytes(b"x")
    os.utime(left, (0, 0))
    parts_of(file, directory)
    assert others.exists()
    assert recent.exists()  # somebody may be writing it now
    assert not left.exists()


def test_a_damaged_part_is_made_anew(grown: tuple[Path, Path]) -> None:
    file, directory = grown
    for number, path in enumerate(sorted(directory.iterdir())):
        path.write_bytes(path.read_bytes()[:-50] if number % 2 else b"rubbish")
    (directory / "part-7-9.parquet").write_bytes(b"")
    check_same(parts_of(file, directory), parts_of(file, None))
    assert not (directory / "part-7-9.parquet").exists()


def test_the_generation_comes_from_the_runs_record(tmp_path: Path) -> None:
    folder = written(tmp_path, line(0), runs=[{"event": "end", "run": "r1", "generation": 3, "at": None}])
    load(folder, cache=tmp_path / "cache")
    (part,) = (tmp_path / "cache").iterdir()
    assert b'"generation": 3' in part.read_bytes()


def test_a_place_that_cannot_hold_a_cache_is_named(tmp_path: Path) -> None:
    folder = written(tmp_path, line(0))
    with pytest.raises(BadArgument, match=r"tiktoks\.jsonlines"):
        load(folder, cache=folder / "tiktoks.jsonlines")
    with pytest.raises(BadArgument, match="leave the cache out"):
        load(folder, cache=folder / "tiktoks.jsonlines" / "below")

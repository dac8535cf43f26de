"""Several files, compressed ones among them, are one history: what they hold together, once, and each is named."""

from __future__ import annotations

import bz2
import gzip
import hashlib
import lzma
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from analysis.engines import scale
from analysis.load import load
from analysis.reading.lines.files import place
from analysis.reading.stream import stream
from analysis.terms.errors import GateFailed, MixedData, NoFile
from analysis.terms.schema import SIGHTINGS_ORDER
from tests.analysis.lines_of import OLD, encoded, line, run_events, written

MARK = b"\xef\xbb\xbf"


def zstd(data: bytes) -> bytes:
    held = pa.BufferOutputStream()
    with pa.CompressedOutputStream(held, "zstd") as out:
        out.write(data)
    return bytes(held.getvalue())


PACK: dict[str, Callable[[bytes], bytes]] = {
    "": lambda data: data,
    ".gz": gzip.compress,
    ".xz": lzma.compress,
    ".zst": zstd,
    ".bz2": bz2.compress,
}


def packed(folder: Path, name: str, *records: Any) -> Path:
    """Write *records* into *folder* under *name*, compressed as its suffix says; the folder."""
    folder.mkdir(exist_ok=True)
    (folder / name).write_bytes(PACK[Path(name).suffix if Path(name).suffix in PACK else ""](encoded(*records)))
    return folder


def without_place(sightings: pd.DataFrame) -> pd.DataFrame:
    return sightings.drop(columns="line_from")


@given(data=st.data())
@settings(max_examples=5, deadline=None)
def test_however_a_history_is_cut_into_files_it_is_the_same(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    records = [line(number % 7, run=f"r{number // 7}", hours=number // 7) for number in range(28)]
    one = written(tmp_path_factory.mktemp("one"), *records)
    several = tmp_path_factory.mktemp("several")
    homes = data.draw(st.lists(st.integers(0, 3), min_size=28, max_size=28))
    for number in sorted(set(homes)):
        its = [record for record, home in zip(records, homes, strict=True) if home == number]
        suffix = data.draw(st.sampled_from(sorted(PACK)))
        packed(several, f"tiktoks-{number}.jsonlines{suffix}", *its)
    expected, found = load(one), load(several)
    assert_frame_equal(without_place(found.sightings), without_place(expected.sightings))
    assert (found.report.lines, found.report.duplicates) == (28, 0)
    streamed = pd.concat(stream(several, size=6_000)).sort_values(list(SIGHTINGS_ORDER), ignore_index=True)
    assert_frame_equal(streamed, found.sightings)


def test_each_file_is_named_with_its_lines_and_a_repeat_is_counted_once(tmp_path: Path) -> None:
    packed(tmp_path, "tiktoks-2026-07.jsonlines.gz", MARK, line(0), line(1), b"rubbish\n")
    packed(tmp_path, "tiktoks.jsonlines", line(1), line(2))
    loaded = load(tmp_path)
    assert sorted(loaded.sightings["id"].str[-1]) == ["0", "1", "2"]
    old, new = loaded.report.files
    assert (old.name, old.lines, old.bad, old.repeated, old.marked) == ("tiktoks-2026-07.jsonlines.gz", 3, 1, 0, True)
    assert (new.name, new.lines, new.bad, new.repeated, new.marked) == ("tiktoks.jsonlines", 2, 0, 1, False)
    assert (loaded.report.duplicates, loaded.report.copies) == (1, 1)
    (told,) = (words for words in loaded.report.warnings if "2 files were read as one history" in words)
    assert (
        "tiktoks-2026-07.jsonlines.gz (3 lines, 1 of them bad), tiktoks.jsonlines (2 lines, 1 of them repeats)" in told
    )
    assert any(words.startswith("tiktoks-2026-07.jsonlines.gz begins with a byte") for words in loaded.report.warnings)
    assert [bad.file for bad in loaded.report.bad] == ["tiktoks-2026-07.jsonlines.gz"]
    assert old.sha256 == hashlib.sha256((tmp_path / old.name).read_bytes()).hexdigest()
    summed = subprocess.run(["sha256sum", old.name, new.name], cwd=tmp_path, capture_output=True, check=True).stdout
    assert loaded.report.sha256 == hashlib.sha256(summed).hexdigest()


def test_a_sighting_tells_the_file_and_the_byte_that_it_stands_at(tmp_path: Path) -> None:
    packed(tmp_path, "tiktoks-a.jsonlines.xz", line(0), line(1))
    packed(tmp_path, "tiktoks-b.jsonlines", line(2), line(3))
    plain = {"tiktoks-a.jsonlines.xz": encoded(line(0), line(1)), "tiktoks-b.jsonlines": encoded(line(2), line(3))}
    paths = sorted(tmp_path.iterdir())
    for row in load(tmp_path).sightings.itertuples():
        path, at = place(row.line_from, paths)
        assert plain[path.name][at:].split(b"\n")[0] in encoded(*(line(number) for number in range(4)))
        assert row.id.encode() in plain[path.name][at:].split(b"\n")[0]


@pytest.mark.parametrize("suffix", [suffix for suffix in PACK if suffix])
def test_a_compressed_file_may_be_named_alone_with_the_runs_of_its_name(tmp_path: Path, suffix: str) -> None:
    packed(tmp_path, f"tiktoks-07.jsonlines{suffix}", line(0))
    packed(tmp_path, "tiktoks.jsonlines", line(1, run="r2"))
    packed(tmp_path, "runs-07.jsonlines.gz", *run_events("r1", 0), *run_events("r7", 2))
    packed(tmp_path, "runs.jsonlines", *run_events("r2", 1))
    alone = load(tmp_path / f"tiktoks-07.jsonlines{suffix}")
    assert (len(alone.sightings), alone.runs["run"].tolist()) == (1, ["r1", "r7"])
    assert load(tmp_path).runs["run"].tolist() == ["r1", "r2", "r7"]


def test_a_run_whose_end_stands_in_another_file_was_not_killed(tmp_path: Path) -> None:
    start, end = run_events("r1", 0)
    packed(tmp_path, "tiktoks.jsonlines", line(0))
    packed(tmp_path, "runs-a.jsonlines", start, end)
    packed(tmp_path, "runs-b.jsonlines", start)  # an older copy
    assert load(tmp_path).runs["killed"].tolist() == [False]
    packed(tmp_path, "runs-a.jsonlines", end)
    assert load(tmp_path).runs["killed"].tolist() == [False]


def test_lines_that_are_only_copies_hide_no_lines_that_are_gone(tmp_path: Path) -> None:
    packed(tmp_path, "runs.jsonlines", *run_events("r1", 0, written=4))
    packed(tmp_path, "tiktoks.jsonlines", line(0), line(1))
    packed(tmp_path, "tiktoks-copy.jsonlines.gz", line(0), line(1))
    assert any("2 lines that 1 run wrote are not here" in words for words in load(tmp_path).report.warnings)


def test_simulated_and_real_lines_are_refused_across_files(tmp_path: Path) -> None:
    packed(tmp_path, "tiktoks-a.jsonlines", line(0))
    packed(tmp_path, "tiktoks-b.jsonlines.gz", line(1, simulated=True))
    with pytest.raises(MixedData, match=r"1 simulated of 2; .* at byte 0 of tiktoks-b.jsonlines.gz"):
        load(tmp_path, force=True)
    with pytest.raises(MixedData, match=r"at byte 0 of tiktoks-b.jsonlines.gz"):
        list(stream(tmp_path))


def test_a_record_of_simulated_runs_speaks_for_the_lines_of_its_own_name_alone(tmp_path: Path) -> None:
    """Lines of 2022 do not tell; those that lie beside a demo's are no part of it."""
    packed(tmp_path, "runs.jsonlines", *run_events("r1", 0, simulated=True))
    packed(tmp_path, "tiktoks.jsonlines", line(0, simulated=True))
    packed(tmp_path, "tiktoks-2022.jsonlines", OLD)
    with pytest.raises(MixedData):
        load(tmp_path)
    packed(tmp_path, "runs-2022.jsonlines", *run_events("r0", 0, simulated=True))
    assert load(tmp_path).report.simulated


def test_one_computers_clock_tells_nothing_of_anothers(tmp_path: Path) -> None:
    """The last line of one is later than the first of the other, in the hour that comes twice: no clock went back."""
    stamps = {"a": ["2022-10-30T01:50:00", "2022-10-30T02:40:00"], "b": ["2022-10-30T02:10:00", "2022-10-30T03:10:00"]}
    for number, (name, told) in enumerate(stamps.items()):
        url = f"https://www.tiktok.com/@someone/video/712681234567890123{number}"
        packed(tmp_path, f"tiktoks-{name}.jsonlines", *({**OLD, "scraped_at": at, "url": url} for at in told))
    for found in (
        load(tmp_path, naive_zone="Europe/Berlin").sightings,
        pd.concat(stream(tmp_path, naive_zone="Europe/Berlin")),
    ):
        hours = found.sort_values("scraped_at")["scraped_at"].dt.strftime("%H:%M").tolist()
        assert hours == ["23:50", "00:10", "00:40", "02:10"]


NOTES = encoded({"note": "the second server was restarted"}, {"note": "and again"})


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("tiktoks-notes.jsonlines", NOTES, "2 lines and not one"),
        ("tiktoks-notes.jsonlines", b"a,b\r\n1,2\r\n", "CSV, no JSON lines"),
        ("tiktoks-old.jsonlines", gzip.compress(encoded(line(1))), "gzip, no JSON lines"),
        ("tiktoks-old.jsonlines.gz", gzip.compress(encoded(line(1)))[:-9], "ended before"),
        ("tiktoks-old.jsonlines.xz", lzma.compress(encoded(*map(line, range(9))))[:-40], "ended before"),
        ("tiktoks-old.jsonlines.zst", zstd(encoded(line(1)))[:-3], "Truncated compressed stream"),
    ],
)  # fmt: skip
def test_a_file_of_another_kind_is_named_and_read_past_by_force_alone(
    tmp_path: Path, name: str, data: bytes, told: str
) -> None:
    packed(tmp_path, "tiktoks.jsonlines", line(0))
    (tmp_path / name).write_bytes(data)
    with pytest.raises(GateFailed, match=told) as raised:
        load(tmp_path)
    assert name in str(raised.value)
    forced = load(tmp_path, force=True)
    assert forced.sightings["id"].str[-1].isin(list("012345678")).all()
    assert any(name in words and told in words for words in forced.report.warnings)


def test_a_file_without_lines_and_names_of_other_things_are_no_obstacle(tmp_path: Path) -> None:
    packed(tmp_path, "tiktoks-07.jsonlines", line(0))
    (tmp_path / "tiktoks.jsonlines").write_bytes(b"")  # as when the months were just rotated
    (tmp_path / "tiktoks.jsonlines.torn").write_bytes(b"half")
    (tmp_path / "my-tiktoks.jsonlines").write_bytes(NOTES)
    assert [file.name for file in load(tmp_path).report.files] == ["tiktoks-07.jsonlines", "tiktoks.jsonlines"]


def test_what_is_named_so_and_cannot_be_read_is_told(tmp_path: Path) -> None:
    packed(tmp_path, "tiktoks.jsonlines", line(0))
    (tmp_path / "tiktoks-b.jsonlines").symlink_to("gone.jsonlines")
    with pytest.raises(NoFile, match=r"tiktoks-b\.jsonlines: expected a file that can be read"):
        load(tmp_path, force=True)


def test_a_compressed_name_may_hold_plain_lines(tmp_path: Path) -> None:
    (tmp_path / "tiktoks.jsonlines.gz").write_bytes(encoded(line(0)))
    assert len(load(tmp_path).sightings) == 1


def test_a_folder_with_nothing_says_so_and_unpacking_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = tmp_path / "room"
    room.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(room))
    data = packed(tmp_path / "data", "tiktoks.jsonlines.xz", line(0))
    load(data)
    assert list(room.iterdir()) == []
    with pytest.raises(NoFile):
        load(room)


def test_each_file_has_its_part_of_the_cache_and_what_is_gone_is_forgotten(tmp_path: Path) -> None:
    data, cache = tmp_path / "data", tmp_path / "cache"
    packed(data, "tiktoks-a.jsonlines.gz", line(0), b"rubbish\n")
    packed(data, "tiktoks.jsonlines", line(1))
    first = load(data, cache=cache, force=True)
    assert sorted(path.parent.name for path in cache.rglob("*.parquet")) == ["cache", "tiktoks-a.jsonlines.gz"]
    again = load(data, cache=cache, force=True)
    assert_frame_equal(again.sightings, first.sightings)
    assert again.report == first.report
    (data / "tiktoks-a.jsonlines.gz").unlink()
    assert len(load(data, cache=cache).sightings) == 1
    assert [path.parent.name for path in cache.rglob("*.parquet")] == ["cache"]
    assert not (cache / "tiktoks-a.jsonlines.gz").exists()


def test_the_size_of_a_folder_counts_every_file(tmp_path: Path) -> None:
    packed(tmp_path, "tiktoks.jsonlines", *map(line, range(20)))
    alone = scale.size(tmp_path)
    packed(tmp_path, "tiktoks-b.jsonlines.gz", *map(line, range(20)))
    assert alone is not None and (scale.size(tmp_path) or 0) > alone > 10
